import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspection, program } from '../db/district.ts';
import { fenced, ROOT } from './pages.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'dudao-recipe-'));
afterAll(() => rmSync(folder, { recursive: true }));

const unit = (id: string, name: string) => ({ id, name, kind: '县区政府', names: [name] });
const UNITS = [
  {
    kind: 'units.put',
    rows: [unit('u1', '望海区'), unit('u2', '临江区')],
  },
  { kind: 'people.put', rows: [{ id: 'p1', unitId: 'u1', name: '韩丙', position: '', officePhone: '', email: '' }] },
];

/** What is said, and the title and words of the answer. */
const SAID: readonly (readonly [string, string])[] = [
  [
    '会议 新增 6月15日 望海区、临江区 主持 韩丙 议题 防溺水工作',
    '已登记会议|6月15日（周一）|参加：望海区、临江区|主持：韩丙|议题：防溺水工作',
  ],
  [
    '会议 召开：望海区 明天 议题 望海区6月迎检',
    '已登记会议|4月21日（周二）|参加：望海区|主持：未定|议题：望海区6月迎检',
  ],
  ['召开会议 4月24日 临江区', '已登记会议|4月24日（周五）|参加：临江区|主持：未定|议题：未定'],
  ['会议 取消 H2 原因 台风', '已取消会议|H2：台风'],
  ['会议 新增 望海区', '会议|请写哪一天开。写法：会议 新增 6月15日 望海区、临江区 主持 韩丙 议题 防溺水工作'],
  [
    '会议 新增 6月15日 望海区 三楼',
    '会议|没有执行。没看懂“三楼”。写法：会议 新增 6月15日 望海区、临江区 主持 韩丙 议题 防溺水工作',
  ],
  ['会议', '会议|本群没有登记的会议。'],
  ['会议 望海区 三楼', '会议|没用上“三楼”。|望海区没有登记的会议。'],
];

/** Says them in a chat, with a real store. */
const ASK = `
import { registry } from '../commands/registry.ts';
import { dispatch } from './language/dispatch.ts';
import { openSqlite } from './db/sqlite.ts';
import { date, instantAt } from './domain/calendar/local-date.ts';
import { statutoryCalendar } from './domain/calendar/statutory.ts';
import { randomIds } from './homes/ids.ts';

const database = openSqlite(':memory:');
await database.migrate();
const [today, zone] = [date('2026-04-20'), 'Asia/Shanghai'];
const asker = {
  chat: { chatId: 'oc_1', type: 'p2p' as const },
  actor: { openId: 'ou_1', people: [], roles: [], isAdministrator: false },
  administrators: new Set<string>(),
  now: instantAt(today, '09:00', zone),
  today, zone, calendar: statutoryCalendar(), ids: randomIds, read: database.store,
  numbers: database.store.numbers,
  workbooks: { lists: async () => [], faultyRows: async () => undefined, template: async () => undefined, undo: async () => undefined, rehearsal: async () => ({ name: '', bytes: new Uint8Array() }) },
  preview: {
    pushes: async () => [],
    next: async () => undefined,
    today: async () => undefined,
    again: async () => undefined,
  },
};
await database.store.commit({ changes: ${JSON.stringify(UNITS)}, messages: [], audit: [] });
for (const line of ${JSON.stringify(SAID.map(([line]) => line))}) {
  const { reply } = await dispatch(line, asker, registry);
  console.log([reply.title, ...reply.blocks.flatMap((block) => (block.kind === 'text' ? [block.text.map((piece) => (typeof piece === 'string' ? piece : '')).join('')] : []))].join('|'));
}
await database.close();
`;

