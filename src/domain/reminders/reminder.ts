import type { LocalDate, Weekday } from '../calendar/local-date.ts';
import type { ReminderContent } from './contents.ts';

/** On a rest day: nothing (跳过), the working day after it (顺延) or before it (提前), or nevertheless (照发). */
export type RestDays = 'skip' | 'forward' | 'back' | 'ignore';

/** Whom a push mentions: nobody (不提及), those who are responsible (提及责任人), or the whole group (提及所有人). */
export type RuleMention = 'nobody' | 'responsible' | 'everyone';

/**
 * On which days it comes; working days are those of the statutory calendar. Stored as JSON, so a released kind keeps its shape.
 * `inTerm` (学期内): what would come in a vacation of the group's unit is left out.
 */
export type Recurrence = Days & { readonly inTerm?: true };

type Days =
  | { readonly kind: 'workdays' | 'daily' | 'firstWorkdayOfWeek' | 'lastWorkdayOfWeek' }
  /** Of these months only, 1 to 12: 每季度第一个工作日 has 1, 4, 7 and 10. */
  | { readonly kind: 'firstWorkdayOfMonth' | 'lastWorkdayOfMonth'; readonly months?: readonly number[] }
  | {
      readonly kind: 'weekdays';
      readonly days: readonly Weekday[];
      readonly restDays: RestDays;
      /** 每两周: the Monday of a week in which it comes; it comes in every second one from there. */
      readonly fortnight?: LocalDate;
    }
  /** 1 to 31; a month that is too short has its last day instead, so that 31 means the end of every month. */
  | {
      readonly kind: 'monthDays';
      readonly days: readonly number[];
      readonly restDays: RestDays;
      readonly months?: readonly number[];
    }
  /** 每年: 'MM-DD'; 02-29 is the 28th in a year without it. */
  | { readonly kind: 'yearDays'; readonly days: readonly string[]; readonly restDays: RestDays };

/** Each group starts with these: four of the main job, and the countdown, which says nothing before a program has a milestone. */
export const DEFAULT_RULES: readonly {
  readonly content: ReminderContent;
  readonly recurrence: Recurrence;
  readonly time: '08:30';
}[] = [
  { content: 'day', recurrence: { kind: 'workdays' }, time: '08:30' },
  { content: 'week', recurrence: { kind: 'firstWorkdayOfWeek' }, time: '08:30' },
  { content: 'month', recurrence: { kind: 'firstWorkdayOfMonth' }, time: '08:30' },
  { content: 'deadline', recurrence: { kind: 'workdays' }, time: '08:30' },
  { content: 'countdown', recurrence: { kind: 'workdays' }, time: '08:30' },
];
