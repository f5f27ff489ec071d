import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openPostgres } from '../../src/db/postgres.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { onceAProcess } from './once-a-process.ts';
import { freshDatabase } from './postgres.ts';

// Databases for worlds, of which a run opens a hundred: copies of one that was migrated. That a start migrates is tested by itself.

const sqlite = onceAProcess(
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dudao-migrated-'));
    const file = join(folder, 'dudao.db');
    const database = openSqlite(file);
    await database.migrate();
    await database.close();
    return { folder, file };
  },
  async ({ folder }) => rmSync(folder, { recursive: true }),
);

/** The URL of a new database in that folder. */
export async function migratedSqlite(folder: string): Promise<string> {
  const file = join(folder, 'dudao.db');
  copyFileSync((await sqlite()).file, file);
  return `file:${file}`;
}

const postgres = onceAProcess(
  async () => {
    const name = `migrated_${process.env['VITEST_POOL_ID']}`;
    const database = openPostgres(await freshDatabase(inject('postgresUrl'), name));
    await database.migrate();
    await database.close();
    return name;
  },
  async () => {},
);

/** The URL of a new database of this name. */
export const migratedPostgres = async (name: string): Promise<string> =>
  freshDatabase(inject('postgresUrl'), name, await postgres());
