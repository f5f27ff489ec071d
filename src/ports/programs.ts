import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { UnitRef } from '../domain/people/unit.ts';
import type { Milestone, Participant } from '../domain/programs/program.ts';
import type { Milestones } from '../domain/tasks/task.ts';
import type { Scope } from './scope.ts';

export interface ProgramRow {
  readonly id: string;
  readonly unitId: string;
  readonly name: string;
  readonly checklistId?: string | undefined;
}

export interface MilestoneRow {
  readonly programId: string;
  readonly name: string;
  readonly due?: LocalDate | undefined;
  /** How vague words are understood, while there is no day. */
  readonly period?: Span | undefined;
  readonly dueText: string;
  readonly version: number;
}

export interface Program {
  readonly id: string;
  readonly name: string;
  readonly unit: UnitRef;
  readonly checklistId?: string | undefined;
  /** Those that have a day, by name. */
  readonly milestones: Milestones;
  /** The days that the vague ones may have, by name. */
  readonly expected: ReadonlyMap<string, Span>;
  /** All of them in the order of their days, the vague ones too. */
  readonly steps: readonly Milestone[];
  /** Silent since then. */
  readonly archivedAt?: Instant | undefined;
  readonly version: number;
}

/** What hangs on a program: what archiving it silences. */
export interface ProgramFigures {
  readonly openTasks: number;
  readonly doneTasks: number;
  /** Visits that have not begun; of unannounced ones even the count would tell. */
  readonly visitsAhead: number;
  /** Items of self-assessments, and those that are missing. */
  readonly assessed: number;
  readonly missing: number;
}

export interface ProgramReads {
  /**
   * Run by a unit of the subtree, or by one above it that wants all or these to take part, or with a task or a self-assessment of the
   * subtree. Archived ones only when asked for.
   */
  programs(scope: Scope, archived?: 'archived too'): Promise<readonly Program[]>;
  programsByName(name: string): Promise<readonly Program[]>;
  /** Every program, the archived ones too. */
  allPrograms(): Promise<readonly Program[]>;
  /** Who takes part; empty when all units below its own do. */
  participants(programId: string): Promise<readonly Participant[]>;
  programFigures(programId: string, now: Instant): Promise<ProgramFigures>;
  importedMilestones(programId: string): Promise<readonly MilestoneRow[]>;
}

/** Each is `moved` when the row has moved since `seen`. */
export type ProgramChange =
  /** Its tasks, its visits to come and its alerts fall silent. */
  | { readonly kind: 'program.archived'; readonly id: string; readonly at: Instant; readonly seen: number }
  | { readonly kind: 'program.restored'; readonly id: string; readonly seen: number }
  | {
      readonly kind: 'program.participants';
      readonly id: string;
      readonly participants: readonly Participant[];
      readonly seen: number;
    }
  | {
      readonly kind: 'milestone.removed';
      readonly programId: string;
      readonly name: string;
      readonly seen: number;
    };
