import { sql } from 'kysely';
import { CONTENT_KEYS, type ReminderContent } from '../../domain/reminders/contents.ts';
import type { Reads } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import { groupOf, groupRows } from '../groups/reads-groups.ts';
import { PAUSED } from '../meta-keys.ts';
import { grouped, orUndefined } from '../values.ts';

export const contentsOf = (json: string): readonly ReminderContent[] =>
  CONTENT_KEYS.filter((content) => json.includes(`"${content}"`));

/** What arrived in the groups, and what did not. */
export function deliveryReads(
  engine: Engine,
): Pick<Reads, 'activeGroups' | 'keptMessages' | 'pause' | 'missedByPause' | 'waitingMessages'> {
  const { db, dialect } = engine;
  return {
    async activeGroups() {
      const rows = await groupRows(engine)
        .where('g.state', '=', 'active')
        .select((eb) => [
          eb
            .selectFrom('outbox as o')
            .whereRef('o.chat_id', '=', 'g.chat_id')
            .where('o.state', '=', sql.lit('sent'))
            .select((inner) => inner.fn.max('o.settled_at').as('at'))
            .as('last_sent_at'),
          eb
            .selectFrom('outbox as o')
            .whereRef('o.chat_id', '=', 'g.chat_id')
            .where(sql<boolean>`o.state IN ('held', 'failed')`)
            .select(sql<number>`count(*)`.as('kept'))
            .as('kept'),
        ])
        .orderBy(sql`CASE WHEN u.id IS NULL THEN 1 ELSE 0 END`)
        .orderBy('u.name')
        .orderBy('g.name')
        .orderBy('g.chat_id')
        .execute();
      const failed = await db
        .selectFrom('outbox')
        .where(sql<boolean>`state IN ('held', 'failed')`)
        .where('chat_id', 'in', dialect.texts(rows.filter(({ kept }) => kept !== 0).map((row) => row.chat_id)))
        .select(['chat_id', 'code', 'reason', 'settled_at', 'created_at'])
        .orderBy('settled_at')
        .orderBy('key')
        .execute();
      // The last of each group stays.
      const failures = new Map(
        failed.map((row) => [
          row.chat_id,
          { at: row.settled_at ?? row.created_at, code: orUndefined(row.code), reason: row.reason ?? '' },
        ]),
      );
      const failing = (chatId: string, sentAt: number | null) => {
        const failure = failures.get(chatId);
        return failure && failure.at > (sentAt ?? 0) ? failure : undefined;
      };
      return rows.map((row) => ({
        failing: failing(row.chat_id, row.last_sent_at),
        group: groupOf(row),
        lastSentAt: orUndefined(row.last_sent_at),
        kept: row.kept ?? 0,
      }));
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
        .select(sql<number>`count(*)`.as('count'))
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

    async waitingMessages(of) {
      const rows = await db
        .selectFrom('outbox as o')
        .leftJoin('work_group as g', 'g.chat_id', 'o.chat_id')
        .where('o.state', 'in', ['waiting', 'sending', 'held', 'failed'])
        .where('o.updates', 'is', null)
        .$if('chatId' in of, (query) => query.where('o.chat_id', '=', 'chatId' in of ? of.chatId : ''))
        .$if('subject' in of, (query) =>
          query.where(
            'o.key',
            'in',
            db
              .selectFrom('card_copy')
              .where('subject', '=', 'subject' in of ? of.subject : '')
              .select('message_key'),
          ),
        )
        .leftJoin('card_copy as c', 'c.message_key', 'o.key')
        .select(['o.key', 'o.chat_id', 'o.due_at', 'g.name', 'c.open_id', 'c.subject'])
        .orderBy('o.key')
        .orderBy('c.subject')
        .execute();
      return [...grouped(rows, ({ key }) => key)].flatMap(([key, copies]) => {
        const [first] = copies;
        if (!first) return [];
        const { chat_id: chatId, due_at: dueAt, name, open_id } = first;
        const subjects = copies.flatMap(({ subject }) => subject ?? []);
        // A direct chat may be known by its person's open id only.
        return [
          {
            key,
            chatId,
            dueAt,
            group: orUndefined(name),
            openId: name === null ? (open_id ?? chatId) : undefined,
            subjects,
          },
        ];
      });
    },

    async keptMessages(limit) {
      const rows = await db
        .selectFrom('outbox as o')
        .leftJoin('work_group as g', 'g.chat_id', 'o.chat_id')
        .where('o.state', 'in', ['held', 'failed'])
        .select(['o.key', 'o.uuid', 'o.lane', 'o.chat_id', 'o.state', 'o.reason', 'o.settled_at', 'o.created_at'])
        .select((eb) => [
          'o.first_sent_at',
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
      }));
    },
  };
}
