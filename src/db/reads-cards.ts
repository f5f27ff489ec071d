import { sql } from 'kysely';
import type { CardReads } from '../ports/live-cards.ts';
import type { Engine } from './engine.ts';
import { subjectsOf } from './telling.ts';
import { grouped, orUndefined } from './values.ts';

/** What the sent messages show, and those that wait. */
export function cardReads(engine: Engine): CardReads {
  const { db } = engine;
  return {
    async isEverybodys(messageId) {
      const [row] = await db
        .selectFrom('outbox')
        .where('message_id', '=', messageId)
        .select('reply_to')
        .limit(1)
        .execute();
      return row !== undefined && row.reply_to === null;
    },

    async wentTo(messageId, openId) {
      const rows = await db
        .selectFrom('outbox')
        .where('message_id', '=', messageId)
        .select(['chat_id', 'chat_key'])
        .execute();
      return rows.some((row) => row.chat_id === openId || row.chat_key === openId);
    },

    async messageSubjects(messageId) {
      const found = await db
        .selectFrom('outbox as o')
        .leftJoin('card_copy as c', 'c.message_key', 'o.key')
        .where('o.message_id', '=', messageId)
        .select('c.subject')
        .orderBy('c.subject')
        .execute();
      return found.length === 0 ? undefined : found.flatMap(({ subject }) => subject ?? []);
    },

    async shownCards(of, since) {
      const rows = await db
        .selectFrom('card_copy as c')
        .innerJoin('outbox as o', 'o.key', 'c.message_key')
        .leftJoin('work_group as g', 'g.chat_id', 'o.chat_id')
        .where('o.state', 'in', ['sending', 'sent'])
        .where('c.created_at', '>', since)
        .$if('chatId' in of, (query) => query.where('o.chat_id', '=', 'chatId' in of ? of.chatId : ''))
        .$if('subject' in of, (query) => query.where('c.subject', '=', 'subject' in of ? of.subject : ''))
        .select(['o.key', 'o.chat_id', 'g.name', 'c.open_id'])
        .orderBy('o.key')
        .execute();
      return [...grouped(rows, ({ key }) => key)].flatMap(([key, [first]]) =>
        first ? [{ key, openId: first.name === null ? (first.open_id ?? first.chat_id) : undefined }] : [],
      );
    },

    // What is untold first: it may become messages in between, and is then among them.
    async waitingMessages(of) {
      const many = await untold(engine, of);
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
      const waiting = [...grouped(rows, ({ key }) => key)].flatMap(([key, copies]) => {
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
      const found = new Set(waiting.map(({ key }) => key));
      return [...waiting, ...many.filter(({ key }) => !found.has(key))];
    },
  };
}

/** Said to many, and no message yet. */
async function untold(
  { db, dialect }: Engine,
  of: Parameters<CardReads['waitingMessages']>[0],
): ReturnType<CardReads['waitingMessages']> {
  const rows = await db
    .selectFrom('to_tell as t')
    .innerJoin('telling as s', 's.id', 't.telling_id')
    .leftJoin('work_group as g', 'g.chat_id', 't.chat_id')
    .where('t.told_at', 'is', null)
    .$if('chatId' in of, (query) => query.where('t.chat_id', '=', 'chatId' in of ? of.chatId : ''))
    .$if('subject' in of, (query) =>
      query.where(dialect.contains(sql.ref('s.subjects'), JSON.stringify('subject' in of ? of.subject : ''))),
    )
    .select(['t.key', 't.chat_id', 't.due_at', 't.open_id', 'g.name', 's.subjects'])
    .orderBy('t.key')
    .execute();
  return rows.map((row) => ({
    key: row.key,
    chatId: row.chat_id,
    dueAt: row.due_at,
    group: orUndefined(row.name),
    openId: row.name === null ? (row.open_id ?? row.chat_id) : undefined,
    subjects: subjectsOf(row.subjects),
  }));
}
