import { readdirSync, readFileSync } from 'node:fs';
import { Miniflare } from 'miniflare';
import type { D1Binding } from '../../src/db/d1.ts';
import { splitStatements } from '../../src/db/split-statements.ts';

const MIGRATIONS = new URL('../../migrations/sqlite/', import.meta.url);

/** A migrated D1 in workerd, used from outside through its binding. */
export async function startD1(): Promise<{ readonly binding: D1Binding; stop(): Promise<void> }> {
  const workerd = new Miniflare({
    workers: [
      {
        config: {
          name: 'database',
          compatibilityDate: '2026-11-01',
          env: { DB: { type: 'd1', id: 'dudao' } },
          manifest: {
            mainModule: 'nothing.js',
            modules: { 'nothing.js': { type: 'esm', contents: 'export default {};' } },
          },
        },
      },
    ],
  });
  const binding = await workerd.getD1Database('DB');
  for (const statements of migrations()) await binding.batch(statements.map((statement) => binding.prepare(statement)));
  return { binding, stop: () => workerd.dispose() };
}

/** As `wrangler d1 migrations apply` would, one file after the other. */
export function migrations(): readonly (readonly string[])[] {
  return readdirSync(MIGRATIONS)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => splitStatements(readFileSync(new URL(file, MIGRATIONS), 'utf8')));
}