/** Reads a rule with the new content, and makes the card of its push, with a real store. */
const PUSH = `
import { pushCard } from './features/reminders/push.ts';
import { calendarsOver } from './app/calendars.ts';
import { readRuleWords, ruleOf } from './features/reminders/recurrence-phrase.ts';
import { openSqlite } from './db/sqlite.ts';
import { date, instantAt } from './domain/calendar/local-date.ts';
import { statutoryCalendar } from './domain/calendar/statutory.ts';
import { describeRule } from './domain/reminders/describe-rule.ts';

const database = openSqlite(':memory:');
await database.migrate();
const { store } = database;
await store.commit({ changes: JSON.parse(${JSON.stringify(JSON.stringify([...UNITS, program('p', 'u1'), { kind: 'inspections.put', rows: [inspection('i1', 'u1', '2026-04-21')] }]))}), messages: [], audit: [] });
const [today, zone] = [date('2026-04-20'), 'Asia/Shanghai'];
const said = ruleOf(readRuleWords('每个工作日 17:00 明日日程', today), {});
console.log(describeRule(said));
const { calendar } = await calendarsOver(statutoryCalendar()).now(store);
const nominalAt = instantAt(today, '17:00', zone);
const group = { chatId: 'oc_1', name: '群', state: 'active' as const, version: 1, unit: { id: 'u1', name: '望海区', sees: 'u1', isRoot: false } };
const card = await pushCard({ store, zone, calendar }, { group, contents: [said.content], nominalAt, now: nominalAt, seenAt: nominalAt, late: false, settings: [] });
console.log(card?.doc.title, card?.doc.summary);
await database.close();
`;

/** Imports, exports and hands out empty a table of tasks with the new column, with a real store. */
const BOOK = `
import { listsFrom, workbooks } from './features/exports/lists.ts';
import { applyImport, planImport } from './features/imports/planning/import-workbook.ts';
import { openSqlite } from './db/sqlite.ts';
import { date, instantAt } from './domain/calendar/local-date.ts';
import { statutoryCalendar } from './domain/calendar/statutory.ts';
import { openWorkbook } from './excel/open-workbook.ts';
import { textOf } from './excel/workbook.ts';
import { randomIds } from './homes/ids.ts';

const database = openSqlite(':memory:');
await database.migrate();
const { store } = database;
const [today, zone] = [date('2026-04-20'), 'Asia/Shanghai'];
const now = instantAt(today, '09:00', zone);
const importer = { store, zone, ids: randomIds, calendar: statutoryCalendar(), time: { now: () => now, until: async () => {} } };
const bring = async (text: string | Uint8Array) => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const plan = await planImport(importer, bytes, typeof text === 'string' ? '表.csv' : '表.xlsx');
  if (plan.kind === 'refused') throw new Error(plan.message);
  await applyImport(importer, plan, '表', 'operator');
  return [plan.added.length, plan.unchanged, ...plan.changed.flatMap(({ fields }) => fields.map(({ name, before, after }) => [name, before, after].join(' '))), ...plan.remarks.filter((remark) => remark.startsWith('没有读'))].join('|');
};
const cells = async (file: { name: string; bytes: Uint8Array }) => {
  const book = await openWorkbook(file.bytes, file.name);
  const rows = 'sheets' in book ? (book.sheets[0]?.rows ?? []) : [];
  const at = rows[2]?.findIndex((cell) => textOf(cell) === '经费来源') ?? -1;
  return [2, 3].map((row) => textOf(rows[row]?.[at])).join('|');
};
console.log(await bring('单位名称,简称,联络员\\n云溪市,市,周丙\\n市教育局,教育局,朱戊'));
const table = (money: string) => '序号,任务内容,牵头单位,完成时限,资金渠道\\n1,报送总结,市教育局,2026-05-29,' + money;
console.log(await bring(table('市级财政')));
console.log(await bring(table('省级补助')));
const [root] = (await store.directory()).units.filter(({ parentId }) => parentId === undefined);
if (!root) throw new Error('no root');
const reader = { scope: { unitIds: [root.id] }, viewer: { kind: 'operator' as const }, about: root, today };
const lists = await listsFrom({ ...importer, now })({ kind: 'tasks' }, reader);
if ('tooMany' in lists || !lists[0]) throw new Error('no list');
console.log(await cells(lists[0].file));
console.log(await bring(lists[0].file.bytes));
const empty = await workbooks({ ...importer, now }).template({ kind: 'tasks' }, reader);
console.log(empty && (await cells(empty)));
await database.close();
`;

