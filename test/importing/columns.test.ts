import { beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/db/sqlite.ts';
import { date, instantAt } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { WORKBOOK_KINDS, type WorkbookKind } from '../../src/domain/imports/workbook-kinds.ts';
import { headerCandidates, matchHeadings } from '../../src/excel/header.ts';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import { isRefusal } from '../../src/excel/refusal.ts';
import { listsFrom, workbooks } from '../../src/features/exports/lists.ts';
import { previewOfPlan } from '../../src/features/imports/planning/preview.ts';
import type { ListReader, ListRequest, TemplateRequest } from '../../src/language/workbooks.ts';
import type { SentFile } from '../../src/ports/changes.ts';
import { projectFiles, read } from '../gate/pages.ts';
import type { Home } from '../support/homes.ts';
import { fixture, imported, importerOf, planned } from './desk.ts';

const visitsOf = ({ changes }: Awaited<ReturnType<typeof planned>>) =>
  changes.flatMap((change) => (change.kind === 'inspections.put' ? change.rows : []));

// A kind of workbook has one list of columns: what is read, exported and handed out empty follows from it, and from nothing else.

const KINDS: readonly WorkbookKind[] = ['schedule', 'tasks', 'assessment', 'directory'];
const NOW = instantAt(date('2026-04-01'), '09:00', 'Asia/Shanghai');

let home: Home;
let reader: ListReader;

beforeAll(async () => {
  const database = openSqlite(':memory:');
  await database.migrate();
  home = { ...database, rows: async () => [], run: async () => {} };
  await imported(home, fixture('05'), fixture('01'), fixture('02'), fixture('04'));
  const root = (await home.store.directory()).units.find(({ parentId }) => parentId === undefined);
  if (!root) throw new Error('no root');
  reader = { scope: { unitIds: [root.id] }, about: root, today: date('2026-04-01'), viewer: { kind: 'operator' } };
});

const csv = (...rows: readonly string[]) => ({ name: '表.csv', bytes: new TextEncoder().encode(rows.join('\n')) });

/** The headings of a written workbook and the fields as which they are read, in its order; a heading that is read as nothing is `undefined`. */
async function readAs(kind: WorkbookKind, file: SentFile) {
  const workbook = await openWorkbook(file.bytes, file.name);
  const sheet = isRefusal(workbook) ? undefined : workbook.sheets[0];
  const table =
    sheet && [...headerCandidates(sheet)].find(({ headerRows }) => headerRows[0] === 3 && headerRows.length === 1);
  if (!table) return expect.fail('no header');
  const found = matchHeadings(table.columns, WORKBOOK_KINDS[kind]) ?? expect.fail('not known by its own headings');
  const fields = new Map([...found].map(([field, index]) => [index, field]));
  return table.columns.map(({ heading, index }) => [heading, fields.get(index)]);
}

/** Heading and field of each column, as the descriptors say it; of the results of several stages the first is the field. */
const described = (kind: WorkbookKind, left: readonly ('template' | 'nowhere')[], stages: readonly string[] = ['']) =>
  WORKBOOK_KINDS[kind].columns
    .filter(({ only }) => only === undefined || !left.includes(only))
    .flatMap(({ heading, field, many }) =>
      many
        ? stages.map((stage, at) => [stage === '' ? heading : `${heading}/${stage}`, at === 0 ? field : undefined])
        : [[heading, field]],
    );

const YEAR = { from: date('2026-01-01'), to: date('2026-12-31') };
const unitNamed = async (name: string) =>
  (await home.store.directory()).units.find((unit) => unit.name === name) ?? expect.fail(`no ${name}`);

const exported = async (kind: WorkbookKind): Promise<ListRequest> => {
  if (kind === 'schedule') return { kind, span: YEAR };
  if (kind === 'assessment') return { kind, unit: await unitNamed('望海区人民政府') };
  return { kind };
};

const empty = async (kind: WorkbookKind): Promise<TemplateRequest> => {
  if (kind !== 'assessment') return { kind };
  const [checklist] = await home.store.checklists();
  return { kind, checklistId: checklist?.id ?? '', program: '两项督导' };
};

/** 小学 and 初中 in the fixture and in the checklist that an empty self-assessment is made for. */
const STAGES = ['小学', '初中'];

describe.each(KINDS)('the columns of a workbook: %s', (kind) => {
  test('each heading is read as its own field, and none says the same as another', () => {
    const { columns } = WORKBOOK_KINDS[kind];
    const table = columns.map(({ heading }, index) => ({ index, heading }));
    const found = matchHeadings(table, WORKBOOK_KINDS[kind]);
    expect([...(found ?? [])].toSorted(([, a], [, b]) => a - b)).toEqual(columns.map(({ field }, at) => [field, at]));
    expect(new Set(columns.map(({ heading }) => heading)).size).toBe(columns.length);
  });

  test('an export has exactly the described columns, in their order, each under the heading by which it is read', async () => {
    const { zone } = importerOf(home);
    const written = await listsFrom({ store: home.store, zone, now: NOW, calendar: statutoryCalendar() })(
      await exported(kind),
      reader,
    );
    const [first] = 'tooMany' in written ? [] : written;
    expect(first && (await readAs(kind, first.file))).toEqual(described(kind, ['template', 'nowhere'], STAGES));
  });

  test('an empty workbook has them too, and whatever only it asks for', async () => {
    const file = await workbooks({ ...importerOf(home), now: NOW }).template(await empty(kind), reader);
    const headings = file && (await readAs(kind, file));
    const stages = headings?.flatMap(([heading]) => /^自评结果\/?(.*)$/.exec(heading ?? '')?.[1] ?? []) ?? [];
    expect(headings).toEqual(described(kind, ['nowhere'], stages));
  });
});

test('a table of tasks that names its program is known again, and changes nothing', async () => {
  const rows = ['序号,任务内容,牵头单位,完成时限,佐证材料,所属专项', '1,报送总结,市教育局,2026-05-29,总结,夏季攻坚'];
  const [plan] = await imported(home, csv(...rows));
  expect(plan?.added).toHaveLength(1);
  const again = await planned(home, csv(...rows));
  expect([again.added, again.changed, again.unchanged, again.changes]).toEqual([[], [], 1, []]);
});

test('no file that reads, compares or writes workbooks has a heading of its own for what a descriptor describes', () => {
  const all = KINDS.flatMap((kind) => WORKBOOK_KINDS[kind].columns.map(({ heading }) => heading));
  // Every list is numbered, also one that nobody reads back.
  const headings = [...new Set(all)].filter((heading) => heading !== '序号');
  const files = projectFiles('src/excel/*.ts', 'src/features/imports/*.ts', 'src/features/exports/*.ts');
  // Ledgers and lists that are not read back are kinds of their own; their columns stand where they are written.
  const own = /^src\/features\/exports\/(?:finding|notice|office|progress|rehearsal)-lists?\.ts$/;
  const listed = files
    .filter((file) => !own.test(file))
    .flatMap((file) => {
      const found = headings.filter(
        (heading) => read(file).includes(`'${heading}'`) || read(file).includes(`  ${heading}: `),
      );
      return found.map((heading) => `${file}: ${heading}`);
    });
  expect(files.length).toBeGreaterThan(40);
  expect(listed).toEqual([]);
});

describe('what nobody reads is named in the preview', () => {
  test.each([
    [
      'directory',
      csv(
        '单位名称,简称,联络员,手机,上级单位,备注,QQ',
        '海口小学,海小,何丁,13900000777,市教育局,新设,',
        '海口中学,海中,何戊,13900000778,,,',
      ),
      '没有读：上级单位、备注（这些列的内容不会保存）',
    ],
    [
      'schedule',
      csv('日期,督导对象,组长,成员,车辆,备注', '2026-05-12,市教育局,韩丙,,浙A12345,自带午餐'),
      '没有读：车辆（这些列的内容不会保存）',
    ],
    [
      'tasks',
      csv('序号,任务内容,牵头单位,完成时限,经费,联系领导', '1,报送总结,市教育局,2026-05-29,5万元,陈局'),
      '没有读：经费、联系领导（这些列的内容不会保存）',
    ],
  ])('%s', async (kind, file, remark) => {
    const plan = await planned(home, file);
    expect([plan.kind, plan.added.length > 0]).toEqual([kind, true]);
    expect(plan.remarks).toContain(remark);
  });

  test('a table that is read whole, or whose other columns are empty, is told nothing', async () => {
    const plans = [
      await planned(home, csv('单位名称,简称,联络员,手机,备注', '海口小学,海小,何丁,13900000777,')),
      await planned(home, fixture('01')),
      await planned(home, fixture('04')),
    ];
    expect(plans.flatMap(({ remarks }) => remarks).filter((remark) => remark.startsWith('没有读：'))).toEqual([]);
  });

  test('of a table with many more columns the first ten are named', async () => {
    const more = Array.from({ length: 14 }, (_, at) => `附加${at + 1}`);
    const plan = await planned(home, csv(`单位名称,简称,联络员,${more.join()}`, `海口小学,海小,何丁,${more.join()}`));
    expect(plan.remarks).toContain(`没有读：${more.slice(0, 10).join('、')}等 14 列（这些列的内容不会保存）`);
  });
});

describe('a cell that says that there is nobody', () => {
  const people = (plan: Awaited<ReturnType<typeof planned>>) =>
    plan.changes.flatMap((change) => (change.kind === 'people.put' ? change.rows.map(({ name }) => name) : []));

  test.each(['无', '暂无', '待定', '空缺', '—', '/', '（无）', '无。', '待 定', '另行通知', '待安排'])(
    '“%s” is no person, no alias and no phone',
    async (word) => {
      const plan = await planned(
        home,
        csv('单位名称,简称,类别,联络员,职务,办公电话,手机', `海口小学,${word},小学,${word},${word},${word},${word}`),
      );
      expect([plan.added, people(plan)]).toEqual([['海口小学'], []]);
      expect(plan.issues.map(({ type }) => type)).toEqual(['missing_alias']);
      const units = plan.changes.flatMap((change) => (change.kind === 'units.put' ? change.rows : []));
      expect(units.find(({ name }) => name === '海口小学')?.names).toEqual(['海口小学']);
    },
  );

  test('a visit has no such leader, member or contact, a task no such unit or person', async () => {
    const visit = await planned(
      home,
      csv('日期,督导对象,组长,成员,联络员,联系电话', '2026-05-12,市教育局,待定,韩丙、无,暂无,无'),
    );
    expect(people(visit)).not.toContain('待定');
    expect(visitsOf(visit)).toMatchObject([
      { team: [{ role: 'member', name: '韩丙' }], contact: '', contactPhone: '' },
    ]);
    const task = await planned(
      home,
      csv('序号,任务内容,牵头单位,配合单位,责任人,完成时限', '1,报送总结,市教育局,无,待定,2026-05-29'),
    );
    expect(task.issues.map(({ type }) => type)).toEqual([]);
    expect(task.changes.flatMap((change) => (change.kind === 'tasks.put' ? change.rows : []))).toMatchObject([
      { units: [{ role: 'lead' }], people: [] },
    ]);
  });

  test('what stands beside a name is no part of it, and the preview says so', async () => {
    const visit = await planned(
      home,
      csv(
        '日期,督导对象,组长,成员,联络员,联系电话',
        '2026-05-12,市教育局,朱戊（兼）,李庚、韩丙(督学)、全体督学、沈乙等3人,赵辛（办公室） 13800001000,',
      ),
    );
    expect(visitsOf(visit)).toMatchObject([
      {
        team: [{ name: '朱戊' }, { name: '李庚' }, { name: '韩丙' }, { name: '沈乙' }],
        contact: '赵辛',
        contactPhone: '13800001000',
      },
    ]);
    expect(people(visit).filter((name) => /[（(]|全体|等/.test(name))).toEqual([]);
    expect(previewOfPlan('表.csv', visit).warnings).toEqual([
      '第2行：“朱戊（兼）”登记为朱戊，其余的字没有保存',
      '第2行：“韩丙(督学)”登记为韩丙，其余的字没有保存',
      '第2行：“全体督学”不是人名，没有登记',
      '第2行：“沈乙等3人”登记为沈乙，其余的字没有保存',
    ]);
    const book = await planned(home, csv('单位名称,简称,联络员,手机', '海口小学,海小,何丁（代）,13900000777'));
    expect([people(book), previewOfPlan('表.csv', book).warnings]).toEqual([
      ['何丁'],
      ['第2行：“何丁（代）”登记为何丁，其余的字没有保存'],
    ]);
    const task = await planned(
      home,
      csv('序号,任务内容,牵头单位,责任人,完成时限', '1,报送总结,市教育局,周丙（牵头）、各科室负责人,2026-05-29'),
    );
    expect(previewOfPlan('表.csv', task).warnings).toEqual([
      '第2行：“周丙（牵头）”登记为周丙，其余的字没有保存',
      '第2行：“各科室负责人”不是人名，没有登记',
    ]);
  });

  test('of several leaders the first leads and the others go along', async () => {
    const visit = await planned(home, csv('日期,督导对象,组长,成员', '2026-05-12,市教育局,韩丙、李庚,沈乙'));
    expect(visitsOf(visit)).toMatchObject([
      {
        team: [
          { role: 'leader', name: '韩丙' },
          { role: 'member', name: '李庚' },
          { role: 'member', name: '沈乙' },
        ],
      },
    ]);
  });

  test('a name that merely begins so is a name', async () => {
    const plan = await planned(home, csv('单位名称,简称,联络员,手机', '海口小学,海小,无双,13900000777'));
    expect(people(plan)).toEqual(['无双']);
  });
});

test.each([
  ['上午、下午', '全天', undefined],
  ['上下午', '全天', undefined],
  ['上午/下午', '全天', undefined],
  ['上午9:00、下午2:30', '全天', '09:00'],
  ['下午、晚上', '下午、晚上', undefined],
  ['上午或下午', '上午或下午', undefined],
  ['下午2:30', '下午', '14:30'],
])('a visit of %s is of %s', async (written, period, starts) => {
  const plan = await planned(home, csv('日期,时段,督导对象,组长', `2026-05-12,${written},市教育局,韩丙`));
  expect(visitsOf(plan)).toMatchObject([{ period, ...(starts && { starts }) }]);
});

test('a deadline that is no day keeps its words, and the preview names each with its row', async () => {
  const words = ['尽快', '长期坚持', '学期末', '进驻前3日'];
  const rows = words.map((word, at) => `${at + 1},报送总结${at},市教育局,${word}`);
  const plan = await planned(home, csv('序号,任务内容,牵头单位,完成时限', ...rows));
  expect(previewOfPlan('表.csv', plan).warnings).toEqual([
    '第2行：完成时限“尽快”没有具体日期，原话照存，不作截止提醒',
    '第3行：完成时限“长期坚持”没有具体日期，原话照存，不作截止提醒',
    '第4行：完成时限“学期末”没有具体日期，原话照存，不作截止提醒',
  ]);
  expect(plan.remarks).toContain('第5行：“进驻前3日”要从“进驻”算起，专项还没有这个节点，登记以前不作截止提醒。');
  expect(
    plan.changes.flatMap((change) => (change.kind === 'tasks.put' ? change.rows : [])).map(({ dueText }) => dueText),
  ).toEqual(words);
});
