import type { CompiledQuery } from 'kysely';
import type { Engine } from './engine.ts';

const kept = new WeakMap<Engine, Map<string, CompiledQuery>>();

/**
 * An INSERT of one row whose text is built once for each engine and table: for the rows that every event writes, building it anew took
 * a third of the whole unit. The row's keys must always come in the same order, and none may be undefined.
 */
export function compiledOnce<Row extends object>(
  engine: Engine,
  table: string,
  row: Row,
  insert: (row: Row) => { compile(): CompiledQuery },
): CompiledQuery {
  const texts = kept.get(engine) ?? new Map<string, CompiledQuery>();
  kept.set(engine, texts);
  const known = texts.get(table) ?? insert(row).compile();
  texts.set(table, known);
  return { ...known, parameters: Object.values(row) };
}
