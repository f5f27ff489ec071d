import { type CompiledQuery, sql } from 'kysely';
import type { VisitChange } from '../../ports/visits.ts';
import type { Appliers } from '../appliers.ts';
import { deleteChildren, insertRows } from '../bulk.ts';
import type { Engine } from '../engine.ts';
import { putInspections, seatRows, visitColumns } from '../imports/put-work.ts';
import { seenStatement } from '../seen.ts';

type Of<Kind extends VisitChange['kind']> = Extract<VisitChange, { readonly kind: Kind }>;

export const visitAppliers = {
  'inspection.added': added,
  'inspection.changed': changed,
  'inspection.cancelled': (engine, change) => settled(engine, change, { state: 'cancelled', reason: change.reason }),
  'inspection.restored': (engine, change) => settled(engine, change, { state: 'planned', reason: '' }),
} satisfies Appliers<VisitChange>;

/** The number was said in the answer already: when another visit took it meanwhile, the unit fails and is decided again. */
function added(engine: Engine, { row, number, by, at }: Of<'inspection.added'>): CompiledQuery[] {
  return [
    ...putInspections(engine, [row]),
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS
      (SELECT 1 FROM inspection WHERE id = ${row.id} AND number = ${number})`.compile(engine.db),
    engine.db.updateTable('inspection').set({ changed_by: by, changed_at: at }).where('id', '=', row.id).compile(),
  ];
}

function changed(engine: Engine, { row, reason, seen, by, at }: Of<'inspection.changed'>): CompiledQuery[] {
  return [
    seenStatement(engine, { table: 'inspection', id: row.id, version: seen }),
    engine.db
      .updateTable('inspection')
      .set({
        ...visitColumns(row),
        reason,
        changed_by: by,
        changed_at: at,
        version: seen + 1,
      })
      .where('id', '=', row.id)
      .compile(),
    ...deleteChildren(engine, 'inspection_member', 'inspection_id', [row.id]),
    ...insertRows(engine, 'inspection_member', seatRows([row])),
  ];
}

function settled(
  engine: Engine,
  { id, seen, by, at }: Of<'inspection.cancelled' | 'inspection.restored'>,
  state: { readonly state: 'planned' | 'cancelled'; readonly reason: string },
): CompiledQuery[] {
  return [
    seenStatement(engine, { table: 'inspection', id, version: seen }),
    engine.db
      .updateTable('inspection')
      .set({ ...state, changed_by: by, changed_at: at, version: seen + 1 })
      .where('id', '=', id)
      .compile(),
  ];
}
