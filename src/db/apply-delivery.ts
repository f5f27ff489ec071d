import { type CompiledQuery, sql } from 'kysely';
import type { DeliveryChange } from '../ports/delivery.ts';
import type { Appliers } from './appliers.ts';
import type { Engine } from './engine.ts';
import { PAUSED } from './meta-keys.ts';
import { toldHeld } from './telling.ts';

type Own = DeliveryChange;
type Of<Kind extends Own['kind']> = Extract<Own, { readonly kind: Kind }>;

/** Messages that were kept, and the pause of all pushes. */
export const deliveryAppliers = {
  'message.again': messageAgain,
  'pushes.paused': pushesPaused,
  'pushes.resumed': pushesResumed,
} satisfies Appliers<Own>;

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
