import SqliteFile from 'better-sqlite3';
import { type D1Binding, openD1 } from '../../src/db/d1.ts';
import type { MigratingDatabase } from '../../src/db/database.ts';
import { MIGRATION_NAMES } from '../../src/db/subjects.ts';
import { migrateD1 } from './d1.ts';

/** The Worker's home over SQLite in memory, for what is counted of it: `charged` are the statements of each call, a batch's in one. */
export function sqliteD1(charged: number[]): MigratingDatabase {
  const file = new SqliteFile(':memory:');
  const inside = new WeakMap<object, () => unknown[]>();
  const statement = (sql: string, values: readonly unknown[]): ReturnType<D1Binding['prepare']> => {
    const run = () => {
      const prepared = file.prepare(sql);
      if (prepared.reader) return prepared.all(...values);
      prepared.run(...values);
      return [];
    };
    const one = {
      bind: (...bound: unknown[]) => statement(sql, bound),
      // biome-ignore lint/suspicious/noExplicitAny: rows that whoever asks knows the columns of
      all: async () => ({ results: run() as any[] }),
    };
    inside.set(one, run);
    return one;
  };
  const binding: D1Binding = {
    prepare: (sql) => statement(sql, []),
    batch: async (all) => file.transaction(() => all.map((one) => inside.get(one)?.()))(),
  };
  const database = openD1(binding, (statements) => charged.push(statements));
  return { ...database, migrate: () => migrateD1(binding, MIGRATION_NAMES) };
}
