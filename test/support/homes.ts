import { rmSync } from 'node:fs';
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import pg from 'pg';
import { beforeAll, beforeEach, describe, inject } from 'vitest';
import { openD1 } from '../../src/db/d1.ts';
import type { Database } from '../../src/db/database.ts';
import { openPostgres } from '../../src/db/postgres.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { startD1 } from './d1.ts';
import { onceAProcess } from './once-a-process.ts';
import { freshDatabase } from './postgres.ts';
import { scratchFolder } from './scratch-folder.ts';
import { POSTGRES_TABLES, type Row, SQLITE_TABLES } from './side-door.ts';

/** A migrated database of one home, with a side door for what a test prepares or looks up by SQL. */
interface Opened {
  readonly database: Database;
  /** All or none; foreign keys are looked at after the last one, or not at all. */
  run(statements: readonly string[]): Promise<void>;
  rows(sql: string): Promise<readonly Row[]>;
  readonly tables: readonly string[];
  close(): Promise<void>;
}

export interface Home extends Database {
  readonly rows: Opened['rows'];
  readonly run: Opened['run'];
}

/** What a database that was just migrated holds; of the checklists and indicators, the built-in ones. */
const BUILT_IN = 'SELECT id FROM checklist WHERE built_in = 1';
const KEPT: Readonly<Record<string, string | undefined>> = {
  kysely_migration: undefined,
  kysely_migration_lock: undefined,
  schema_version: undefined,
  checklist: 'built_in = 0',
  checklist_name: `checklist_id NOT IN (${BUILT_IN})`,
  indicator: `checklist_id NOT IN (${BUILT_IN})`,
  calendar: "id = 'calendar' AND version > 1",
  counter: 'value > 0',
  pace: "key <> 'app' OR next_at > 0",
};
const AS_MIGRATED = [
  "INSERT INTO counter (name, value) VALUES ('task', 0), ('inspection', 0), ('finding', 0), ('notice', 0) ON CONFLICT DO NOTHING",
  "INSERT INTO pace (key, next_at) VALUES ('app', 0) ON CONFLICT DO NOTHING",
  "INSERT INTO calendar (id, version) VALUES ('calendar', 1) ON CONFLICT DO NOTHING",
];

/**
 * Empties what a test has filled, and asks in one question what that is: to D1 each statement is a call, and a test fills five tables of
 * fifty.
 */
async function wipe(opened: Opened): Promise<void> {
  const filled = opened.tables.filter((table) => !(table in KEPT) || KEPT[table] !== undefined);
  const tests = filled.map((table) => `EXISTS (SELECT 1 FROM ${table} WHERE ${KEPT[table] ?? '1 = 1'}) AS ${table}`);
  const [found] = await opened.rows(`SELECT ${tests.join(', ')}`);
  const used = filled.filter((table) => Boolean(found?.[table]));
  if (used.length === 0) return;
  const deletes = used.map((table) => `DELETE FROM ${table} WHERE ${KEPT[table] ?? '1 = 1'}`);
  await opened.run([...deletes, ...AS_MIGRATED]);
}

const sharedSqlite = onceAProcess(sqlite, ({ close }) => close());
const HOMES: readonly { readonly name: string; readonly open: () => Promise<Opened> }[] = [
  { name: 'SQLite', open: sharedSqlite },
  { name: 'PostgreSQL', open: onceAProcess(postgres, ({ close }) => close()) },
  { name: 'D1', open: onceAProcess(d1, ({ close }) => close()) },
];

/** The same tests on every home, each beginning with an empty, migrated database. */
export function onEveryHome(subject: string, tests: (home: () => Home) => void): void {
  describe.each(HOMES)(`${subject} on $name`, ({ open }) => onHome(open, tests));
}

/** For rules of ours in which the database has no part but to keep rows: what it keeps is tested on every home. */
export function onSqlite(subject: string, tests: (home: () => Home) => void): void {
  describe(subject, () => onHome(sharedSqlite, tests));
}

function onHome(open: () => Promise<Opened>, tests: (home: () => Home) => void): void {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  beforeEach(() => wipe(opened));
  tests(() => ({ ...opened.database, rows: opened.rows, run: opened.run }));
}

async function sqlite(): Promise<Opened> {
  const folder = scratchFolder('dudao-sqlite-');
  const file = join(folder, 'dudao.db');
  const database = openSqlite(file);
  await database.migrate();
  const side = new SqliteFile(file);
  side.pragma('foreign_keys = OFF');
  const rows = async (sql: string) => side.prepare<unknown[], Row>(sql).all();
  return {
    database,
    rows,
    run: async (statements) => {
      side.transaction(() => {
        for (const statement of statements) side.exec(statement);
      })();
    },
    tables: await tablesOf(rows, SQLITE_TABLES),
    async close() {
      side.close();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function postgres(): Promise<Opened> {
  const url = await freshDatabase(inject('postgresUrl'), `store_${process.env['VITEST_POOL_ID']}`);
  const database = openPostgres(url);
  await database.migrate();
  const side = new pg.Client(url);
  await side.connect();
  // Foreign keys are triggers there, which a replica leaves to whom it copies.
  await side.query('SET session_replication_role = replica');
  const rows = async (sql: string) => (await side.query<Row>(sql)).rows;
  return {
    database,
    rows,
    run: async (statements) => {
      await side.query(statements.join(';'));
    },
    tables: await tablesOf(rows, POSTGRES_TABLES),
    async close() {
      await side.end();
      await database.close();
    },
  };
}

async function d1(): Promise<Opened> {
  const { binding, stop } = await startD1();
  const rows = async (sql: string) => (await binding.prepare(sql).all<Row>()).results;
  return {
    database: openD1(binding),
    rows,
    run: async (statements) => {
      await binding.batch(
        ['PRAGMA defer_foreign_keys = ON', ...statements].map((statement) => binding.prepare(statement)),
      );
    },
    tables: await tablesOf(rows, SQLITE_TABLES),
    close: stop,
  };
}

const tablesOf = async (rows: Opened['rows'], sql: string): Promise<readonly string[]> =>
  (await rows(sql)).map(({ name }) => String(name));
