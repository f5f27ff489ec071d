import { type CompiledQuery, sql } from 'kysely';
import type { Engine } from './engine.ts';

/** What an import's undo may remove while somebody decides on it. */
type Removable = 'unit' | 'person' | 'program' | 'checklist' | 'indicator' | 'inspection' | 'task';

/** The columns of a bulk write that point at such a row; those of its own parent aside, which the same unit has guarded or just written. */
const POINTERS: { readonly [Table in string]?: Readonly<Record<string, Removable>> } = {
  unit: { parent_id: 'unit' },
  person: { unit_id: 'unit' },
  program: { unit_id: 'unit', checklist_id: 'checklist' },
  program_unit: { unit_id: 'unit' },
  milestone: { program_id: 'program' },
  indicator: { checklist_id: 'checklist' },
  inspection: { unit_id: 'unit', program_id: 'program', checklist_id: 'checklist' },
  inspection_member: { person_id: 'person' },
  task: { program_id: 'program', indicator_id: 'indicator' },
  task_unit: { unit_id: 'unit' },
  task_person: { person_id: 'person' },
  assessment: { program_id: 'program', unit_id: 'unit', indicator_id: 'indicator' },
};

/**
 * Fails the unit as `moved` unless these rows stand. It comes before what points at them: SQLite and D1 do not say which foreign key failed, so
 * that none may be the first to find out. A person who was merged into another stands no more.
 */
export function stand(
  { db, dialect }: Engine,
  table: Removable,
  ids: readonly (string | null | undefined)[],
): CompiledQuery[] {
  const wanted = [...new Set(ids)].filter((id) => typeof id === 'string');
  if (wanted.length === 0) return [];
  const serves = table === 'person' ? sql` AND p.gone IS DISTINCT FROM 'merged'` : sql``;
  return [
    sql`INSERT INTO guard (moved) SELECT 0 FROM ${dialect.texts(wanted)} AS t
      WHERE NOT EXISTS (SELECT 1 FROM ${sql.table(table)} AS p WHERE p.id = t.value${serves})`.compile(db),
  ];
}

/** The same for all that rows of a bulk write point at; a unit's parent may be among them. */
export function pointersStand(
  engine: Engine,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): CompiledQuery[] {
  return Object.entries(POINTERS[table] ?? {}).flatMap(([column, target]) => {
    const own = target === table ? new Set(rows.map(({ id }) => id)) : undefined;
    const ids = rows.map((row) => row[column]).filter((id) => typeof id === 'string' && !own?.has(id));
    return stand(engine, target, ids as string[]);
  });
}
