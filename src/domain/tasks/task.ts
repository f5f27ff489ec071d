import type { DayUnit } from '../calendar/due.ts';
import {
  addDays,
  dayOf,
  endOfMonth,
  type Instant,
  type LocalDate,
  makeDate,
  monthOf,
  startOfMonth,
  yearOf,
} from '../calendar/local-date.ts';
import type { NamedPerson } from '../people/person.ts';
import type { Collective, UnitRef } from '../people/unit.ts';
import type { Pursuit } from './pursuit.ts';

/** When a task is due, as the office wrote it: a day, a rhythm, a milestone, or no day at all. */
export type Due =
  | { readonly kind: 'date'; readonly date: LocalDate }
  | { readonly kind: 'monthly'; readonly day: number }
  | { readonly kind: 'quarterly' }
  | { readonly kind: 'relative'; readonly event: string; readonly offset: number }
  | { readonly kind: 'ongoing' | 'immediate' | 'none' };

export type TaskRole = 'lead' | 'assist';

/** A unit, or a collective receiver, that leads or assists. */
export interface TaskUnit {
  readonly role: TaskRole;
  readonly unit?: UnitRef | undefined;
  readonly collective?: Collective | undefined;
  /** The receiver as the office wrote it. */
  readonly written: string;
}

/** What a row of a workbook says that is kept as it is written, '' where it says nothing: each is a column of task-columns.ts. */
export interface TaskTexts {
  readonly requirement: string;
  readonly evidence: string;
  readonly note: string;
}

export interface Task extends TaskTexts {
  readonly id: string;
  readonly programId: string;
  readonly program: string;
  readonly code: string;
  readonly kind: 'keyWork' | 'decisionMatter' | 'livelihoodProject';
  readonly title: string;
  readonly level1: string;
  readonly level2: string;
  readonly veto: boolean;
  readonly due: Due;
  readonly dueText: string;
  readonly dayUnit: DayUnit;
  readonly units: readonly TaskUnit[];
  readonly people: readonly NamedPerson[];
  /** What the asking scope has to do with it: leading wins over assisting. */
  readonly ownRole: TaskRole;
  /** Unique in the district: T12. */
  readonly number: number;
  readonly state: 'open' | 'done';
  /** How much is to be reached, in `measure` (所, 万元); none for a task that is reported by share. */
  readonly target?: number | undefined;
  readonly measure: string;
  /** From which day the expected share counts. */
  readonly starts?: LocalDate | undefined;
  /** 保密: seen by those who answer for it, by who gave it and by the office, in their direct chats; in no group, not even in a count. */
  readonly restricted: boolean;
  readonly pursuit: Pursuit;
  /** In the order of their days. */
  readonly steps: readonly TaskStep[];
  readonly version: number;
}

/** 节点: a step of one task with a day of its own. */
export interface TaskStep {
  readonly name: string;
  readonly due: LocalDate;
  readonly doneOn?: LocalDate | undefined;
}

/** handed: to another unit or person. closedOff, openedUp: 保密 and 公开. urged, limited, censured: 催办, 限期整改, 通报. eased: no longer behind. step: of 节点. */
type EntryKind =
  | 'added'
  | 'due'
  | 'target'
  | 'done'
  | 'reopened'
  | 'handed'
  | 'closedOff'
  | 'openedUp'
  | 'urged'
  | 'limited'
  | 'censured'
  | 'eased'
  | 'step';

/** What happened to a task, its reports of progress aside. */
export interface TaskEntry {
  readonly id: string;
  readonly taskId: string;
  readonly at: Instant;
  /** An open id, or 'heartbeat'. */
  readonly actor: string;
  readonly kind: EntryKind;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

/** Those that are named; a collective (各学校) is none. */
export const leadUnitIds = ({ units }: Pick<Task, 'units'>): readonly string[] =>
  units.flatMap(({ role, unit }) => (role === 'lead' && unit ? [unit.id] : []));

/** What officials type: T12. */
export const taskName = ({ number }: Pick<Task, 'number'>): string => `T${number}`;

/** What cards of the task name in `live`: by its number, so that whoever types it finds them. */
export const taskSubject = ({ number }: Pick<Task, 'number'>): string => `task:${number}`;

/** Dates of a program by name (市级核查, 省督导组进驻); a name without a date is not fixed yet. */
export type Milestones = ReadonlyMap<string, LocalDate>;

/**
 * The day on which a task is next due, seen from `today`; undefined when the office fixed none.
 * monthly: the day of this month or, once it has passed, of the next. quarterly: the quarter's last day.
 * relative: the milestone moved by its offset in natural days, once the milestone has a date.
 */
export function dueOn(due: Due, today: LocalDate, milestones: Milestones): LocalDate | undefined {
  switch (due.kind) {
    case 'date':
      return due.date;
    case 'monthly':
      return nextMonthly(due.day, today);
    case 'quarterly':
      return endOfMonth(makeDate(yearOf(today), Math.ceil(monthOf(today) / 3) * 3, 1) ?? today);
    case 'relative': {
      const event = [...milestones].find(([name]) => name.includes(due.event) || due.event.includes(name));
      return event && addDays(event[1], due.offset);
    }
    case 'ongoing':
    case 'immediate':
    case 'none':
      return undefined;
  }
}

function nextMonthly(day: number, today: LocalDate): LocalDate {
  const inMonth = (first: LocalDate) => addDays(first, Math.min(day, dayOf(endOfMonth(first))) - 1);
  const thisMonth = inMonth(startOfMonth(today));
  return thisMonth >= today ? thisMonth : inMonth(addDays(endOfMonth(today), 1));
}
