import type { LocalDate } from './local-date.ts';
import { inVacation, periodsOf, type SchoolPeriod } from './school-year.ts';
import type { Calendar } from './working-days.ts';

/** A day that administrators entered or corrected: 休 or 班. */
export interface EnteredDay {
  readonly day: LocalDate;
  readonly kind: 'rest' | 'work';
  /** Of a rest day: 春节, as `holidayName` spells it; empty when it belongs to none. */
  readonly name: string;
}

/** All that administrators entered. */
export interface CalendarEntries {
  readonly days: readonly EnteredDay[];
  /** Years whose whole arrangement was entered, so that nothing in them is 暂按周末推算 any more. */
  readonly announced: readonly number[];
  readonly periods: readonly SchoolPeriod[];
  /** The unit above each unit; what terms and vacations are inherited along. */
  readonly parents: ReadonlyMap<string, string>;
}

/** What is entered, replacing what was entered for these days before, and what is taken back. */
export interface CalendarEdit {
  readonly entered: readonly EnteredDay[];
  readonly withdrawn: readonly LocalDate[];
  /** This year's whole arrangement is known from now on. */
  readonly announced?: number | undefined;
  /** This year counts as not known again, unless the package knows it. */
  readonly unannounced?: number | undefined;
}

/** The calendar that decisions are made with: the statutory one, and what was entered on top of it. */
export interface WorkCalendar extends Calendar {
  /** Grows with each change of what was entered. What was computed with another version is computed again. */
  readonly version: number;
  /** The same days, with the vacations of this unit. */
  ofUnit(unitId: string | undefined): Calendar;
}

export const NOTHING_ENTERED: CalendarEntries = { days: [], announced: [], periods: [], parents: new Map() };

export function workCalendar(base: Calendar, entries: CalendarEntries, version: number): WorkCalendar {
  const entered = new Map(entries.days.map((day) => [day.day, day]));
  const announced = new Set(entries.announced);
  const days: Calendar = {
    isWorkday(of) {
      const own = entered.get(of);
      return own ? own.kind === 'work' : base.isWorkday(of);
    },
    holidayName(of) {
      const own = entered.get(of);
      if (!own) return base.holidayName(of);
      return own.kind === 'work' ? undefined : own.name || base.holidayName(of);
    },
    known: (year) => announced.has(year) || base.known(year),
  };
  const ofUnits = new Map<string, Calendar>();
  const whole: WorkCalendar = {
    ...days,
    version,
    ofUnit(unitId) {
      if (unitId === undefined || entries.periods.length === 0) return whole;
      const known = ofUnits.get(unitId) ?? withVacations(whole, chainOf(unitId, entries.parents), entries.periods);
      ofUnits.set(unitId, known);
      return known;
    },
  };
  return whole;
}

function withVacations(whole: Calendar, chain: readonly string[], entered: readonly SchoolPeriod[]): Calendar {
  const periods = periodsOf(chain, entered);
  return periods.length === 0 ? whole : { ...whole, isVacation: (of) => inVacation(periods, of) };
}

/** The unit and those above it, the nearest first. A tree that was damaged into a ring ends where it closes. */
export function chainOf(unitId: string, parents: ReadonlyMap<string, string>): readonly string[] {
  const chain: string[] = [];
  for (let at: string | undefined = unitId; at !== undefined && !chain.includes(at); at = parents.get(at))
    chain.push(at);
  return chain;
}
