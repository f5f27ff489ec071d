import { sql } from 'kysely';
import type { Instant } from '../domain/calendar/local-date.ts';
import { firstSlot, OPEN_LANE } from '../domain/delivery/lane.ts';
import type { Api, Leased, Taken, Taking } from '../ports/outbox.ts';
import type { Engine } from './engine.ts';
import { toJson } from './json.ts';
import { type LaneRow, laneOf } from './lanes.ts';
import {
  before,
  chatIsTaken,
  type Glance,
  inQueues,
  mayLeave,
  mayReceive,
  putOff,
  type Queue,
  takeFrom,
  UPDATES,
  UPLOADS,
} from './outbox-claim.ts';
import { isUntold, tellSome } from './telling.ts';

/** How little of the slots that were given away is left when the next are: what a database may take to answer. In between nothing is asked. */
const REFILL_MS = 150;

/** What could not be told is not tried in vain all the time; a wake tries it all the same. */
const FAULT_MS = 10_000;
const QUEUES: readonly Queue[] = [
  { api: 'reply', queues: [0], bulk: false },
  { api: 'send', queues: [1], bulk: false },
  { api: 'send', queues: [2, 3], bulk: true },
  { api: 'patch', queues: [UPDATES], bulk: false },
  { api: 'upload', queues: [UPLOADS], bulk: false },
];

export async function take(engine: Engine, now: Instant, taking: Taking): Promise<Taken> {
  const { glance, fault } = await toldGlance(engine, now);
  const messages: Leased[] = [];
  const left = { ...taking.room };
  const nothingTaken: Queue[] = [];
  for (const queue of QUEUES) {
    const limit = Math.min(left[queue.api], taking.most - messages.length);
    if (limit <= 0 || soonest(glance, queue, now) > now) continue;
    const taken = await takeFrom(engine, now, { ...taking, queue, glance, limit });
    left[queue.api] -= taken.length;
    messages.push(...taken);
    if (taken.length === 0) nothingTaken.push(queue);
  }
  if (messages.length > 0) return { messages, next: now, stuck: false, fault };
  const open = QUEUES.filter(({ api }) => left[api] > 0);
  const { next, stuck } = await nextIn(engine, now, { glance, open, unclear: nothingTaken });
  const looked = { messages, stuck: stuck || open.length < QUEUES.length, fault };
  if (!glance.untold) return { ...looked, next };
  // With a fault `next` is also that of what waits behind the untold.
  const later = next !== undefined && next > now ? Math.min(next, now + FAULT_MS) : now + FAULT_MS;
  return { ...looked, next: fault === undefined ? now : later };
}

/** A step of what is told to many comes before each look, so that answers leave in between. */
async function toldGlance(
  engine: Engine,
  now: Instant,
): Promise<{ readonly glance: Glance; readonly fault?: unknown }> {
  const glance = await glanceAt(engine);
  if (!glance.untold) return { glance };
  const fault = await tellSome(engine, now);
  return { glance: await glanceAt(engine), fault };
}

export async function nextDue(engine: Engine, now: Instant): Promise<Instant | undefined> {
  const glance = await glanceAt(engine);
  if (glance.untold) return now;
  const unclear = QUEUES.filter((queue) => soonest(glance, queue, now) <= now);
  return (await nextIn(engine, now, { glance, open: QUEUES, unclear })).next;
}

/** A lower bound, from the index alone: what is due may still have to wait for its chat, or may not leave at all. */
function soonest({ lanes, due }: Glance, { api, queues, bulk }: Queue, now: Instant): Instant {
  const row = Math.min(...queues.map((queue) => due.get(queue) ?? Number.POSITIVE_INFINITY));
  if (row === Number.POSITIVE_INFINITY) return row;
  const slot = firstSlot(lanes.get(api)?.lane ?? OPEN_LANE, bulk, now);
  return slot - REFILL_MS <= now ? row : Math.max(row, slot - REFILL_MS);
}

interface Remaining {
  readonly glance: Glance;
  readonly open: readonly Queue[];
  /** Where something is due, and it was not taken: only its rows tell when it can be. */
  readonly unclear: readonly Queue[];
}

