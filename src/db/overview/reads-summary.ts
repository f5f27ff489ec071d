import { type RawBuilder, sql } from 'kysely';
import { bandStarts, type FindingDimension } from '../../domain/findings/rates.ts';
import type { PushTally } from '../../domain/reminders/push-rates.ts';
import type { SummaryReads } from '../../ports/summary.ts';
import type { Engine } from '../engine.ts';
import { toJson } from '../json.ts';
import { RUNNING } from '../running-states.ts';
import { subtree } from '../scope.ts';

interface PushRow extends Omit<PushTally, 'paused' | 'undelivered'> {
  readonly paused: number;
  readonly undelivered: number;
}

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
        WHERE e.finding_id = f.id AND e.to_state = 'submitted' AND e.from_state <> 'submitted'), f.closed_on)`;
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
        group: row.group,
        state: row.state,
        late: row.late === 1,
        onTime: row.on_time === 1,
        band: row.band,
        count: row.count,
        days: row.days,
      }));
    },

    async taskEndings(taskIds) {
      if (taskIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('task_entry')
        .where('task_id', 'in', dialect.texts(taskIds))
        .where('kind', '=', 'done')
        .select((eb) => ['task_id', eb.fn.max('at').as('at')])
        .groupBy('task_id')
        .execute();
      return new Map(rows.map((row) => [row.task_id, row.at]));
    },

    async pushTallies({ unitIds, by, months }) {
      const asked = dialect.texts(unitIds);
      const spans = months.map(({ month, from, before }) => ({ month, from_at: from, before_at: before }));
      const { rows } = await sql<PushRow>`SELECT ${by === 'unit' ? sql`u.name` : sql`r.month`} AS "group", n.outcome,
          CASE WHEN n.reason = 'paused' THEN 1 ELSE 0 END AS paused,
          CASE WHEN o.state IN ('held', 'failed') THEN 1 ELSE 0 END AS undelivered, COUNT(*) AS count
        FROM unit AS u JOIN unit_closure AS c ON c.ancestor_id = u.id JOIN work_group AS g ON g.unit_id = c.descendant_id
          CROSS JOIN ${dialect.rows(toJson(spans), { month: 'text', from_at: 'bigint', before_at: 'bigint' })}
          JOIN notification AS n ON n.chat_id = g.chat_id AND n.nominal_at >= r.from_at AND n.nominal_at < r.before_at
          LEFT JOIN outbox AS o ON o.key = 'push:' || n.chat_id || ':' || n.nominal_at
        WHERE n.outcome <> 'empty' AND (u.parent_id IN ${asked} OR (u.id IN ${asked} AND c.depth = 0))
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`.execute(db);
      return rows.map((row) => ({ ...row, paused: row.paused === 1, undelivered: row.undelivered === 1 }));
    },
  };
}
