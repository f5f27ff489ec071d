import { addDays, daysBetween, type LocalDate } from './local-date.ts';
import { addWorkdays, type Calendar, lastWorkdayOnOrBefore, workdaysBetween } from './working-days.ts';

/** 工作日 or 自然日: what a deadline counts in, before it and when it is overdue. */
export type DayUnit = 'working' | 'natural';

/**
 * Days from today to the due day in the task's own unit: 0 on the day, negative once it is over. A working deadline on a rest day is at 0 from
 * the last working day before it, because nothing can be handed in after that; it is overdue only after the day itself, and the first
 * working day then counts 1, also for the rest days before that one.
 */
export function daysLeft(calendar: Calendar, today: LocalDate, due: LocalDate, unit: DayUnit): number {
  if (unit === 'natural') return daysBetween(today, due);
  const count = workdaysBetween(calendar, today, due);
  return today > due ? Math.min(count, -1) : count;
}

/**
 * 还剩 3 个工作日, 今天截止, 逾期 2 天. `natural` is the same distance in natural days: a working deadline on a coming rest day has 0 working days
 * left and is not today's.
 */
export function describeDaysLeft(left: number, unit: DayUnit, natural: number = left): string {
  const name = unit === 'working' ? '个工作日' : '天';
  if (left < 0) return `逾期 ${-left} ${name}`;
  if (left > 0) return `还剩 ${left} ${name}`;
  return natural > 0 ? `还剩 ${natural} 天，其间无工作日` : '今天截止';
}

/** Days before a deadline on which it is alerted unless it is set otherwise, in its own unit (domain: 提醒, T-7/T-3/T-1/T-0). */
export const ALERT_DAYS: readonly number[] = [7, 3, 1, 0];

/**
 * Whether a deadline is alerted by the push of this working day, and what the alert says. An alert day that is a rest day moves to the working
 * day before it, where it merges with whatever is alerted there; an overdue task is alerted on every working day.
 */
export function alertsOn(
  calendar: Calendar,
  pushDay: LocalDate,
  due: LocalDate,
  unit: DayUnit,
  alertDays: readonly number[] = ALERT_DAYS,
): { readonly daysLeft: number } | undefined {
  if (!calendar.isWorkday(pushDay)) return undefined;
  const alerted =
    pushDay > due ||
    alertDays.some((days) => lastWorkdayOnOrBefore(calendar, before(calendar, due, days, unit)) === pushDay);
  return alerted ? { daysLeft: daysLeft(calendar, pushDay, due, unit) } : undefined;
}

const before = (calendar: Calendar, due: LocalDate, days: number, unit: DayUnit): LocalDate =>
  unit === 'natural' || days === 0 ? addDays(due, -days) : addWorkdays(calendar, due, -days);
