import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../domain/calendar/local-date.ts';
import { firstSlot, grant, type Lane, OPEN_LANE } from '../domain/reminders/lane.ts';
import type { Api, Leased, Taken, Taking } from '../ports/outbox.ts';
import type { Engine } from './engine.ts';
import { toJson } from './json.ts';
import { type LaneRow, laneOf, moveLane, type ReadLane } from './lanes.ts';
import { PAUSED } from './meta-keys.ts';
import type { OutboxTable } from './tables.ts';
import { orUndefined } from './values.ts';

/**
 * How far ahead slots are given away, and how little of that is left when the next are: the first is what a reply may wait for pushes
 * that were there before it, the second what a database may take to answer. In between nothing is asked.
 */
const AHEAD_MS = 500;
const REFILL_MS = 150;

/** Five messages a second in one chat, shared with the other bots in it. */
const CHAT_GAP_MS = 210;

/** What is taken together, in this order. `queues` are those of the table. */
interface Queue {
  readonly api: Api;
  readonly queues: readonly number[];
  /** Nobody waits for these: they leave evenly. */
  readonly bulk: boolean;
}
const QUEUES: readonly Queue[] = [
  { api: 'reply', queues: [0], bulk: false },
  { api: 'send', queues: [1], bulk: false },
  { api: 'send', queues: [2, 3], bulk: true },
  { api: 'patch', queues: [4], bulk: false },
];
const UPDATES = 4;

/** What the table says: when the first of each queue may be taken, and the lanes. */
interface Look {
  readonly lanes: Map<Api, ReadLane>;
  readonly due: ReadonlyMap<number, Instant>;
  readonly stuck: boolean;
}

export async function take(engine: Engine, now: Instant, { taker, leaseMs, room, most }: Taking): Promise<Taken> {
  const look = await lookAt(engine, now);
  const messages: Leased[] = [];
  const left = { ...room };
  for (const queue of QUEUES) {
    const limit = Math.min(left[queue.api], most - messages.length);
    if (limit <= 0 || dueOf(look, queue, now) > now) continue;
    const taken = await takeFrom(engine, now, { queue, look, limit, taker, leaseMs });
    left[queue.api] -= taken.length;
    messages.push(...taken);
  }
  const open = QUEUES.filter(({ api }) => left[api] > 0);
  return {
    messages,
    next: messages.length > 0 ? now : nextOf(look, open, now),
    stuck: look.stuck || open.length < QUEUES.length,
  };
}

export const nextDue = async (engine: Engine, now: Instant): Promise<Instant | undefined> =>
  nextOf(await lookAt(engine, now), QUEUES, now);

function nextOf(look: Look, queues: readonly Queue[], now: Instant): Instant | undefined {
  const next = Math.min(...queues.map((queue) => dueOf(look, queue, now)));
  return next === Number.POSITIVE_INFINITY ? undefined : next;
}

/** When a claim of this queue would take something. */
function dueOf({ lanes, due }: Look, { api, queues, bulk }: Queue, now: Instant): Instant {
  const row = Math.min(...queues.map((queue) => due.get(queue) ?? Number.POSITIVE_INFINITY));
  if (row === Number.POSITIVE_INFINITY) return row;
  const slot = firstSlot(lanes.get(api)?.lane ?? OPEN_LANE, bulk, now);
  return slot - REFILL_MS <= now ? row : Math.max(row, slot - REFILL_MS);
}

/** A chat without a row is a direct one. */
const mayReceive = sql`NOT EXISTS (SELECT 1 FROM work_group AS g WHERE g.chat_id = o.chat_id AND g.state <> 'active')`;

/** While everything is paused only replies leave, whenever a push was made. */
const mayLeave = sql`(o.lane = 0 OR NOT EXISTS (SELECT 1 FROM meta WHERE meta.key = ${PAUSED}))`;

const apiOf = (queue: RawBuilder<unknown>) =>
  sql`CASE ${queue} WHEN 0 THEN 'reply' WHEN ${sql.lit(UPDATES)} THEN 'patch' ELSE 'send' END`;

/** Another message of the same API is just on its way into the chat: the two would race. */
const behindAnother = (now: Instant) => sql`(o.queue <> ${sql.lit(UPDATES)} AND EXISTS (SELECT 1 FROM outbox AS s
  WHERE s.chat_key = o.chat_key AND s.state = 'sending' AND s.due_at > ${now} AND s.key <> o.key
    AND ${apiOf(sql`s.queue`)} = ${apiOf(sql`o.queue`)}))`;

