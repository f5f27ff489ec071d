import { sql } from 'kysely';
import { CONTENT_KEYS, type ReminderContent } from '../../domain/reminders/contents.ts';
import type { DeliveryReads } from '../../ports/delivery.ts';
import type { Engine } from '../engine.ts';
import { didKey, messageKey } from '../message-keys.ts';
import { PAUSED } from '../meta-keys.ts';
import { orUndefined } from '../values.ts';

export const contentsOf = (json: string): readonly ReminderContent[] =>
  CONTENT_KEYS.filter((content) => json.includes(`"${content}"`));

/** What did not leave, and whether anything does. */
export function deliveryReads({ db }: Engine): DeliveryReads {
  return {
    async broughtBy(messageId) {
      const [known, did] = [messageKey(messageId), didKey(messageId)];
      const rows = await db.selectFrom('inbox').where('event_id', 'in', [known, did]).select('event_id').execute();
      if (rows.length === 0) return 'unknown';
      return rows.some(({ event_id }) => event_id === did) ? 'done' : 'answered';
    },

    async pause() {
      const row = await db.selectFrom('meta').select('value').where('key', '=', PAUSED).executeTakeFirst();
      const [, at, by] = /^(\d+) (.*)$/.exec(row?.value ?? '') ?? [];
      return at === undefined || by === undefined ? undefined : { at: Number(at), by };
    },

    async missedByPause(since, limit) {
      const rows = await db
        .selectFrom('notification as n')
        .innerJoin('work_group as g', 'g.chat_id', 'n.chat_id')
        .where('n.at', '>=', since)
        .where('n.reason', '=', 'paused')
        .select(['g.name', 'n.contents', 'n.nominal_at'])
        .orderBy('n.nominal_at')
        .orderBy('g.name')
        .limit(limit)
        .execute();
      const waiting = await db
        .selectFrom('outbox')
        .where('lane', '=', 1)
        .where(sql<boolean>`state IN ('waiting', 'sending')`)
        .select(
          sql<number>`count(*) + (SELECT COUNT(*) FROM to_tell AS t JOIN telling AS s ON s.id = t.telling_id
          WHERE t.told_at IS NULL AND s.lane = 1)`.as('count'),
        )
        .executeTakeFirstOrThrow();
      return {
        occurrences: rows.map((row) => ({
          group: row.name,
          contents: contentsOf(row.contents),
          nominalAt: row.nominal_at,
        })),
        waiting: waiting.count,
      };
    },

    async keptMessages(limit) {
      const rows = await db
        .selectFrom('outbox as o')
        .leftJoin('work_group as g', 'g.chat_id', 'o.chat_id')
        .where('o.state', 'in', ['held', 'failed'])
        .select(['o.key', 'o.uuid', 'o.lane', 'o.chat_id', 'o.state', 'o.reason', 'o.settled_at', 'o.created_at'])
        .select((eb) => [
          'o.first_sent_at',
          'o.code',
          'g.name as group_name',
          // An account may be linked to people in two units; their name is the same person's.
          eb
            .selectFrom('person as p')
            .whereRef('p.open_id', '=', 'o.chat_id')
            .select((inner) => inner.fn.min('p.name').as('name'))
            .as('person_name'),
        ])
        .orderBy('o.settled_at', 'desc')
        .orderBy('o.key')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        key: row.key,
        uuid: row.uuid,
        lane: row.lane === 0 ? 'reply' : 'push',
        chatId: row.chat_id,
        group: orUndefined(row.group_name),
        person: orUndefined(row.person_name),
        state: row.state === 'held' ? 'held' : 'failed',
        reason: row.reason ?? '',
        at: row.settled_at ?? row.created_at,
        firstSentAt: orUndefined(row.first_sent_at),
        leaves: row.state === 'held' && row.code !== null && row.first_sent_at === null,
      }));
    },
  };
}
