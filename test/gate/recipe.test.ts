import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fenced, ROOT } from './pages.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'dudao-recipe-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Asks the example command in a chat, with a real store. */
const ASK = `
import { registry } from '../commands/registry.ts';
import { dispatch } from './chat/dispatch.ts';
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
  now: instantAt(today, '09:00', zone),
  ...{ today, zone, calendar: statutoryCalendar(), ids: randomIds, read: database.store },
  workbooks: { lists: async () => [], faultyRows: async () => undefined, template: async () => undefined, undo: async () => undefined, rehearsal: async () => ({ name: '', bytes: new Uint8Array() }) },
  preview: { pushes: async () => [], next: async () => undefined, again: async () => undefined },
};
for (const line of ['天数 6月15日', '到6月15日有多少个工作日', 'days'])
  console.log((await dispatch(line, asker, registry)).reply.summary);
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
  const [imported = '', entry = ''] = part('commands/registry.ts').split('\n');
  writeFileSync(join(folder, 'commands/days.ts'), part('commands/days.ts'));
  insert('commands/registry.ts', 'import deadline', `${imported}\n`);
  insert('commands/registry.ts', '];', `${entry}\n`);
  writeFileSync(join(folder, 'src/ask.ts'), ASK);
  writeFileSync(join(folder, 'ask.json'), JSON.stringify({ extends: './tsconfig.json', include: ['src/ask.ts'] }));
});

describe('the recipe of a command in ARCHITECTURE.md', () => {
  test('compiles', async () => {
    const checked = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', join(folder, 'ask.json')]).catch(
      ({ stdout }) => ({ stdout }),
    );
    expect(checked.stdout).toBe('');
  });

  test('answers in the chat', async () => {
    const { stdout } = await run(process.execPath, [join(folder, 'src/ask.ts')]);
    const answer = '到6月15日（周一）：38 个工作日，56 天。';
    expect(stdout.trim().split('\n')).toEqual([answer, answer, '请写上日期，例如：天数 6月15日']);
  });
});
