import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { MigratingDatabase } from '../db/database.ts';

/** Opens the database that DATABASE_URL names; only that one's driver is loaded. */
export async function openDatabase(url: string): Promise<MigratingDatabase> {
  if (!url.startsWith('file:')) {
    const { openPostgres } = await import('../db/postgres.ts');
    return openPostgres(url);
  }
  const file = url.slice('file:'.length);
  mkdirSync(dirname(file), { recursive: true });
  const { openSqlite } = await import('../db/sqlite.ts');
  return openSqlite(file);
}
