import { sql } from 'kysely';
import type { ReachReads } from '../../ports/reach.ts';
import type { Engine } from '../engine.ts';
import { groupOf, groupRows } from '../groups/reads-groups.ts';
import { toJson } from '../json.ts';
import { orUndefined } from '../values.ts';

/** Through whom units hear of something. */
export function reachReads(engine: Engine): ReachReads {
  const { db, dialect } = engine;
  return {
    async groupsOver(unitIds) {
      const rows = await groupRows(engine)
        .innerJoin('unit_closure as c', 'c.ancestor_id', 'g.unit_id')
        .where('g.state', '=', 'active')
        .where('c.descendant_id', 'in', engine.dialect.texts(unitIds))
        .where((eb) => eb.or([eb('c.depth', '=', 0), eb('u.parent_id', 'is not', null)]))
        .select(['c.descendant_id', 'c.depth'])
        .orderBy('c.descendant_id')
        .orderBy('c.depth')
        .orderBy('g.chat_id')
        .execute();
      return rows.map((row) => ({ unitId: row.descendant_id, distance: row.depth, group: groupOf(row) }));
    },

    async speakersOf(unitIds) {
      const { db, dialect } = engine;
      const ids = dialect.texts(unitIds);
      const rows = await db
        .selectFrom('person')
        .where('unit_id', 'in', ids)
        .where('gone', 'is', null)
        .select(['unit_id', 'open_id'])
        .union(
          db
            .selectFrom('role_grant')
            .where('role', '=', 'liaison')
            .where('unit_id', 'in', ids)
            .select((eb) => [eb.ref('unit_id').$notNull().as('unit_id'), 'open_id']),
        )
        .orderBy('unit_id')
        .orderBy('open_id')
        .execute();
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
        UNION SELECT g.open_id FROM role_grant AS g CROSS JOIN ${rows}
          WHERE g.role = 'liaison' AND g.unit_id = ${unitId}
        ORDER BY 1`.execute(db);
      return found.map(({ open_id }) => open_id);
    },
  };
}
