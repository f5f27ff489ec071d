import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from './clock.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Beijing has had no summer time since 1991. */
const BEIJING_MS = 8 * 3_600_000;
const MORNING_MS = 8.5 * 3_600_000;
/** Of real time: between two steps of fast play. */
const STEP_MS = 100;

/** The first 08:30 in Beijing after `now`: when the day's pushes are due. */
export const nextMorning = (now: number): number => {
  const midnight = Math.floor((now + BEIJING_MS) / DAY_MS) * DAY_MS - BEIJING_MS;
  const morning = midnight + MORNING_MS;
  return morning > now ? morning : morning + DAY_MS;
};

/** Turns a movable clock on behalf of everybody who looks on: to a moment, or fast until told to stop. Throws RangeError when it cannot move. */
export class Pace {
  readonly #clock: Clock;
  #turns = 0;
  #closed = false;
  minutesPerSecond: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get turning(): boolean {
    return this.#turns > 0;
  }

  async turnTo(instant: number): Promise<void> {
    const advanceTo = this.#advance();
    this.#turns += 1;
    try {
      await advanceTo(Math.max(instant, this.#clock.now()));
    } finally {
      this.#turns -= 1;
    }
  }

  play(minutesPerSecond: number): void {
    const advanceTo = this.#advance();
    const already = this.minutesPerSecond !== undefined;
    this.minutesPerSecond = minutesPerSecond;
    if (!already) void this.#playOn(advanceTo);
  }

  async #playOn(advanceTo: (instant: number) => Promise<void>): Promise<void> {
    while (this.minutesPerSecond !== undefined && !this.#closed) {
      await advanceTo(this.#clock.now() + (this.minutesPerSecond * MINUTE_MS * STEP_MS) / 1000);
      await pause(STEP_MS);
    }
  }

  stop(): void {
    this.minutesPerSecond = undefined;
  }

  close(): void {
    this.#closed = true;
  }

  #advance(): (instant: number) => Promise<void> {
    const clock = this.#clock;
    if (!clock.advanceTo) throw new RangeError('the clock cannot be moved');
    return (instant) => clock.advanceTo?.(instant) ?? Promise.resolve();
  }
}
