import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { refuseForeignSchema } from './schema.ts';
import { splitStatements } from './split-statements.ts';
import type { Tables } from './tables.ts';

/** The folder with a sub-folder for each dialect. */
export const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));

/**
 * Runs the migrations that are missing, all in one transaction and under a lock that every process respects (an advisory lock on
 * PostgreSQL, the write lock on SQLite). Rejects, changing nothing, for a database that is newer than the program, or older than v0.1.0.
 */
export async function migrateToLatest(
  db: Kysely<Tables>,
  folder: string,
  dialect: 'sqlite' | 'postgres',
): Promise<void> {
  const migrations = readMigrations(join(folder, dialect));
  refuseForeignSchema(await migrationsOf(db), Object.keys(migrations));
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    // As on D1, where wrangler runs what is missing: two branches that both add a migration must not lock a database out.
    allowUnorderedMigrations: true,
  });
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

/** The names in schema_version; none in a database that has not even this table. */
async function migrationsOf(db: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables();
  if (!tables.some((table) => table.name === 'schema_version')) return [];
  const rows = await db.selectFrom('schema_version').select('name').execute();
  return rows.map(({ name }) => name);
}
