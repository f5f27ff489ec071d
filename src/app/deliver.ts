import type { Instant } from '../domain/calendar/local-date.ts';
import type { Api, Leased } from '../ports/outbox.ts';
import type { Core } from './core.ts';
import type { Sending } from './last-look.ts';
import { sendOne } from './send-one.ts';
import { stackOf } from './stack-of.ts';

/** Of each API: slow calls hold up nobody until that many hang at once. */
const MAX_IN_FLIGHT = 64;
/** A process that dies or is frozen keeps others from what it has taken for so long; one that lives renews its leases in time. */
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
/** One slot: after a look in vain, looking again before a message may leave finds nothing. */
const LOOK_MS = 21;
/**
 * What waits for a call of another deliverer is looked for again, since that one may send no more then: a Worker's call has done its share, a
 * process is shut down. Ever more rarely, since one that lives goes on by itself.
 */
const STUCK_MS = 250;
const STUCK_MOST_MS = 2_000;

interface Limits {
  readonly until: Instant;
  /** How many messages more may be taken now, beside those that are under way; all that were taken are told too. */
  readonly room: (messages: { readonly underWay: number; readonly taken: number }) => number;
}

export interface Deliverer {
  /** Sends what is due and what becomes due before `until`, as far as there is room; resolves when nothing is left to do. */
  drain(limits: Limits): Promise<void>;
  /** Something was committed: send it, and go on until nothing waits any more. Failures are logged, never thrown. */
  wake(): void;
  /** Takes nothing more; resolves once what was taken is settled. */
  close(): Promise<void>;
}

const ENDLESS: Limits = { until: Number.POSITIVE_INFINITY, room: () => Number.POSITIVE_INFINITY };
const NOT_LOOKED = { taken: 0, next: undefined } as const;

/**
 * The one loop that empties the outbox. It looks when it is woken, when something becomes due or finds a slot, when a call that something
 * waited for has ended, and now and then while something waits for another's call.
 */
export function deliverer(core: Core): Deliverer {
  const { outbox, time } = core;
  const sending: Sending = { taker: core.ids.next('taker'), leaseMs: LEASE_MS, shut: new Map() };
  const inFlight = new Map<string, { readonly api: Api; readonly done: Promise<void> }>();
  const alarms = new Set<Instant>();
  let looking = false;
  let renewing = false;
  let closed = false;
  let loop: Promise<void> = Promise.resolve();
  /** The last look that found nothing to take. */
  let lastVain = Number.NEGATIVE_INFINITY;
  /** The last look found something that waits for the end of a call. */
  let stuck = false;
  /** After how long to look again while that is so. */
  let patience = STUCK_MS;
  /** There was no room, and the end of a call may make some. */
  let crowded = false;
  let ended = 0;
  /** Set by whoever gives a reason to look again, from the moment a look begins: nothing is overlooked that came during one. */
  let roused = false;
  let gate = Promise.withResolvers<void>();
  /** Between two looks. */
  let breath = Promise.withResolvers<void>();
  const rouse = () => {
    roused = true;
    gate.resolve();
  };
  /** A timer cannot be taken back: one is set only before all others, so that there are never more than the queue has had first places. */
  const rouseAt = (instant: Instant) => {
    if (Math.min(...alarms) <= instant) return;
    alarms.add(instant);
    void time.until(instant).then(() => {
      alarms.delete(instant);
      rouse();
    });
  };

  /** While calls are under way, their leases are renewed; one that its process has forgotten is not. */
  async function keepLeases(): Promise<void> {
    if (renewing) return;
    renewing = true;
    for (;;) {
      await time.until(time.now() + RENEW_MS);
      if (inFlight.size === 0) break;
      await outbox
        .renew([...inFlight.keys()], sending.taker, time.now() + LEASE_MS)
        .catch((error: unknown) => core.log.warn({ error: String(error) }, 'leases were not renewed'));
    }
    renewing = false;
  }

  function send(message: Leased): void {
    // A lease that ran out under a call of our own: that call still settles it.
    if (inFlight.has(message.key)) return;
    const { api } = message;
    const done = sendOne(core, message, sending).then((sent) => {
      inFlight.delete(message.key);
      ended += 1;
      // What was sent changes nothing about what is due next, unless something waited for it.
      if (!sent || stuck || crowded || inFlight.size === 0) rouse();
    });
    inFlight.set(message.key, { api, done });
    void keepLeases();
  }

  async function look(most: number): Promise<{ readonly taken: number; readonly next: Instant | undefined }> {
    if (lastVain + LOOK_MS > time.now()) {
      breath = Promise.withResolvers();
      void time.until(lastVain + LOOK_MS).then(breath.resolve);
      await breath.promise;
    }
    const now = time.now();
    if (closed) return { taken: 0, next: undefined };
    const room = { reply: MAX_IN_FLIGHT, send: MAX_IN_FLIGHT, patch: MAX_IN_FLIGHT, upload: MAX_IN_FLIGHT };
    for (const { api } of inFlight.values()) room[api] -= 1;
    const endedBefore = ended;
    const taken = await outbox.take(now, { taker: sending.taker, leaseMs: LEASE_MS, room, most });
    if (taken.fault !== undefined) core.log.error({ error: stackOf(taken.fault) }, 'what is said to many was not told');
    stuck = taken.stuck;
    if (stuck && ended > endedBefore) roused = true;
    if (taken.messages.length === 0) lastVain = now;
    for (const message of taken.messages) send(message);
    const wait = patience;
    patience = stuck ? Math.min(patience * 2, STUCK_MOST_MS) : STUCK_MS;
    const next = stuck ? Math.min(taken.next ?? Number.POSITIVE_INFINITY, time.now() + wait) : taken.next;
    return { taken: taken.messages.length, next };
  }

  async function run({ until, room }: Limits): Promise<void> {
    looking = true;
    try {
      for (let all = 0; !closed && time.now() < until; ) {
        roused = false;
        gate = Promise.withResolvers();
        const most = room({ underWay: inFlight.size, taken: all });
        crowded = most <= 0;
        if (crowded && inFlight.size === 0) break;
        const { taken, next } = crowded ? NOT_LOOKED : await look(most);
        all += taken;
        if (taken > 0 || roused) continue;
        const nothingSoon = next === undefined || next >= until;
        if (nothingSoon && inFlight.size === 0) break;
        if (!nothingSoon) rouseAt(Math.max(next, time.now() + LOOK_MS));
        await gate.promise;
      }
    } finally {
      // In the same turn as the last test of `roused`, so that a wake finds either the loop or its end.
      looking = false;
    }
  }

  const settled = () => Promise.all([...inFlight.values()].map(({ done }) => done));

  return {
    async drain(limits) {
      await run(limits);
      await settled();
    },
    wake() {
      rouse();
      if (looking || closed) return;
      loop = run(ENDLESS).catch((error: unknown) =>
        core.log.error({ error: String(error) }, 'delivery stopped; the next tick goes on'),
      );
    },
    async close() {
      closed = true;
      rouse();
      breath.resolve();
      await loop;
      await settled();
    },
  };
}
