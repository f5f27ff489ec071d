import type { DayUnit } from '../calendar/due.ts';
import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { addWorkdays, type Calendar, firstWorkdayOnOrAfter } from '../calendar/working-days.ts';
import type { Limit } from './finding.ts';
import type { FindingState } from './states.ts';

interface Days {
  readonly days: number;
  readonly unit: DayUnit;
}
const natural = (days: number): Days => ({ days, unit: 'natural' });
const working = (days: number): Days => ({ days, unit: 'working' });

/** A province's time limits, each with its own unit of days (domain reference 3.4). */
export interface Profile {
  readonly name: string;
  /** 申辩, from the day of the preliminary opinion. */
  readonly defence: Days;
  /** 督导意见书, from the same day. */
  readonly letter: Days;
  /** The others are in no text; they are our defaults. */
  readonly sign: Days;
  readonly plan: Days;
  readonly decide: Days;
  readonly recheck: Days;
  /** How often a deadline may be extended. */
  readonly extensions: number;
  /** The last day falls on a rest day: the next working day (民法典 art. 203), or that day itself. */
  readonly lastDay: 'moves' | 'stays';
}

/** The national text gives no number of days for the defence nor for the letter. */
const NATIONAL: Profile = {
  name: '全国',
  defence: working(10),
  letter: natural(30),
  sign: working(1),
  plan: working(10),
  decide: working(3),
  recheck: working(5),
  extensions: 1,
  lastDay: 'moves',
};

export const PROFILES = {
  national: NATIONAL,
  zhejiang: { ...NATIONAL, name: '浙江', defence: natural(10) },
  shanghai: { ...NATIONAL, name: '上海', defence: working(10) },
  chongqing: { ...NATIONAL, name: '重庆', defence: natural(5) },
  shandong: { ...NATIONAL, name: '山东', defence: natural(15) },
} as const satisfies Record<string, Profile>;
export type Province = keyof typeof PROFILES;

/**
 * The last day of a limit that begins on `from`: that day is not counted (民法典 art. 201). A fixed day is that day. `written` is the day
 * before it moved off a rest day.
 */
export function lastDayOf(
  limit: Limit,
  from: LocalDate,
  calendar: Calendar,
  rule: Profile['lastDay'],
): { readonly date: LocalDate; readonly written: LocalDate } {
  if (limit.kind === 'date') return { date: limit.date, written: limit.date };
  const written = limit.unit === 'working' ? addWorkdays(calendar, from, limit.days) : addDays(from, limit.days);
  return { date: rule === 'moves' ? firstWorkdayOnOrAfter(calendar, written) : written, written };
}

/** Until when a state may wait that the unit's own deadline does not bound. */
export function waitsUntil(
  state: FindingState,
  since: LocalDate,
  profile: Profile,
  calendar: Calendar,
): LocalDate | undefined {
  const days = limitOf(state, profile);
  return days && lastDayOf({ kind: 'days', ...days }, since, calendar, profile.lastDay).date;
}

function limitOf(state: FindingState, profile: Profile): Days | undefined {
  switch (state) {
    case 'draft':
    case 'extensionAsked':
      return profile.decide;
    case 'registered':
    case 'disputed':
      return profile.letter;
    case 'issued':
      return profile.sign;
    case 'planFiled':
      return profile.decide;
    case 'acknowledged':
    case 'planReturned':
      return profile.plan;
    case 'submitted':
    case 'rechecking':
      return profile.recheck;
    case 'fixing':
    case 'returned':
    case 'reopened':
    case 'longTerm':
    case 'closed':
    case 'dropped':
      return undefined;
  }
}
