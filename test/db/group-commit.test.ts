import SqliteFile from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GroupCommit, groupCommit } from '../../src/db/group-commit.ts';

let file: SqliteFile.Database;
let group: GroupCommit;
let transactions: number;

beforeEach(() => {
  transactions = 0;
  file = new SqliteFile(':memory:', {
    verbose: (sql) => {
      if (sql === 'COMMIT') transactions += 1;
    },
  });
  file.exec('CREATE TABLE t (id TEXT PRIMARY KEY, body TEXT)');
  group = groupCommit(file);
});
afterEach(() => file.close());

const insert = (id: string, body = '') => group.add(() => file.prepare('INSERT INTO t VALUES (?, ?)').run(id, body));
const kept = () =>
  file
    .prepare<unknown[], { id: string }>('SELECT id FROM t ORDER BY id')
    .all()
    .map(({ id }) => id);

test('what is asked for in one turn is one transaction', async () => {
  await Promise.all([insert('a'), insert('b'), insert('c')]);
  expect(kept()).toEqual(['a', 'b', 'c']);
  expect(transactions).toBe(1);
  await insert('d');
  expect(transactions).toBe(2);
});

test('nothing is promised before it is committed', async () => {
  const asked = insert('a');
  expect(kept()).toEqual([]);
  await asked;
  expect(kept()).toEqual(['a']);
});

test('a member that fails halfway is undone alone, and its neighbours are kept', async () => {
  const half = () =>
    group.add(() => {
      file.prepare("INSERT INTO t VALUES ('b', '')").run();
      file.prepare("INSERT INTO t VALUES ('a', '')").run();
    });
  const outcomes = await Promise.allSettled([insert('a'), half(), insert('c')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(kept()).toEqual(['a', 'c']);
});

test('when the transaction is lost, every member hears it and nothing is kept', async () => {
  file.exec('BEGIN');
  const outcomes = await Promise.allSettled([insert('a'), insert('b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(kept()).toEqual([]);
  await insert('c');
  expect(kept()).toEqual(['c']);
});

test('on a full disk what was promised is kept and what was refused is not', async () => {
  file.pragma('max_page_count = 20');
  const ids = Array.from({ length: 40 }, (_, index) => `id${index}`);
  const outcomes = await Promise.allSettled(ids.map((id) => insert(id, 'x'.repeat(4_000))));
  const promised = ids.filter((_, index) => outcomes[index]?.status === 'fulfilled');
  expect(promised.length).toBeLessThan(ids.length);
  expect(kept()).toEqual(promised.toSorted());
});

test('idle waits for what was asked before it', async () => {
  const asked = insert('a');
  await group.idle();
  expect(kept()).toEqual(['a']);
  await asked;
  await group.idle();
});
