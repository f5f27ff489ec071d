import { sql } from 'kysely';
import type { ReachReads } from '../../ports/reach.ts';
import type { Engine } from '../engine.ts';
import { groupOf, groupRows } from '../groups/reads-groups.ts';
import { toJson } from '../json.ts';
import { orUndefined } from '../values.ts';
import { actingLiaisons } from './reads-roles.ts';

/** Through whom units hear of something. */
export function reachReads(engine: Engine): ReachReads {
  const { db, dialect } = engine;
  return {
    async groupsOver(unitIds) {
      const over = (by: 'g.unit_id' | 'v.sees_id', top: 'u.parent_id' | 's.parent_id') =>
        groupRows(engine)
          .innerJoin('unit_closure as c', 'c.ancestor_id', by)
          .where('g.state', '=', 'active')
          .where('c.descendant_id', 'in', dialect.texts(unitIds))
          .where((eb) => eb.or([eb('c.depth', '=', 0), eb(top, 'is not', null)]))
          .select(['c.descendant_id', 'c.depth']);
      const [own, bureaus] = await Promise.all([
        over('g.unit_id', 'u.parent_id').execute(),
        over('v.sees_id', 's.parent_id').whereRef('v.sees_id', '<>', 'g.unit_id').execute(),
      ]);
      // A government's own group is nearer than that of its bureau.
      const found = [
        ...own.map((row) => ({ unitId: row.descendant_id, distance: 2 * row.depth, group: groupOf(row) })),
        ...bureaus.map((row) => ({ unitId: row.descendant_id, distance: 2 * row.depth + 1, group: groupOf(row) })),
      ];
      const keyOf = ({ unitId, group }: (typeof found)[number]) => `${unitId} ${group.chatId}`;
      return found.toSorted((a, b) => a.distance - b.distance || (keyOf(a) < keyOf(b) ? -1 : 1));
    },

    async speakersOf(unitIds) {
      const ids = dialect.texts(unitIds);
      const { rows } = await sql<{ unit_id: string; open_id: string | null }>`
        SELECT unit_id, open_id FROM person
          WHERE unit_id IN ${ids} AND gone IS NULL AND COALESCE(liaison, '') <> 'withdrawn'
        UNION SELECT unit_id, open_id FROM ${actingLiaisons(ids)} AS a
        ORDER BY 1, 2`.execute(db);
      return rows.map((row) => ({ unitId: row.unit_id, openId: orUndefined(row.open_id) }));
    },

    // CROSS JOIN: SQLite would otherwise walk the people and look into the list for each.
    async liaisons(of) {
      if (of.length === 0) return [];
      const rows = dialect.rows(toJson(of), { unitId: 'text', name: 'text' });
      const unitId = sql.ref('r.unitId');
      const { rows: found } = await sql<{ open_id: string }>`
        SELECT p.open_id FROM ${rows} CROSS JOIN person AS p
          WHERE p.name = r.name AND p.unit_id = ${unitId} AND p.open_id IS NOT NULL
        UNION SELECT a.open_id FROM ${actingLiaisons(dialect.texts(of.map((one) => one.unitId)))} AS a
        ORDER BY 1`.execute(db);
      return found.map(({ open_id }) => open_id);
    },
  };
}
