import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import SqliteFile from 'better-sqlite3';
import pg from 'pg';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { builtInChecklists } from '../../migrations/generate-checklists.ts';
import type { MigratingDatabase } from '../../src/db/database.ts';
import { MIGRATIONS } from '../../src/db/migrate.ts';
import { openPostgres } from '../../src/db/postgres.ts';
import { splitStatements } from '../../src/db/split-statements.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { MIGRATION_NAMES } from '../../src/db/subjects.ts';
import { freshDatabase } from '../support/postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'dudao-migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

const files = (dialect: string) => readdirSync(join(MIGRATIONS, dialect)).toSorted();
const read = (dialect: string, file: string) => readFileSync(join(MIGRATIONS, dialect, file), 'utf8');

/** The only ways in which a twin may differ, as the head of the first migration says. The head itself is the same. */
function asPostgres(sqlite: string): string {
  const [head = '', ...body] = sqlite.replaceAll(') STRICT;', ');').split('\n\n');
  return [
    head,
    ...body.map((part) =>
      part
        .replace(/\bREAL\b/g, 'DOUBLE PRECISION')
        .replace(/^((?: {2}|ALTER TABLE \w+ ADD COLUMN )(?:at|\w+_at) )INTEGER\b/gm, '$1BIGINT')
        .replace(/\bTEXT\b/g, 'TEXT COLLATE "C"'),
    ),
  ].join('\n\n');
}

describe('the files', () => {
  test('both dialects have the same migrations, and the program knows them all', () => {
    expect(files('postgres')).toEqual(files('sqlite'));
    expect(files('sqlite')).toEqual(MIGRATION_NAMES.map((name) => `${name}.sql`));
  });

  test('a PostgreSQL file is its SQLite twin after the documented replacements', () => {
    const schemas = files('sqlite').filter((file) => !file.endsWith('_checklists.sql'));
    for (const file of schemas) expect(read('postgres', file), file).toBe(asPostgres(read('sqlite', file)));
  });

  test('the built-in checklists are what their source gives, in both dialects', () => {
    expect(read('sqlite', '0002_built_in_checklists.sql')).toBe(builtInChecklists());
    expect(read('postgres', '0002_built_in_checklists.sql')).toBe(builtInChecklists());
  });

  test('every migration records itself last', () => {
    for (const file of files('sqlite')) {
      const name = file.replace('.sql', '');
      expect(splitStatements(read('sqlite', file)).at(-1)).toBe(`INSERT INTO schema_version (name) VALUES ('${name}')`);
    }
  });

  test('no statement is longer than D1 takes (100 KB)', () => {
    const longest = files('sqlite')
      .flatMap((file) => splitStatements(read('sqlite', file)))
      .map((statement) => Buffer.byteLength(statement));
    expect(Math.max(...longest)).toBeLessThan(100_000);
  });

  test('a semicolon or two dashes inside a text, and quotes inside quotes, end no statement', () => {
    const sql = `-- one; comment\nINSERT INTO t VALUES ('a;b--c', 'it''s; -', "d;e"); -- more\nSELECT 1 - 2;\n`;
    expect(splitStatements(sql)).toEqual([`INSERT INTO t VALUES ('a;b--c', 'it''s; -', "d;e")`, 'SELECT 1 - 2']);
    expect(() => splitStatements('SELECT 1')).toThrow('semicolon');
  });
});

interface Fresh {
  open(migrations?: string): MigratingDatabase;
  /** By another program. */
  run(statement: string): Promise<void>;
}

const homes: readonly { readonly name: string; fresh(name: string): Promise<Fresh> }[] = [
  { name: 'SQLite', fresh: sqlite },
  { name: 'PostgreSQL', fresh: postgres },
];

async function sqlite(name: string): Promise<Fresh> {
  const file = join(folder, `${name}.db`);
  return {
    open: (migrations) => openSqlite(file, migrations),
    run: async (statement) => {
      const side = new SqliteFile(file);
      side.exec(statement);
      side.close();
    },
  };
}

async function postgres(name: string): Promise<Fresh> {
  const url = await freshDatabase(inject('postgresUrl'), `migrations_${name}`);
  return {
    open: (migrations) => openPostgres(url, migrations),
    run: async (statement) => {
      const side = new pg.Client(url);
      await side.connect();
      await side.query(statement);
      await side.end();
    },
  };
}

/** The migrations of this program without these. */
function without(...names: readonly string[]): string {
  const some = mkdtempSync(join(folder, 'some-'));
  const isWanted = (path: string) => !names.some((name) => basename(path) === `${name}.sql`);
  cpSync(MIGRATIONS, some, { recursive: true, filter: isWanted });
  return some;
}

/** The migrations of this program and one more. */
function withMore(name: string, statements: string): string {
  const more = mkdtempSync(join(folder, 'more-'));
  cpSync(MIGRATIONS, more, { recursive: true });
  for (const dialect of ['sqlite', 'postgres']) writeFileSync(join(more, dialect, `${name}.sql`), statements);
  return more;
}

