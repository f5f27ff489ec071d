import { type CompiledQuery, sql } from 'kysely';
import type { Seen } from '../ports/changes.ts';
import type { Engine } from './engine.ts';

/** Fails the unit unless the row still has this version. */
export function seenStatement({ db }: Engine, { table, id, version }: Seen): CompiledQuery {
  const key = sql.ref(table === 'work_group' ? 'chat_id' : 'id');
  return sql`INSERT INTO guard (moved) SELECT 0 WHERE NOT EXISTS
    (SELECT 1 FROM ${sql.table(table)} WHERE ${key} = ${id} AND version = ${version})`.compile(db);
}
