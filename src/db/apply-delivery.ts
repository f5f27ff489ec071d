import { type CompiledQuery, sql } from 'kysely';
import type { DeliveryChange } from '../ports/delivery.ts';
import type { Appliers } from './appliers.ts';
import type { Engine } from './engine.ts';
import { toJson } from './json.ts';
import { PAUSED } from './meta-keys.ts';
import { toldHeld } from './telling.ts';

type Own = DeliveryChange;
type Of<Kind extends Own['kind']> = Extract<Own, { readonly kind: Kind }>;

/** Messages that were kept, and the pause of all pushes. */
export const deliveryAppliers = {
  'message.again': messageAgain,
  'messages.again': messagesAgain,
  'messages.dropped': messagesDropped,
  'pushes.paused': pushesPaused,
  'pushes.resumed': pushesResumed,
} satisfies Appliers<Own>;

/** What was tried is sent as it was tried; nothing makes it again. */
const untouched = sql<string>`CASE WHEN first_sent_at IS NULL THEN remake ELSE '' END`;

/** All of them, each under the uuid by which it was seen. */
function allHeld({ db, dialect }: Engine, json: string, count: number): CompiledQuery {
  return sql`INSERT INTO guard (moved) SELECT 0 WHERE ${count} <> (SELECT COUNT(*) FROM outbox AS o
    JOIN ${dialect.rows(json, { key: 'text', seen: 'text' })} ON r.key = o.key AND r.seen = o.uuid WHERE o.state = 'held')`.compile(
    db,
  );
}

function messagesAgain(engine: Engine, { messages, at }: Of<'messages.again'>): CompiledQuery[] {
  const { db, dialect } = engine;
  const json = toJson(messages);
  const uuid = sql`(SELECT r.uuid FROM ${dialect.rows(json, { key: 'text', uuid: 'text' })} WHERE r.key = outbox.key)`;
  return [
    allHeld(engine, json, messages.length),
    sql`UPDATE outbox SET state = 'waiting', due_at = ${at}, attempts = 0, reason = NULL, code = NULL, settled_at = NULL,
      remake = ${untouched}, first_sent_at = CASE WHEN uuid = ${uuid} THEN first_sent_at ELSE NULL END, uuid = ${uuid}
      WHERE key IN ${dialect.texts(messages.map(({ key }) => key))}`.compile(db),
  ];
}

function messagesDropped(engine: Engine, { messages, reason, at }: Of<'messages.dropped'>): CompiledQuery[] {
  const { db, dialect } = engine;
  return [
    allHeld(engine, toJson(messages), messages.length),
    sql`UPDATE outbox SET state = 'dropped', reason = ${reason}, settled_at = ${at}
      WHERE key IN ${dialect.texts(messages.map(({ key }) => key))}`.compile(db),
  ];
}

/** Under its old uuid a message keeps the instant at which Lark may first have seen it: the uuid's hour is not begun anew. */
function messageAgain({ db }: Engine, { key, seen, uuid, at }: Of<'message.again'>): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (moved) SELECT 0 WHERE NOT EXISTS
      (SELECT 1 FROM outbox WHERE key = ${key} AND uuid = ${seen} AND state IN ('held', 'failed'))`.compile(db),
    db
      .updateTable('outbox')
      .set({
        state: 'waiting',
        due_at: at,
        uuid,
        attempts: 0,
        reason: null,
        code: null,
        settled_at: null,
        ...(uuid !== seen && { first_sent_at: null }),
        remake: untouched,
      })
      .where('key', '=', key)
      .compile(),
  ];
}

/** A second pause meets the key of the first. */
function pushesPaused({ db }: Engine, { by, at }: Of<'pushes.paused'>): CompiledQuery[] {
  return [
    db
      .insertInto('meta')
      .values({ key: PAUSED, value: `${at} ${by}` })
      .compile(),
  ];
}

/** What waits was made for a day that may be over, so it does not leave by itself. A lease that ran out waits too. */
function pushesResumed(engine: Engine, { since, at, reason }: Of<'pushes.resumed'>): CompiledQuery[] {
  const { db } = engine;
  return [
    sql`INSERT INTO guard (moved) SELECT 0 WHERE NOT EXISTS
      (SELECT 1 FROM meta WHERE key = ${PAUSED} AND value LIKE ${`${since} %`})`.compile(db),
    sql`UPDATE outbox SET state = 'held', reason = ${reason}, settled_at = ${at}
      WHERE lane = 1 AND (state = 'waiting' OR (state = 'sending' AND due_at <= ${at}))`.compile(db),
    ...toldHeld(engine, at, reason),
    db.deleteFrom('meta').where('key', '=', PAUSED).compile(),
  ];
}
