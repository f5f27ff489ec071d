import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest';
import { openD1 } from '../../src/db/d1.ts';
import type { Database } from '../../src/db/database.ts';
import { openPostgres } from '../../src/db/postgres.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { startD1 } from './d1.ts';
import { freshDatabase } from './postgres.ts';

type Row = Readonly<Record<string, unknown>>;

/** A migrated database of one home, with a side door for what a test prepares or looks up by SQL. */
interface Opened {
  readonly database: Database;
  run(statements: readonly string[]): Promise<void>;
  rows(sql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export interface Home extends Database {
  readonly rows: Opened['rows'];
  readonly run: Opened['run'];
}

/** Children before parents. The built-in checklists and the schema's version stay. */
const WIPE = [
  ...['pending_import_part', 'pending_import', 'calendar_day', 'calendar_year', 'school_period', 'setting'],
  ...['finding_reminder', 'finding_viewer', 'finding_evidence', 'finding_event', 'finding'],
  ...[
    'card_copy',
    'outbox',
    'audit',
    'inbox',
    'notification',
    'reminder_rule',
    'notice_receiver',
    'notice_target',
    'notice',
    'task_entry',
    'task_milestone',
    'progress_evidence',
    'progress_report',
    'task_person',
    'task_unit',
    'task',
    'pace',
    'meta',
  ],
  ...[
    'inspection_member',
    'inspection',
    'assessment',
    'milestone',
    'program_unit',
    'program',
    'link_request',
    'role_grant',
    'work_group',
  ],
  ...['person', 'unit_closure', 'unit_name'],
].map((table) => `DELETE FROM ${table}`);
const BUILT_IN = 'SELECT id FROM checklist WHERE built_in = 1';
const WIPED = [
  ...WIPE,
  'UPDATE unit SET parent_id = NULL',
  'DELETE FROM unit',
  `DELETE FROM indicator WHERE checklist_id NOT IN (${BUILT_IN})`,
  `DELETE FROM checklist_name WHERE checklist_id NOT IN (${BUILT_IN})`,
  'DELETE FROM checklist WHERE built_in = 0',
  "INSERT INTO pace (key, next_at) VALUES ('app', 0)",
];

const HOMES: readonly { readonly name: string; open(file: string): Promise<Opened> }[] = [
  { name: 'SQLite', open: sqlite },
  { name: 'PostgreSQL', open: postgres },
  { name: 'D1', open: d1 },
];

/** The same tests on every home, each beginning with an empty, migrated database. `subject` names the file's PostgreSQL database. */
export function onEveryHome(subject: string, tests: (home: () => Home) => void): void {
  describe.each(HOMES)(`${subject} on $name`, ({ open }) => onHome(subject, open, tests));
}

/** For rules of ours in which the database has no part but to keep rows: what it keeps is tested on every home. */
export function onSqlite(subject: string, tests: (home: () => Home) => void): void {
  describe(subject, () => onHome(subject, sqlite, tests));
}

function onHome(subject: string, open: (subject: string) => Promise<Opened>, tests: (home: () => Home) => void): void {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(subject);
  });
  beforeEach(() => opened.run(WIPED));
  afterAll(() => opened.close());
  tests(() => ({ ...opened.database, rows: opened.rows, run: opened.run }));
}

async function sqlite(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-sqlite-'));
  const file = join(folder, 'dudao.db');
  const database = openSqlite(file);
  await database.migrate();
  const side = new SqliteFile(file);
  return {
    database,
    run: async (statements) => {
      side.transaction(() => {
        for (const statement of statements) side.exec(statement);
      })();
    },
    rows: async (sql) => side.prepare<unknown[], Row>(sql).all(),
    close: async () => {
      side.close();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function postgres(subject: string): Promise<Opened> {
  const url = await freshDatabase(inject('postgresUrl'), subject);
  const database = openPostgres(url);
  await database.migrate();
  const side = new pg.Client(url);
  await side.connect();
  return {
    database,
    run: async (statements) => {
      await side.query(statements.join(';'));
    },
    rows: async (sql) => (await side.query<Row>(sql)).rows,
    close: async () => {
      await side.end();
      await database.close();
    },
  };
}

async function d1(): Promise<Opened> {
  const { binding, stop } = await startD1();
  return {
    database: openD1(binding),
    run: async (statements) => {
      await binding.batch(statements.map((statement) => binding.prepare(statement)));
    },
    rows: async (sql) => (await binding.prepare(sql).all<Row>()).results,
    close: stop,
  };
}
