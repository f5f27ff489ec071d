import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, inject, test } from 'vitest';

/** What esbuild says of its output; the paths of `inputs` begin at the repository. */
interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: object }>>;
}

test('the Worker carries no native addon, no driver of another home, no timer library and no emulator', () => {
  const meta: Metafile = JSON.parse(readFileSync(join(dirname(inject('workerBundle')), 'bundle-meta.json'), 'utf8'));
  const modules = Object.values(meta.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  expect(modules).toContain('src/homes/worker.ts');
  const foreign = /node_modules\/(better-sqlite3|pg|node-cron|pino|@hono\/node-server)\/|^src\/(emulator|homes\/node)/;
  expect(modules.filter((path) => foreign.test(path))).toEqual([]);
});
