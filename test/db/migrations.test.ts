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
import { SCHEMA_VERSION } from '../../src/db/schema-version.ts';
import { splitStatements } from '../../src/db/split-statements.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
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
  test('both dialects have the same migrations, and the program knows the last', () => {
    expect(files('postgres')).toEqual(files('sqlite'));
    expect(files('sqlite').at(-1)).toBe(`${SCHEMA_VERSION}.sql`);
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

/** The migrations of this program up to this one. */
function upTo(last: string): string {
  const some = mkdtempSync(join(folder, 'some-'));
  const isWanted = (path: string) => !path.endsWith('.sql') || basename(path) <= `${last}.sql`;
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

  test('the reminder rules of the first schema keep their time, get a number and stay on', async () => {
    const { open, run } = await fresh('rules');
    const older = open(upTo('0002_built_in_checklists'));
    await older.migrate();
    await older.close();
    await run("INSERT INTO work_group (chat_id, name, state) VALUES ('oc_1', '', 'active')");
    for (const [content, kind] of Object.entries({ deadline: 'workdays', day: 'workdays', week: 'firstWorkdayOfWeek' }))
      await run(
        `INSERT INTO reminder_rule (id, chat_id, content, recurrence, at_time, nominal_at, fire_at, version)
          VALUES ('${content}', 'oc_1', '${content}', '${kind}', '08:30', 10, 100, 7)`,
      );
    const newer = open();
    await newer.migrate();
    const kept = {
      chatId: 'oc_1',
      time: '08:30',
      enabled: true,
      calendarVersion: 0,
      mention: 'responsible',
      until: undefined,
      nominalAt: 10,
      fireAt: 100,
      version: 7,
    };
    expect(await newer.store.rules('oc_1')).toEqual([
      { ...kept, id: 'day', number: 1, content: 'day', recurrence: { kind: 'workdays' } },
      { ...kept, id: 'week', number: 2, content: 'week', recurrence: { kind: 'firstWorkdayOfWeek' } },
      { ...kept, id: 'deadline', number: 3, content: 'deadline', recurrence: { kind: 'workdays' } },
    ]);
    await newer.close();
  });

  test('notices that were sent before pushes were confirmed keep their groups and who has confirmed', async () => {
    const { open, run } = await fresh('notices');
    const before = open(upTo('0014_tasks_and_notices'));
    await before.migrate();
    await before.close();
    await run(`INSERT INTO notice (id, number, words, sender, sent_at, confirm_by_at, remind_at, version)
      VALUES ('n', 7, '开会', 'ou_boss', 5, 9, 8, 2)`);
    await run(`INSERT INTO notice_target (notice_id, chat_id, asked_at, ask_at) VALUES ('n', 'oc', NULL, 6)`);
    await run(`INSERT INTO notice_receiver (notice_id, open_id, chat_id, name, confirmed_at)
      VALUES ('n', 'ou', 'oc', '陈甲', 7)`);
    const database = open();
    await database.migrate();
    const { store } = database;
    expect(await store.notice(7)).toMatchObject({
      ...{ id: 'n', words: '开会', confirmBy: 9, version: 2 },
      push: undefined,
    });
    expect(await store.noticeReceivers('n')).toMatchObject([{ openId: 'ou', name: '陈甲', confirmedAt: 7 }]);
    expect((await store.noticesDue(8, 9)).map(({ askIn }) => askIn).toSorted()).toEqual(['oc', undefined]);
    // The references moved with the tables.
    const lost = { kind: 'notice.confirmed', noticeId: 'none', openId: 'ou', chatId: 'oc', name: '', at: 1 } as const;
    expect(await store.commit({ changes: [lost], messages: [], audit: [] })).toBe('stale');
    await database.close();
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

  test('a database that misses the last migration is not ready, and says which one it needs', async () => {
    const { open, run } = await fresh('behind');
    const database = open();
    await database.migrate();
    await run(`DELETE FROM schema_version WHERE name = '${SCHEMA_VERSION}'`);
    await expect(database.ready()).rejects.toThrow(SCHEMA_VERSION);
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
