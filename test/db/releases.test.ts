import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import pg from 'pg';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { openD1 } from '../../src/db/d1.ts';
import type { Database } from '../../src/db/database.ts';
import { MIGRATIONS } from '../../src/db/migrate.ts';
import { openPostgres } from '../../src/db/postgres.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { MIGRATION_NAMES } from '../../src/db/subjects.ts';
import { migrateD1, startD1 } from '../support/d1.ts';
import { freshDatabase } from '../support/postgres.ts';
import { DIALECTS, hashesOf, releasedHashes, releasedRows, releases } from '../support/releases.ts';

type Row = Readonly<Record<string, unknown>>;

/** A database as it was under a release, and the way from there to this program. */
interface Old {
  rows(sql: string): Promise<readonly Row[]>;
  /** With the program that is under test; the database's own door afterwards. */
  upgrade(): Promise<Database>;
  close(): Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'dudao-releases-'));
afterAll(() => rmSync(folder, { recursive: true }));

const namesOf = (release: string) => Object.keys(releasedHashes(release).sqlite);
const tablesOf = (release: string): readonly string[] => [
  ...new Set(releasedRows(release).map((insert) => /^INSERT INTO (\w+)/.exec(insert)?.[1] ?? '')),
];
/** What the migrations have put in stands in the dump too. */
const replaceRows = (release: string): readonly string[] => [
  ...tablesOf(release).map((table) => `DELETE FROM ${table}`),
  ...releasedRows(release),
];

/** The migrations of that release alone. */
function migrationsOf(release: string): string {
  const some = mkdtempSync(join(folder, 'release-'));
  const names = new Set(namesOf(release));
  cpSync(MIGRATIONS, some, {
    recursive: true,
    filter: (path) => !path.endsWith('.sql') || names.has(basename(path, '.sql')),
  });
  return some;
}

const HOMES: readonly { readonly name: string; readonly openOld: (release: string) => Promise<Old> }[] = [
  { name: 'SQLite', openOld: sqlite },
  { name: 'PostgreSQL', openOld: postgres },
  { name: 'D1', openOld: d1 },
];

async function sqlite(release: string): Promise<Old> {
  const file = join(folder, `${release}.db`);
  const old = openSqlite(file, migrationsOf(release));
  await old.migrate();
  await old.close();
  const side = new SqliteFile(file);
  side.pragma('foreign_keys = OFF');
  side.transaction(() => {
    for (const statement of replaceRows(release)) side.exec(statement);
  })();
  expect(side.pragma('foreign_key_check')).toEqual([]);
  const database = openSqlite(file);
  return {
    rows: async (sql) => side.prepare<unknown[], Row>(sql).all(),
    async upgrade() {
      await database.migrate();
      return database;
    },
    async close() {
      side.close();
      await database.close();
    },
  };
}

async function postgres(release: string): Promise<Old> {
  const url = await freshDatabase(inject('postgresUrl'), `release_${release.replaceAll('.', '_')}`);
  const old = openPostgres(url, migrationsOf(release));
  await old.migrate();
  await old.close();
  const side = new pg.Client(url);
  await side.connect();
  await side.query('SET session_replication_role = replica');
  await side.query(replaceRows(release).join(';'));
  const database = openPostgres(url);
  return {
    rows: async (sql) => (await side.query<Row>(sql)).rows,
    async upgrade() {
      await database.migrate();
      return database;
    },
    async close() {
      await side.end();
      await database.close();
    },
  };
}

async function d1(release: string): Promise<Old> {
  const { binding, stop } = await startD1(undefined, namesOf(release));
  await binding.batch(
    ['PRAGMA defer_foreign_keys = ON', ...replaceRows(release)].map((statement) => binding.prepare(statement)),
  );
  return {
    rows: async (sql) => (await binding.prepare(sql).all<Row>()).results,
    async upgrade() {
      await migrateD1(
        binding,
        MIGRATION_NAMES.filter((name) => !namesOf(release).includes(name)),
      );
      return openD1(binding);
    },
    close: stop,
  };
}

/** The columns that the release had, so that one that came later is not compared. */
const columnsOf = (release: string, table: string): string =>
  releasedRows(release)
    .find((insert) => insert.startsWith(`INSERT INTO ${table} `))
    ?.match(/\((.+?)\)/)?.[1] ?? '';

async function snapshot({ rows }: Old, release: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const kept: Record<string, readonly string[]> = {};
  for (const table of tablesOf(release)) {
    const found = await rows(`SELECT ${columnsOf(release, table)} FROM ${table}`);
    kept[table] = found.map((row) => JSON.stringify(row)).toSorted();
  }
  return kept;
}

describe.each(releases())('a database of %s', (release) => {
  test('was made by migrations that nobody has edited since', () => {
    const now = hashesOf();
    for (const dialect of DIALECTS) expect(now[dialect]).toMatchObject(releasedHashes(release)[dialect]);
  });

  test('has rows in the tables that are easily forgotten', () => {
    const tables = tablesOf(release);
    expect(tables).toEqual(
      expect.arrayContaining(['finding_evidence', 'link_request', 'pending_import', 'progress_report', 'setting']),
    );
    expect(tables.length).toBeGreaterThan(40);
  });

  test.each(HOMES)('is brought up to date on $name, and keeps every row', async ({ openOld }) => {
    const old = await openOld(release);
    const before = await snapshot(old, release);
    const database = await old.upgrade();
    await database.ready();
    expect(await snapshot(old, release)).toEqual({
      ...before,
      schema_version: MIGRATION_NAMES.map((name) => JSON.stringify({ name })),
    });
    const known = { kind: 'bot.known', openId: 'ou_bot' } as const;
    expect(await database.store.commit({ changes: [known], messages: [], audit: [] })).toBe('done');
    await old.close();
  });
});
