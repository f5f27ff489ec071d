import {
  addDays,
  addMonths,
  daysBetween,
  endOfMonth,
  type LocalDate,
  makeDate,
  startOfMonth,
  startOfWeek,
  yearOf,
} from './local-date.ts';
import type { Span } from './span.ts';

/** Which days are worked. Must have a working day within any two weeks, or the functions below search for long. */
export interface Calendar {
  isWorkday(of: LocalDate): boolean;
  /** 清明, 劳动节, …: the holiday that a rest day belongs to; undefined on working days and plain weekends. */
  holidayName(of: LocalDate): string | undefined;
  /** Whether the State Council's arrangement of that year is known; if not, its working days are 暂按周末推算. */
  known(year: number): boolean;
  /** Whether schools are on vacation (寒假, 暑假); absent where no term of the unit is entered. Working days do not ask. */
  isVacation?(of: LocalDate): boolean;
  /** The same days with the vacations of another unit; absent from a calendar without any. */
  ofUnit?(unitId: string | undefined): Calendar;
}

/** The holidays of 全国年节及纪念日放假办法, as `holidayName` spells them. */
export type Holiday = '元旦' | '春节' | '清明' | '劳动节' | '端午' | '中秋' | '国庆节';

export function firstWorkdayOnOrAfter(calendar: Calendar, from: LocalDate): LocalDate {
  let day = from;
  while (!calendar.isWorkday(day)) day = addDays(day, 1);
  return day;
}

export function lastWorkdayOnOrBefore(calendar: Calendar, from: LocalDate): LocalDate {
  let day = from;
  while (!calendar.isWorkday(day)) day = addDays(day, -1);
  return day;
}

/** By when something is due that is due within a span of days: its last working day, where one is still to come, else its last day. */
export function lastWorkdayOf(span: Span, today: LocalDate, calendar: Calendar): LocalDate {
  const last = lastWorkdayOnOrBefore(calendar, span.to);
  return last < span.from || last < today ? span.to : last;
}

export const lastWorkdayBefore = (calendar: Calendar, from: LocalDate): LocalDate =>
  lastWorkdayOnOrBefore(calendar, addDays(from, -1));

/**
 * The nth working day after `from`, which is not counted itself (民法典 art. 201); before it when `n` is negative.
 * 0 is `from` itself or, on a rest day, the next working day (art. 203).
 */
export function addWorkdays(calendar: Calendar, from: LocalDate, n: number): LocalDate {
  if (n === 0) return firstWorkdayOnOrAfter(calendar, from);
  const step = Math.sign(n);
  let day = from;
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step);
    if (calendar.isWorkday(day)) left -= 1;
  }
  return day;
}

/** Working days after `from` up to and including `to`; when `to` is earlier, those after `to` up to `from`, as a negative number. */
export function workdaysBetween(calendar: Calendar, from: LocalDate, to: LocalDate): number {
  if (to < from) return 0 - workdaysBetween(calendar, to, from);
  let count = 0;
  for (let day = from; day < to; ) {
    day = addDays(day, 1);
    if (calendar.isWorkday(day)) count += 1;
  }
  return count;
}

/** Whether an answer that depends on these days must be marked 暂按周末推算, because a year among them is not announced yet. */
export function isProvisional(calendar: Calendar, of: LocalDate | Span): boolean {
  const [from, to] = typeof of === 'string' ? [of, of] : [of.from, of.to];
  for (let year = yearOf(from); year <= yearOf(to); year += 1) if (!calendar.known(year)) return true;
  return false;
}

/** First and last working day of the ISO week (Monday to Sunday); undefined in a week without any, as in 国庆. */
export const workdaysOfWeek = (calendar: Calendar, of: LocalDate): Span | undefined =>
  workdaysWithin(calendar, { from: startOfWeek(of), to: addDays(startOfWeek(of), 6) });

/** First and last working day of the month. */
export const workdaysOfMonth = (calendar: Calendar, of: LocalDate): Span | undefined =>
  workdaysWithin(calendar, { from: startOfMonth(of), to: endOfMonth(of) });

function workdaysWithin(calendar: Calendar, span: Span): Span | undefined {
  const from = firstWorkdayOnOrAfter(calendar, span.from);
  return from > span.to ? undefined : { from, to: lastWorkdayOnOrBefore(calendar, span.to) };
}

/**
 * The holiday nearest to `near`, the one that contains it first: the unbroken run of rest days around the days of that name, swapped
 * days and adjoining weekends included, as people say 清明假期. Undefined where the calendar has no day of that name.
 */
export function holidaySpan(calendar: Calendar, name: Holiday, near: LocalDate): Span | undefined {
  const spans = [-1, 0, 1]
    .map((years) => holidayOfYear(calendar, name, yearOf(near) + years))
    .filter((span) => span !== undefined);
  const distance = ({ from, to }: Span) => Math.max(daysBetween(near, from), daysBetween(to, near), 0);
  return spans.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** The same for the holiday that falls in a year; 元旦 may begin in the December before. */
export function holidayOfYear(calendar: Calendar, name: Holiday, year: number): Span | undefined {
  const start = makeDate(year, 1, 1);
  if (!start) return undefined;
  const end = addMonths(start, 12);
  for (let day = start; day < end; day = addDays(day, 1)) {
    if (calendar.holidayName(day) === name) return restAround(calendar, day);
  }
  return undefined;
}

function restAround(calendar: Calendar, day: LocalDate): Span {
  let [from, to] = [day, day];
  while (!calendar.isWorkday(addDays(from, -1))) from = addDays(from, -1);
  while (!calendar.isWorkday(addDays(to, 1))) to = addDays(to, 1);
  return { from, to };
}
