import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import type { RegisteredCommand } from '../../src/language/command.ts';
import { ROOT } from './pages.ts';

const FOLDER = join(ROOT, 'commands');

test('the registry has exactly the commands of the folder', async () => {
  const files = readdirSync(FOLDER).filter((file) => file !== 'registry.ts');
  const inFolder = new Map<RegisteredCommand, string>();
  for (const file of files) {
    const loaded: Record<string, RegisteredCommand> = await import(join(FOLDER, file));
    // One command a file, and nothing else exported from it.
    expect(Object.keys(loaded), file).toEqual(['default']);
    if (loaded['default']) inFolder.set(loaded['default'], file);
  }
  expect(registry.map((command) => inFolder.get(command)).toSorted()).toEqual(files.toSorted());
});

test('no two commands share a name or an alias', () => {
  const words = registry.flatMap(({ name, aliases }) => [name, ...aliases].map((word) => word.toLowerCase()));
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
});

test('every command has an English name among its aliases', () => {
  const without = registry.filter(({ aliases }) => !aliases.some((alias) => /^[a-z]+$/.test(alias)));
  expect(without.map(({ name }) => name)).toEqual([]);
});
