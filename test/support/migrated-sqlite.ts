import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../../src/db/sqlite.ts';
import { onceAProcess } from './once-a-process.ts';
import { scratchFolder } from './scratch-folder.ts';

// Databases for worlds, of which a run opens a hundred: copies of one that was migrated. That a start migrates is tested by itself.

const sqlite = onceAProcess(
  async () => {
    const folder = scratchFolder('dudao-migrated-');
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
