import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fenced, ROOT } from './pages.ts';

// What docs/ADD-A-SUBJECT.md says, done in a copy of the source.

const PAGE = 'docs/ADD-A-SUBJECT.md';
const NEW = [
  'src/ports/briefs.ts',
  'src/db/briefs/briefs.ts',
  'src/features/briefs/briefs-card.ts',
  'commands/brief.ts',
] as const;
const MIGRATIONS = ['migrations/sqlite/0101_briefs.sql', 'migrations/postgres/0101_briefs.sql'] as const;
/** Before which place of the file each line or block of the page stands; at the last place that says so. */
const PLACES = {
  'src/ports/subjects.ts': ['import type { CalendarChange', '  | CalendarChange', '    CalendarReads,'],
  'src/db/subjects.ts': ['import { calendarAppliers', '  ...calendarAppliers,', '  ...calendarReads(engine),', '];'],
  'src/domain/audit-words.ts': ["  'refused.privilege'", '  { word: /^通知$/'],
  'src/domain/reminders/contents.ts': ['  week: { word'],
  'src/features/reminders/push.ts': ['import { countdownBlocks', "  week: visitsOf('week'),"],
  'commands/registry.ts': ['import deadline', '];'],
} as const;
type Summed = keyof typeof PLACES;
/** Sums in which the compiler misses what the new files need; without the others it names the sums themselves. */
const NEEDED: readonly Summed[] = [
  'src/ports/subjects.ts',
  'src/domain/audit-words.ts',
  'src/domain/reminders/contents.ts',
];

const ASK = `
import { registry } from '../commands/registry.ts';
import { calendarsOver } from './app/calendars.ts';
import { openSqlite } from './db/sqlite.ts';
import { date, instantAt } from './domain/calendar/local-date.ts';
import { statutoryCalendar } from './domain/calendar/statutory.ts';
import { pushCard } from './features/reminders/push.ts';
import { ruleOf, readRuleWords } from './features/reminders/recurrence-phrase.ts';
import { dispatch } from './language/dispatch.ts';
import { randomIds } from './homes/ids.ts';

const database = openSqlite(':memory:');
await database.migrate();
const { store } = database;
const [today, zone] = [date('2026-04-24'), 'Asia/Shanghai'];
const now = instantAt(today, '09:00', zone);
const unit = { id: 'u1', name: '望海区', sees: 'u1', isRoot: true };
await store.commit({ changes: [{ kind: 'units.put', rows: [{ id: 'u1', name: '望海区', kind: '县区政府', parentId: undefined, names: ['望海区'] }] }], messages: [], audit: [] });
const group = { chatId: 'oc_1', name: '群', state: 'active' as const, version: 1, unit };
const asker = {
  chat: { chatId: 'oc_1', type: 'group' as const, group },
  actor: { openId: 'ou_1', people: [], roles: [], isAdministrator: true },
  administrators: new Set<string>(),
  now, today, zone, calendar: statutoryCalendar(), ids: randomIds, read: store, numbers: store.numbers,
  workbooks: { lists: async () => [], faultyRows: async () => undefined, template: async () => undefined, undo: async () => undefined, rehearsal: async () => ({ name: '', bytes: new Uint8Array() }) },
  preview: { pushes: async () => [], next: async () => undefined, today: async () => undefined, again: async () => undefined },
};
for (const line of ['简报 新增 4月24日 望海区 题目 防溺水工作', '简报 新增 望海区 题目 防溺水', '简报 4月24日', '审计 简报']) {
  const chat = line.startsWith('审计') ? { chatId: 'oc_2', type: 'p2p' as const } : asker.chat;
  const { reply, changes, audit } = await dispatch(line, { ...asker, chat }, registry);
  await store.commit({ changes, messages: [], audit: audit.map((entry) => ({ ...entry, id: randomIds.next('audit'), at: now, actor: 'ou_1', chatId: 'oc_1' })) });
  console.log(reply.title + '|' + JSON.stringify(reply.blocks).replaceAll(/[^\\p{Script=Han}\\d：]+/gu, ' ').trim());
}
const { content } = ruleOf(readRuleWords('每个工作日 17:00 今日简报', today), {});
const { calendar } = await calendarsOver(statutoryCalendar()).now(store);
const nominalAt = instantAt(today, '17:00', zone);
const card = await pushCard({ store, zone, calendar }, { group, contents: [content], nominalAt, now: nominalAt, seenAt: nominalAt, late: false, settings: [] });
console.log(card?.doc.title, card?.doc.summary);
await database.close();
`;

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'dudao-subject-'));
afterAll(() => rmSync(folder, { recursive: true }));

const part = (file: string): string => fenced(PAGE, `${file.endsWith('.sql') ? 'sql' : 'ts'} ${file}`)[0] ?? '';

const BEGINS = /^import |^ {2}[^\s})\]]|^ {4}\w+Reads,$/;

/** What the page puts into a file, piece by piece: an import or an entry with the lines that belong to it. */
function pieces(file: Summed): readonly string[] {
  const found: string[] = [];
  for (const line of part(file).trimEnd().split('\n')) {
    const goesOn = BEGINS.test(line) ? '' : (found.pop() ?? '');
    found.push(`${goesOn}${line}\n`);
  }
  return found;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function sum(file: Summed): void {
  const places = PLACES[file];
  const texts = pieces(file);
  expect(texts, file).toHaveLength(places.length);
  let whole = readFileSync(join(ROOT, file), 'utf8');
  places.forEach((place, index) => {
    const at = whole.lastIndexOf(place);
    if (at < 0) throw new Error(`${file} has no place like ${place}`);
    whole = whole.slice(0, at) + (texts[index] ?? '') + whole.slice(at);
  });
  write(file, whole);
}

async function compiled(): Promise<string> {
  const { stdout } = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', join(folder, 'ask.json')]).catch(
    (error: { stdout: string }) => error,
  );
  return stdout;
}

beforeAll(() => {
  for (const path of ['src', 'commands', 'migrations', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const file of [...NEW, ...MIGRATIONS]) write(file, part(file));
  write('src/ask.ts', ASK);
  write('ask.json', JSON.stringify({ extends: './tsconfig.json', include: ['src/ask.ts', ...NEW] }));
});

test('a subject is added as its recipe says, and the compiler names what is left out', async () => {
  // Nothing sums the new files: they themselves do not compile.
  const unsummed = await compiled();
  for (const file of ['commands/brief.ts', 'src/db/briefs/briefs.ts']) expect(unsummed).toContain(file);
  // It is promised, and nobody does it.
  for (const file of NEEDED) sum(file);
  const promised = await compiled();
  for (const file of ['src/db/subjects.ts', 'src/features/reminders/push.ts']) expect(promised).toContain(file);
  for (const file of ['src/db/subjects.ts', 'src/features/reminders/push.ts', 'commands/registry.ts'] as const)
    sum(file);
  expect(await compiled()).toBe('');

  const { stdout } = await run(process.execPath, [join(folder, 'src/ask.ts')]);
  expect(stdout.trim().split('\n')).toEqual([
    '已登记简报|4月24日 周五 望海区：防溺水工作',
    '简报|请写哪一天 写法：简报 新增 4月24日 望海区 题目 防溺水工作',
    '简报|4月24日 周五 望海区：防溺水工作',
    expect.stringMatching(/^操作记录\|.*登记简报.*望海区.*防溺水工作/),
    '今日简报 简报 1 篇',
  ]);
});
