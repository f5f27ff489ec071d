import type { Instant } from '../domain/calendar/local-date.ts';

/** The only clock. Shared by bot, emulator and tests; nothing else asks what time it is. */
export interface Time {
  now(): Instant;
  /** Resolves once the clock shows `instant` or later. */
  until(instant: Instant): Promise<void>;
}
