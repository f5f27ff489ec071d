import { beforeAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/db/sqlite.ts';
import { date, instantAt } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { severityOf } from '../../src/excel/issue.ts';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import { isRefusal } from '../../src/excel/refusal.ts';
import { textOf } from '../../src/excel/workbook.ts';
import { writeWorkbook } from '../../src/excel/write-workbook.ts';
import { listsFrom, workbooks } from '../../src/features/exports/lists.ts';
import { faultyRowsSheet } from '../../src/features/imports/planning/faulty-rows.ts';
import type { ImportPlan } from '../../src/features/imports/planning/plan.ts';
import type { ListReader, ListRequest, TemplateRequest, WrittenList } from '../../src/language/workbooks.ts';
import type { SentFile } from '../../src/ports/changes.ts';
import type { Home } from '../support/homes.ts';
import { fixture, imported, importerOf, planned } from './desk.ts';

let home: Home;
let reader: ListReader;
const NOW = instantAt(date('2026-04-01'), '09:00', 'Asia/Shanghai');

beforeAll(async () => {
  const database = openSqlite(':memory:');
  await database.migrate();
  home = { ...database, rows: async () => [], run: async () => {} };
  await imported(home, fixture('05'), fixture('01'), fixture('02'), fixture('04'));
  const { units } = await home.store.directory();
  const root = units.find(({ parentId }) => parentId === undefined);
  if (!root) throw new Error('no root');
  reader = {
    scope: { unitIds: [root.id] },
    about: root,
    today: date('2026-04-01'),
    viewer: { kind: 'operator' },
  };
});

async function lists(request: ListRequest, change: Partial<ListReader> = {}): Promise<readonly WrittenList[]> {
  const { zone } = importerOf(home);
  const written = await listsFrom({ store: home.store, zone, now: NOW, calendar: statutoryCalendar() })(request, {
    ...reader,
    ...change,
  });
  return 'tooMany' in written ? expect.fail('too many') : written;
}

const source = () => ({ ...importerOf(home), now: NOW });

/** The workbook that is written of these rows, for whoever fills it in. */
async function filled(file: SentFile, change: (rows: string[][]) => string[][]): Promise<ImportPlan> {
  const rows = change((await rowsOf({ file, rows: 0 })).map((row) => [...row]));
  const text = rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');
  return planned(home, { name: '填好.csv', bytes: new TextEncoder().encode(text) });
}

async function unit(name: string) {
  const found = (await home.store.directory()).units.find((each) => each.name === name);
  return found ?? expect.fail(`no ${name}`);
}

async function rowsOf({ file }: WrittenList): Promise<readonly string[][]> {
  const workbook = await openWorkbook(file.bytes, file.name);
  if (isRefusal(workbook)) throw new Error(workbook.message);
  return (workbook.sheets[0]?.rows ?? []).map((row) => row.map((cell) => textOf(cell)));
}

const YEAR = { from: date('2026-01-01'), to: date('2026-12-31') };

/** What 导入 makes of the workbook that 导出 wrote. */
async function sentBack(request: ListRequest) {
  const written = await lists(request);
  expect(written.length).toBeGreaterThan(0);
  const found = [];
  for (const { file } of written) {
    const { kind, added, changed, unchanged, changes, issues } = await planned(home, file);
    found.push({ kind, added, changed, changes: changes.map((change) => change.kind), unchanged, issues });
  }
  return found;
}

test.each<[string, ListRequest]>([
  ['the address book', { kind: 'directory' }],
  ['the schedule', { kind: 'schedule', span: YEAR }],
  ['the tasks', { kind: 'tasks' }],
  ['the tasks with those that are done', { kind: 'tasks', state: 'any' }],
])('%s that was exported is recognised again and changes nothing', async (_, request) => {
  for (const back of await sentBack(request)) {
    expect(back).toMatchObject({ kind: request.kind, added: [], changed: [], changes: [] });
    expect(back.unchanged).toBeGreaterThan(10);
  }
});

test('a self-assessment that was exported is recognised again and changes nothing', async () => {
  const units = (await home.store.directory()).units;
  let found = 0;
  for (const each of units) {
    for (const { file } of await lists({ kind: 'assessment', unit: each })) {
      found += 1;
      const plan = await planned(home, file);
      expect([plan.kind, plan.added, plan.changed, plan.changes]).toEqual(['assessment', [], [], []]);
    }
  }
  expect(found).toBe(1);
});

test('one changed cell of an export is one changed row', async () => {
  const [written] = await lists({ kind: 'schedule', span: YEAR });
  if (!written) throw new Error('nothing written');
  const before = await rowsOf(written);
  const text = before
    .map((row, at) => (at === 5 ? row.with(6, '校园安全') : row))
    .map((row) => row.map((cell) => `"${cell}"`).join(','));
  const plan = await planned(home, { name: '改.csv', bytes: new TextEncoder().encode(text.join('\n')) });
  expect(plan.added).toEqual([]);
  expect(plan.changed.map(({ fields }) => fields)).toEqual([
    [{ name: '督导内容', before: before[5]?.[6], after: '校园安全' }],
  ]);
});

test('a group gets the rows of its own units only, and nothing of an unannounced visit that is still to come', async () => {
  const own = await unit('望海区人民政府');
  const scope = { unitIds: [own.id] };
  const viewer = { kind: 'group', isRoot: false } as const;
  const [written] = await lists({ kind: 'schedule', span: YEAR }, { scope, viewer, about: own });
  const text = written ? (await rowsOf(written)).map((row) => row.join(' ')) : [];
  expect(text.some((row) => row.includes('望海区'))).toBe(true);
  expect(text.filter((row) => /岛湾县|城关区/.test(row))).toEqual([]);
  const secret = (await home.store.inspections({ scope, span: YEAR })).filter(
    ({ unannounced, beginsAt }) => unannounced && beginsAt > NOW,
  );
  for (const { topic, kind } of secret)
    expect(text.filter((row) => row.includes(topic) && row.includes(kind))).toEqual([]);
  const everything = await lists({ kind: 'schedule', span: YEAR }, { viewer: { kind: 'group', isRoot: true } });
  const root = everything[0] ? (await rowsOf(everything[0])).length : 0;
  expect(root).toBe(
    (await home.store.inspections({ scope: reader.scope, span: YEAR })).filter(
      (v) => !v.unannounced || v.beginsAt <= NOW,
    ).length + 3,
  );
});

test.each<[TemplateRequest, readonly string[], number]>([
  [{ kind: 'directory' }, ['1', '望海区新办小学', '新小', '小学', '何丁', '主任', '', '13900000777', ''], 2],
  [
    { kind: 'schedule' },
    ['1', '2026-05-12', '', '上午', '专项督导', '望海区第一中学', '校园安全', '韩丙', '', '朱戊', '', '', '', '', ''],
    1,
  ],
  [{ kind: 'tasks' }, ['1', '', '', '报送总结', '', '市教育局', '', '', '2026-05-29', '工作日', '', '', ''], 1],
])(
  'the template $kind is recognised, its example is left out, and a row that is filled in is imported',
  async (request, row, added) => {
    const file = await workbooks(source()).template(request, reader);
    if (!file) throw new Error('no template');
    const empty = await planned(home, file);
    expect([empty.kind, empty.added, empty.changes, empty.issues]).toEqual([request.kind, [], [], []]);
    const plan = await filled(file, (rows) => rows.toSpliced(4, 0, [...row]));
    expect(plan.added, JSON.stringify(plan.issues)).toHaveLength(added);
  },
);

test('a template for a self-assessment holds every indicator, and what is filled in is imported', async () => {
  const [checklist] = (await home.store.checklists()).filter(({ builtIn }) => builtIn);
  const indicators = await home.store.importedIndicators(checklist?.id ?? '');
  const request = { kind: 'assessment', checklistId: checklist?.id ?? '', program: '两项督导' } as const;
  const file = await workbooks(source()).template(request, { ...reader, about: await unit('岛湾县人民政府') });
  if (!file) throw new Error('no template');
  const plan = await planned(home, file);
  expect(plan.kind).toBe('assessment');
  expect([plan.added.length, plan.remarks]).toEqual([indicators.length, []]);
  // Everything reported and nothing found: somebody has to look.
  const at = (rows: readonly string[][]) =>
    rows.flatMap((row) => row.indexOf('自评得分')).find((place) => place >= 0) ?? 0;
  const scored = (row: readonly string[], place: number) =>
    Array.from({ length: place + 1 }, (_, column) => (column === place ? '2' : (row[column] ?? '')));
  const whole = await filled(file, (rows) =>
    rows.map((row) => (row.some((cell) => /^[A-Z]+-/.test(cell)) ? scored(row, at(rows)) : row)),
  );
  expect(whole.remarks).toEqual([expect.stringContaining(`自评 ${indicators.length} 项，没有查出一个问题`)]);
  expect(await workbooks(source()).template({ kind: 'schedule' }, undefined)).toBeUndefined();
});

test.each(['01', '02', '05'] as const)(
  'the faulty rows of %s come as a workbook of the same kind, with the same faults',
  async (number) => {
    const { name, bytes } = fixture(number);
    const plan = await planned(home, { name, bytes });
    const kept = (issues: ImportPlan['issues']) =>
      issues
        .filter((issue) => severityOf(issue) === 'error' && issue.type !== 'duplicate_of')
        .map(({ type }) => type)
        .toSorted();
    const sheet = await faultyRowsSheet(source(), bytes, name);
    if (!sheet) return expect(kept(plan.issues)).toEqual([]);
    const back = await planned(home, { name: '错误行.xlsx', bytes: await writeWorkbook(sheet) });
    expect(back.kind).toBe(plan.kind);
    expect(kept(back.issues)).toEqual(kept(plan.issues));
    expect([back.added, back.changed]).toEqual([[], []]);
    expect(sheet.rows.every((row) => /第\d+行：/.test(String(row.at(-1))))).toBe(true);
  },
);
