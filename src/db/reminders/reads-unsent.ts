import { sql } from 'kysely';
import { MINUTE_MS } from '../../domain/calendar/local-date.ts';
import { MISSED_TOLD, type Unsent } from '../../domain/reminders/self-alarm.ts';
import type { UnsentPushReads } from '../../ports/unsent-pushes.ts';
import type { Engine } from '../engine.ts';
import { contentsOf } from './reads-delivery.ts';

/** A rule that failed is tried again within these minutes: it is due all the same. */
const PUT_OFF_MS = 15 * MINUTE_MS;

interface Found {
  readonly chat_id: string;
  readonly name: string;
  readonly nominal_at: number;
  readonly why: Unsent;
}

/** What the heartbeat looks at when it watches itself; each part reads through an index. */
export const unsentPushReads = ({ db }: Engine): UnsentPushReads => ({
  async missedPushes(since) {
    const rows = await db
      .selectFrom('notification as n')
      .innerJoin('work_group as g', 'g.chat_id', 'n.chat_id')
      .where('n.at', '>', since)
      .where('n.outcome', '=', 'missed')
      .where('n.reason', '<>', 'paused')
      .where('g.state', '=', 'active')
      .where(
        'n.at',
        '>',
        sql<number>`(SELECT COALESCE(MAX(CAST(SUBSTR(event_id, ${MISSED_TOLD.length + 1}) AS BIGINT)), 0) FROM inbox
          WHERE event_id LIKE ${`${MISSED_TOLD}%`})`,
      )
      .select(['n.chat_id', 'g.name', 'n.nominal_at', 'n.contents', 'n.at'])
      .orderBy('n.nominal_at')
      .orderBy('g.name')
      .orderBy('n.chat_id')
      .execute();
    return rows.map((row) => ({
      chatId: row.chat_id,
      group: row.name,
      nominalAt: row.nominal_at,
      contents: contentsOf(row.contents),
      decidedAt: row.at,
    }));
  },

  async unsentPushes({ from, to, alarm, now }) {
    const unfired = sql<Found>`SELECT r.chat_id, g.name, r.nominal_at, 'unfired' AS why
      FROM reminder_rule AS r JOIN work_group AS g ON g.chat_id = r.chat_id
      WHERE r.enabled = 1 AND r.fire_at <= ${now + PUT_OFF_MS} AND r.nominal_at >= ${from} AND r.nominal_at <= ${to}
        AND g.state = 'active' AND g.unit_id IS NOT NULL`;
    const queued = sql<Found>`SELECT n.chat_id, g.name, n.nominal_at,
        CASE WHEN o.state IN ('waiting', 'sending') THEN 'waiting' ELSE 'kept' END AS why
      FROM notification AS n JOIN work_group AS g ON g.chat_id = n.chat_id
        JOIN outbox AS o ON o.key = 'push:' || n.chat_id || ':' || n.nominal_at
      WHERE n.at >= ${from} AND n.nominal_at >= ${from} AND n.nominal_at <= ${to}
        AND o.state IN ('waiting', 'sending', 'held', 'failed') AND g.state = 'active'`;
    const recorded = sql<Found>`SELECT n.chat_id, g.name, n.nominal_at,
        CASE WHEN n.reason = 'paused' THEN 'paused' ELSE 'late' END AS why
      FROM notification AS n JOIN work_group AS g ON g.chat_id = n.chat_id
      WHERE n.at >= ${from} AND n.nominal_at >= ${from} AND n.nominal_at <= ${to} AND g.state = 'active'
        AND (n.reason = 'paused' OR (n.at >= ${alarm} AND n.outcome = 'late'))`;
    const { rows } = await sql<Found>`${unfired} UNION ALL ${queued} UNION ALL ${recorded}
      ORDER BY 2, 1, 3`.execute(db);
    return rows.map((row) => ({ chatId: row.chat_id, group: row.name, nominalAt: row.nominal_at, why: row.why }));
  },
});
