import {
  type CompiledQuery,
  Kysely,
  PostgresAdapter,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPoolClient,
  type PostgresQueryResult,
  sql,
} from 'kysely';
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

const ALREADY = new Set([
  'inbox_pkey',
  'notification_pkey',
  'outbox_pkey',
  'outbox_uuid_key',
  'to_tell_pkey',
  'telling_pkey',
]);
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

/** A database that does not answer must end in a 5xx while Lark still waits, not in a queue, ms. No unit's beginning takes longer either. */
const CONNECT_MS = 2_500;
/** For a question, or a writing statement by itself. A connection that is only half there answers nothing at all: it costs so much, once. */
const QUESTION_MS = 5_000;
/** For a statement of a unit, as the server counts it; and what its answer may take longer on its way. */
const STATEMENT_MS = 10_000;
const IN_UNIT_MS = STATEMENT_MS + 1_000;
/** For a migration, and the wait for another process's. */
const MIGRATION_MS = 600_000;
/** Before the system asks a silent peer whether it is still there. */
const KEEP_ALIVE_MS = 10_000;

/** Opens a pool; the database must exist. Nothing is migrated yet. Instants come as numbers, not as texts. */
export function openPostgres(url: string, migrations: string = MIGRATIONS): MigratingDatabase {
  const pool = lending(openPool(url), QUESTION_MS);
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
    migrate: () => migrate(url, migrations),
    ready: () => assertReady(engine),
    close: () => db.destroy(),
  };
}

/**
 * Over a pool of its own, whose statements may take their time. The lock belongs to a transaction that stands beside it: behind PgBouncer one of
 * the session would be let go on another session, and the next start would wait for ever.
 */
async function migrate(url: string, migrations: string): Promise<void> {
  const patient = new Kysely<Tables>({
    dialect: namingFailures(new LockedDialect({ pool: lending(openPool(url), MIGRATION_MS) })),
  });
  try {
    await patient.transaction().execute(async (holder) => {
      // Kysely's own number: a program of before waits, too.
      await sql`SELECT pg_advisory_xact_lock(3853314791062309107)`.execute(holder);
      await migrateToLatest(patient, migrations, 'postgres');
    });
  } finally {
    await patient.destroy();
  }
}

/** Kysely's own lock is held by the session; ours is taken by then. */
class LockedDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    const none = async () => {};
    return Object.assign(new PostgresAdapter(), { acquireMigrationLock: none, releaseMigrationLock: none });
  }
}

/** Nothing is set for a session, neither with its start nor later: behind PgBouncer the next transaction may run on another one. */
const openPool = (url: string): pg.Pool =>
  new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types: {
      getTypeParser: (type, format) => (type === INT8 ? Number : pg.types.getTypeParser(type, format)),
    },
  });

/** A connection that was lent. Given back after it broke, it is ended. */
interface Lent extends PostgresPoolClient {
  /** Undefined `parameters` make it plain text, which may hold several statements. */
  run(sql: string, parameters: readonly unknown[] | undefined, ms: number): Promise<pg.QueryResult>;
  isBroken(): boolean;
}

interface Lending {
  readonly options: object;
  connect(): Promise<Lent>;
  end(): Promise<void>;
}

/**
 * Lends connections that can be used, each question at most for `questionMs`. pg leaves a question whose time is up on the wire: the next one on
 * this connection would wait behind it, and read its answer. So whatever breaks a connection ends it; and since what silences one mostly
 * silences all that stood at that moment (a firewall that forgot them, a server that is gone), the idle ones are not tried one by one.
 */
function lending(pool: pg.Pool, questionMs: number): Lending {
  let generation = 0;
  const born = new WeakMap<pg.PoolClient, number>();
  // A connection that breaks is replaced by the pool, and who uses it hears of it from the statement; without listeners its error would end
  // the process. The pool's hears of idle ones only.
  pool
    .on('error', () => {})
    .on('connect', (client) => {
      client.on('error', () => {});
      born.set(client, generation);
    });

  const lent = (client: pg.PoolClient): Lent => {
    let broken = false;
    const run: Lent['run'] = async (text, parameters, ms) => {
      if (broken) throw new Error('the connection to the database is broken');
      const question = { text, query_timeout: ms, ...(parameters && { values: [...parameters] }) };
      try {
        return await client.query(question);
      } catch (error) {
        broken = !isAnswer(error);
        if (broken && born.get(client) === generation) generation += 1;
        throw error;
      }
    };
    function query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
    function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
    function query(text: unknown, parameters: readonly unknown[] = []): unknown {
      if (typeof text !== 'string') throw new TypeError('nothing here streams');
      return run(text, parameters, questionMs);
    }
    return { run, query, isBroken: () => broken, release: () => giveBack(client, broken) };
  };

  return {
    options: pool.options,
    async connect() {
      for (;;) {
        const client = await pool.connect();
        if (born.get(client) === generation) return lent(client);
        giveBack(client, true);
      }
    },
    end: () => pool.end(),
  };
}

/** What the server refused, and goes on after; anything else, and what ends the session, leaves the connection unusable. */
const isAnswer = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.severity !== 'FATAL' && error.severity !== 'PANIC';

function giveBack(client: pg.PoolClient, broken: boolean): void {
  client.release(broken);
  // Politely it would wait for a goodbye that a silent peer does not say.
  if (broken) client.connection.stream.destroy();
}

async function serializable(pool: Lending, statements: readonly CompiledQuery[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(pool, statements);
    } catch (error) {
      if (!isVictim(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

const BEGIN = `BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL statement_timeout = ${STATEMENT_MS}`;

async function transaction(pool: Lending, statements: readonly CompiledQuery[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.run(BEGIN, undefined, CONNECT_MS);
    for (const { sql: text, parameters } of statements) await client.run(text, parameters, IN_UNIT_MS);
    await client.run('COMMIT', undefined, IN_UNIT_MS);
  } catch (error) {
    // One that is broken has rolled back with its session. On which not even ROLLBACK works is broken by then.
    if (!client.isBroken()) await client.run('ROLLBACK', undefined, QUESTION_MS).catch(() => {});
    throw error;
  } finally {
    client.release();
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
