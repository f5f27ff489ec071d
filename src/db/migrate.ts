import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { splitStatements } from './split-statements.ts';
import type { Tables } from './tables.ts';

/** The folder with a sub-folder for each dialect. */
export const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));

/**
 * Runs the migrations that are missing, all in one transaction and under a lock that every process respects (an advisory lock on
 * PostgreSQL, the write lock on SQLite). Rejects, changing nothing, for a database that a newer program has migrated.
 */
export async function migrateToLatest(
  db: Kysely<Tables>,
  folder: string,
  dialect: 'sqlite' | 'postgres',
): Promise<void> {
  const migrations = readMigrations(join(folder, dialect));
  await refuseNewer(db, Object.keys(migrations));
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** The numbered SQL files of a folder. None of them can be undone: what was released is never edited, only followed. */
function readMigrations(folder: string): Record<string, Migration> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return Object.fromEntries(
    files.map((file) => [
      file.slice(0, -'.sql'.length),
      {
        async up(db: Kysely<unknown>) {
          for (const statement of splitStatements(readFileSync(join(folder, file), 'utf8'))) {
            await sql.raw(statement).execute(db);
          }
        },
      },
    ]),
  );
}

async function refuseNewer(db: Kysely<Tables>, known: readonly string[]): Promise<void> {
  const tables = await db.introspection.getTables();
  if (!tables.some((table) => table.name === 'schema_version')) return;
  const rows = await db.selectFrom('schema_version').select('name').orderBy('name').execute();
  const unknown = rows.map((row) => row.name).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `The database is newer than this program: it has ${unknown.join(', ')}, the program knows up to ${known.at(-1)}. ` +
        'Start the newer program, or restore a backup that this one made.',
    );
  }
}
