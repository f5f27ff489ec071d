import { sql } from 'kysely';
import type { PeopleReads } from '../../ports/people.ts';
import type { Engine } from '../engine.ts';
import { subtree } from '../scope.ts';
import { orUndefined } from '../values.ts';
import { everybody, personOf } from './reads-people.ts';

/** Who is linked and how; rows that were merged into another are nobody. */
export function addressBookReads(engine: Engine): Pick<PeopleReads, 'addressBook'> {
  const { db } = engine;
  return {
    async addressBook({ within, name, today, unannounced, limit }) {
      const toDo = unannounced ? sql`i.state = 'planned'` : sql`i.state = 'planned' AND i.unannounced = 0`;
      const stillOpen = sql<number>`CASE WHEN p.gone = 'left' THEN
        (SELECT count(*) FROM inspection_member AS m JOIN inspection AS i ON i.id = m.inspection_id
          WHERE m.person_id = p.id AND i.date_to >= ${today} AND ${toDo})
        + (SELECT count(*) FROM inspection AS i
          WHERE i.unit_id = p.unit_id AND i.contact = p.name AND i.date_to >= ${today} AND ${toDo})
        + (SELECT count(*) FROM task_person AS tp JOIN task AS t ON t.id = tp.task_id
          WHERE tp.person_id = p.id AND t.state = 'open' AND t.restricted = 0)
        + (SELECT count(*) FROM finding AS f
          WHERE f.responsible_id = p.id AND f.restricted = 0 AND f.state NOT IN ('closed', 'dropped'))
        ELSE 0 END`;
      const units = () => subtree(engine, within ?? []);
      const rows = await everybody(engine)
        .leftJoin('person as s', 's.id', 'p.successor_id')
        .where(sql<boolean>`COALESCE(p.gone, '') <> 'merged'`)
        .$if(within !== undefined, (query) => query.where('p.unit_id', 'in', units()))
        .$if(name !== undefined, (query) => query.where('p.name', '=', name ?? ''))
        .select(['p.linked_by', 'p.mobile', 'p.asked_at', 'p.gone', 'p.gone_at', 'p.former_open_id'])
        .select(['s.name as successor', stillOpen.as('still_open')])
        .orderBy(sql`CASE WHEN p.gone IS NULL THEN CASE WHEN p.open_id IS NULL THEN 1 ELSE 2 END
          WHEN ${stillOpen} > 0 THEN 0 ELSE 3 END`)
        .orderBy('u.name')
        .orderBy('p.name')
        .orderBy('p.id')
        .limit(limit)
        .execute();
      const counted = await db
        .selectFrom('person as p')
        .where(sql<boolean>`COALESCE(p.gone, '') <> 'merged'`)
        .$if(within !== undefined, (query) => query.where('p.unit_id', 'in', units()))
        .$if(name !== undefined, (query) => query.where('p.name', '=', name ?? ''))
        .select([
          sql<number>`count(*)`.as('total'),
          sql<number>`COALESCE(SUM(CASE WHEN p.gone IS NULL AND p.open_id IS NULL THEN 1 ELSE 0 END), 0)`.as(
            'unlinked',
          ),
          sql<number>`COALESCE(SUM(CASE WHEN p.gone IS NOT NULL THEN 1 ELSE 0 END), 0)`.as('gone'),
        ])
        .executeTakeFirstOrThrow();
      return {
        people: rows.map((row) => ({
          ...personOf(row),
          linkedBy: orUndefined(row.linked_by),
          hasMobile: row.mobile !== null,
          lookedFor: row.asked_at > 0,
          formerOpenId: orUndefined(row.former_open_id),
          left:
            row.gone === null
              ? undefined
              : { at: row.gone_at ?? 0, successor: orUndefined(row.successor), open: Number(row.still_open) },
        })),
        total: Number(counted.total) - Number(counted.gone),
        unlinked: Number(counted.unlinked),
        left: Number(counted.gone),
      };
    },
  };
}
