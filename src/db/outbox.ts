import { sql, type Updateable } from 'kysely';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { CardCopy } from '../ports/live-cards.ts';
import type { Leased, Outbox, Spacing } from '../ports/outbox.ts';
import type { Engine } from './engine.ts';
import { fileOfParts } from './imports/file-parts.ts';
import { toJson } from './json.ts';
import { PAUSED } from './meta-keys.ts';
import type { OutboxTable } from './tables.ts';
import { grouped, orUndefined } from './values.ts';

/** The app's row in `pace`; a chat's row has the chat's id. */
const APP = 'app';

/**
 * How far ahead slots may be reserved, ms: a claim takes nothing while the app's next slot, or the chat's, is further away. Smaller
 * would idle between claims; larger would let pushes stand before a reply for longer, and let a pause outlast the leases.
 */
const HORIZON_MS = 1_000;

type Claimed = Pick<
  OutboxTable,
  'key' | 'lane' | 'chat_id' | 'reply_to' | 'type' | 'content' | 'uuid' | 'created_at'
> & { readonly attempts: number; readonly first_sent_at: number } & {
  readonly file_name: string | null;
  readonly file_key: string | null;
  readonly updates: string | null;
};

/** The queue of what leaves, over a home's engine. */
export function createOutbox(engine: Engine): Outbox {
  const { db } = engine;
  const settle = (key: string, values: Updateable<OutboxTable>, from: readonly OutboxTable['state'][]) =>
    engine.single(db.updateTable('outbox').set(values).where('key', '=', key).where('state', 'in', from).compile());

  return {
    async claim(now, limit, leaseMs, spacing) {
      const rows = [...(await lease(engine, now, limit, leaseMs))];
      if (rows.length === 0) return [];
      rows.sort((a, b) => a.lane - b.lane || a.created_at - b.created_at || (a.key < b.key ? -1 : 1));
      return withSlots(engine, now, rows, spacing);
    },

    // Also when the group was left in the meantime, or another process has the lease by now: it is what happened.
    async sent(key, messageId, at) {
      await settle(key, { state: 'sent', message_id: messageId, settled_at: at, reason: null, code: null }, [
        'waiting',
        'sending',
        'held',
        'dropped',
      ]);
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

    async uploaded(key, fileKey) {
      await settle(key, { file_key: fileKey }, ['sending', 'waiting']);
    },

    async again(key, dueAt, reason, notSent) {
      await settle(key, { state: 'waiting', due_at: dueAt, reason, ...(notSent && { first_sent_at: null }) }, [
        'sending',
      ]);
    },

    async keep(key, state, code, reason, at) {
      await settle(key, { state, code: code ?? null, reason, settled_at: at }, ['waiting', 'sending']);
    },

    async card(key) {
      const row = await db
        .selectFrom('outbox as o')
        .leftJoin('card_copy as c', 'c.message_key', 'o.key')
        .where('o.key', '=', key)
        .select(['o.state', 'o.message_id', 'o.chat_id', 'c.query', 'c.open_id'])
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
          attempts = 0, first_sent_at = NULL, reason = ${failure ?? null}
          WHERE key = ${key} AND state = 'sending'`.compile(db),
      );
    },

    async pauseUntil(instant, chatId) {
      await engine.single(
        sql`INSERT INTO pace (key, next_at) VALUES (${chatId ?? APP}, ${instant})
          ON CONFLICT (key) DO UPDATE SET next_at =
            CASE WHEN pace.next_at > excluded.next_at THEN pace.next_at ELSE excluded.next_at END`.compile(db),
      );
    },

    async nextDue() {
      const { rows } = await sql<{ due: Instant | null; app: Instant }>`
        SELECT MIN(CASE WHEN p.next_at - ${HORIZON_MS} > o.due_at THEN p.next_at - ${HORIZON_MS} ELSE o.due_at END) AS due,
          (SELECT next_at - ${HORIZON_MS} FROM pace WHERE key = ${APP}) AS app
        FROM outbox AS o LEFT JOIN pace AS p ON p.key = o.chat_id
        WHERE o.state IN ('waiting', 'sending') AND ${mayReceive} AND ${mayLeave}`.execute(db);
      const row = rows[0];
      return row && row.due !== null ? Math.max(row.due, row.app) : undefined;
    },
  };
}

function cardOf(row: {
  readonly state: OutboxTable['state'];
  readonly message_id: string | null;
  readonly chat_id: string;
  readonly query: string | null;
  readonly open_id: string | null;
}): CardCopy {
  const { state } = row;
  const query = row.query ?? '';
  const sent = state === 'sent' && row.message_id !== null;
  return {
    messageId: orUndefined(row.message_id),
    state: query === '' ? 'gone' : sent ? 'sent' : state === 'waiting' || state === 'sending' ? 'coming' : 'gone',
    chatId: row.chat_id,
    query,
    openId: orUndefined(row.open_id),
  };
}

/** A chat without a row is a direct one. */
const mayReceive = sql`NOT EXISTS (SELECT 1 FROM work_group AS g WHERE g.chat_id = o.chat_id AND g.state <> 'active')`;

/** While everything is paused only replies leave, whenever a push was made. */
const mayLeave = sql`(o.lane = 0 OR NOT EXISTS (SELECT 1 FROM meta WHERE meta.key = ${PAUSED}))`;

/** Both lanes are named so that the index gives each lane's due rows without touching what is due later. */
function lease(engine: Engine, now: Instant, limit: number, leaseMs: number): Promise<readonly Claimed[]> {
  const free = (key: ReturnType<typeof sql>) =>
    sql`NOT EXISTS (SELECT 1 FROM pace AS p WHERE p.key = ${key} AND p.next_at > ${now + HORIZON_MS})`;
  return engine.single(
    sql<Claimed>`WITH due AS MATERIALIZED (
        SELECT o.key FROM outbox AS o
        WHERE o.state IN ('waiting', 'sending') AND o.lane IN (0, 1) AND o.due_at <= ${now}
          AND ${mayReceive} AND ${mayLeave} AND ${free(sql`${APP}`)} AND ${free(sql`o.chat_id`)}
        ORDER BY o.lane, o.due_at LIMIT ${limit} ${engine.dialect.skipLocked})
      UPDATE outbox SET state = 'sending', attempts = attempts + 1, due_at = ${now + leaseMs},
        first_sent_at = COALESCE(first_sent_at, ${now})
      WHERE key IN (SELECT key FROM due)
      RETURNING key, lane, chat_id, reply_to, type, content, uuid, created_at, attempts, first_sent_at, file_name, file_key, updates`.compile(
      engine.db,
    ),
  );
}

/** `length` ms of sending, over at `least` or later. */
interface Reservation {
  readonly key: string;
  readonly length: number;
  readonly least: Instant;
}

/**
 * Gives each message its slot: first the app's slots, then, knowing these, the chats'. A message that the app's spacing moved back
 * moves those of its chat behind it as well, or five a second would become ten in the second after.
 */
async function withSlots(
  engine: Engine,
  now: Instant,
  rows: readonly Claimed[],
  spacing: Spacing,
): Promise<readonly Leased[]> {
  const length = rows.length * spacing.appMs;
  const app = await reserve(engine, [{ key: APP, length, least: now + length }]);
  const slots = rows.map((row, index) => ({ row, appSlot: (app.get(APP) ?? now) + index * spacing.appMs }));
  const inChats = [...grouped(slots, ({ row }) => row.chat_id)];
  const next = await reserve(
    engine,
    inChats.map(([key, own]) => ({
      key,
      length: own.length * spacing.chatMs,
      least: Math.max(...own.map(({ appSlot }, index) => appSlot + (own.length - index) * spacing.chatMs)),
    })),
  );
  return slots.map(({ row, appSlot }) => {
    const sendAt = Math.max(appSlot, next.get(row.chat_id) ?? now);
    next.set(row.chat_id, sendAt + spacing.chatMs);
    return leased(row, sendAt);
  });
}

/** One statement for all keys, safe for several processes. Answers where each reservation begins. */
async function reserve(engine: Engine, wanted: readonly Reservation[]): Promise<Map<string, Instant>> {
  // One order for all processes, so that two claims cannot wait for each other.
  const ordered = wanted.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const rows = engine.dialect.rows(toJson(ordered), { key: 'text', length: 'bigint', least: 'bigint' });
  const shifted = sql`pace.next_at + (SELECT r.length FROM ${rows} WHERE r.key = pace.key)`;
  const after = await engine.single(
    sql<{ key: string; next_at: Instant }>`INSERT INTO pace (key, next_at) SELECT r.key, r.least FROM ${rows} WHERE true
      ON CONFLICT (key) DO UPDATE SET next_at =
        CASE WHEN ${shifted} > excluded.next_at THEN ${shifted} ELSE excluded.next_at END
      RETURNING key, next_at`.compile(engine.db),
  );
  const lengths = new Map(wanted.map(({ key, length }) => [key, length]));
  return new Map(after.map(({ key, next_at }) => [key, next_at - (lengths.get(key) ?? 0)]));
}

const leased = (row: Claimed, sendAt: Instant): Leased => ({
  key: row.key,
  lane: row.lane === 0 ? 'reply' : 'push',
  to: row.reply_to === null ? { chatId: row.chat_id } : { chatId: row.chat_id, replyTo: row.reply_to },
  type: row.file_name === null ? row.type : 'file',
  ...(row.file_name !== null && { file: { name: row.file_name, key: orUndefined(row.file_key) } }),
  content: row.content,
  uuid: row.uuid,
  ...(row.updates !== null && { updates: row.updates }),
  attempts: row.attempts,
  firstSentAt: row.first_sent_at,
  sendAt,
});
