import type { Instant } from '../domain/calendar/local-date.ts';
import type { Spacing } from '../ports/outbox.ts';
import type { Core } from './core.ts';
import { type AppPause, sendOne } from './send-one.ts';

/** 1000 a minute is the tighter of Lark's two bounds per app (50 a second the other); 5 a second per chat is shared with other bots. */
const SPACING: Spacing = { appMs: 60, chatMs: 250 };
/** One second's worth of slots: a reply that is committed meanwhile waits for these and no longer. */
const BATCH = 16;
/** Twice a batch: slow calls hold up nobody until that many hang at once. */
const MAX_IN_FLIGHT = 32;
/** Longer than a slot is away and every call of one attempt may take together; shorter, and a slow one would be sent twice at once. */
const LEASE_MS = 60_000;

export interface Deliverer {
  /** Sends what is due and what becomes due before `until`, at most `maxSends`; resolves when nothing is left to do or the limit is met. */
  drain(limits: { readonly until: Instant; readonly maxSends: number }): Promise<void>;
  /** Something was committed: send it, and go on until nothing waits any more. Failures are logged, never thrown. */
  wake(): void;
  /** Takes nothing more; resolves once what was taken is settled. */
  close(): Promise<void>;
}

/**
 * The one loop that empties the outbox. It looks when it is woken, when a message becomes due, and when a slow call makes room; between
 * two looks it lets the slots of the first pass, so that it never looks more often than it may send.
 */
export function deliverer(core: Core): Deliverer {
  const { outbox, time } = core;
  const inFlight = new Map<string, Promise<void>>();
  const pause: AppPause = { until: 0 };
  let looking = false;
  let closed = false;
  let loop: Promise<void> = Promise.resolve();
  let alarm: Instant | undefined;
  /** Set by whoever gives a reason to look again, from the moment a look begins: nothing is overlooked that came during one. */
  let roused = false;
  let gate = Promise.withResolvers<void>();
  const rouse = () => {
    roused = true;
    gate.resolve();
  };
  const rouseAt = (instant: Instant) => {
    if (instant === alarm) return;
    alarm = instant;
    void time.until(instant).then(rouse);
  };

  /** Takes at most `room` messages and lets their slots but the last pass: the next ones would get no earlier slot anyway. */
  async function take(room: number): Promise<number> {
    const now = time.now();
    const underWay = new Set(inFlight.keys());
    const leased = await outbox.claim(now, room, LEASE_MS, SPACING);
    for (const message of leased) {
      // A lease that ran out under a call of our own: that call still settles it.
      if (inFlight.has(message.key)) continue;
      // Or has settled it while the claim was answered: given back, which does nothing to one that was sent.
      if (underWay.has(message.key)) {
        await outbox.again(message.key, now, '上次发送刚有结果', false);
        continue;
      }
      const sending = sendOne(core, message, now, pause).then((sent) => {
        const wasFull = inFlight.size === MAX_IN_FLIGHT;
        inFlight.delete(message.key);
        // What was sent changes nothing about what is due next.
        if (!sent || wasFull || inFlight.size === 0) rouse();
      });
      inFlight.set(message.key, sending);
    }
    await time.until(now + (leased.length - 1) * SPACING.appMs);
    return leased.length;
  }

  async function run(until: Instant, maxSends: number): Promise<void> {
    looking = true;
    try {
      for (let left = maxSends; left > 0 && !closed && time.now() < until; ) {
        roused = false;
        gate = Promise.withResolvers();
        const room = Math.min(BATCH, MAX_IN_FLIGHT - inFlight.size, left);
        const taken = room > 0 ? await take(room) : 0;
        left -= taken;
        if (taken > 0 && taken === room) continue;
        const next = room > 0 ? await outbox.nextDue() : undefined;
        const nothingSoon = next === undefined || next >= until;
        if (roused) continue;
        if (nothingSoon && inFlight.size === 0) break;
        // Never at once: a row that another process is just taking would be looked at over and over.
        if (!nothingSoon) rouseAt(Math.max(next, time.now() + SPACING.appMs));
        await gate.promise;
      }
    } finally {
      // In the same turn as the last test of `roused`, so that a wake finds either the loop or its end.
      looking = false;
    }
  }

  const settled = () => Promise.all(inFlight.values());

  return {
    async drain({ until, maxSends }) {
      await run(until, maxSends);
      await settled();
    },
    wake() {
      rouse();
      if (looking || closed) return;
      loop = run(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY).catch((error: unknown) =>
        core.log.error({ error: String(error) }, 'delivery stopped; the next tick goes on'),
      );
    },
    async close() {
      closed = true;
      rouse();
      await loop;
      await settled();
    },
  };
}
