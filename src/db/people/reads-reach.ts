import type { ReachReads } from '../../ports/reach.ts';
import type { Engine } from '../engine.ts';
import { groupOf, groupRows } from '../groups/reads-groups.ts';
import { orUndefined } from '../values.ts';

/** Through whom units hear of something. */
export const reachReads = (engine: Engine): ReachReads => ({
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
});
