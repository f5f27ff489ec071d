import type { DayUnit } from '../calendar/due.ts';
import {
  addDays,
  dayOf,
  daysBetween,
  endOfMonth,
  type Instant,
  type LocalDate,
  type LocalTime,
  makeDate,
  monthOf,
  startOfMonth,
  yearOf,
} from '../calendar/local-date.ts';
import type { Span } from '../calendar/span.ts';
import { addWorkdays, type Calendar, lastWorkdayBefore } from '../calendar/working-days.ts';
import type { NamedPerson } from '../people/person.ts';
import type { Collective, UnitRef } from '../people/unit.ts';
import type { Pursuit } from './pursuit.ts';
import { hangsOn, type RelativeDue } from './relative-due.ts';

/** When a task is due, as the office wrote it: a day, a rhythm, a milestone, or no day at all. */
export type Due =
  | {
      readonly kind: 'date';
      readonly date: LocalDate /** The hour that was named with it. */;
      readonly time?: LocalTime | undefined;
    }
  | { readonly kind: 'monthly'; readonly day: number }
  | { readonly kind: 'quarterly' }
  | RelativeDue
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

/**
 * A unit as everybody knows it: 区教育局 of a district's own table is 望海区教育局 on a card of the city. What means many units, or is none that
 * the address book has, stands as written.
 */
export const unitWord = ({ unit, written }: TaskUnit): string => unit?.name ?? written;

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
 * relative: the milestone moved by its offset, once the milestone has a date; 市级核查前 is the last working day before it, because on the
 * day itself nothing can be handed in any more.
 */
export function dueOn(due: Due, today: LocalDate, milestones: Milestones, calendar: Calendar): LocalDate | undefined {
  switch (due.kind) {
    case 'date':
      return due.date;
    case 'monthly':
      return nextMonthly(due.day, today);
    case 'quarterly':
      return endOfMonth(makeDate(yearOf(today), Math.ceil(monthOf(today) / 3) * 3, 1) ?? today);
    case 'relative': {
      const event = [...milestones].find(([name]) => hangsOn(due.event, name));
      return event && dueFrom(due, event[1], calendar);
    }
    case 'ongoing':
    case 'immediate':
    case 'none':
      return undefined;
  }
}

function dueFrom({ offset, unit }: RelativeDue, day: LocalDate, calendar: Calendar): LocalDate {
  if (offset === 0) return lastWorkdayBefore(calendar, day);
  return unit === 'working' ? addWorkdays(calendar, day, offset) : addDays(day, offset);
}

/** For so long a vague milestone that got no day is still reckoned with: the office was asked for it when its days were over. */
export const LAPSED_DAYS = 30;

/**
 * The earliest day on which a task may still be due while its milestone is vague; it is never overdue by a guess. `expected` are the days
 * that the vague words mean, by milestone.
 */
export function dueAbout(
  due: Due,
  today: LocalDate,
  expected: ReadonlyMap<string, Span>,
  calendar: Calendar,
): LocalDate | undefined {
  const meant = [...expected].filter(([, { to }]) => daysBetween(to, today) <= LAPSED_DAYS);
  const first = dueOn(due, today, new Map(meant.map(([name, { from }]) => [name, from])), calendar);
  return first !== undefined && first < today ? today : first;
}

function nextMonthly(day: number, today: LocalDate): LocalDate {
  const inMonth = (first: LocalDate) => addDays(first, Math.min(day, dayOf(endOfMonth(first))) - 1);
  const thisMonth = inMonth(startOfMonth(today));
  return thisMonth >= today ? thisMonth : inMonth(addDays(endOfMonth(today), 1));
}
