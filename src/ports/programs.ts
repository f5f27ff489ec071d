import type { Instant } from '../domain/calendar/local-date.ts';
import type { UnitRef } from '../domain/people/unit.ts';
import type { Milestone, Participant } from '../domain/programs/program.ts';
import type { Milestones } from '../domain/tasks/task.ts';

export interface Program {
  readonly id: string;
  readonly name: string;
  readonly unit: UnitRef;
  readonly checklistId?: string | undefined;
  /** Those that have a day, by name. */
  readonly milestones: Milestones;
  /** The first days of the vague ones. */
  readonly expected: Milestones;
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
  /** Every program, the archived ones too. */
  allPrograms(): Promise<readonly Program[]>;
  /** Who takes part; empty when all units below its own do. */
  participants(programId: string): Promise<readonly Participant[]>;
  programFigures(programId: string, now: Instant): Promise<ProgramFigures>;
}

/** Each is stale when the row has moved since `seen`. */
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
