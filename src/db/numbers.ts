import { type CompiledQuery, sql } from 'kysely';
import type { Numbered, Numbers } from '../ports/numbers.ts';
import type { Engine } from './engine.ts';
import { StoreError } from './store-error.ts';

/** Outside of every unit: inside, PostgreSQL would let one of many at a time pass. */
export const numbers = (engine: Engine): Numbers => ({
  async take(of, count = 1) {
    const last = await lastOf(engine, of, count);
    return last - count + 1;
  },
});

async function lastOf(engine: Engine, of: Numbered, count: number): Promise<number> {
  const raised = sql<{ value: number }>`UPDATE counter SET value = value + ${count} WHERE name = ${of} RETURNING value`;
  try {
    const [row] = await engine.single(raised.compile(engine.db));
    if (row) return row.value;
  } catch (error) {
    throw error instanceof StoreError ? error : new StoreError(error);
  }
  throw new Error(`no counter of ${of}`);
}

/** The new rows of an import, which have no number yet, get the next ones in this order; the counter is raised in the same unit. */
export function numberNew(
  { db }: Engine,
  table: 'task' | 'inspection',
  order: readonly string[],
  count: number,
): CompiledQuery[] {
  if (count === 0) return [];
  const target = sql.table(table);
  return [
    sql`UPDATE counter SET value = value + ${count} WHERE name = ${table}`,
    sql`UPDATE ${target} SET number = c.value - ${count} + added.place
      FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY ${sql.raw(order.join(', '))}) AS place
          FROM ${target} WHERE number IS NULL) AS added, counter AS c
      WHERE c.name = ${table} AND ${sql.ref(`${table}.id`)} = added.id`,
  ].map((statement) => statement.compile(db));
}
