import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

export interface VirtualTime {
  now(): number;
  /** Resolves once the clock shows `instant` or later; at once when it already does. */
  until(instant: number): Promise<void>;
  /** Moves to `instant`, stopping at every moment that somebody waits for, also at those that a waiter adds on the way. */
  advanceTo(instant: number): Promise<void>;
  advanceBy(ms: number): Promise<void>;
  /** The earliest moment that somebody waits for. */
  nextWaiter(): number | undefined;
  /** The clock does not move while `work` over a real socket or disk is under way, unless it hangs (PATIENCE_MS). */
  during<T>(work: Promise<T>): Promise<T>;
}

/**
 * Turns of the event loop granted to whoever was woken, so that promises and loopback sockets move on before the clock does.
 * Politeness, not a guarantee: what takes longer is put under `during`, or awaited by what it produces.
 */
const SETTLING_TURNS = 25;
/** Real milliseconds after which a piece of work counts as hung, so that the clock can pass a limit that somebody exceeds. */
const PATIENCE_MS = 800;

const CELL = new Int32Array(new SharedArrayBuffer(4));

/**
 * A turn of the loop that first leaves the core to whoever is waited for: a database or workerd in another process, which three test files
 * on two cores would otherwise starve by turning. Not a wait for time: it is asked again and again for a state.
 */
export async function patientTurn(): Promise<void> {
  Atomics.wait(CELL, 0, 0, 1);
  await turnOfTheLoop();
}

/** A clock that only moves when told. The one `{ now, until }` of a test: hand the same one to bot and emulator. */
export function virtualTime(start: number): VirtualTime {
  let now = start;
  let waiters: { readonly instant: number; readonly wake: () => void }[] = [];
  const underWay = new Map<Promise<unknown>, { readonly hungAt: number }>();

  const turns = async () => {
    for (let i = 0; i < SETTLING_TURNS; i++) await turnOfTheLoop();
  };
  /** Until a whole round of turns begins and ends with nothing under way: what just ended may have started the next thing. */
  const settle = async () => {
    for (let quiet = false; !quiet; ) {
      quiet = underWay.size === 0;
      await turns();
      if (underWay.size > 0) await patientTurn();
      for (const [work, { hungAt }] of underWay) if (performance.now() > hungAt) underWay.delete(work);
      quiet &&= underWay.size === 0;
    }
  };

  const nextWaiter = () => (waiters.length === 0 ? undefined : Math.min(...waiters.map((w) => w.instant)));

  const advanceTo = async (instant: number) => {
    if (instant < now) throw new RangeError(`time does not run backwards: ${instant} is before ${now}`);
    await settle();
    for (let next = nextWaiter(); next !== undefined && next <= instant; next = nextWaiter()) {
      const reached = next;
      now = Math.max(now, reached);
      const due = waiters.filter((w) => w.instant <= reached);
      waiters = waiters.filter((w) => w.instant > reached);
      for (const waiter of due) waiter.wake();
      await settle();
    }
    now = instant;
    await settle();
  };

  return {
    now: () => now,
    until: (instant) => (instant <= now ? Promise.resolve() : new Promise((wake) => waiters.push({ instant, wake }))),
    advanceTo,
    advanceBy: (ms) => advanceTo(now + ms),
    nextWaiter,
    during: async (work) => {
      underWay.set(work, { hungAt: performance.now() + PATIENCE_MS });
      try {
        return await work;
      } finally {
        underWay.delete(work);
      }
    },
  };
}
