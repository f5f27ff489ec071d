import { daysBetween, type LocalDate } from './local-date.ts';
import type { Span } from './span.ts';

/** The four parts of a school year (学年), in their order: 第一学期, 寒假, 第二学期, 暑假. */
export type SchoolPart = 'autumn' | 'winter' | 'spring' | 'summer';

/** A term or a vacation that was entered for a unit; the units below it follow it unless they have their own of the same part and year. */
export interface SchoolPeriod extends Span {
  readonly unitId: string;
  /** 2026 is the school year of September 2026 to August 2027. */
  readonly schoolYear: number;
  readonly part: SchoolPart;
}

const isVacation = (part: SchoolPart): boolean => part === 'winter' || part === 'summer';

/** What holds for a unit: of each part of each school year its own entry, else that of the nearest unit above it. `chain` begins with the unit. */
export function periodsOf(chain: readonly string[], entered: readonly SchoolPeriod[]): readonly SchoolPeriod[] {
  const held = new Map<string, SchoolPeriod>();
  for (const unitId of chain)
    for (const period of entered) {
      const key = `${period.schoolYear} ${period.part}`;
      if (period.unitId === unitId && !held.has(key)) held.set(key, period);
    }
  return [...held.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** No vacation is longer: two terms that are further apart have one between them that nobody entered. */
const LONGEST_GAP_DAYS = 90;

/**
 * Whether this day is vacation: in one that was entered, or between two terms that were. A day of which nothing is known is none, so that
 * a reminder does not fall silent because nobody has entered the next school year.
 */
export function inVacation(periods: readonly SchoolPeriod[], day: LocalDate): boolean {
  const holding = periods.filter(({ from, to }) => from <= day && day <= to);
  if (holding.length > 0) return holding.some(({ part }) => isVacation(part));
  const before = periods.findLast(({ to }) => to < day);
  const after = periods.find(({ from }) => from > day);
  if (!before || !after || isVacation(before.part) || isVacation(after.part)) return false;
  return daysBetween(before.to, after.from) <= LONGEST_GAP_DAYS;
}
