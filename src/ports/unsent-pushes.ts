import type { Instant } from '../domain/calendar/local-date.ts';
import type { MissedPush, UnsentPush } from '../domain/reminders/self-alarm.ts';

export interface UnsentPushReads {
  /** What was given up after `since` and that nobody was told of, in the order of their times. */
  missedPushes(since: Instant): Promise<readonly MissedPush[]>;
  /**
   * Reminders of groups that the bot sits in, with a nominal time from `from` to `to`, that had not left by `alarm`, whether or not they have
   * since; by group.
   */
  unsentPushes(day: {
    readonly from: Instant;
    readonly to: Instant;
    readonly alarm: Instant;
    readonly now: Instant;
  }): Promise<readonly UnsentPush[]>;
}
