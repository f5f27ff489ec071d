import {
  addDays,
  dayOf,
  daysBetween,
  endOfMonth,
  type Instant,
  instantAt,
  type LocalDate,
  type LocalTime,
  monthOf,
  startOfWeek,
  wallClock,
  weekday,
} from '../calendar/local-date.ts';
import { type Calendar, workdaysOfMonth, workdaysOfWeek } from '../calendar/working-days.ts';
import type { Recurrence, RestDays } from './reminder.ts';

/** A yearly rule that skips rest days may leave out some years; what does not come in eight never does, and must not be searched for ever. */
const SEARCHED_DAYS = 8 * 366;

/**
 * The next nominal time strictly after `after`, at `time` of the zone. Weeks are ISO weeks: a 调休 Sunday is the last day of its week, and its
 * first working day only when the six before it were holiday; a week that is holiday throughout has no occurrence. In a year that is
 * not announced, the days follow 暂按周末推算, as the calendar does. Throws a RangeError for a rule that never comes.
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

/** A rule's days, its time, and the last day on which it comes. */
interface Timed {
  readonly recurrence: Recurrence;
  readonly time: LocalTime;
  readonly until?: LocalDate | undefined;
}

/** Whether a rule is over at this nominal time. */
export const isOver = ({ until }: Pick<Timed, 'until'>, nominalAt: Instant, zone: string): boolean =>
  until !== undefined && wallClock(nominalAt, zone).date > until;

/** The next nominal times, the nearest first; fewer when the rule ends or never comes. */
export function nextOccurrences(
  rule: Timed,
  after: Instant,
  zone: string,
  calendar: Calendar,
  count: number,
): readonly Instant[] {
  const times: Instant[] = [];
  try {
    for (let last = after; times.length < count; times.push(last)) {
      last = nextOccurrence(rule.recurrence, rule.time, last, zone, calendar);
      if (isOver(rule, last, zone)) break;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
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
      return isMonth(day, recurrence) && workdaysOfMonth(calendar, day)?.from === day;
    case 'lastWorkdayOfMonth':
      return isMonth(day, recurrence) && workdaysOfMonth(calendar, day)?.to === day;
    default:
      return movedTo((on) => isNamed(recurrence, on), day, recurrence.restDays, calendar);
  }
}

/** A rule that names its days; those that are rest days may be moved. */
type Naming = Extract<Recurrence, { readonly restDays: RestDays }>;

/** Whether a rule names this day, wherever its occurrence comes. */
function isNamed(recurrence: Naming, on: LocalDate): boolean {
  switch (recurrence.kind) {
    case 'weekdays': {
      const { fortnight, days } = recurrence;
      const isWeek = fortnight === undefined || daysBetween(fortnight, startOfWeek(on)) % 14 === 0;
      return isWeek && days.includes(weekday(on));
    }
    case 'monthDays':
      return isMonth(on, recurrence) && isMonthDay(on, recurrence.days);
    case 'yearDays':
      return isYearDay(on, recurrence.days);
  }
}

/** The day that is meant by an occurrence that comes on `day`: the rest day after it that was moved back to it (提前), else the day itself. */
export function meantDay(recurrence: Recurrence, day: LocalDate, calendar: Calendar): LocalDate {
  if (!('restDays' in recurrence) || recurrence.restDays !== 'back' || isNamed(recurrence, day)) return day;
  for (let rest = addDays(day, 1); !calendar.isWorkday(rest); rest = addDays(rest, 1))
    if (isNamed(recurrence, rest)) return rest;
  return day;
}

const isMonth = (day: LocalDate, { months }: { readonly months?: readonly number[] }): boolean =>
  months === undefined || months.includes(monthOf(day));

const isYearDay = (day: LocalDate, days: readonly string[]): boolean =>
  days.includes(day.slice(5)) || (day.slice(5) === '02-28' && endOfMonth(day) === day && days.includes('02-29'));

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
