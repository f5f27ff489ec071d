import { sql } from 'kysely';
import type { Instant } from '../domain/calendar/local-date.ts';
import { grant, OPEN_LANE } from '../domain/delivery/lane.ts';
import type { Api, Leased, Taking } from '../ports/outbox.ts';
import type { Remake } from '../ports/remake.ts';
import { basisRows } from './basis.ts';
import type { Engine } from './engine.ts';
import { toJson } from './json.ts';
import { moveLane, type ReadLane } from './lanes.ts';
import { PAUSED } from './meta-keys.ts';
import type { OutboxTable } from './tables.ts';
import { behindUntold } from './telling.ts';
import { orUndefined } from './values.ts';

/** How far ahead slots are given away: so long a reply may wait for pushes that were there before it. */
const AHEAD_MS = 500;

/** Five messages a second in one chat, shared with the other bots in it: 150 ms are left for calls that begin late (LATE_MS) and for the network. */
const CHAT_GAP_MS = 230;

/** As literals: the index gives what is due without touching what is due later. */
export function inQueues(queues: readonly number[]) {
  return sql`(${sql.join(queues.map((queue) => sql.lit(queue)))})`;
}

/** What is taken together, in this order. */
export interface Queue {
  readonly api: Api;
  /** Those of the table. */
  readonly queues: readonly number[];
  /** Nobody waits for these: they leave evenly. */
  readonly bulk: boolean;
}
export const UPDATES = 4;
/** Of files that are not with Lark yet: no message of a chat. */
export const UPLOADS = 5;
const OF_NO_CHAT = inQueues([UPDATES, UPLOADS]);

/** The lanes, and of each queue of the table the first instant at which anything may be due in it. */
export interface Glance {
  /** Something is said to many that is not among the messages yet. */
  readonly untold: boolean;
  readonly lanes: Map<Api, ReadLane>;
  readonly due: ReadonlyMap<number, Instant>;
}

/** A chat without a row is a direct one. */
export const mayReceive = sql`NOT EXISTS (SELECT 1 FROM work_group AS g WHERE g.chat_id = o.chat_id AND g.state <> 'active')`;

/** While everything is paused only replies leave, whenever a push was made. */
export const mayLeave = sql`(o.lane = 0 OR NOT EXISTS (SELECT 1 FROM meta WHERE meta.key = ${PAUSED}))`;

/** A message of the same API is just on its way into the chat: another would race it. What is due is not that one. Replies are queue 0. */
export const chatIsTaken = (now: Instant) => sql`(o.queue NOT IN ${OF_NO_CHAT} AND EXISTS (SELECT 1 FROM outbox AS s
  WHERE s.chat_key = o.chat_key AND s.state IN ('waiting', 'sending') AND s.state = 'sending' AND s.due_at > ${now}
    AND s.queue NOT IN ${OF_NO_CHAT} AND (s.queue = 0) = (o.queue = 0)))`;

/** Of a message of unknown fate: for so many tries, half a minute in all, what was decided after it waits for it. */
export const FIRST_TRIES = 5;

/**
 * What keeps its place in its chat while it waits to be tried again: it surely did not reach Lark, as nothing behind it would have; or its fate is
 * unknown, for its first tries, so that a connection that breaks turns no answers round. Longer than that nobody waits.
 */
export const putOff = sql`e.state = 'waiting' AND e.attempts > 0 AND e.updates IS NULL AND (e.first_sent_at IS NULL OR e.attempts < ${sql.lit(FIRST_TRIES)})`;
export const before = sql`(e.queue, e.created_at, e.place, e.key) < (o.queue, o.created_at, o.place, o.key)`;

interface Claim extends Pick<Taking, 'taker' | 'leaseMs'> {
  readonly queue: Queue;
  readonly glance: Glance;
  readonly limit: number;
}

/** At most so many of a queue, each with its slot. */
export async function takeFrom(engine: Engine, now: Instant, claim: Claim): Promise<readonly Leased[]> {
  const { api, bulk } = claim.queue;
  const read = claim.glance.lanes.get(api);
  const slots = grant(read?.lane ?? OPEN_LANE, { calls: claim.limit, bulk }, now).slots;
  const limit = slots.filter((slot) => slot < now + AHEAD_MS).length;
  const rows = limit === 0 ? [] : await lease(engine, now, { ...claim, limit });
  if (rows.length === 0) return [];
  const { answer, moved } = await moveLane(
    engine,
    api,
    (lane) => {
      const granted = grant(lane, { calls: rows.length, bulk }, now);
      return { lane: granted.lane, answer: granted.slots };
    },
    read,
  );
  claim.glance.lanes.set(api, moved);
  const sendAt = await inChats(
    engine,
    rows.map((row, index) => ({ key: row.queue >= UPDATES ? '' : row.chat_key, slot: answer[index] ?? now })),
  );
  return rows.map((row, index) => leasedOf(row, { api, taker: claim.taker, sendAt: sendAt[index] ?? now }));
}

type Claimed = Pick<
  OutboxTable,
  'key' | 'chat_id' | 'reply_to' | 'type' | 'content' | 'uuid' | 'created_at' | 'code'
