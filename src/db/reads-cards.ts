import type { CardReads } from '../ports/live-cards.ts';
import type { Engine } from './engine.ts';
import { grouped, orUndefined } from './values.ts';

/** What the sent messages show, and those that wait. */
export function cardReads({ db }: Engine): CardReads {
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
  };
}
