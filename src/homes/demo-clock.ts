import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { type Instant, MINUTE_MS } from '../domain/calendar/local-date.ts';
import type { Time } from '../ports/time.ts';
import type { Heartbeat } from './heartbeat.ts';

/** The demo's one clock, for the bot and the emulator: it runs as a clock does and can be turned forward. */
export interface DemoClock extends Time {
  /** Turns the clock to `instant`, stopping at every moment that somebody waits for; at once when it already shows that or later. */
  advanceTo(instant: Instant): Promise<void>;
  /** The clock is not turned while `work` over a socket or the disk is under way, unless it hangs (PATIENCE_MS). */
  during<T>(work: Promise<T>): Promise<T>;
  /** Lets it run at the pace of real time until the returned function is called. */
  run(): () => void;
}

/** Turns of the event loop granted to whoever was woken, so that promises and loopback sockets move on before the clock does. */
const SETTLING_TURNS = 25;
const PATIENCE_MS = 800;
const STEP_MS = 20;

/** Where the sample district lies. */
export const ZONE = 'Asia/Shanghai';

export function demoClock(start: Instant): DemoClock {
  let now = start;
  let waiters: { readonly instant: Instant; readonly wake: () => void }[] = [];
  const underWay = new Map<Promise<unknown>, { readonly hungAt: number }>();
  let moving: Promise<void> = Promise.resolve();

  /** Until a whole round of turns begins and ends with nothing under way: what just ended may have started the next thing. */
  const settle = async () => {
    for (let quiet = false; !quiet; ) {
      quiet = underWay.size === 0;
      for (let turn = 0; turn < SETTLING_TURNS; turn += 1) await turnOfTheLoop();
      for (const [work, { hungAt }] of underWay) if (performance.now() > hungAt) underWay.delete(work);
      quiet &&= underWay.size === 0;
    }
  };
  const nextWaiter = () => waiters.reduce((least, { instant }) => Math.min(least, instant), Number.POSITIVE_INFINITY);

  async function move(instant: Instant): Promise<void> {
    for (let next = nextWaiter(); next <= instant; next = nextWaiter()) {
      await settle();
      now = Math.max(now, next);
      const due = waiters.filter((waiter) => waiter.instant <= now);
      waiters = waiters.filter((waiter) => waiter.instant > now);
      for (const { wake } of due) wake();
      await settle();
    }
    now = Math.max(now, instant);
  }
  const advanceTo = (instant: Instant) => {
    moving = moving.then(() => move(instant));
    return moving;
  };

  return {
    now: () => now,
    until: (instant) => (instant <= now ? Promise.resolve() : new Promise((wake) => waiters.push({ instant, wake }))),
    advanceTo,
    during: async (work) => {
      underWay.set(work, { hungAt: performance.now() + PATIENCE_MS });
      try {
        return await work;
      } finally {
        underWay.delete(work);
      }
    },
    run() {
      let stepping = false;
      const timer = setInterval(async () => {
        if (stepping) return;
        stepping = true;
        await advanceTo(now + STEP_MS);
        stepping = false;
      }, STEP_MS);
      return () => clearInterval(timer);
    },
  };
}

/** Beats at each full minute of the clock. The clock stands still during a beat, so that none is left out when it is turned far. */
export const everyMinuteOf =
  (clock: DemoClock): Heartbeat =>
  (beat) => {
    let stopped = false;
    const beating = async () => {
      for (;;) {
        await clock.until((Math.floor(clock.now() / MINUTE_MS) + 1) * MINUTE_MS);
        if (stopped) return;
        await clock.during(beat(clock.now()));
      }
    };
    void beating();
    return () => {
      stopped = true;
    };
  };
