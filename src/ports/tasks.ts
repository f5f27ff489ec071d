import type { DayUnit } from '../domain/calendar/due.ts';
import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import type { NamedPerson } from '../domain/people/person.ts';
import type { Collective } from '../domain/people/unit.ts';
import type { ProgressReport } from '../domain/tasks/progress.ts';
import type { Pursuit } from '../domain/tasks/pursuit.ts';
import type { Due, Task, TaskEntry, TaskRole, TaskStep, TaskTexts, TaskUnit } from '../domain/tasks/task.ts';
import type { Evidence } from './findings.ts';
import type { Scope } from './scope.ts';

export interface TaskRow extends TaskTexts {
  readonly id: string;
  readonly programId: string;
  readonly code: string;
  readonly kind: Task['kind'];
  readonly title: string;
  readonly level1: string;
  readonly level2: string;
  readonly indicatorId?: string | undefined;
  readonly veto: boolean;
  readonly due: Due;
  readonly dueText: string;
  readonly dayUnit: DayUnit;
  readonly units: readonly {
    readonly role: TaskRole;
    readonly unitId?: string | undefined;
    readonly collective?: Collective | undefined;
    readonly written: string;
  }[];
  readonly people: readonly { readonly name: string; readonly personId?: string | undefined }[];
  readonly version: number;
}

/** What a task that is given in the chat has beside a row of a table. */
export interface NewTask {
  readonly row: Omit<TaskRow, 'version'>;
  readonly number: number;
  readonly target?: number | undefined;
  readonly measure: string;
  readonly starts: LocalDate;
  readonly restricted: boolean;
}

/** Whose confidential tasks are shown: those that this account gave, that these people answer for, or that the office of these units runs. */
export interface Confidant {
  readonly openId: string;
  readonly personIds: readonly string[];
  readonly office: 'everywhere' | readonly string[];
}

interface TaskQuery {
  readonly scope: Scope;
  /** Only open ones when absent. */
  readonly state?: 'open' | 'done' | 'any' | undefined;
  /** Also what the scope's units have given to others; an alert is for those who owe it, a list is for both. */
  readonly given?: true | undefined;
  /** Only the one with this number: T12. */
  readonly number?: number | undefined;
  /** Only what this unit, or a unit below it, leads or assists. */
  readonly unitId?: string | undefined;
  /** Only tasks of this program, which may be archived; without it those of archived ones are left out. */
  readonly programId?: string | undefined;
  /** Only tasks for which one of these people is responsible. */
  readonly personIds?: readonly string[] | undefined;
  /** Only dated tasks due by this day or with a step that is, and those whose day is not a plain date (monthly, relative, ongoing …). */
  readonly dueBy?: LocalDate | undefined;
  /** Who asks, in a direct chat: without it confidential tasks are not among the answers. */
  readonly confidant?: Confidant | undefined;
}

/** Tasks with who leads, who assists and who is responsible. */
export interface TaskReads {
  /** Tasks that the scope's subtree leads or assists, by name or as one of a collective, or for which its people are responsible. */
  tasks(query: TaskQuery): Promise<readonly Task[]>;
  /** Open ones at which the heartbeat has to look, the longest waiting first; those of archived programs are silent. */
  tasksToWatch(now: Instant, limit: number): Promise<readonly { readonly task: Task; readonly silent: boolean }[]>;
  /** Who was alerted to the deadlines of these confidential tasks on this day. */
  taskAlerts(
    day: LocalDate,
    taskIds: readonly string[],
  ): Promise<readonly { readonly taskId: string; readonly reader: string }[]>;
  /** Who leads and assists an indicator, by the tasks of the scope's programs that name it. */
  indicatorUnits(
    scope: Scope,
    indicatorIds: readonly string[],
  ): Promise<readonly { readonly indicatorId: string; readonly role: TaskRole; readonly written: string }[]>;
  importedTasks(programId: string): Promise<readonly TaskRow[]>;
}

/** What was reported of tasks, and what else happened to them. */
export interface TaskProgressReads {
  /** The newest first. */
  taskEntries(taskId: string, limit: number): Promise<readonly TaskEntry[]>;
  /** All that was reported of these tasks, the oldest first. */
  progress(taskIds: readonly string[]): Promise<readonly ProgressReport[]>;
  /** What came with the reports of one task, the oldest first. */
  progressEvidence(taskId: string): Promise<readonly (Evidence & { readonly reportId: string })[]>;
}

/** Each but the first is `moved` when the task has moved since `seen`, and lets the heartbeat look at the task anew; each of a person leaves an entry in the task's history, a report is one itself. */
export type TaskChange =
  | { readonly kind: 'task.added'; readonly task: NewTask; readonly entry: TaskEntry }
  | {
      readonly kind: 'task.moved';
      readonly id: string;
      readonly due: Extract<Due, { kind: 'date' }>;
      readonly dueText: string;
      readonly dayUnit: DayUnit;
      readonly entry: TaskEntry;
      readonly seen: number;
    }
  | {
      readonly kind: 'task.measured';
      readonly id: string;
      readonly target: number;
      readonly measure: string;
      readonly entry: TaskEntry;
      readonly seen: number;
    }
  | {
      readonly kind: 'task.settled';
      readonly id: string;
      readonly state: 'open' | 'done';
      readonly entry: TaskEntry;
      readonly seen: number;
    }
  /** Urged, or given a day, or censured; or no longer behind. */
  | {
      readonly kind: 'task.pursued';
      readonly id: string;
      readonly pursuit: Pursuit;
      readonly entry?: TaskEntry | undefined;
      readonly watchAt: Instant;
      readonly seen: number;
    }
  /** Stale when this reader was alerted to this task on this day already. */
  | {
      readonly kind: 'task.alerted';
      readonly taskId: string;
      readonly day: LocalDate;
      readonly reader: string;
      readonly at: Instant;
    }
  /** Nothing to do; it is looked at again at this instant. The version stays: nothing that people see has changed. */
  | {
      readonly kind: 'task.watched';
      readonly id: string;
      readonly watchAt: Instant;
      /** When it was looked at for the first time. */
      readonly since?: LocalDate | undefined;
      readonly seen: number;
    }
  /** A step in the place of the one of this name; gone when undefined. */
  | {
      readonly kind: 'task.step';
      readonly id: string;
      readonly name: string;
      readonly step: TaskStep | undefined;
      readonly entry: TaskEntry;
      readonly seen: number;
    }
  /** Who leads, assists and answers for it from now on. */
  | {
      readonly kind: 'task.handed';
      readonly id: string;
      readonly units: readonly TaskUnit[];
      readonly people: readonly NamedPerson[];
      readonly entry: TaskEntry;
      readonly seen: number;
    }
  | {
      readonly kind: 'task.restricted';
      readonly id: string;
      readonly restricted: boolean;
      readonly entry: TaskEntry;
      readonly seen: number;
    }
  /** The report has as many files as there is evidence. */
  | {
      readonly kind: 'progress.reported';
      readonly report: ProgressReport;
      readonly evidence: readonly Evidence[];
      readonly seen: number;
    };
