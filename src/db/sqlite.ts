import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteFile from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import type { MigratingDatabase } from './database.ts';
import { sqliteDialect } from './dialect.ts';
import type { Engine } from './engine.ts';
import { groupCommit } from './group-commit.ts';
import { MIGRATIONS, migrateToLatest } from './migrate.ts';
import { createOutbox } from './outbox.ts';
import { sqliteConflict } from './sqlite-conflict.ts';
import { assertReady, createStore } from './store.ts';
import { namingFailures } from './store-error.ts';
import type { Tables } from './tables.ts';

/** How long a writer waits for another process, such as an import by the CLI, ms. It blocks the process: longer would starve Lark's 3 s. */
const BUSY_MS = 5_000;

/** SQL texts are few, since lists travel as one parameter; the bound is against surprises. */
const MAX_PREPARED = 500;

/** Opens or creates the file (':memory:' too), and its folder. Nothing is migrated yet. */
export function openSqlite(file: string, migrations: string = MIGRATIONS): MigratingDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const connection = new SqliteFile(file, { timeout: BUSY_MS });
  connection.pragma('journal_mode = WAL');
  // NORMAL would lose acknowledged events with the power.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');

  const prepared = preparedOnce(connection);
  const db = new Kysely<Tables>({ dialect: namingFailures(fileDialect(prepared)) });
  const group = groupCommit(connection);
  const engine: Engine = {
    db,
    dialect: sqliteDialect,
    unit: (statements) =>
      group.add(() => {
        for (const { sql, parameters } of statements) prepared.prepare(sql).run(parameters);
      }),
    single: <Row>({ sql, parameters }: CompiledQuery<Row>) =>
      group.add(() => {
        const statement = connection.prepare<unknown[], Row>(sql);
        if (statement.reader) return statement.all(...parameters);
        statement.run(...parameters);
        return [];
      }),
    conflictOf: sqliteConflict,
  };
  return {
    store: createStore(engine),
    outbox: createOutbox(engine),
    migrate: () => migrateToLatest(db, migrations, 'sqlite'),
    ready: () => assertReady(engine),
    async close() {
      await group.idle();
      await db.destroy();
      connection.close();
    },
  };
}

/**
 * Makes this process the one that serves the file; undefined while another one does. A lock of the operating system under a database of its
 * own, so that it is free at once when its holder dies, by kill -9 too, and nothing else that opens the file is in its way.
 */
export function holdServing(file: string): { release(): void } | undefined {
  mkdirSync(dirname(file), { recursive: true });
  const connection = new SqliteFile(`${file}.serving`, { timeout: 0 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
    return { release: () => void connection.close() };
  } catch (error) {
    connection.close();
    if (error instanceof SqliteFile.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}

/** Kysely prepares a text anew each time; kept, a statement costs a third less. The least recently made are let go. */
function preparedOnce(connection: SqliteFile.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const known = kept.get(sql);
      if (known) return known;
      const statement = connection.prepare(sql);
      if (kept.size >= MAX_PREPARED) kept.clear();
      kept.set(sql, statement);
      return statement;
    },
    close: () => connection.close(),
  };
}

/** Kysely's SQLite, with transactions that take the write lock at once: a read lock that wants to write later fails when others wrote. */
function fileDialect(database: SqliteDatabase): Dialect {
  return {
    createAdapter: () => new TransactionalDdl(),
    createDriver: () => new ImmediateDriver({ database }),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('BEGIN IMMEDIATE'));
  }
}

/** SQLite's DDL is transactional; Kysely assumes otherwise and would leave half a migration behind. */
class TransactionalDdl extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
