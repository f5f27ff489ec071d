import { addDays, endOfMonth, type LocalDate, makeDate, weekday, yearOf } from './local-date.ts';
import type { Span } from './span.ts';
import type { Calendar } from './working-days.ts';

/**
 * A holiday as its notice gives it (5日至12日放假调休，共8天), swapped days included and a weekend beside it not. Where no notice is known,
 * the unbroken rest around its days.
 */
export interface HolidayRun extends Span {
  /** 中秋, 国庆节: in the order of their days. */
  readonly names: readonly string[];
}

/** The holidays of a year, in order. The one that begins in the December before belongs to the year of its holiday. */
export function holidaysOfYear(calendar: Calendar, year: number): readonly HolidayRun[] {
  const runs: { from: LocalDate; to: LocalDate; names: string[] }[] = [];
  for (const day of daysOfYear(year)) {
    const name = calendar.holidayName(day);
    const last = runs.at(-1);
    if (last && day <= last.to) {
      if (name && !last.names.includes(name)) last.names.push(name);
    } else if (name && !calendar.isWorkday(day)) runs.push({ ...runAround(calendar, day, year), names: [name] });
  }
  // The last days of December may be the next year's 元旦.
  return runs.filter(({ to, names }) => !(yearOf(to) > year && names.includes('元旦')));
}

/** Saturdays and Sundays that are worked (调休). */
export const workedWeekends = (calendar: Calendar, year: number): readonly LocalDate[] =>
  [...daysOfYear(year)].filter((day) => weekday(day) > 5 && calendar.isWorkday(day));

function* daysOfYear(year: number): Generator<LocalDate> {
  const first = makeDate(year, 1, 1);
  const december = makeDate(year, 12, 1);
  if (first && december) for (let day = first; day <= endOfMonth(december); day = addDays(day, 1)) yield day;
}

function runAround(calendar: Calendar, day: LocalDate, year: number): Span {
  const goesOn = (on: LocalDate) =>
    !calendar.isWorkday(on) && (!calendar.known(year) || calendar.holidayName(on) !== undefined);
  let [from, to] = [day, day];
  while (goesOn(addDays(from, -1))) from = addDays(from, -1);
  while (goesOn(addDays(to, 1))) to = addDays(to, 1);
  return { from, to };
}
