import { type RawBuilder, sql } from 'kysely';
import { bandStarts, type FindingDimension } from '../domain/loop/rates.ts';
import type { SummaryReads } from '../ports/summary.ts';
import type { Engine } from './engine.ts';
import { RUNNING } from './running-states.ts';
import { subtree } from './scope.ts';

/** What each dimension groups by, over the tables that it joins. */
const GROUP: Readonly<Record<FindingDimension, RawBuilder<string | null>>> = {
  unit: sql`u.name`,
  program: sql`p.name`,
  stage: sql`own.kind`,
  category: sql`i.level1`,
  severity: sql`f.severity`,
  month: sql`SUBSTR(f.found_on, 1, 7)`,
};

/** Counted in the database, from indexes alone (finding_figures): a district's problems of some years do not travel for a dozen figures. */
export function summaryReads(engine: Engine): SummaryReads {
  const { db, dialect } = engine;
  return {
    async findingTallies({ unitIds, by, programId, found, today }) {
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
        .where('f.restricted', '=', sql.lit(0))
        .$if(by === 'unit', (query) =>
          query
            .innerJoin('unit_closure as c', 'c.descendant_id', 'f.unit_id')
            .innerJoin('unit as u', 'u.id', 'c.ancestor_id')
            .where((eb) =>
              eb.or([eb('u.parent_id', 'in', asked), eb.and([eb('u.id', 'in', asked), eb('c.depth', '=', 0)])]),
            ),
        )
        .$if(by !== 'unit', (query) => query.where('f.unit_id', 'in', subtree(engine, unitIds)))
        .$if(by === 'stage', (query) => query.innerJoin('unit as own', 'own.id', 'f.unit_id'))
        .$if(by === 'program', (query) => query.leftJoin('program as p', 'p.id', 'f.program_id'))
        .$if(by === 'category', (query) => query.leftJoin('indicator as i', 'i.id', 'f.indicator_id'))
        .$if(programId !== undefined, (query) => query.where('f.program_id', '=', programId ?? ''))
        .$if(found !== undefined, (query) =>
          query.where('f.found_on', '>=', found?.from ?? '').where('f.found_on', '<=', found?.to ?? ''),
        )
        .select([
          sql<string>`COALESCE(${GROUP[by]}, '')`.as('group'),
          'f.state',
          sql<number>`CASE WHEN f.state IN (${RUNNING}) AND f.due < ${today} THEN 1 ELSE 0 END`.as('late'),
          sql<number>`CASE WHEN f.state = 'closed' AND ${reported} <= f.due THEN 1 ELSE 0 END`.as('on_time'),
          band.as('band'),
          sql<number>`COUNT(*)`.as('count'),
          sql<number>`CAST(SUM(CASE WHEN f.state = 'closed' THEN ${dialect.daysBetween('f.found_on', 'f.closed_on')} ELSE 0 END) AS BIGINT)`.as(
            'days',
          ),
        ])
        // By place: PostgreSQL does not see that two expressions with parameters are the same.
        .groupBy(sql`1, 2, 3, 4, 5`)
        .orderBy(sql`1`)
        .execute();
      return rows.map((row) => ({
        ...{ group: row.group, state: row.state, late: row.late === 1, onTime: row.on_time === 1 },
        ...{ band: row.band, count: row.count, days: row.days },
      }));
    },

    async rootUnits() {
      return db.selectFrom('unit').select(['id', 'name']).where('parent_id', 'is', null).orderBy('name').execute();
    },
  };
}
