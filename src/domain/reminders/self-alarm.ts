import { type Instant, instantAt, type LocalTime, MINUTE_MS, wallClock } from '../calendar/local-date.ts';
import type { ReminderContent } from './contents.ts';
import { LATEST_JITTER_MS } from './spread.ts';

/**
 * Why a push had not left: it was not made (unfired), it stands in the queue (waiting), Lark did not take it (kept), it was made too late
 * (late), everything is paused (paused).
 */
export type Unsent = 'unfired' | 'waiting' | 'kept' | 'late' | 'paused';

export interface UnsentPush {
  readonly chatId: string;
  readonly group: string;
  readonly nominalAt: Instant;
  readonly why: Unsent;
}

/** A push that would have made no sense any more when the bot could send it again. */
export interface MissedPush {
  readonly chatId: string;
  readonly group: string;
  readonly nominalAt: Instant;
  /** What it would have brought. */
  readonly contents: readonly ReminderContent[];
  readonly decidedAt: Instant;
}

/** From the latest minute in which a group's turn comes until its message has surely left. */
const ON_ITS_WAY_MS = LATEST_JITTER_MS + 2 * MINUTE_MS;

/** Nobody reads in the evening that the morning was missed. */
const UNTIL: LocalTime = '18:00';

/** The event id under which administrators are told of what was given up until `decidedAt`; what comes later is told anew. */
export const MISSED_TOLD = 'alarm:missed:';

/** Which pushes of today must have left by the alarm; undefined before it and in the evening. */
export function watchedPushes(
  alarm: LocalTime,
  now: Instant,
  zone: string,
): { readonly from: Instant; readonly to: Instant; readonly alarm: Instant } | undefined {
  const { date, time } = wallClock(now, zone);
  if (time < alarm || time >= UNTIL) return undefined;
  const at = instantAt(date, alarm, zone);
  return { from: instantAt(date, '00:00', zone), to: at - ON_ITS_WAY_MS, alarm: at };
}
