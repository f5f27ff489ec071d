import type { Clock } from './clock.ts';
import { Refusal } from './refusals.ts';

const PER_API = [
  { calls: 50, windowMs: 1000 },
  { calls: 1000, windowMs: 60_000 },
] as const;
const PER_TARGET = { calls: 5, windowMs: 1000 } as const;

/**
 * Sliding windows, the strictest reading: Lark does not say whether its windows are fixed, sliding or a bucket, and what
 * passes here passes under all three. Refused calls do not count.
 */
export class RateLimits {
  readonly #clock: Clock;
  readonly #seen = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** 1000 a minute and 50 a second per API: 429 with the seconds to wait in `x-ogw-ratelimit-reset`. */
  api(name: string): void {
    const now = this.#clock.now();
    const seen = (this.#seen.get(name) ?? []).filter((at) => at > now - 60_000);
    for (const { calls, windowMs } of PER_API) {
      const inWindow = seen.filter((at) => at > now - windowMs);
      const oldest = inWindow[0];
      if (inWindow.length >= calls && oldest !== undefined)
        throw tooManyRequests(calls, Math.max(1, Math.ceil((oldest + windowMs - now) / 1000)));
    }
    this.#seen.set(name, [...seen, now]);
  }

  /** 5 a second to one group (all bots together), one user, one patched message: 230020 with HTTP 400 and no header. */
  target(name: string): void {
    const now = this.#clock.now();
    const seen = (this.#seen.get(name) ?? []).filter((at) => at > now - PER_TARGET.windowMs);
    if (seen.length >= PER_TARGET.calls) throw new Refusal(230020);
    this.#seen.set(name, [...seen, now]);
  }
}

/** There is no Retry-After on Lark. */
const tooManyRequests = (limit: number, resetSeconds: number) =>
  new Refusal(99991400, {
    headers: { 'x-ogw-ratelimit-limit': String(limit), 'x-ogw-ratelimit-reset': String(resetSeconds) },
  });
