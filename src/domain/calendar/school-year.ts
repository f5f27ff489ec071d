import { daysBetween, type LocalDate, monthOf, yearOf } from './local-date.ts';
import type { Span } from './span.ts';

/** The four parts of a school year (学年), in their order: 第一学期, 寒假, 第二学期, 暑假. */
export const SCHOOL_PARTS = ['autumn', 'winter', 'spring', 'summer'] as const;
export type SchoolPart = (typeof SCHOOL_PARTS)[number];

/** 2026—2027学年寒假. */
export const PART_WORD: Readonly<Record<SchoolPart, string>> = {
  autumn: '第一学期',
  winter: '寒假',
  spring: '第二学期',
  summer: '暑假',
};
export const describeSchoolYear = (year: number): string => `${year}—${year + 1}学年`;

/** A term or a vacation that was entered for a unit; the units below it follow it unless they have their own of the same part and year. */
export interface SchoolPeriod extends Span {
  readonly unitId: string;
  /** 2026 is the school year of September 2026 to August 2027. */
  readonly schoolYear: number;
  readonly part: SchoolPart;
}

const isVacation = (part: SchoolPart): boolean => part === 'winter' || part === 'summer';

/** The school year in which a part that begins on this day lies: it turns in August, of which the days before the 20th are still summer. */
export const schoolYearOf = (of: LocalDate): number => (of.slice(5) >= '08-20' ? yearOf(of) : yearOf(of) - 1);

/** Months in which a part begins, and how many days it may have: what lies outside is a slip of the pen. */
const USUAL: Readonly<Record<SchoolPart, { readonly begins: readonly number[]; readonly days: readonly number[] }>> = {
  autumn: { begins: [8, 9, 10], days: [90, 180] },
  winter: { begins: [12, 1, 2], days: [14, 75] },
  spring: { begins: [1, 2, 3, 4], days: [80, 180] },
  summer: { begins: [6, 7, 8], days: [20, 90] },
};

/** Whether a part may begin and last like that. */
export function isUsual(part: SchoolPart, { from, to }: Span): 'begins' | 'days' | undefined {
  const { begins, days } = USUAL[part];
  const count = daysBetween(from, to) + 1;
  if (!begins.includes(monthOf(from))) return 'begins';
  return count < (days[0] ?? 0) || count > (days[1] ?? 0) ? 'days' : undefined;
}

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

/** Another period of the unit that shares a day with this one: a unit is not in two parts of a school year at once. */
export const overlapping = (period: SchoolPeriod, held: readonly SchoolPeriod[]): SchoolPeriod | undefined =>
  held.find(
    (other) =>
      !(other.schoolYear === period.schoolYear && other.part === period.part) &&
      other.from <= period.to &&
      period.from <= other.to,
  );
