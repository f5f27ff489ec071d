import type { Instant } from '../calendar/local-date.ts';
import type { Calendar } from '../calendar/working-days.ts';
import { nextOccurrence } from './recurrence.ts';
import type { Recurrence } from './reminder.ts';

/**
 * The next time of a rule by this calendar, when it was computed with another: its own time if that has come and still holds, else the first
 * one after it; of times to come, the first from now on. What a calendar entered today adds to the past is not made up for.
 */
export function nextByCalendar(
  rule: { readonly recurrence: Recurrence; readonly time: `${number}:${number}`; readonly nominalAt: Instant },
  now: Instant,
  zone: string,
  calendar: Calendar,
): Instant {
  try {
    return nextOccurrence(rule.recurrence, rule.time, Math.min(now, rule.nominalAt - 1), zone, calendar);
  } catch (error) {
    // One rule that never comes by this calendar must not keep the others from following it.
    if (error instanceof RangeError) return rule.nominalAt;
    throw error;
  }
}
