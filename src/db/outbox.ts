import { sql, type Updateable } from 'kysely';
import type { Instant } from '../domain/calendar/local-date.ts';
import { refusedBare, shutUntil } from '../domain/delivery/lane.ts';
import type { CardCopy } from '../ports/live-cards.ts';
import { type Begun, type Lease, type Leased, type Outbox, WAITED_MS } from '../ports/outbox.ts';
import { copiesAgain } from './apply-cards.ts';
import { basisOf, basisText, movedRows, rowsNow, unitWithBasis } from './basis.ts';
import type { Engine } from './engine.ts';
import { fileOfParts } from './imports/file-parts.ts';
import { moveLane } from './lanes.ts';
import { FIRST_TRIES } from './outbox-claim.ts';
import { nextDue, take } from './outbox-take.ts';
import { StoreError } from './store-error.ts';
import type { OutboxTable } from './tables.ts';
import { orUndefined } from './values.ts';

/** Longer than this Lark shuts no API; what is further away was written by a clock that has been set back since. */
const LONGEST_SHUT_MS = 3_600_000;

/** The queue of sends that somebody waits for. */
const ANSWER = 1;

/** The queue of what leaves, over a home's engine. */
export function createOutbox(engine: Engine): Outbox {
  const { db, dialect } = engine;
  const settle = (key: string, values: Updateable<OutboxTable>, from: readonly OutboxTable['state'][]) =>
    engine.single(db.updateTable('outbox').set(values).where('key', '=', key).where('state', 'in', from).compile());

  return {
    take: (now, taking) => take(engine, now, taking),
    nextDue: (now) => nextDue(engine, now),

    async begin(message, now, leaseMs) {
      const { key, taker, api, updates } = message;
      const [begun] = await engine.single(
        sql<{ attempts: number; first_sent_at: Instant }>`UPDATE outbox
          SET attempts = attempts + 1, first_sent_at = COALESCE(first_sent_at, ${now}), due_at = ${now + leaseMs}
          WHERE key = ${key} AND taker = ${taker} AND state = 'sending' AND NOT EXISTS (SELECT 1 FROM pace AS l
            WHERE l.key = ${api} AND l.shut_at > ${now} AND l.shut_at <= ${now + LONGEST_SHUT_MS})
            ${updates === undefined ? sql`` : sql`AND NOT EXISTS (${inTheWay(message, now)})`}
            ${hasWaited(message, now) ? sql`AND NOT EXISTS (${moved(engine, message, now)})` : sql``}
          RETURNING attempts, first_sent_at`.compile(db),
      );
      return begun
        ? { kind: 'go', attempts: begun.attempts, firstSentAt: begun.first_sent_at }
        : whyNot(engine, message, now);
    },

    async renew(keys, taker, until) {
      await engine.single(
        sql`UPDATE outbox SET due_at = ${until} WHERE key IN ${dialect.texts(keys)} AND taker = ${taker} AND state = 'sending'`.compile(
          db,
        ),
      );
    },

    async reclaim(now) {
      await engine.single(
        sql`UPDATE outbox SET state = 'waiting', due_at = ${now}, taker = NULL WHERE state = 'sending'`.compile(db),
      );
    },

    // Also when the group was left in the meantime, or another process has the lease by now: it is what happened.
    async sent(key, messageId, at) {
      const [sent] = await engine.single(
        db
          .updateTable('outbox')
          .set({ state: 'sent', message_id: messageId, settled_at: at, reason: null, code: null })
          .where('key', '=', key)
          .where('state', 'in', ['waiting', 'sending', 'held', 'dropped'])
          .returning('file_name')
          .compile(),
      );
      if (!sent || sent.file_name === null) return;
      // A crash before this leaves them to the purge of their message.
      await engine.single(db.deleteFrom('outbox_part').where('message_key', '=', key).compile());
    },

    async file(key) {
      const rows = await db
        .selectFrom('outbox_part')
        .select('content')
        .where('message_key', '=', key)
        .orderBy('part')
        .execute();
      return rows.length === 0 ? undefined : fileOfParts(rows.map(({ content }) => content));
    },

    // Nothing of the message was sent: an upload shows nothing to anybody.
    async uploaded({ key, taker }, fileKey, now) {
      await engine.single(
        sql`UPDATE outbox SET state = 'waiting', taker = NULL, due_at = ${now}, file_key = ${fileKey}, first_sent_at = NULL,
          attempts = 0, queue = CASE WHEN reply_to IS NOT NULL THEN 0 WHEN lane = 0 THEN ${sql.lit(ANSWER)} ELSE 3 END
          WHERE key = ${key} AND taker = ${taker} AND state = 'sending'`.compile(db),
      );
    },

    async basisNow({ basis }) {
      return basis.length === 0 ? [] : (await rowsNow(engine, basis).execute(db)).rows;
    },

    async remade({ key, taker, remake, basis }, card, now) {
      const statements = [
        sql`INSERT INTO guard (moved) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM outbox
          WHERE key = ${key} AND taker = ${taker} AND state = 'sending' AND first_sent_at IS NULL)`.compile(db),
        db
          .updateTable('outbox')
          .set({ made_at: now, ...(card ? { content: card.content } : { basis: basisText(basis) }) })
          .where('key', '=', key)
          .compile(),
        ...(card ? copiesAgain(engine, { key, live: card.live, createdAt: now }) : []),
      ];
      try {
        await unitWithBasis(engine, statements, card ? basisOf({ key, live: card.live, remake }) : []);
      } catch (error) {
        if (engine.conflictOf(error) !== 'moved') throw error instanceof StoreError ? error : new StoreError(error);
      }
    },

    // What a code of Lark's stands beside, and what never reached it: the fate of the rest is unknown, or it waits for somebody's word.
    async probe(now, heldBefore) {
      await engine.single(
        sql`UPDATE outbox SET state = 'waiting', due_at = ${now}, settled_at = NULL WHERE key IN
          (SELECT (SELECT h.key FROM outbox AS h WHERE h.state = 'held' AND h.code = c.code AND h.first_sent_at IS NULL
              AND h.settled_at <= ${heldBefore} ORDER BY h.settled_at, h.created_at, h.place, h.key LIMIT 1)
            FROM (SELECT DISTINCT code FROM outbox WHERE state = 'held' AND code IS NOT NULL AND first_sent_at IS NULL) AS c
            WHERE NOT EXISTS (SELECT 1 FROM outbox AS w WHERE w.state IN ('waiting', 'sending') AND w.code = c.code))`.compile(
          db,
        ),
      );
    },

    async release(code, now) {
      await engine.single(
        sql`UPDATE outbox SET state = 'waiting', due_at = ${now}, settled_at = NULL, reason = NULL, code = NULL
          WHERE state = 'held' AND code = ${code} AND first_sent_at IS NULL`.compile(db),
      );
    },

    again: (lease, dueAt, reason, notSent) =>
      giveBack(engine, lease, { due_at: dueAt, reason, ...(notSent && { first_sent_at: null }) }),

    orphaned: (lease, now, notSent) =>
      giveBack(engine, lease, { due_at: now, reply_to: null, queue: ANSWER, ...(notSent && { first_sent_at: null }) }),

    rewritten: (lease, content, now, notSent) =>
      giveBack(engine, lease, { due_at: now, content, ...(notSent && { first_sent_at: null }) }),

    async reached(now) {
      await engine.single(
        sql`UPDATE outbox SET due_at = ${now} WHERE state = 'waiting' AND due_at > ${now} AND attempts > 0
          AND (first_sent_at IS NULL OR attempts < ${sql.lit(FIRST_TRIES)}) AND updates IS NULL AND NOT EXISTS (SELECT 1 FROM pace AS p
            WHERE p.key = outbox.chat_key AND p.next_at > ${now})`.compile(db),
      );
    },

    async keep(key, state, code, reason, at, notSent) {
      const never = notSent && { first_sent_at: null };
      await settle(key, { state, code: code ?? null, reason, settled_at: at, ...never }, ['waiting', 'sending']);
    },

    async card(key) {
      const row = await db
        .selectFrom('outbox as o')
        .leftJoin('card_copy as c', 'c.message_key', 'o.key')
        .where('o.key', '=', key)
        .select(['o.state', 'o.message_id', 'o.chat_id', 'o.due_at', 'c.query', 'c.open_id'])
        .limit(1)
        .executeTakeFirst();
      return row && cardOf(row);
    },

    async updated(key, revision, at, failure) {
      const moved = (now: ReturnType<typeof sql>, settled: ReturnType<typeof sql>) =>
        sql`CASE WHEN uuid = ${revision} THEN ${settled} ELSE ${now} END`;
      await engine.single(
        sql`UPDATE outbox SET
          state = ${moved(sql`'waiting'`, sql`CAST(${failure === undefined ? 'sent' : 'dropped'} AS TEXT)`)},
          due_at = ${moved(sql`CAST(${at} AS BIGINT)`, sql`due_at`)},
          settled_at = ${moved(sql`NULL`, sql`CAST(${at} AS BIGINT)`)},
          attempts = 0, first_sent_at = NULL, content = '', reason = ${failure ?? null}
          WHERE key = ${key} AND state = 'sending'`.compile(db),
      );
    },

    async refused(api, now, until) {
      await moveLane(engine, api, (lane) => ({
        lane: until === undefined ? refusedBare(lane, now) : shutUntil(lane, until),
        answer: undefined,
      }));
    },

    async pauseChat(chatKey, until) {
      await engine.single(
        sql`INSERT INTO pace (key, next_at) VALUES (${chatKey}, ${until})
          ON CONFLICT (key) DO UPDATE SET next_at =
            CASE WHEN pace.next_at > excluded.next_at THEN pace.next_at ELSE excluded.next_at END`.compile(db),
      );
    },

    // By as much, and not to one gap from now: a call of the other API may have had its slot in between. A second is all that counts.
    async beganLate(chatKey, byMs, now) {
      await engine.single(
        sql`UPDATE pace SET next_at = CASE WHEN next_at + ${byMs} < ${now + 1_000} THEN next_at + ${byMs} ELSE ${now + 1_000} END
          WHERE key = ${chatKey} AND next_at < ${now + 1_000}`.compile(db),
      );
    },
  };
}

