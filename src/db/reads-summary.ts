import { sql } from 'kysely';
import { bandStarts } from '../domain/loop/rates.ts';
import { STATES } from '../domain/loop/states.ts';
import type { SummaryReads } from '../ports/summary.ts';
import type { Engine } from './engine.ts';
import { orUndefined } from './values.ts';

/** The states in which a deadline runs. */
const RUNNING = sql.join(Object.entries(STATES).flatMap(([state, { dueRuns }]) => (dueRuns ? [sql.lit(state)] : [])));

/** Counted in the database: a district's problems of some years do not travel for a dozen figures. */
export function summaryReads({ db, dialect }: Engine): SummaryReads {
  return {
    async findingTallies({ unitIds, programId, today }) {
      const asked = dialect.texts(unitIds);
      const starts = bandStarts(today);
      const band = sql<number>`CASE ${sql.join(
        starts.map((start, index) => sql`WHEN f.found_on >= ${start} THEN ${sql.lit(index)}`),
        sql` `,
      )} ELSE ${sql.lit(starts.length)} END`;
      // The report that was accepted: the last one.
      const reported = sql`COALESCE((SELECT MAX(e.on_day) FROM finding_event AS e
        WHERE e.finding_id = f.id AND e.to_state = 'submitted'), f.closed_on)`;
      const rows = await db
        .selectFrom('finding as f')
        .innerJoin('unit_closure as c', 'c.descendant_id', 'f.unit_id')
        .innerJoin('unit as u', 'u.id', 'c.ancestor_id')
        .leftJoin('program as p', 'p.id', 'f.program_id')
        .where('f.restricted', '=', 0)
        .where((eb) =>
          eb.or([eb('u.parent_id', 'in', asked), eb.and([eb('u.id', 'in', asked), eb('c.depth', '=', 0)])]),
        )
        .$if(programId !== undefined, (query) => query.where('f.program_id', '=', programId ?? ''))
        .select([
          ...(['u.id as unit_id', 'u.name as unit_name', 'p.name as program', 'f.state'] as const),
          sql<number>`CASE WHEN f.state IN (${RUNNING}) AND f.due < ${today} THEN 1 ELSE 0 END`.as('late'),
          sql<number>`CASE WHEN f.state = 'closed' AND ${reported} <= f.due THEN 1 ELSE 0 END`.as('on_time'),
          band.as('band'),
          sql<number>`COUNT(*)`.as('count'),
          sql<number>`CAST(SUM(CASE WHEN f.state = 'closed' THEN ${dialect.daysBetween('f.found_on', 'f.closed_on')} ELSE 0 END) AS BIGINT)`.as(
            'days',
          ),
        ])
        // By place: PostgreSQL does not see that two expressions with parameters are the same.
        .groupBy(sql`1, 2, 3, 4, 5, 6, 7`)
        .orderBy('u.name')
        .orderBy('u.id')
        .orderBy('p.name')
        .execute();
      return rows.map((row) => ({
        unit: { id: row.unit_id, name: row.unit_name },
        program: orUndefined(row.program),
        ...{ state: row.state, late: row.late === 1, onTime: row.on_time === 1 },
        ...{ band: row.band, count: row.count, days: row.days },
      }));
    },

    async rootUnits() {
      return db.selectFrom('unit').select(['id', 'name']).where('parent_id', 'is', null).orderBy('name').execute();
    },
  };
}
