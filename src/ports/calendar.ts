import type { Instant } from '../domain/calendar/local-date.ts';
import type { SchoolPart, SchoolPeriod } from '../domain/calendar/school-year.ts';
import type { CalendarEdit, CalendarEntries } from '../domain/calendar/work-calendar.ts';
import type { ReminderRule } from './reminders.ts';

/** A rule whose next time was computed with an older calendar. */
interface RuleBehind {
  readonly rule: ReminderRule;
  /** Of its group, whose vacations it may follow. */
  readonly unitId?: string | undefined;
}

export interface CalendarReads {
  /** Which calendar is the one of this moment, whether rules exist that were computed with an older one, and whether any is due at `at`. */
  calendarState(
    at?: Instant,
  ): Promise<{ readonly version: number; readonly rulesBehind: boolean; readonly rulesDue: boolean }>;
  calendarEntries(): Promise<CalendarEntries>;
  rulesBehind(version: number, limit: number): Promise<readonly RuleBehind[]>;
}

/** All but the last make a new version of the calendar, and are `moved` when it is not the one that was seen. */
export type CalendarChange =
  | ({ readonly kind: 'calendar.changed'; readonly seen: number } & CalendarEdit)
  | { readonly kind: 'schoolPeriod.entered'; readonly period: SchoolPeriod; readonly seen: number }
  | {
      readonly kind: 'schoolPeriod.withdrawn';
      readonly unitId: string;
      readonly schoolYear: number;
      readonly part: SchoolPart;
      readonly seen: number;
    }
  /** Next times by the calendar of this version; a rule whose time is another gets a new version of its own. */
  | {
      readonly kind: 'rules.followed';
      readonly rules: readonly {
        readonly id: string;
        readonly nominalAt: Instant;
        readonly fireAt: Instant;
        readonly moved: boolean;
        readonly seen: number;
      }[];
      readonly calendarVersion: number;
    };
