import { type CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { MigratingDatabase } from './database.ts';
import { postgresDialect } from './dialect.ts';
import type { Broken, Engine } from './engine.ts';
import { MIGRATIONS, migrateToLatest } from './migrate.ts';
import { createOutbox } from './outbox.ts';
import { assertReady, createStore } from './store.ts';
import { driverErrorOf, namingFailures } from './store-error.ts';
import type { Tables } from './tables.ts';
import { TAKEN_KEYS } from './taken-keys.ts';

/** PostgreSQL's numbers for its types and errors. */
const INT8 = 20;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
/** The class of all violated constraints: a key, a foreign key, a CHECK. */
const CONSTRAINTS = '23';

const ALREADY = new Set(['inbox_pkey', 'notification_pkey', 'outbox_pkey', 'outbox_uuid_key']);
const TAKEN = new Set(Object.values(TAKEN_KEYS));
const GUARDS: Readonly<Record<string, Broken>> = {
  guard_moved: 'moved',
  guard_taken: 'taken',
  guard_last_administrator: 'last administrator',
};

/**
 * How often a unit is run again when PostgreSQL chose it as the victim of a conflict. Its preconditions are part of it, so that running
 * it again decides nothing anew; small tables give conflicts between units that touch different rows. After that it is `moved`.
 */
const ATTEMPTS = 10;

/** A database that does not answer must end in a 5xx while Lark still waits, not in a queue, ms. */
const CONNECT_MS = 2_500;
const STATEMENT_MS = 10_000;

/** Opens a pool; the database must exist. Nothing is migrated yet. Instants come as numbers, not as texts. */
export function openPostgres(url: string, migrations: string = MIGRATIONS): MigratingDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'dudao',
    types: {
      getTypeParser: (type, format) => (type === INT8 ? Number : pg.types.getTypeParser(type, format)),
    },
  });
  // A connection that breaks is replaced by the pool, and who uses it hears of it from the statement; without listeners its error would end
  // the process. The pool's hears of idle ones only.
  pool.on('error', () => {}).on('connect', (client) => void client.on('error', () => {}));

  const db = new Kysely<Tables>({ dialect: namingFailures(new PostgresDialect({ pool })) });
  const engine: Engine = {
    db,
    dialect: postgresDialect,
    unit: (statements) => serializable(pool, statements),
    single: async (statement) => [...(await db.executeQuery(statement)).rows],
    conflictOf,
  };
  return {
    store: createStore(engine),
    outbox: createOutbox(engine),
    migrate: () => migrateToLatest(db, migrations, 'postgres'),
    ready: () => assertReady(engine),
    close: () => db.destroy(),
  };
}

async function serializable(pool: pg.Pool, statements: readonly CompiledQuery[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(pool, statements);
    } catch (error) {
      if (!isVictim(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function transaction(pool: pg.Pool, statements: readonly CompiledQuery[]): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    for (const { sql, parameters } of statements) await client.query(sql, [...parameters]);
    await client.query('COMMIT');
  } catch (error) {
    // A connection on which not even ROLLBACK works must not go back into the pool.
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

const isVictim = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK);

function conflictOf(thrown: unknown): Broken | undefined {
  const error = driverErrorOf(thrown);
  if (!(error instanceof pg.DatabaseError)) return undefined;
  // Chosen as the victim again and again: what it relied on is being written by others.
  if (isVictim(error)) return 'moved';
  const { code = '', constraint = '' } = error;
  if (ALREADY.has(constraint)) return 'already';
  if (TAKEN.has(constraint)) return 'taken';
  return GUARDS[constraint] ?? (code.startsWith(CONSTRAINTS) ? 'unforeseen' : undefined);
}
