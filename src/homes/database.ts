import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database, MigratingDatabase } from '../db/database.ts';
import { reasonOf, StartError } from './start-error.ts';
import { systemTime } from './system-time.ts';

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

/** A process that is replaced may take a moment to end. */
const PREDECESSOR_MS = 10_000;
const ASK_AGAIN_MS = 50;

/** Of a database that one process serves alone: held for the life of the process, and whoever was it before is dead. */
export interface Serving {
  release(): void;
}

/** Undefined for a database that several processes may serve. Rejects with a StartError when another one goes on serving it. */
export async function serveAlone(url: string, patienceMs = PREDECESSOR_MS): Promise<Serving | undefined> {
  const file = fileOf(url);
  if (file === undefined || file === ':memory:') return undefined;
  const { holdServing } = await import('../db/sqlite.ts');
  for (const giveUpAt = systemTime.now() + patienceMs; ; ) {
    const held = holdServing(file);
    if (held) return held;
    if (systemTime.now() >= giveUpAt)
      throw new StartError(
        `DATABASE_URL: another process is serving ${file}. End that one first, or set DATABASE_URL to another database.`,
      );
    await systemTime.until(systemTime.now() + ASK_AGAIN_MS);
  }
}

const fileOf = (url: string): string | undefined => (url.startsWith('file:') ? url.slice('file:'.length) : undefined);

/** Only that one's driver is loaded. */
async function open(url: string): Promise<MigratingDatabase> {
  const file = fileOf(url);
  if (file === undefined) {
    const { openPostgres } = await import('../db/postgres.ts');
    return openPostgres(url);
  }
  mkdirSync(dirname(file), { recursive: true });
  const { openSqlite } = await import('../db/sqlite.ts');
  return openSqlite(file);
}
