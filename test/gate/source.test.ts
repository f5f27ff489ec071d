import { expect, test } from 'vitest';
import { projectFiles as files, read } from './pages.ts';

/** Where a pattern occurs: file, line and what it says. */
const found = (pattern: RegExp, among: readonly string[]): readonly string[] =>
  among.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
  );

test('time, chance and the console enter through the homes only', () => {
  const core = files('src/*.ts', 'commands/*.ts').filter((file) => !/^src\/(homes|emulator)\//.test(file));
  expect(core.length).toBeGreaterThan(100);
  const global =
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\bconsole\.|\bprocess\.[a-z]|\bset(Timeout|Interval)\(/;
  expect(found(global, core)).toEqual([]);
});

test('tests wait for states, not for time', () => {
  const tests = files('test/*.ts').filter((file) => !file.startsWith('test/support/'));
  expect(found(/\bset(Timeout|Interval)\(|node:timers\/promises'?\).*setTimeout|\bsleep\(/, tests)).toEqual([]);
});

test('no test is left out, and none is the only one', () => {
  // Written so that this line does not find itself.
  expect(found(new RegExp(`\\.(${'skip'}|${'only'}|${'todo'})(If)?\\(`), files('test/*.ts'))).toEqual([]);
});

test('the project stands alone: no committed file names the machine that it was made on, or a registry', () => {
  const all = files('.').filter((file) => file !== 'test/gate/source.test.ts');
  expect(found(/(?<![\w.-])\/work\/(main|shared)|\.\.\/shared\b/, all)).toEqual([]);
  expect(found(/"resolved"|registry\.|npmmirror/, files('package-lock.json', '.npmrc'))).toEqual([]);
});

test('a literal is not spread into another only to keep a line whole', () => {
  const own = files('src/*.ts', 'commands/*.ts', 'test/*.ts').filter((file) => file !== 'test/gate/source.test.ts');
  expect(found(/\.\.\.\{|\.\.\.\[[^\][]*\](?:,|$)/, own)).toEqual([]);
});

test('no answer mixes English into its Chinese', () => {
  const core = files('src/*.ts', 'commands/*.ts').filter((file) => !/^src\/(homes|emulator)\//.test(file));
  expect(found(/['`][^'`]*\p{Script=Han}[^'`]*（[a-z]+(?: [a-z]+)*）[^'`]*['`]/u, core)).toEqual([]);
});

test('a TODO has the number of its issue', () => {
  const own = files('src/*.ts', 'commands/*.ts', 'test/*.ts').filter((file) => file !== 'test/gate/source.test.ts');
  expect(found(/\b(TODO|FIXME|XXX)\b(?! ?\(?#\d)/, own)).toEqual([]);
});
