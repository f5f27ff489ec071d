import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database, MigratingDatabase } from '../db/database.ts';
import { reasonOf, StartError } from './start-error.ts';

/** Opens the database that DATABASE_URL names and brings its schema up to date. Rejects with a StartError. */
export async function openDatabase(url: string): Promise<Database> {
  let database: MigratingDatabase | undefined;
  try {
    database = await open(url);
    await database.migrate();
    return database;
  } catch (error) {
    await database?.close();
    // The URL itself may hold a password.
    throw new StartError(`DATABASE_URL: the database cannot be used. ${reasonOf(error)}`);
  }
}

/** Only that one's driver is loaded. */
async function open(url: string): Promise<MigratingDatabase> {
  if (!url.startsWith('file:')) {
    const { openPostgres } = await import('../db/postgres.ts');
    return openPostgres(url);
  }
  const file = url.slice('file:'.length);
  mkdirSync(dirname(file), { recursive: true });
  const { openSqlite } = await import('../db/sqlite.ts');
  return openSqlite(file);
}
