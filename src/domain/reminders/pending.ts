import { type Instant, instantAt, type LocalDate, type LocalTime, wallClock } from '../calendar/local-date.ts';
import type { Calendar } from '../calendar/working-days.ts';
import { isOver, nextOccurrences } from './recurrence.ts';
import type { Recurrence } from './reminder.ts';

interface Timed {
  readonly recurrence: Recurrence;
  readonly time: LocalTime;
  readonly until?: LocalDate | undefined;
}

/**
 * What becomes of an occurrence whose time had come, and which waited for its group's minute, when its rule was changed: it is sent as it would
 * have been (kept), comes later on its day by the new rule (moved), or is left out, which is recorded.
 */
export type Pending = 'kept' | 'moved' | 'left out';

/** Undefined when none was waiting. `after` is the rule as it is from now on, with its next time; undefined when it comes no more. */
export function pendingOf(
  before: { readonly enabled: boolean; readonly nominalAt: Instant },
  after: (Timed & { readonly nominalAt: Instant }) | undefined,
  now: Instant,
  { zone, calendar }: { readonly zone: string; readonly calendar: Calendar },
): Pending | undefined {
  if (!before.enabled || before.nominalAt > now) return undefined;
  if (!after) return 'left out';
  const { date } = wallClock(before.nominalAt, zone);
  if (wallClock(after.nominalAt, zone).date === date) return 'moved';
  return comesOn(after, date, zone, calendar) && !isOver(after, before.nominalAt, zone) ? 'kept' : 'left out';
}

/** Whether a rule comes on this day, at whatever time. */
export function comesOn(rule: Omit<Timed, 'until'>, day: LocalDate, zone: string, calendar: Calendar): boolean {
  const at = instantAt(day, rule.time, zone);
  return nextOccurrences(rule, at - 1, zone, calendar, 1)[0] === at;
}
