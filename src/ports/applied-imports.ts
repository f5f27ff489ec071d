import type { Instant } from '../domain/calendar/local-date.ts';
import type { AssessmentRow, ChecklistRow, IndicatorRow } from './checklists.ts';
import type { PersonRow } from './people.ts';
import type { MilestoneRow, ProgramRow } from './programs.ts';
import type { TaskRow } from './tasks.ts';
import type { UnitRow } from './units.ts';
import type { InspectionRow } from './visits.ts';

type Versioned<Row> = Row & { readonly version: number };

/** A row as an import wrote it, and as it was before; without `before` the import added it. */
export interface WrittenRow<Row extends { readonly version: number }> {
  readonly before?: Row | undefined;
  readonly after: Omit<Row, 'version'>;
}

/** Everything that one import wrote, by the kind of row. */
export interface WrittenRows {
  readonly units: readonly WrittenRow<Versioned<UnitRow>>[];
  readonly people: readonly WrittenRow<PersonRow>[];
  readonly programs: readonly WrittenRow<Versioned<ProgramRow>>[];
  readonly milestones: readonly WrittenRow<MilestoneRow>[];
  readonly checklists: readonly WrittenRow<Versioned<ChecklistRow>>[];
  readonly indicators: readonly WrittenRow<IndicatorRow>[];
  readonly inspections: readonly WrittenRow<InspectionRow>[];
  readonly tasks: readonly WrittenRow<TaskRow>[];
  readonly assessments: readonly WrittenRow<AssessmentRow>[];
}

/** An import that stands in the tables. */
export interface AppliedImport {
  /** The code that its button carries. */
  readonly id: string;
  readonly fileName: string;
  /** directory, schedule, tasks, assessment. */
  readonly kind: string;
  /** An open id, or 'operator'. */
  readonly actor: string;
  readonly at: Instant;
}

/** A row that would be removed, at the version that was seen. */
interface RemovedRow {
  readonly id: string;
  readonly seen: number;
}

/** Rows that would be removed, by the kind of row. */
export interface RemovedRows {
  readonly units: readonly RemovedRow[];
  readonly people: readonly RemovedRow[];
  readonly programs: readonly RemovedRow[];
  readonly milestones: readonly { readonly programId: string; readonly name: string; readonly seen: number }[];
  readonly checklists: readonly RemovedRow[];
  readonly indicators: readonly RemovedRow[];
  readonly inspections: readonly RemovedRow[];
  readonly tasks: readonly RemovedRow[];
  readonly assessments: readonly {
    readonly programId: string;
    readonly unitId: string;
    readonly indicatorId: string;
    readonly seen: number;
  }[];
}

/** Something that the import did not write and that needs a row that would be removed. */
export interface Dependent {
  readonly kind:
    | 'group'
    /** name: the unit, none for all units; of: the role; which: the account. */
    | 'role'
    /** name and of: whose account may see a restricted problem, and their unit. Which one is not said. */
    | 'viewer'
    /** name: the unit; of: the part of the school year `which`. */
    | 'term'
    /** name: the program; of: the unit that takes part, or the milestone. */
    | 'participant'
    | 'milestone'
    | 'inspection'
    | 'task'
    | 'finding'
    /** name: the unit; of: the indicator's code. */
    | 'assessment'
    | 'person'
    /** name and of: who left or was merged (which), and their unit. */
    | 'successor'
    | 'unit'
    | 'program'
    | 'indicator';
  readonly name: string;
  /** Empty where the name says all. */
  readonly of: string;
  readonly which: string;
}

/** The versions at which rows were left when an import was taken back, by kind and key: that was no touch. */
export type LeftVersions = Readonly<Record<string, number>>;

export interface AppliedImportReads {
  /** The newest import that was not taken back. */
  lastImport(): Promise<AppliedImport | undefined>;
  writtenRows(id: string): Promise<WrittenRows | undefined>;
  /** Of the imports that came after this instant and were taken back. */
  leftVersions(after: Instant): Promise<LeftVersions>;
  /**
   * What stands on rows that would be removed, ten of each kind at most. What the import wrote itself is put back or removed with them, or
   * told as touched since.
   */
  dependents(removed: RemovedRows, written: RemovedRows): Promise<readonly Dependent[]>;
}

export type AppliedImportChange =
  /** Kept beside what the import writes, so that it can be taken back. */
  | { readonly kind: 'import.applied'; readonly applied: AppliedImport; readonly rows: WrittenRows }
  /** Stale when it is not the newest any more, or was taken back already. */
  | { readonly kind: 'import.undone'; readonly id: string; readonly at: Instant; readonly left: LeftVersions }
  /** Rows that an import added go; `moved` when one has another version than `seen`, or is needed elsewhere. */
  | { readonly kind: 'rows.removed'; readonly removed: RemovedRows };
