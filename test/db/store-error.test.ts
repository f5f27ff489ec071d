import { expect, test } from 'vitest';
import { type D1Binding, openD1 } from '../../src/db/d1.ts';
import type { Database } from '../../src/db/database.ts';
import { openPostgres } from '../../src/db/postgres.ts';
import { openSqlite } from '../../src/db/sqlite.ts';

const gone = { all: () => Promise.reject(new Error('D1_ERROR: Network connection lost.')) };
const binding: D1Binding = {
  prepare: () => ({ bind: () => ({ ...gone, bind: () => Promise.reject() }) }) as never,
  batch: () => Promise.reject(new Error('D1_ERROR: Network connection lost.')),
};

test.each<[string, () => Database, string]>([
  // Nothing is migrated.
  ['SQLite', () => openSqlite(':memory:'), 'no such table'],
  // Nobody listens on port 1.
  ['PostgreSQL', () => openPostgres('postgres://nobody@127.0.0.1:1/nothing'), 'ECONNREFUSED'],
  ['D1', () => openD1(binding), 'Network connection lost'],
])('a read that the database of %s fails is its failure, with what the driver said', async (_, open, said) => {
  const { store } = open();
  const error = await store.checklists().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: expect.stringContaining(said) });
  expect(store.isFailure(error)).toBe(true);
  expect(store.isFailure(new TypeError('a bug of ours'))).toBe(false);
});
