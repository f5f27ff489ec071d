import type { Time } from '../ports/time.ts';

/** Timers of more than 24.8 days fire at once; nobody waits that long in one go. */
const MAX_TIMER_MS = 2_000_000_000;

export const systemTime: Time = {
  now: () => Date.now(),
  async until(instant) {
    for (let left = instant - Date.now(); left > 0; left = instant - Date.now()) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, MAX_TIMER_MS)));
    }
  },
};
