import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Database } from './database.ts';
import { sqliteDialect } from './dialect.ts';
import type { Engine } from './engine.ts';
import { createOutbox } from './outbox.ts';
import { sqliteConflict } from './sqlite-conflict.ts';
import { assertReady, createStore } from './store.ts';
import { namingFailures } from './store-error.ts';
import type { Tables } from './tables.ts';

/** The part of Cloudflare's D1 binding that is needed here. */
export interface D1Binding {
  prepare(sql: string): D1Statement;
  batch(statements: D1Statement[]): Promise<unknown>;
}
interface D1Statement {
  bind(...values: unknown[]): D1Statement;
  all<Row>(): Promise<{ readonly results: Row[] }>;
}

/** The database behind a binding; wrangler migrates it. `charge` hears of every statement, those of a batch too: D1 counts them so. */
export function openD1(binding: D1Binding, charge: (statements: number) => void = () => {}): Database {
  const prepared = ({ sql, parameters }: CompiledQuery) => binding.prepare(sql).bind(...parameters);
  const asked = async <Row>(query: CompiledQuery): Promise<Row[]> => {
    charge(1);
    return (await prepared(query).all<Row>()).results;
  };
  const db = new Kysely<Tables>({ dialect: namingFailures(bindingDialect(asked)) });
  const engine: Engine = {
    db,
    dialect: sqliteDialect,
    // One batch a unit: D1 has no savepoints, so two units in one batch would fall together.
    unit: async (statements) => {
      charge(statements.length);
      if (statements.length > 0) await binding.batch(statements.map(prepared));
    },
    single: <Row>(statement: CompiledQuery<Row>) => asked<Row>(statement),
    conflictOf: sqliteConflict,
  };
  return {
    store: createStore(engine),
    outbox: createOutbox(engine),
    ready: () => assertReady(engine),
    close: () => db.destroy(),
  };
}

/** kysely-d1 exists, and is little more than this. */
function bindingDialect(asked: <Row>(query: CompiledQuery) => Promise<Row[]>): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      return { rows: await asked<Row>(query) };
    },
    streamQuery() {
      throw new Error('D1 does not stream');
    },
  };
  const noTransaction = async () => {
    throw new Error('D1 has no interactive transactions: a change is one batch');
  };
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: noTransaction,
    commitTransaction: noTransaction,
    rollbackTransaction: noTransaction,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}
