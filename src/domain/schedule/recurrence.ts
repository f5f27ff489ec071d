import {
  addDays,
  dayOf,
  endOfMonth,
  type Instant,
  instantAt,
  type LocalDate,
  type LocalTime,
  wallClock,
  weekday,
} from '../calendar/local-date.ts';
import { type Calendar, workdaysOfMonth, workdaysOfWeek } from '../calendar/working-days.ts';
import type { Recurrence, RestDays } from './reminder.ts';

/** Every rule that can be made comes at least once in a few months; what is longer is a mistake and must not search for ever. */
const SEARCHED_DAYS = 800;

/**
 * The next nominal time strictly after `after`, at `time` of the zone. Weeks are ISO weeks: a 调休 Sunday is the last day of its week, and its
 * first working day only when the six before it were holiday; a week that is holiday throughout has no occurrence. In a year that is
 * not announced, the days follow 暂按周末推算, as the calendar does. Throws a RangeError for a rule that does not come within two years.
 */
export function nextOccurrence(
  recurrence: Recurrence,
  time: LocalTime,
  after: Instant,
  zone: string,
  calendar: Calendar,
): Instant {
  const first = wallClock(after, zone).date;
  for (let day = first, n = 0; n < SEARCHED_DAYS; day = addDays(day, 1), n += 1) {
    if (!occursOn(recurrence, day, calendar)) continue;
    const instant = instantAt(day, time, zone);
    if (instant > after) return instant;
  }
  throw new RangeError(`no occurrence within ${SEARCHED_DAYS} days of ${first}`);
}

/** The next nominal times, the nearest first. */
export function nextOccurrences(
  recurrence: Recurrence,
  time: LocalTime,
  after: Instant,
  zone: string,
  calendar: Calendar,
  count: number,
): readonly Instant[] {
  const times: Instant[] = [];
  for (let last = after; times.length < count; times.push(last))
    last = nextOccurrence(recurrence, time, last, zone, calendar);
  return times;
}

/** Whether a rule comes on this day. The term is asked of the day on which it comes, not of the rest day that it was moved from. */
const occursOn = (recurrence: Recurrence, day: LocalDate, calendar: Calendar): boolean =>
  !(recurrence.inTerm && calendar.isVacation?.(day)) && isOne(recurrence, day, calendar);

/** Two of its days that move to the same working day are one occurrence. */
function isOne(recurrence: Recurrence, day: LocalDate, calendar: Calendar): boolean {
  switch (recurrence.kind) {
    case 'workdays':
      return calendar.isWorkday(day);
    case 'daily':
      return true;
    case 'firstWorkdayOfWeek':
      return workdaysOfWeek(calendar, day)?.from === day;
    case 'lastWorkdayOfWeek':
      return workdaysOfWeek(calendar, day)?.to === day;
    case 'firstWorkdayOfMonth':
      return workdaysOfMonth(calendar, day)?.from === day;
    case 'lastWorkdayOfMonth':
      return workdaysOfMonth(calendar, day)?.to === day;
    case 'weekdays':
      return movedTo((on) => recurrence.days.includes(weekday(on)), day, recurrence.restDays, calendar);
    case 'monthDays':
      return movedTo((on) => isMonthDay(on, recurrence.days), day, recurrence.restDays, calendar);
  }
}

const isMonthDay = (day: LocalDate, days: readonly number[]): boolean =>
  days.includes(dayOf(day)) || (endOfMonth(day) === day && days.some((wanted) => wanted > dayOf(day)));

/** Whether one of the rule's days is this one, or a rest day that moves here. */
function movedTo(
  isMeant: (day: LocalDate) => boolean,
  day: LocalDate,
  restDays: RestDays,
  calendar: Calendar,
): boolean {
  if (!calendar.isWorkday(day)) return restDays === 'ignore' && isMeant(day);
  if (isMeant(day)) return true;
  if (restDays === 'skip' || restDays === 'ignore') return false;
  const step = restDays === 'forward' ? -1 : 1;
  for (let rest = addDays(day, step); !calendar.isWorkday(rest); rest = addDays(rest, step))
    if (isMeant(rest)) return true;
  return false;
}
