import { addDays, daysBetween, type LocalDate } from '../calendar/local-date.ts';
import type { Span } from '../calendar/span.ts';
import {
  type Calendar,
  firstWorkdayOnOrAfter,
  isProvisional,
  workdaysBetween,
  workdaysOfWeek,
} from '../calendar/working-days.ts';
import { isSelfAssessment } from '../checklists/checklist.ts';
import type { Collective, UnitRef } from '../people/unit.ts';
import { hangsOn, type RelativeDue } from '../tasks/relative-due.ts';
import { LAPSED_DAYS } from '../tasks/task.ts';

/** 节点: a named date of a program. It has a day, or the days that its vague words stand for, or words that name no day (待定). */
export interface Milestone {
  readonly name: string;
  readonly due?: LocalDate | undefined;
  readonly period?: Span | undefined;
  /** As the office wrote it. */
  readonly dueText: string;
}

/** A unit, or a collective receiver, that takes part in a program. */
export interface Participant {
  readonly unit?: UnitRef | undefined;
  readonly collective?: Collective | undefined;
  readonly written: string;
}

/** How far a milestone is. Days are counted to its day, or to the first day that its vague words may mean; on those days, to the last one. */
export type Countdown =
  | {
      readonly kind: 'day' | 'about' | 'within';
      readonly on: LocalDate;
      /** Working days after today up to that day. */
      readonly workdays: number;
      readonly days: number;
      readonly provisional: boolean;
    }
  /** lapsed: the days that the vague words meant are over, and nobody has said which it was or will be. */
  | { readonly kind: 'lapsed' | 'over' | 'open' };

export function countdown({ due, period }: Milestone, today: LocalDate, calendar: Calendar): Countdown {
  const within = !due && period !== undefined && period.from <= today;
  const on = due ?? (within ? period.to : period?.from);
  if (!on) return { kind: 'open' };
  if (on < today) return { kind: due ? 'over' : 'lapsed' };
  return {
    kind: due ? 'day' : within ? 'within' : 'about',
    on,
    workdays: workdaysBetween(calendar, today, on),
    days: daysBetween(today, on),
    provisional: isProvisional(calendar, { from: today, to: on }),
  };
}

/** What comes first where several are shown: what may begin any day, then by days; what has no day is last. */
export const nearness = (left: Countdown): number =>
  left.kind === 'within' ? 0 : 'days' in left ? left.days : Number.MAX_SAFE_INTEGER;

/** A milestone is counted down each working day from here on (S2.2). */
const LAST_WORKDAYS = 10;

/**
 * Whether the push of this day counts down to the milestone: daily within the last ten working days, and on the first working day of a week
 * before; a vague one weekly. The end of a self-assessment is left out, because its own alert counts the days.
 */
export function countedOn(milestone: Milestone, day: LocalDate, calendar: Calendar): boolean {
  if (isSelfAssessment(milestone.name)) return false;
  const left = countdown(milestone, day, calendar);
  if (left.kind === 'over' || left.kind === 'open') return false;
  if (left.kind === 'lapsed' && daysBetween(milestone.period?.to ?? day, day) > LAPSED_DAYS) return false;
  if (left.kind === 'day' && left.workdays <= LAST_WORKDAYS) return true;
  return workdaysOfWeek(calendar, day)?.from === day;
}

/** So long a question that was missed is still asked; its guard is kept for a week. */
const ASKED_DAYS = 4;

/** Whether a vague milestone asks for its day today: from the first working day of its days on, and from the first one after them. */
export function asksForDay(
  { due, period }: Milestone,
  today: LocalDate,
  calendar: Calendar,
): 'begun' | 'over' | undefined {
  if (due || !period || !calendar.isWorkday(today)) return undefined;
  const isSoonAfter = (day: LocalDate) => {
    const first = firstWorkdayOnOrAfter(calendar, day);
    return first <= today && daysBetween(first, today) <= ASKED_DAYS;
  };
  if (today > period.to) return isSoonAfter(addDays(period.to, 1)) ? 'over' : undefined;
  return isSoonAfter(period.from) ? 'begun' : undefined;
}

/** In the order of their days; those without any come last. */
export const inOrder = (milestones: readonly Milestone[]): readonly Milestone[] =>
  milestones.toSorted((a, b) => (beginning(a) < beginning(b) ? -1 : beginning(a) > beginning(b) ? 1 : 0));

const beginning = ({ due, period }: Milestone): string => due ?? period?.from ?? '9999';

/** Whether what a task waits for is a milestone of the program, with a day or without. */
export const hasStep = (
  { steps }: { readonly steps: readonly Milestone[] },
  { event }: Pick<RelativeDue, 'event'>,
): boolean => steps.some(({ name }) => hangsOn(event, name));

/** The milestones that have a day, by name. */
export const datedOf = (milestones: readonly Milestone[]): ReadonlyMap<string, LocalDate> =>
  new Map(milestones.flatMap(({ name, due }) => (due ? [[name, due] as const] : [])));

/** The days that the vague ones may have, by name. */
export const expectedOf = (milestones: readonly Milestone[]): ReadonlyMap<string, Span> =>
  new Map(milestones.flatMap(({ name, due, period }) => (!due && period ? [[name, period] as const] : [])));

/** The days around one that is only roughly known: 4月8日左右. */
export const daysAround = (day: LocalDate): Span => ({ from: addDays(day, -3), to: addDays(day, 3) });