/** Only whoever holds the lease gives a message back: one who was frozen meanwhile would take it from the next holder. */
async function giveBack(engine: Engine, { key, taker }: Lease, values: Updateable<OutboxTable>): Promise<void> {
  await engine.single(
    engine.db
      .updateTable('outbox')
      .set({ state: 'waiting', taker: null, ...values })
      .where('key', '=', key)
      .where('taker', '=', taker)
      .where('state', '=', 'sending')
      .compile(),
  );
}

/** Its content may be of another time; what was tried is never made anew. */
const hasWaited = ({ firstSentAt, createdAt, updates }: Leased, now: Instant): boolean =>
  firstSentAt === undefined && updates === undefined && now - createdAt > WAITED_MS;

/** Of what nobody knows what it was made of: that it was not made just now. */
const moved = (engine: Engine, { basis, madeAt }: Leased, now: Instant) =>
  basis.length > 0 ? movedRows(engine, basis) : now - madeAt > WAITED_MS ? sql`SELECT 1` : sql`SELECT 1 WHERE 1 = 0`;

/** What of a card forbids an update: a later revision, or a form in it. */
const inTheWay = ({ updates, revision }: Leased, now: Instant) => sql<{ revision: number; form_until_at: Instant }>`
  SELECT c.revision, c.form_until_at FROM card_copy AS c
  WHERE c.message_key = ${updates} AND (c.revision > ${revision} OR c.form_until_at > ${now})`;