/** Does in a copy of the source what ARCHITECTURE.md says. */
beforeAll(() => {
  for (const path of ['src', 'commands', 'migrations', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const part = (file: string) => fenced('ARCHITECTURE.md', `ts ${file}`)[0] ?? '';
  const insert = (file: string, before: string, text: string) => {
    const [head, ...tail] = readFileSync(join(folder, file), 'utf8').split(before);
    if (tail.length === 0 || text === '') throw new Error(`the recipe has nothing for ${file}, or no place there`);
    writeFileSync(join(folder, file), `${head}${text}${before}${tail.join(before)}`);
  };
  const insertLast = (file: string, before: string, text: string) => {
    const whole = readFileSync(join(folder, file), 'utf8');
    const at = whole.lastIndexOf(before);
    writeFileSync(join(folder, file), whole.slice(0, at) + text + whole.slice(at));
  };
  const [imported = '', entry = ''] = part('commands/registry.ts').split('\n');
  writeFileSync(join(folder, 'commands/meeting.ts'), part('commands/meeting.ts'));
  insert('commands/registry.ts', 'import deadline', `${imported}\n`);
  insert('commands/registry.ts', '];', `${entry}\n`);
  insert('src/domain/reminders/contents.ts', '  week: { word', part('src/domain/reminders/contents.ts'));
  insert('src/features/reminders/push.ts', "  week: visitsOf('week'),", part('src/features/reminders/push.ts'));
  writeFileSync(join(folder, 'src/ask.ts'), ASK);
  writeFileSync(join(folder, 'src/push.ts'), PUSH);
  insert('src/domain/tasks/task-columns.ts', "  {\n    field: 'program',", part('src/domain/tasks/task-columns.ts'));
  insert('src/domain/tasks/task.ts', '}\n\nexport interface Task extends TaskTexts', part('src/domain/tasks/task.ts'));
  insertLast('src/db/subjects.ts', '];', part('src/db/subjects.ts'));
  const migration = 'migrations/sqlite/0100_funding.sql';
  writeFileSync(join(folder, migration), fenced('ARCHITECTURE.md', `sql ${migration}`)[0] ?? '');
  writeFileSync(join(folder, 'src/book.ts'), BOOK);
  writeFileSync(
    join(folder, 'ask.json'),
    JSON.stringify({ extends: './tsconfig.json', include: ['src/ask.ts', 'src/push.ts', 'src/book.ts'] }),
  );
});

describe('the recipes of ARCHITECTURE.md', () => {
  test('compile', async () => {
    const checked = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', join(folder, 'ask.json')]).catch(
      ({ stdout }) => ({ stdout }),
    );
    expect(checked.stdout).toBe('');
  });

  test('a command answers in all its forms, from one file and one line in the registry', async () => {
    const { stdout } = await run(process.execPath, [join(folder, 'src/ask.ts')]);
    expect(stdout.trim().split('\n')).toEqual(SAID.map(([, answer]) => answer));
  });

  test('a reminder content is read, described and sent, from the two files that the recipe names', async () => {
    const { stdout } = await run(process.execPath, [join(folder, 'src/push.ts')]);
    expect(stdout.trim().split('\n')).toEqual(['每个工作日 17:00 明日日程', '明日督导 明日督导 1 项']);
  });

  test('a workbook column is read, compared, kept, exported and handed out empty, from its entry and the place that keeps it', async () => {
    const { stdout } = await run(process.execPath, [join(folder, 'src/book.ts')]);
    expect(stdout.trim().split('\n')).toEqual([
      '5|0',
      '1|0',
      '0|0|经费来源 市级财政 省级补助',
      '经费来源|省级补助',
      '0|1',
      '经费来源|区级财政',
    ]);
  });
});
