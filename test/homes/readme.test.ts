import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { openPostgres } from '../../src/db/postgres.ts';
import { splitStatements } from '../../src/db/split-statements.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { code, fenced, read } from '../gate/pages.ts';
import { freshDatabase } from '../support/postgres.ts';

const PAGES = ['README.md', 'README.zh-CN.md'] as const;
const folder = mkdtempSync(join(tmpdir(), 'dudao-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

const joined = (chatId: string) =>
  ({ changes: [{ kind: 'group.joined', chatId, name: '' }], messages: [], audit: [] }) as const;

describe.each(PAGES)('%s', (page) => {
  test('restores an SQLite file beside the leftovers of a bot that was killed', async () => {
    const [killed, place] = [mkdtempSync(join(folder, 'killed-')), mkdtempSync(join(folder, 'place-'))];
    const database = openSqlite(join(killed, 'dudao.db'));
    await database.migrate();
    await database.store.commit(joined('oc_before'));
    await database.close();
    copyFileSync(join(killed, 'dudao.db'), join(place, 'copy.db'));
    const later = openSqlite(join(killed, 'dudao.db'));
    await later.store.commit(joined('oc_later'));
    mkdirSync(join(place, 'data'));
    for (const file of readdirSync(killed)) copyFileSync(join(killed, file), join(place, 'data', file));
    await later.close();
    expect(readdirSync(join(place, 'data'))).toContain('dudao.db-wal');

    const steps = fenced(page, 'sh').find((block) => block.includes('copy.db data/dudao.db')) ?? '';
    execFileSync('sh', ['-ec', steps.replace('npm start', '')], { cwd: place });
    const restored = openSqlite(join(place, 'data/dudao.db'));
    expect(await restored.store.group('oc_before')).toMatchObject({ state: 'active' });
    expect(await restored.store.group('oc_later')).toBeUndefined();
    await restored.close();
  });
});

test('the READMEs prepare a PostgreSQL database alike, and say how one that belongs to somebody else becomes usable', async () => {
  const [english, chinese] = PAGES.map((page) => ({
    sql: fenced(page, 'sql'),
    grant: /GRANT USAGE,\s+CREATE ON SCHEMA public TO dudao;/.exec(read(page))?.[0].replace(/\s+/g, ' '),
    refused: read(page).includes(code(REFUSED)),
  }));
  expect(english).toEqual(chinese);
  expect(english).toMatchObject({ grant: expect.any(String), refused: true });

  const admin = inject('postgresUrl');
  const foreign = await freshDatabase(admin, 'homes_foreign');
  const asDudao = (name: string) => Object.assign(new URL(admin), { username: 'dudao', pathname: `/${name}` }).href;
  const migrated = async (name: string) => {
    const database = openPostgres(asDudao(name));
    await database.migrate().finally(() => database.close());
  };
  // One by one: a database is made outside of any transaction.
  await ask(admin, ...splitStatements(english?.sql.join('\n') ?? ''));
  try {
    await migrated('dudao');
    await expect(migrated('homes_foreign')).rejects.toThrow(REFUSED);
    await ask(foreign, english?.grant ?? '');
    await ask(asDudao('homes_foreign'), 'CREATE TABLE usable (id TEXT)');
  } finally {
    await ask(admin, 'DROP DATABASE dudao', 'DROP DATABASE homes_foreign', 'DROP ROLE dudao');
  }
});

const REFUSED = 'permission denied for schema public';

async function ask(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
