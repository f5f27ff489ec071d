import { sql } from 'kysely';
import type { Notice } from '../../domain/notices/notice.ts';
import type { NoticeReads } from '../../ports/notices.ts';
import type { Engine } from '../engine.ts';
import { formerly } from '../people/reads-people.ts';
import { grouped, orUndefined } from '../values.ts';
import type { NoticeTable } from './notice-tables.ts';

/** Notices with where they were sent and who has confirmed. */
export function noticeReads(engine: Engine): NoticeReads {
  const { db, dialect } = engine;
  const whole = async (rows: readonly NoticeTable[]): Promise<readonly Notice[]> => {
    if (rows.length === 0) return [];
    const targets = await db
      .selectFrom('notice_target as t')
      .leftJoin('work_group as g', 'g.chat_id', 't.chat_id')
      .leftJoin('unit as u', 'u.id', 'g.unit_id')
      .where('t.notice_id', 'in', dialect.texts(rows.map(({ id }) => id)))
      .select([
        't.notice_id',
        't.chat_id',
        't.asked_at',
        't.readers_at',
        'g.name',
        'u.id as unit_id',
        'u.name as unit_name',
      ])
      .orderBy('t.notice_id')
      .orderBy('g.name')
      .orderBy('t.chat_id')
      .execute();
    const byNotice = grouped(targets, (row) => row.notice_id);
    return rows.map((row) => ({
      id: row.id,
      number: orUndefined(row.number),
      words: row.words,
      sender: row.sender,
      sentAt: row.sent_at,
      push:
        row.nominal_at === null ? undefined : { nominalAt: row.nominal_at, closesAt: row.closes_at ?? row.nominal_at },
      confirmBy: orUndefined(row.confirm_by_at),
      withdrawn: row.withdrawn_at === null ? undefined : { at: row.withdrawn_at, by: orUndefined(row.replaced_by) },
      targets: (byNotice.get(row.id) ?? []).map((target) => ({
        chatId: target.chat_id,
        group: target.name ?? '',
        unit:
          target.unit_id !== null && target.unit_name !== null
            ? { id: target.unit_id, name: target.unit_name }
            : undefined,
        known: target.asked_at !== null,
        readersAt: orUndefined(target.readers_at),
      })),
      version: row.version,
    }));
  };

  return {
    async notice(number) {
      return (await whole(await db.selectFrom('notice').selectAll().where('number', '=', number).execute()))[0];
    },

    async notices({ chatId, sender, receiver, kind, nominal, since, limit }) {
      const rows = await db
        .selectFrom('notice')
        .selectAll('notice')
        .where('notice.sent_at', '>=', since)
        .$if(kind !== undefined, (query) => query.where('notice.nominal_at', kind === 'push' ? 'is not' : 'is', null))
        .$if(nominal !== undefined, (query) =>
          query
            .where('notice.nominal_at', '>=', nominal?.from ?? 0)
            .where('notice.nominal_at', '<', nominal?.before ?? 0),
        )
        .$if(sender !== undefined, (query) => query.where('notice.sender', '=', sender ?? ''))
        .$if(chatId !== undefined, (query) =>
          query.where(
            'notice.id',
            'in',
            db
              .selectFrom('notice_target')
              .where('chat_id', '=', chatId ?? '')
              .select('notice_id'),
          ),
        )
        .$if(receiver !== undefined, (query) =>
          query.where(
            'notice.id',
            'in',
            db
              .selectFrom('notice_receiver')
              .where('open_id', '=', receiver ?? '')
              .select('notice_id'),
          ),
        )
        .orderBy('notice.sent_at', 'desc')
        .orderBy('notice.number', 'desc')
        .orderBy('notice.id')
        .limit(limit)
        .execute();
      return whole(rows);
    },

    async noticeReceivers(noticeId) {
      const rows = await db
        .selectFrom('notice_receiver as r')
        .leftJoin('person as p', 'p.open_id', 'r.open_id')
        .leftJoin('unit as u', 'u.id', 'p.unit_id')
        .where('r.notice_id', '=', noticeId)
        .where((eb) =>
          eb.or([
            eb('r.confirmed_at', 'is not', null),
            eb('p.id', 'is not', null),
            eb.not(eb.exists(formerly(engine, sql.ref('r.open_id')))),
          ]),
        )
        .select([
          'r.open_id',
          'r.chat_id',
          'r.name as shown',
          'r.confirmed_at',
          'r.read_at',
          'r.words',
          'p.name',
          'u.id as unit_id',
          'u.name as unit_name',
        ])
        .orderBy('r.chat_id')
        .orderBy(sql`u.name IS NULL`)
        .orderBy('u.name')
        .orderBy('r.name')
        .orderBy('r.open_id')
        .orderBy('p.id')
        .execute();
      // One account may serve in two units: the first stands for it.
      return [...grouped(rows, (row) => row.open_id).values()].flatMap(([row]) =>
        row
          ? [
              {
                openId: row.open_id,
                chatId: row.chat_id,
                name: row.name ?? row.shown,
                linked: row.name !== null,
                unit:
                  row.unit_id !== null && row.unit_name !== null ? { id: row.unit_id, name: row.unit_name } : undefined,
                confirmedAt: orUndefined(row.confirmed_at),
                readAt: orUndefined(row.read_at),
                words: row.words,
              },
            ]
          : [],
      );
    },

    async noticeOfMessage(messageId) {
      const rows = await db
        .selectFrom('outbox as o')
        .innerJoin('card_copy as c', 'c.message_key', 'o.key')
        .innerJoin('notice as n', (on) => on.on('c.subject', '=', sql<string>`'notice:' || n.id`))
        .where('o.message_id', '=', messageId)
        .selectAll('n')
        .limit(1)
        .execute();
      return (await whole(rows))[0];
    },

    async noticesDue(now, limit) {
      const rows = await db
        .selectFrom('notice as n')
        .where('n.remind_at', '<=', now)
        .selectAll('n')
        .select([sql<string>`''`.as('chat_id'), sql<string | null>`NULL`.as('message_id'), sql<number>`0`.as('turn')])
        .unionAll(
          db
            .selectFrom('notice_target as t')
            .innerJoin('notice as n', 'n.id', 't.notice_id')
            .where('t.ask_at', '<=', now)
            .selectAll('n')
            .select(['t.chat_id', sql<string | null>`NULL`.as('message_id'), sql<number>`1`.as('turn')]),
        )
        .unionAll(
          db
            .selectFrom('notice_target as t')
            .innerJoin('notice as n', 'n.id', 't.notice_id')
            .where('t.ask_readers_at', '<=', now)
            .selectAll('n')
            .select((eb) => [
              't.chat_id',
              // Its first card there: the later ones are answers to somebody who asked for it.
              eb
                .selectFrom('card_copy as c')
                .innerJoin('outbox as o', 'o.key', 'c.message_key')
                .where('c.subject', '=', sql<string>`'notice:' || n.id`)
                .whereRef('o.chat_id', '=', 't.chat_id')
                .where('o.message_id', 'is not', null)
                .orderBy('c.created_at')
                .orderBy('c.message_key')
                .limit(1)
                .select('o.message_id')
                .as('message_id'),
              sql<number>`2`.as('turn'),
            ]),
        )
        .orderBy('turn')
        .limit(limit)
        .execute();
      const notices = new Map((await whole(rows)).map((notice) => [notice.id, notice]));
      return rows.flatMap(({ id, chat_id, message_id, turn }) => {
        const notice = notices.get(id);
        return notice
          ? [
              {
                notice,
                askIn: turn === 0 ? undefined : chat_id,
                readersOf: turn === 2 ? (message_id ?? '') : undefined,
              },
            ]
          : [];
      });
    },
  };
}