async function whyNot(engine: Engine, message: Leased, now: Instant): Promise<Begun> {
  const { db } = engine;
  const { key, taker, api, updates, revision } = message;
  const row = await db
    .selectFrom('outbox as o')
    .leftJoin('pace as l', (join) => join.on('l.key', '=', api))
    .where('o.key', '=', key)
    .where('o.taker', '=', taker)
    .where('o.state', '=', 'sending')
    .select('l.shut_at')
    .executeTakeFirst();
  if (!row) return { kind: 'lost' };
  const shutAt = row.shut_at ?? 0;
  if (updates !== undefined && shutAt <= now) {
    const { rows } = await inTheWay(message, now).execute(db);
    if (rows.some((copy) => copy.revision > revision)) return { kind: 'outdated' };
    if (rows.length > 0) return { kind: 'form', until: Math.max(...rows.map((copy) => copy.form_until_at)) };
  }
  if (hasWaited(message, now) && shutAt <= now) {
    const { rows } = await moved(engine, message, now).execute(db);
    if (rows.length > 0) return { kind: 'moved' };
  }
  // Open again by now: this call has lost its slot.
  return { kind: 'shut', until: Math.max(shutAt, now) };
}

function cardOf(row: {
  readonly state: OutboxTable['state'];
  readonly message_id: string | null;
  readonly chat_id: string;
  readonly due_at: Instant;
  readonly query: string | null;
  readonly open_id: string | null;
}): CardCopy {
  const { state } = row;
  const query = row.query ?? '';
  const sent = state === 'sent' && row.message_id !== null;
  return {
    messageId: orUndefined(row.message_id),
    state: sent ? 'sent' : state === 'waiting' || state === 'sending' ? 'coming' : 'gone',
    chatId: row.chat_id,
    query,
    openId: orUndefined(row.open_id),
    dueAt: row.due_at,
  };
}
