import { type CompiledQuery, sql } from 'kysely';
import type { NewMessage } from '../ports/changes.ts';
import type { CardChange } from '../ports/live-cards.ts';
import type { Appliers } from './appliers.ts';
import type { Engine } from './engine.ts';

type Of<Kind extends CardChange['kind']> = Extract<CardChange, { readonly kind: Kind }>;

/** Lark updates cards for 14 days (230031). */
const CARD_LIFE_MS = 14 * 86_400_000;

/** Whoever looks further back in a chat than this sees an old state, and a press there is answered from the tables. */
const COPIES_A_CHAT = 3;

export const cardAppliers = {
  'card.shown': shown,
  'cards.refreshed': refreshed,
  'message.withdrawn': withdrawn,
} satisfies Appliers<CardChange>;

/** One that is just being sent too: if it leaves after all, the outbox says so. */
function withdrawn({ db, dialect }: Engine, { keys, at, reason }: Of<'message.withdrawn'>): CompiledQuery[] {
  return [
    db
      .updateTable('outbox')
      .set({ state: 'dropped', reason, settled_at: at })
      .where('key', 'in', dialect.texts(keys))
      .where('state', 'in', ['waiting', 'sending', 'held', 'failed'])
      .compile(),
  ];
}

/** The cards of a message that is just put into the outbox. */
export const copiesOf = ({ db }: Engine, { key, live, createdAt }: NewMessage): CompiledQuery[] =>
  (live?.subjects ?? []).map((subject) =>
    db
      .insertInto('card_copy')
      .values({
        subject,
        message_key: key,
        query: live?.query ?? '',
        open_id: live?.openId ?? null,
        created_at: createdAt,
      })
      .compile(),
  );

/** Told by Lark's message id; the outbox knows which message that was. */
function shown({ db }: Engine, { messageId, card, at }: Of<'card.shown'>): CompiledQuery[] {
  const sent = sql`SELECT key FROM outbox WHERE message_id = ${messageId}`;
  return [
    sql`DELETE FROM card_copy WHERE message_key IN (${sent})`.compile(db),
    ...(card?.subjects ?? []).map((subject) =>
      db
        .insertInto('card_copy')
        .columns(['subject', 'message_key', 'query', 'open_id', 'created_at'])
        .expression((eb) =>
          eb
            .selectFrom('outbox as o')
            .where('o.message_id', '=', messageId)
            .select([
              sql<string>`CAST(${subject} AS TEXT)`.as('subject'),
              'o.key',
              sql<string>`CAST(${card?.query ?? ''} AS TEXT)`.as('query'),
              sql<string | null>`CAST(${card?.openId ?? null} AS TEXT)`.as('open_id'),
              // The card's life counts from its sending, not from the last press.
              sql<number>`COALESCE(o.settled_at, ${at})`.as('created_at'),
            ]),
        )
        .compile(),
    ),
  ];
}

/**
 * One row a card, whatever the number of changes: one that waits stays due when it was; one that is just being sent keeps its lease and
 * gets another uuid, by which the sender sees that it must send once more.
 */
function refreshed(engine: Engine, { subjects, revision, at, dueAt }: Of<'cards.refreshed'>): CompiledQuery[] {
  const { db, dialect } = engine;
  if (subjects.length === 0) return [];
  const sending = (whileSending: ReturnType<typeof sql>, otherwise: ReturnType<typeof sql>) =>
    sql`CASE WHEN outbox.state = 'sending' THEN ${whileSending} ELSE ${otherwise} END`;
  return [
    sql`INSERT INTO outbox (key, lane, queue, chat_id, chat_key, type, content, uuid, state, due_at, created_at, updates)
      SELECT 'update:' || o.key, 0, 4, o.chat_id, o.chat_key, 'interactive', '',
        ${revision} || '-' || ROW_NUMBER() OVER (ORDER BY o.key), 'waiting', ${dueAt}, ${at}, o.key
      FROM (SELECT DISTINCT message_key, created_at FROM card_copy
        WHERE subject IN ${dialect.texts(subjects)} AND query <> '' AND created_at > ${at - CARD_LIFE_MS}) AS c
      JOIN outbox AS o ON o.key = c.message_key
      WHERE o.state IN ('waiting', 'sending', 'sent') AND
        (SELECT COUNT(DISTINCT newer.message_key) FROM card_copy AS newer
          JOIN outbox AS n ON n.key = newer.message_key
          WHERE newer.subject IN ${dialect.texts(subjects)} AND newer.query <> '' AND n.chat_id = o.chat_id
            AND n.state IN ('waiting', 'sending', 'sent') AND newer.created_at > c.created_at) < ${COPIES_A_CHAT}
      ON CONFLICT (key) DO UPDATE SET
        uuid = excluded.uuid, settled_at = NULL, reason = NULL, code = NULL,
        state = ${sending(sql`'sending'`, sql`'waiting'`)},
        due_at = CASE WHEN outbox.state IN ('waiting', 'sending') THEN outbox.due_at ELSE excluded.due_at END,
        attempts = ${sending(sql`outbox.attempts`, sql`0`)},
        first_sent_at = ${sending(sql`outbox.first_sent_at`, sql`NULL`)}`.compile(db),
  ];
}