async function nextIn(
  engine: Engine,
  now: Instant,
  { glance, open, unclear }: Remaining,
): Promise<{ readonly next: Instant | undefined; readonly stuck: boolean }> {
  const look = unclear.length > 0 ? await lookAt(engine, now, unclear) : { due: glance.due, stuck: false };
  const instants = open.map((queue) =>
    soonest(unclear.includes(queue) ? { ...glance, due: look.due } : glance, queue, now),
  );
  const next = Math.min(...instants);
  return { next: next === Number.POSITIVE_INFINITY ? undefined : next, stuck: look.stuck };
}

/** As one parameter: D1 takes five SELECTs in a UNION. */
const EACH_QUEUE = toJson(QUEUES.flatMap(({ api, queues }) => queues.map((queue) => ({ api, queue }))));

async function glanceAt({ db, dialect }: Engine): Promise<Glance> {
  const { rows } = await sql<LaneRow & { api: Api; queue: number; due: Instant | null; untold: number }>`
    SELECT ${isUntold} AS untold, r.api, l.version, l.shut_at, l.state, r.queue,
      (SELECT MIN(o.due_at) FROM outbox AS o WHERE o.queue = r.queue AND o.state IN ('waiting', 'sending')) AS due
    FROM ${dialect.rows(EACH_QUEUE, { api: 'text', queue: 'integer' })}
    LEFT JOIN pace AS l ON l.key = r.api`.execute(db);
  return {
    untold: rows.some(({ untold }) => untold > 0),
    lanes: new Map(rows.map((row) => [row.api, laneOf(row)])),
    due: new Map(rows.flatMap(({ queue, due }) => (due === null ? [] : [[queue, due] as const]))),
  };
}

/**
 * Chat by chat, when the first of these queues can be taken, and whether one waits for the end of a call into its chat. All that is due in a
 * chat waits for the same, but for what stands behind one that waits to be tried again. To ask for each of a thousand messages of one chat
 * took longer than all the rest of an answer.
 */
async function lookAt(
  { db }: Engine,
  now: Instant,
  queues: readonly Queue[],
): Promise<{ readonly due: ReadonlyMap<number, Instant>; readonly stuck: boolean }> {
  const among = inQueues(queues.flatMap((queue) => queue.queues));
  const { rows } = await sql<{ queue: number; due: Instant | null; stuck: number }>`
    WITH late AS MATERIALIZED (
      SELECT e.chat_key, e.queue, e.created_at, e.place, e.key FROM outbox AS e
      WHERE e.state IN ('waiting', 'sending') AND e.queue IN ${among} AND ${putOff} AND e.due_at > ${now}),
    chats AS MATERIALIZED (
      SELECT o.queue, o.lane, o.chat_id, o.chat_key, MIN(o.due_at) AS due_at,
        MIN(CASE WHEN o.due_at > ${now} THEN o.due_at ELSE NULL END) AS later_at
      FROM outbox AS o WHERE o.state IN ('waiting', 'sending') AND o.queue IN ${among}
        AND NOT EXISTS (SELECT 1 FROM late AS e WHERE e.chat_key = o.chat_key AND ${before}
          AND (e.queue = o.queue OR (e.queue IN (2, 3) AND o.queue IN (2, 3))))
      GROUP BY o.queue, o.lane, o.chat_id, o.chat_key)
    SELECT q.queue, MIN(CASE WHEN q.next_at > q.due_at THEN q.next_at ELSE q.due_at END) AS due, MAX(q.stuck) AS stuck FROM (
      SELECT s.queue, s.stuck, s.next_at, CASE WHEN s.stuck = 1 THEN s.later_at ELSE s.due_at END AS due_at FROM (
        SELECT o.queue, o.due_at, o.later_at, p.next_at,
          CASE WHEN o.due_at <= ${now} AND ${chatIsTaken(now)} THEN 1 ELSE 0 END AS stuck
        FROM chats AS o LEFT JOIN pace AS p ON p.key = o.chat_key AND o.queue NOT IN ${inQueues([UPDATES, UPLOADS])}
        WHERE ${mayReceive} AND ${mayLeave}) AS s) AS q
    GROUP BY q.queue`.execute(db);
  return {
    due: new Map(rows.flatMap(({ queue, due }) => (due === null ? [] : [[queue, due] as const]))),
    stuck: rows.some(({ stuck }) => stuck === 1),
  };
}
