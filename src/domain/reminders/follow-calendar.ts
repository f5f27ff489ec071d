import { type Instant, wallClock } from '../calendar/local-date.ts';
import type { Calendar } from '../calendar/working-days.ts';
import { comesOn } from './pending.ts';
import { nextOccurrence } from './recurrence.ts';
import type { Recurrence } from './reminder.ts';

/**
 * The next time of a rule by this calendar, when it was computed with another: its own time if that has come and its day still holds (the rule
 * may have been changed since), else the first one after it; of times to come, the first after `since`. What a calendar adds to the time
 * before is not made up for.
 */
export function nextByCalendar(
  rule: { readonly recurrence: Recurrence; readonly time: `${number}:${number}`; readonly nominalAt: Instant },
  since: Instant,
  zone: string,
  calendar: Calendar,
): Instant {
  try {
    if (rule.nominalAt <= since && comesOn(rule, wallClock(rule.nominalAt, zone).date, zone, calendar))
      return rule.nominalAt;
    return nextOccurrence(rule.recurrence, rule.time, Math.min(since, rule.nominalAt - 1), zone, calendar);
  } catch (error) {
    // One rule that never comes by this calendar must not keep the others from following it.
    if (error instanceof RangeError) return rule.nominalAt;
    throw error;
  }
}
