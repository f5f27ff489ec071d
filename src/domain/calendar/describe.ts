import { dayOf, daysBetween, type LocalDate, type LocalTime, monthOf, weekday, yearOf } from './local-date.ts';
import type { Span } from './span.ts';

/** 周一 to 周日. */
export const weekdayName = (of: LocalDate): string => `周${'一二三四五六日'.charAt(weekday(of) - 1)}`;

const RELATIVE = ['前天', '昨天', '今天', '明天', '后天'];
/** 前天 to 后天; undefined further away. */
export const relativeDay = (of: LocalDate, today: LocalDate): string | undefined =>
  RELATIVE[daysBetween(today, of) + 2];

const monthDay = (of: LocalDate): string => `${monthOf(of)}月${dayOf(of)}日`;
const withYear = (of: LocalDate): string => `${yearOf(of)}年${monthDay(of)}`;

/** 4月8日（周三）, with the year when it is not today's. */
export const describeDate = (of: LocalDate, today: LocalDate): string =>
  `${yearOf(of) === yearOf(today) ? monthDay(of) : withYear(of)}（${weekdayName(of)}）`;

/** A deadline, with its hour where it has one: 4月24日（周五）18:00, 5月31日（周日，休息日）. */
export const describeDue = (of: LocalDate, time: LocalTime | undefined, today: LocalDate, isRestDay = false): string =>
  `${isRestDay ? describeDate(of, today).replace(/）$/, '，休息日）') : describeDate(of, today)}${time ?? ''}`;

/** 07:00 of today, 明天 07:00, 4月27日（周一） 07:00: when something comes. */
export const describeComing = (
  { date, time }: { readonly date: LocalDate; readonly time: LocalTime },
  today: LocalDate,
): string => (date === today ? time : `${relativeDay(date, today) ?? describeDate(date, today)} ${time}`);

/** 今天 4月1日（周三）, 4月6日—12日, 3月30日—4月5日; years wherever one is not today's. */
export function describeSpan({ from, to }: Span, today: LocalDate): string {
  if (from === to) return [relativeDay(from, today), describeDate(from, today)].filter(Boolean).join(' ');
  if (yearOf(from) !== yearOf(to)) return `${withYear(from)}—${withYear(to)}`;
  const start = yearOf(from) === yearOf(today) ? monthDay(from) : withYear(from);
  return `${start}—${monthOf(from) === monthOf(to) ? `${dayOf(to)}日` : monthDay(to)}`;
}
