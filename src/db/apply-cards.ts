import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { DAY_MS, type Instant } from '../domain/calendar/local-date.ts';
import type { NewMessage } from '../ports/changes.ts';
import { type CardChange, CLOSING } from '../ports/live-cards.ts';
import type { Appliers } from './appliers.ts';
import type { Engine } from './engine.ts';

type Of<Kind extends CardChange['kind']> = Extract<CardChange, { readonly kind: Kind }>;

/** Lark updates cards for 14 days (230031). */
const CARD_LIFE_MS = 14 * DAY_MS;

/** Whoever looks further back in a chat than this sees an old state, and a press there is answered from the tables. */
const COPIES_A_CHAT = 3;

export const cardAppliers = {
  'card.shown': shown,
  'card.form': formOpened,
  'cards.refreshed': refreshed,
  'cards.closed': closed,
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
    db
      .updateTable('to_tell')
      .set({ told_at: at })
      .where('key', 'in', dialect.texts(keys))
      .where('told_at', 'is', null)
      .compile(),
  ];
}

/** The cards of a message that is just put into the outbox. */
export const copiesOf = (
  { db }: Engine,
  { key, live, createdAt }: Pick<NewMessage, 'key' | 'live' | 'createdAt'>,
): CompiledQuery[] =>
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

/** The cards of a message that is made again before it has left. */
export const copiesAgain = (
  engine: Engine,
  message: Pick<NewMessage, 'key' | 'live' | 'createdAt'>,
): CompiledQuery[] => [
  engine.db.deleteFrom('card_copy').where('message_key', '=', message.key).compile(),
  ...copiesOf(engine, message),
];

/** Told by Lark's message id; the outbox knows which message that was. */
const sentAs = (messageId: string) => sql`SELECT key FROM outbox WHERE message_id = ${messageId}`;

/** The revision goes on from the one before, so that a subject that stays keeps its row. */
function shown({ db, dialect }: Engine, { messageId, card, at }: Of<'card.shown'>): CompiledQuery[] {
  const subjects = card?.subjects ?? [];
  return [
    ...subjects.map((subject) =>
      sql`INSERT INTO card_copy (subject, message_key, query, open_id, created_at, revision)
        SELECT CAST(${subject} AS TEXT), o.key, CAST(${card?.query ?? ''} AS TEXT), CAST(${card?.openId ?? null} AS TEXT),
          COALESCE(o.settled_at, ${at}),
          COALESCE((SELECT MAX(c.revision) FROM card_copy AS c WHERE c.message_key = o.key), 0) + 1
        FROM outbox AS o WHERE o.message_id = ${messageId}
        ON CONFLICT (subject, message_key) DO UPDATE SET query = excluded.query, open_id = excluded.open_id,
          revision = excluded.revision, form_until_at = 0`.compile(db),
    ),
    sql`DELETE FROM card_copy WHERE message_key IN (${sentAs(messageId)})
      AND subject NOT IN ${dialect.texts(subjects)}`.compile(db),
  ];
}

function formOpened({ db }: Engine, { messageId, until }: Of<'card.form'>): CompiledQuery[] {
  return [
    sql`UPDATE card_copy SET revision = revision + 1, form_until_at = ${until}
      WHERE message_key IN (${sentAs(messageId)}) ${until > 0 ? sql`` : sql`AND form_until_at > 0`}`.compile(db),
  ];
}

function refreshed(engine: Engine, { subjects, revision, at, dueAt }: Of<'cards.refreshed'>): CompiledQuery[] {
  const { db, dialect } = engine;
  if (subjects.length === 0) return [];
  const named = dialect.texts(subjects);
  const copies = sql`SELECT DISTINCT message_key, created_at FROM card_copy WHERE subject IN ${named} AND query <> ''`;
  return [
    updated(engine, copies, { uuid: sql`${revision} || '-' || ROW_NUMBER() OVER (ORDER BY n.key)`, at, dueAt }),
    sql`UPDATE telling SET changed = 1 WHERE id IN (SELECT telling_id FROM to_tell WHERE told_at IS NULL)
      AND EXISTS (SELECT 1 FROM ${dialect.elements('telling.subjects')} WHERE e.value IN ${named})`.compile(db),
  ];
}

/** All of them, however old: who looks back must not find it. */
function closed(engine: Engine, { keys, revision, at }: Of<'cards.closed'>): CompiledQuery[] {
  const copies = sql`SELECT DISTINCT message_key, created_at FROM card_copy
    WHERE message_key IN ${engine.dialect.texts(keys)}`;
  const uuid = sql`${revision} || '-' || ROW_NUMBER() OVER (ORDER BY n.key)`;
  return [updated(engine, copies, { uuid, at, dueAt: at, closing: true })];
}

/**
 * One row a card, whatever the number of changes: one that waits is due when it was, or sooner; one that is just being sent keeps its lease
 * and gets another uuid, by which the sender sees that it must send once more. The newest copies of a chat are told by one pass over all of
 * them: to count for each those that are newer would take the square of thousands. `copies` has message_key and created_at;
 * `uuid` knows each card by `n.key` and `n.uuid`.
 */
export function updated(
  { db }: Engine,
  copies: RawBuilder<unknown>,
  {
    uuid,
    at,
    dueAt,
    closing = false,
  }: {
    readonly uuid: RawBuilder<unknown>;
    readonly at: Instant;
    readonly dueAt: Instant;
    readonly closing?: boolean;
  },
): CompiledQuery {
  const sending = (whileSending: RawBuilder<unknown>, otherwise: RawBuilder<unknown>) =>
    sql`CASE WHEN outbox.state = 'sending' THEN ${whileSending} ELSE ${otherwise} END`;
  return sql`INSERT INTO outbox
        (key, lane, queue, chat_id, chat_key, type, content, uuid, state, due_at, created_at, updates, revision)
      SELECT 'update:' || n.key, 0, 4, n.chat_id, n.chat_key, 'interactive', ${sql.lit(closing ? CLOSING : '')},
        ${uuid}, 'waiting', ${dueAt}, ${at}, n.key,
        (SELECT MAX(m.revision) FROM card_copy AS m WHERE m.message_key = n.key)
      FROM (
        SELECT o.key, o.uuid, o.chat_id, o.chat_key, c.created_at,
          RANK() OVER (PARTITION BY o.chat_id ORDER BY c.created_at DESC) AS nth
        FROM (${copies}) AS c
        JOIN outbox AS o ON o.key = c.message_key
        WHERE o.state IN ('waiting', 'sending', 'sent')) AS n
      WHERE (n.nth <= ${sql.lit(COPIES_A_CHAT)} OR ${sql.lit(closing ? 1 : 0)} = 1) AND n.created_at > ${at - CARD_LIFE_MS}
      ON CONFLICT (key) DO UPDATE SET
        uuid = excluded.uuid, content = CASE WHEN excluded.content <> '' THEN excluded.content ELSE outbox.content END,
        settled_at = NULL, reason = NULL, code = NULL, revision = excluded.revision,
        state = ${sending(sql`'sending'`, sql`'waiting'`)},
        due_at = CASE WHEN outbox.state = 'sending' OR (outbox.state = 'waiting' AND outbox.due_at < excluded.due_at)
          THEN outbox.due_at ELSE excluded.due_at END,
        attempts = ${sending(sql`outbox.attempts`, sql`0`)},
        first_sent_at = ${sending(sql`outbox.first_sent_at`, sql`NULL`)}`.compile(db);
}