> & {
  readonly queue: number;
  readonly place: number;
  readonly chat_key: string;
  readonly attempts: number;
  readonly first_sent_at: number | null;
  readonly file_name: string | null;
  readonly file_key: string | null;
  readonly updates: string | null;
  readonly revision: number;
  readonly basis: string;
  readonly unit_id: string | null;
  readonly remake: string;
  readonly made_at: Instant;
};

/**
 * By decision: of a chat the first, of all those the first. Updates go by when they are due, since a row serves a card for good. `+` keeps the
 * index of the queues from being read for each row: of thousands that wait, that is the square.
 */
async function lease(engine: Engine, now: Instant, { queue, limit, taker, leaseMs }: Claim): Promise<Claimed[]> {
  const among = inQueues(queue.queues);
  const due = sql`o.state IN ('waiting', 'sending') AND o.due_at <= ${now} AND o.queue IN ${among}`;
  const isFirstOfItsChat = sql`NOT EXISTS (SELECT 1 FROM pace AS p WHERE p.key = o.chat_key AND p.next_at > ${now})
    AND NOT ${chatIsTaken(now)}
    AND NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.chat_key = o.chat_key AND e.state IN ('waiting', 'sending')
      AND +e.queue IN ${among} AND (e.due_at <= ${now} OR (${putOff})) AND ${before})`;
  const [first, order] =
    queue.api === 'patch' || queue.api === 'upload'
      ? [sql``, sql`o.queue, o.due_at`]
      : [
          sql`AND ${isFirstOfItsChat} ${queue.bulk ? sql`AND NOT ${behindUntold(now)}` : sql``}`,
          sql`o.queue, o.created_at, o.place, o.key`,
        ];
  const rows = await engine.single(
    sql<Claimed>`WITH first AS MATERIALIZED (
        SELECT o.key FROM outbox AS o WHERE ${due} AND ${mayReceive} AND ${mayLeave} ${first}
        ORDER BY ${order} LIMIT ${limit} ${engine.dialect.skipLocked})
      UPDATE outbox SET state = 'sending', due_at = ${now + leaseMs}, taker = ${taker}
      WHERE key IN (SELECT key FROM first)
      RETURNING key, queue, place, chat_id, chat_key, reply_to, type, content, uuid, created_at, attempts, first_sent_at,
        file_name, file_key, updates, revision, basis, unit_id, remake, made_at, code`.compile(engine.db),
  );
  return rows.toSorted(
    (a, b) => a.queue - b.queue || a.created_at - b.created_at || a.place - b.place || (a.key < b.key ? -1 : 1),
  );
}

interface InChat {
  /** '' for what no chat counts. */
  readonly key: string;
  readonly slot: Instant;
}

/** One statement for all chats, safe for several processes; each chat comes once. When each may leave: at its slot, or later. */
async function inChats(engine: Engine, slots: readonly InChat[]): Promise<readonly Instant[]> {
  // One order for all processes, so that two claims cannot wait for each other.
  const counted = slots.filter(({ key }) => key !== '').toSorted((a, b) => (a.key < b.key ? -1 : 1));
  if (counted.length === 0) return slots.map(({ slot }) => slot);
  const rows = engine.dialect.rows(toJson(counted), { key: 'text', slot: 'bigint' });
  const next = await engine.single(
    sql<{ key: string; next_at: Instant }>`INSERT INTO pace (key, next_at)
      SELECT r.key, r.slot + ${sql.lit(CHAT_GAP_MS)} FROM ${rows} WHERE true
      ON CONFLICT (key) DO UPDATE SET next_at = CASE WHEN pace.next_at + ${sql.lit(CHAT_GAP_MS)} > excluded.next_at
        THEN pace.next_at + ${sql.lit(CHAT_GAP_MS)} ELSE excluded.next_at END
      RETURNING key, next_at`.compile(engine.db),
  );
  const freed = new Map(next.map(({ key, next_at }) => [key, next_at - CHAT_GAP_MS]));
  return slots.map(({ key, slot }) => freed.get(key) ?? slot);
}

const leasedOf = (row: Claimed, { api, taker, sendAt }: Pick<Leased, 'api' | 'taker' | 'sendAt'>): Leased => ({
  key: row.key,
  taker,
  api,
  to: row.reply_to === null ? { chatId: row.chat_id } : { chatId: row.chat_id, replyTo: row.reply_to },
  type: row.file_name === null ? row.type : 'file',
  ...(row.file_name !== null && { file: { name: row.file_name, key: orUndefined(row.file_key) } }),
  content: row.content,
  uuid: row.uuid,
  ...(row.updates !== null && { updates: row.updates }),
  revision: row.revision,
  attempts: row.attempts,
  firstSentAt: orUndefined(row.first_sent_at),
  chatKey: row.chat_key,
  sendAt,
  createdAt: row.created_at,
  madeAt: row.made_at,
  basis: basisRows(row.basis),
  unitId: orUndefined(row.unit_id),
  remake: remakeOf(row.remake),
  heldFor: orUndefined(row.code),
});

function remakeOf(json: string): Remake | undefined {
  if (json === '') return undefined;
  const remake: Remake = JSON.parse(json);
  return remake;
}
