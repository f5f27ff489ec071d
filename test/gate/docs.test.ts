import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { alertsOn } from '../../src/domain/calendar/due.ts';
import { addDays, date } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { code, PAGES, ROOT, read, table } from './pages.ts';

interface Rule {
  readonly name: string;
  readonly why: string;
  /** Patterns of what the rule leaves out: in `from` the owners, in `to` the rooms that may be imported. */
  readonly owners: readonly string[];
  readonly allowed: readonly string[];
  readonly forbidden: readonly string[];
}

const PAGE = 'ARCHITECTURE.md';
const rules: Rule[] = [];
beforeAll(async () => {
  const { ruleSet } = await extractOptions(join(ROOT, '.dependency-cruiser.mjs'));
  for (const rule of ruleSet?.forbidden ?? []) {
    rules.push({
      name: rule.name ?? '',
      why: rule.comment ?? '',
      owners: patterns(rule, 'from', 'pathNot'),
      allowed: patterns(rule, 'to', 'pathNot'),
      forbidden: patterns(rule, 'to', 'path'),
    });
  }
});

/** The patterns of a rule's side as a reader would name them: ^src/chat/ is chat. */
const patterns = (rule: object, side: 'from' | 'to', key: 'path' | 'pathNot'): readonly string[] =>
  [field(field(rule, side), key)].flat().flatMap((found) => (typeof found === 'string' ? [plain(found)] : []));
const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Object.entries(of).find(([key]) => key === name)?.[1] : undefined;
const plain = (pattern: string): string =>
  pattern
    .replace(/^\^?(src\/|node_modules\/)?/, '')
    .replace('/(?!render)', ' but render.ts')
    .replaceAll('\\', '')
    .replace(/\/+$/, '');

describe('ARCHITECTURE.md', () => {
  test('its rooms are those of the import rules', () => {
    const rooms = rules.flatMap(({ name, why, allowed }) => {
      const room = name === 'commands-are-leaves' ? 'commands' : /^room-(\w+)$/.exec(name)?.[1];
      const others = allowed.filter((path) => path !== room).map(code);
      return room ? [[code(room), why, others.join(' ') || 'nothing']] : [];
    });
    expect(rooms.length).toBeGreaterThan(10);
    expect(table(PAGE, '| room | in a sentence | may import |')).toEqual(rooms);
  });

  test('its owners of packages are those of the import rules', () => {
    const owned = rules
      .filter(({ name }) => name.startsWith('package-'))
      .map(({ why, owners, forbidden }) => [forbidden.map(code).join(' '), owners.map(code).join(' '), why]);
    expect(owned.length).toBeGreaterThan(5);
    expect(table(PAGE, '| package | may be imported by | why |')).toEqual(owned);
  });

  test.each([
    ['dependencies', '| at run time | why | instead of |'],
    ['devDependencies', '| for development | why | instead of |'],
  ] as const)('it gives a reason for each of the %s', (kind, header) => {
    const rows = table(PAGE, header);
    expect(rows.map(([name]) => name)).toEqual(Object.keys(manifest[kind]).map(code));
    for (const [name, why, instead] of rows) expect(why && instead, name).toBeTruthy();
  });

  test('its test projects are those of vitest', () => {
    const projects = [...read('test/vitest.config.ts').matchAll(/project\('(\w+)'/g)].map(([, name]) => name);
    expect(projects.length).toBeGreaterThan(3);
    expect(table(PAGE, '| project | where | what |').map(([name]) => name)).toEqual(projects);
  });

  test('the days of its second walk are right', () => {
    const calendar = statutoryCalendar();
    const days: (readonly [string, string])[] = [];
    for (let day = date('2026-09-14'); day <= '2026-10-10'; day = addDays(day, 1)) {
      const alert = alertsOn(calendar, day, date('2026-10-09'), 'working');
      if (alert) days.push([day, String(alert.daysLeft)]);
    }
    expect(table(PAGE, '| push of | days left |')).toEqual(days);
  });
});

describe('every page', () => {
  /** What looks like a file or folder of this repository. */
  const PATH = /^(?:(?:src|commands|migrations|test|docs|\.ci)(?:\/[^\s*<>{}…]*)?|[\w.-]+\.(?:md|toml|json|mjs))$/u;
  /** Written by the recipe of ARCHITECTURE.md. */
  const EXAMPLES = new Set(['commands/meeting.ts']);

  test.each(PAGES)('%s names only files that exist', (page) => {
    const text = read(page).replace(/^```[\s\S]*?^```$/gm, '');
    const words = [...text.matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word);
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link.replace(/#.*/, ''));
    const files = [
      ...words.filter((word) => PATH.test(word) && !EXAMPLES.has(word)),
      ...links.filter((link) => link !== '' && !/^https?:/.test(link)).map((link) => join(dirname(page), link)),
    ];
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