describe.each(homes)('migrating $name', ({ fresh }) => {
  test('an empty database becomes ready, and a second run changes nothing', async () => {
    const { open } = await fresh('twice');
    const database = open();
    await expect(database.ready()).rejects.toThrow();
    await database.migrate();
    await database.ready();
    await database.store.commit({ changes: [{ kind: 'bot.known', openId: 'ou_bot' }], messages: [], audit: [] });
    await database.migrate();
    expect(await database.store.botOpenId()).toBe('ou_bot');
    expect(await database.store.checklists()).toHaveLength(7);
    await database.close();
  });

  test('an older database is not ready until it is migrated, and then keeps what it has', async () => {
    const { open } = await fresh('older');
    const older = open();
    await older.migrate();
    await older.store.commit({ changes: [{ kind: 'bot.known', openId: 'ou_bot' }], messages: [], audit: [] });
    await older.close();
    const more = withMore('0099_more', "CREATE TABLE more (id TEXT); INSERT INTO schema_version VALUES ('0099_more');");
    const newer = open(more);
    await newer.migrate();
    expect(await newer.store.botOpenId()).toBe('ou_bot');
    await newer.close();
  });

  test('a database newer than the program is refused by name, and left as it is', async () => {
    const { open, run } = await fresh('newer');
    const database = open();
    await database.migrate();
    await run("INSERT INTO schema_version (name) VALUES ('0099_from_the_future')");
    await expect(database.migrate()).rejects.toThrow(/newer than this program: it has 0099_from_the_future/);
    await expect(database.ready()).rejects.toThrow('0099_from_the_future');
    await database.close();
  });

  test('a migration that another branch has numbered earlier is still run', async () => {
    const { open, run } = await fresh('unordered');
    const later = withMore(
      '0099_later',
      "CREATE TABLE later (id TEXT); INSERT INTO schema_version VALUES ('0099_later');",
    );
    const first = open(later);
    await first.migrate();
    await first.close();
    for (const dialect of ['sqlite', 'postgres'])
      writeFileSync(join(later, dialect, '0098_between.sql'), 'CREATE TABLE between_others (id TEXT);');
    const second = open(later);
    await second.migrate();
    await second.close();
    await run('SELECT 1 FROM between_others');
  });

  test('a database that lacks any migration is not ready, whichever it is, and says which', async () => {
    const { open, run } = await fresh('behind');
    const database = open();
    await database.migrate();
    await run("DELETE FROM schema_version WHERE name = '0007_settings'");
    await expect(database.ready()).rejects.toThrow('0007_settings');
    await database.close();
  });

  test('a database from before v0.1.0 is refused with the mend, and left as it is', async () => {
    const { open, run } = await fresh('development');
    const older = open(without(...MIGRATION_NAMES.slice(15)));
    await older.migrate();
    await older.close();
    const database = open();
    await expect(database.migrate()).rejects.toThrow(/made before v0\.1\.0.*import them there/);
    await expect(run('SELECT ask_readers_at FROM notice_target')).rejects.toThrow('ask_readers_at');
    await database.close();
  });

  test('a migration that fails in the middle leaves the database as it was', async () => {
    const { open } = await fresh('broken');
    const first = open();
    await first.migrate();
    await first.close();
    const broken = open(withMore('0099_broken', 'CREATE TABLE half (id TEXT); INSERT INTO nowhere VALUES (1);'));
    await expect(broken.migrate()).rejects.toThrow('nowhere');
    await broken.ready();
    await broken.close();
    const mended = open(
      withMore('0099_mended', "CREATE TABLE half (id TEXT); INSERT INTO schema_version VALUES ('0099');"),
    );
    await mended.migrate();
    await mended.close();
  });
});

describe('twenty at once', () => {
  test('on PostgreSQL twenty programs migrate one database, and all are ready', async () => {
    const url = await freshDatabase(inject('postgresUrl'), 'migrations_twenty');
    const twenty = Array.from({ length: 20 }, () => openPostgres(url));
    await Promise.all(twenty.map((database) => database.migrate()));
    await Promise.all(twenty.map((database) => database.ready()));
    expect(await twenty[0]?.store.checklists()).toHaveLength(7);
    await Promise.all(twenty.map((database) => database.close()));
  });

  // In processes of their own: SQLite waits for its lock in the thread, and twenty in one thread would wait for each other.
  test('on SQLite twenty processes migrate one file, and all are ready', async () => {
    const file = join(folder, 'twenty.db');
    const script = new URL('migrate-once.ts', import.meta.url).pathname;
    await Promise.all(Array.from({ length: 20 }, () => promisify(execFile)(process.execPath, [script, file])));
    const side = new SqliteFile(file, { readonly: true });
    expect(side.prepare('SELECT count(*) AS n FROM checklist').get()).toEqual({ n: 7 });
    side.close();
  });
});
