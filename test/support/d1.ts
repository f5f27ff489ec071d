import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import type { D1Binding } from '../../src/db/d1.ts';
import { splitStatements } from '../../src/db/split-statements.ts';
import { onceAProcess } from './once-a-process.ts';

const MIGRATIONS = new URL('../../migrations/sqlite/', import.meta.url);

/** A migrated D1 in workerd, used from outside through its binding; kept in `folder`. */
export async function startD1(folder?: string): Promise<{ readonly binding: D1Binding; stop(): Promise<void> }> {
  const workerd = new Miniflare({
    ...(folder && { resourcePersistencePath: folder }),
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

const template = onceAProcess(
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dudao-d1-'));
    const { stop } = await startD1(folder);
    await stop();
    return folder;
  },
  async (folder) => rmSync(folder, { recursive: true }),
);

/** What a migrated D1 keeps on disk, in a folder of the caller's: a copy, since the migrations' statements take workerd a second or two. */
export async function migratedD1(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-d1-'));
  cpSync(await template(), folder, { recursive: true });
  return folder;
}

/** As `wrangler d1 migrations apply` would, one file after the other. */
function migrations(): readonly (readonly string[])[] {
  return readdirSync(MIGRATIONS)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => splitStatements(readFileSync(new URL(file, MIGRATIONS), 'utf8')));
}
