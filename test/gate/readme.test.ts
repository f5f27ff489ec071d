import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import { isAction, RIGHTS } from '../../src/domain/people/rights.ts';
import { readConfig, VARIABLES } from '../../src/homes/config.ts';
import { code, fenced, ROOT, read, table } from './pages.ts';

const run = promisify(execFile);
const MAX_EXAMPLES = 3;

const LANGUAGES = [
  {
    page: 'README.md',
    commands: '| command | also | what for | examples | who | where |',
    who: { anyone: 'anyone', member: 'bound group, linked person', administrator: 'administrators' },
    parts: {
      administrator: 'administrators',
      supervisor: 'supervisors',
      inspector: 'inspectors',
      liaison: 'liaisons',
      leader: 'leaders',
    },
    where: { group: 'group', p2p: 'direct chat' },
    comma: ', ',
    variables: '| variable | default | meaning |',
    words: { required: 'required', empty: 'empty' },
  },
  {
    page: 'README.zh-CN.md',
    commands: '| 命令 | 别名 | 用途 | 例子 | 谁可以用 | 在哪里用 |',
    who: { anyone: '任何人', member: '已绑定的群、已登记的人', administrator: '管理员' },
    parts: { administrator: '管理员', supervisor: '督导员', inspector: '督学', liaison: '联络员', leader: '领导' },
    where: { group: '群', p2p: '单聊' },
    comma: '、',
    variables: '| 变量 | 默认值 | 含义 |',
    words: { required: '必填', empty: '空' },
  },
] as const;

const folder = mkdtempSync(join(tmpdir(), 'dudao-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));
const printed = { demo: '', import: '' };
beforeAll(async () => {
  const program = (name: string) => join(ROOT, 'src/homes', name);
  const workbook = program('sample-district/单位通讯录.xlsx');
  const env = { ...process.env, DATABASE_URL: `file:${join(folder, 'dudao.db')}` };
  // A demo that waits for an answer that never comes is ended here, and the tests say what is missing.
  printed.demo = (await run(process.execPath, [program('demo.ts'), '--once'], { timeout: 50_000 })).stdout;
  printed.import = (await run(process.execPath, [program('cli.ts'), 'import', workbook], { env })).stdout;
});

/** Lines without what differs from run to run (the minute of a push) and what nobody sees (a space without width). */
const linesOf = (text: string): readonly string[] =>
  text
    .replaceAll('\u200b', '')
    .split('\n')
    .map((line) => line.replace(/^\d\d:\d\d/, '').trim())
    .filter((line) => line !== '' && line !== '…');

type Words = (typeof LANGUAGES)[number];
const whoOf = (allow: (typeof registry)[number]['allow'], who: Words['who'], parts: Words['parts'], comma: string) =>
  isAction(allow)
    ? Object.entries(parts)
        .flatMap(([part, word]) => (RIGHTS[allow].who.some((may) => may === part) ? [word] : []))
        .join(comma)
    : who[allow];

describe.each(LANGUAGES)('$page', ({ page, commands, who, parts, where, comma, variables, words }) => {
  test('lists the commands as they are', () => {
    const rows = table(page, commands).map(([name, aliases, , examples, allow, places]) => [
      name,
      aliases,
      examples,
      allow,
      places,
    ]);
    const expected = registry.map((command) => [
      ...[command.name, command.aliases, command.examples.slice(0, MAX_EXAMPLES)].map((names) =>
        [names].flat().map(code).join(' '),
      ),
      whoOf(command.allow, who, parts, comma),
      command.where.map((place) => where[place]).join(comma),
    ]);
    expect(rows).toEqual(expected);
  });

  test('lists the variables with their defaults', () => {
    const rows = table(page, variables).map(([name = '', value = '']) => ({ name: name.slice(1, -1), value }));
    expect(rows.map(({ name }) => name)).toEqual(VARIABLES);
    const required = rows.filter(({ value }) => value === words.required).map(({ name }) => name);
    const without = (missing?: string) =>
      readConfig(Object.fromEntries(required.filter((name) => name !== missing).map((name) => [name, 'cli_1'])));
    for (const name of required) expect(() => without(name)).toThrow(`${name} is missing`);

    const defaults = new Map(Object.entries(without()).map(([name, value]) => [name, String(value)]));
    for (const { name, value } of rows.filter((row) => !required.includes(row.name)))
      expect(value, name).toBe(defaults.get(name) === '' ? words.empty : code(defaults.get(name) ?? ''));
  });

  test.each(['demo', 'import'] as const)('shows what the %s prints', (program) => {
    const [demo = '', imported = ''] = fenced(page, 'text');
    const shown = linesOf(program === 'demo' ? demo : imported);
    expect(shown.length).toBeGreaterThan(4);
    const lines = linesOf(printed[program]);
    expect(shown.filter((line) => !lines.includes(line))).toEqual([]);
  });
});

test('the Chinese table of commands says what 帮助 says', () => {
  const uses = table('README.zh-CN.md', LANGUAGES[1].commands).map(([, , use]) => use);
  expect(uses).toEqual(registry.map(({ summary }) => summary));
});

test('both languages have the same sections, tables and blocks', () => {
  const shape = (page: string) =>
    read(page)
      .split('\n')
      .filter((line) => /^(## |\s*\|---|```)/.test(line))
      .map((line) => (line.startsWith('## ') ? '##' : line.trim()));
  expect(shape('README.zh-CN.md')).toEqual(shape('README.md'));
});
