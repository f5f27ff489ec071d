import {
  addDays,
  type Instant,
  instantAt,
  type LocalDate,
  type LocalTime,
  weekday,
} from '../../../src/domain/calendar/local-date.ts';
import type { Recurrence } from '../../../src/domain/reminders/reminder.ts';

/** The rest days of 2026 that are weekdays, and the weekend days that are worked, copied by hand from 国办发明电〔2025〕7号. */
const RESTED =
  '01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07';
const WORKED = '01-04 02-14 02-28 05-09 09-20 10-10';
export const worksIn2026 = (day: LocalDate): boolean =>
  weekday(day) > 5 ? WORKED.includes(day.slice(5)) : !RESTED.includes(day.slice(5));

/** A yearly rule is followed for six years. */
const reachOf = (recurrence: Recurrence): number =>
  recurrence.kind === 'yearDays' || 'months' in recurrence ? 6 * 366 : 400;

/**
 * The next times of a rule the slow way: all days of a year are listed, those of the rule are picked and moved one by one, and what falls
 * together is counted once. Shares nothing with the code under test but dates and the type of a rule.
 */
export function timesByHand(
  recurrence: Recurrence,
  time: LocalTime,
  after: Instant,
  {
    works,
    from,
    count,
  }: { readonly works: (day: LocalDate) => boolean; readonly from: LocalDate; readonly count: number },
): readonly Instant[] {
  const days = Array.from({ length: reachOf(recurrence) + 120 }, (_, n) => addDays(from, n - 60));
  const picked = new Set(daysByHand(recurrence, days, works));
  return [...picked]
    .sort()
    .map((day) => instantAt(day, time, 'Asia/Shanghai'))
    .filter((instant) => instant > after)
    .slice(0, count);
}

function daysByHand(
  recurrence: Recurrence,
  days: readonly LocalDate[],
  works: (day: LocalDate) => boolean,
): readonly LocalDate[] {
  const edges = (key: (day: LocalDate) => string, at: 0 | -1) =>
    [...Map.groupBy(days.filter(works), key).values()].flatMap((group) => group.at(at) ?? []);
  const week = (day: LocalDate) => addDays(day, 1 - weekday(day));
  const month = (day: LocalDate) => day.slice(0, 7);
  switch (recurrence.kind) {
    case 'daily':
      return days;
    case 'workdays':
      return days.filter(works);
    case 'firstWorkdayOfWeek':
      return edges(week, 0);
    case 'lastWorkdayOfWeek':
      return edges(week, -1);
    case 'firstWorkdayOfMonth':
      return edges(month, 0).filter(inMonths);
    case 'lastWorkdayOfMonth':
      return edges(month, -1).filter(inMonths);
    case 'weekdays':
      return moved(
        days.filter((day) => recurrence.days.some((wanted) => wanted === weekday(day)) && inFortnight(recurrence, day)),
      );
    case 'monthDays':
      return moved(
        [...Map.groupBy(days.filter(inMonths), month).values()].flatMap((inMonth) =>
          recurrence.days.flatMap((wanted) => inMonth.findLast((day) => Number(day.slice(8)) <= wanted) ?? []),
        ),
      );
    case 'yearDays':
      return moved(
        days.filter((day) => {
          const isLeap = new Date(Date.UTC(Number(day.slice(0, 4)), 1, 29)).getUTCMonth() === 1;
          return recurrence.days.some((wanted) =>
            day.endsWith(wanted === '02-29' && !isLeap ? '-02-28' : `-${wanted}`),
          );
        }),
      );
  }

  function inMonths(day: LocalDate): boolean {
    const months = 'months' in recurrence ? recurrence.months : undefined;
    return months === undefined || months.map((n) => String(n).padStart(2, '0')).includes(day.slice(5, 7));
  }

  /** Weeks are walked, not divided. */
  function inFortnight({ fortnight }: { readonly fortnight?: LocalDate }, day: LocalDate): boolean {
    if (fortnight === undefined) return true;
    const [first, last] = [fortnight, week(day)].sort();
    let at = first ?? day;
    while (at < (last ?? day)) at = addDays(at, 14);
    return at === last;
  }

  function moved(meant: readonly LocalDate[]): readonly LocalDate[] {
    if (!('restDays' in recurrence)) return meant;
    if (recurrence.restDays === 'ignore') return meant;
    if (recurrence.restDays === 'skip') return meant.filter(works);
    const step = recurrence.restDays === 'forward' ? 1 : -1;
    return meant.map((day) => {
      let at = day;
      while (!works(at)) at = addDays(at, step);
      return at;
    });
  }
}