async function lookAt({ db }: Engine, now: Instant): Promise<Look> {
  const { rows } = await sql<LaneRow & { queue: number | null; due: Instant | null; stuck: number | null }>`
    SELECT l.api, l.version, l.shut_at, l.state, w.queue, w.due, w.stuck
    FROM lane AS l LEFT JOIN (
      SELECT q.queue, MIN(CASE WHEN q.stuck = 1 THEN NULL ELSE q.due END) AS due, MAX(q.stuck) AS stuck FROM (
        SELECT o.queue, CASE WHEN p.next_at > o.due_at THEN p.next_at ELSE o.due_at END AS due,
          CASE WHEN o.due_at <= ${now} AND ${behindAnother(now)} THEN 1 ELSE 0 END AS stuck
        FROM outbox AS o LEFT JOIN pace AS p ON p.key = o.chat_key AND o.queue <> ${sql.lit(UPDATES)}
        WHERE o.state IN ('waiting', 'sending') AND o.queue IN (0, 1, 2, 3, 4) AND ${mayReceive} AND ${mayLeave}) AS q
      GROUP BY q.queue) AS w ON l.api = ${apiOf(sql`w.queue`)}
    WHERE l.api IN ('reply', 'send', 'patch')`.execute(db);
  return {
    lanes: new Map(rows.map((row) => [row.api, laneOf(row)])),
    due: new Map(rows.flatMap(({ queue, due }) => (queue === null || due === null ? [] : [[queue, due] as const]))),
    stuck: rows.some(({ stuck }) => stuck === 1),
  };
}

interface Claim {
  readonly queue: Queue;
  readonly look: Look;
  readonly limit: number;
  readonly taker: string;
  readonly leaseMs: number;
}

async function takeFrom(engine: Engine, now: Instant, claim: Claim): Promise<readonly Leased[]> {
  const { api, bulk } = claim.queue;
  const read = claim.look.lanes.get(api);
  const slotsNow = (lane: Lane, calls: number) => grant(lane, { calls, bulk }, now).slots;
  const free = slotsNow(read?.lane ?? OPEN_LANE, Math.max(0, claim.limit)).filter((slot) => slot < now + AHEAD_MS);
  if (free.length === 0) return [];
  const rows = await lease(engine, now, { ...claim, limit: free.length });
  if (rows.length === 0) return [];
  const { answer: slots, moved } = await moveLane(
    engine,
    api,
    (lane) => {
      const granted = grant(lane, { calls: rows.length, bulk }, now);
      return { lane: granted.lane, answer: granted.slots };
    },
    read,
  );
  claim.look.lanes.set(api, moved);
  const sendAt = await inChats(
    engine,
    rows.map((row, index) => ({ key: row.queue === UPDATES ? '' : row.chat_key, slot: slots[index] ?? now })),
  );
  return rows.map((row, index) => leasedOf(row, { api, taker: claim.taker, sendAt: sendAt[index] ?? now }));
}

type Claimed = Pick<OutboxTable, 'key' | 'chat_id' | 'reply_to' | 'type' | 'content' | 'uuid' | 'created_at'> & {
  readonly queue: number;
  readonly place: number;
  readonly chat_key: string;
  readonly attempts: number;
  readonly first_sent_at: number | null;
  readonly file_name: string | null;
  readonly file_key: string | null;
  readonly updates: string | null;
  readonly revision: number;
};

/**
 * By decision: of a chat the first, of all those the first. Updates go by when they are due, since a row serves a card for good. The queues
 * are named so that the index gives what is due without touching what is due later.
 */
async function lease(engine: Engine, now: Instant, { queue, limit, taker, leaseMs }: Claim): Promise<Claimed[]> {
  const isUpdate = queue.api === 'patch';
  const order = (o: string) =>
    isUpdate
      ? sql`${sql.ref(`${o}.due_at`)}, ${sql.ref(`${o}.key`)}`
      : sql.join(['queue', 'created_at', 'place', 'key'].map((column) => sql.ref(`${o}.${column}`)));
  const inQueues = sql`o.queue IN (${sql.join(queue.queues.map((one) => sql.lit(one)))})`;
  const isDue = sql`o.state IN ('waiting', 'sending') AND ${inQueues} AND o.due_at <= ${now}`;
  const chatIsFree = isUpdate
    ? sql``
    : sql`AND NOT EXISTS (SELECT 1 FROM pace AS p WHERE p.key = o.chat_key AND p.next_at > ${now})
        AND NOT ${behindAnother(now)}`;
  const rows = await engine.single(
    sql<Claimed>`WITH first AS MATERIALIZED (
        SELECT o.key, ROW_NUMBER() OVER (PARTITION BY ${isUpdate ? sql`o.key` : sql`o.chat_key`} ORDER BY ${order('o')}) AS nth
        FROM outbox AS o WHERE ${isDue} AND ${mayReceive} AND ${mayLeave} ${chatIsFree}),
      due AS MATERIALIZED (
        SELECT o.key FROM outbox AS o WHERE ${isDue} AND o.key IN (SELECT key FROM first WHERE nth = 1)
        ORDER BY ${order('o')} LIMIT ${limit} ${engine.dialect.skipLocked})
      UPDATE outbox SET state = 'sending', due_at = ${now + leaseMs}, taker = ${taker}
      WHERE key IN (SELECT key FROM due)
      RETURNING key, queue, place, chat_id, chat_key, reply_to, type, content, uuid, created_at, attempts, first_sent_at,
        file_name, file_key, updates, revision`.compile(engine.db),
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
});
