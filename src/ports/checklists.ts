import type {
  Assessment,
  AssessmentDue,
  AssessmentResult,
  AssessmentState,
  Checklist,
  Indicator,
} from '../domain/checklists/checklist.ts';
import type { Scope } from './scope.ts';

export interface ChecklistRow {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly edition: string;
  readonly scope: string;
  readonly names: readonly string[];
}

export interface IndicatorRow extends Indicator {
  readonly position: number;
  readonly version: number;
  /** Per stage: { "小学": { "op": ">=", "value": 4.2, "unit": "…" } } as JSON text, '{}' when none. */
  readonly thresholds: string;
}

export interface AssessmentRow {
  readonly programId: string;
  readonly unitId: string;
  readonly indicatorId: string;
  readonly state: AssessmentState;
  readonly results: readonly AssessmentResult[];
  readonly points?: number | undefined;
  readonly score?: number | undefined;
  readonly evidence: string;
  readonly assessor: string;
  readonly remark: string;
  readonly version: number;
}

export interface IndicatorQuery {
  /** Of these checklists; all when undefined. */
  readonly checklistIds?: readonly string[] | undefined;
  /** As typed: YZ-2.11 or 2.11, upper case. */
  readonly code?: string | undefined;
  /** A part of title, standard, level or code. */
  readonly keyword?: string | undefined;
  /** A first- or second-level name exactly. */
  readonly level?: string | undefined;
  readonly vetoOnly?: boolean | undefined;
  readonly limit: number;
}

/** Checklists, their indicators, and where the units stand. */
export interface ChecklistReads {
  checklists(): Promise<readonly Checklist[]>;
  indicators(query: IndicatorQuery): Promise<readonly Indicator[]>;
  assessments(query: {
    readonly scope: Scope;
    readonly indicatorIds: readonly string[];
    readonly unitId?: string | undefined;
  }): Promise<readonly Assessment[]>;
  /** Self-assessments of the scope with items still missing. */
  assessmentDues(scope: Scope, unitId?: string): Promise<readonly AssessmentDue[]>;
  importedIndicators(checklistId: string): Promise<readonly IndicatorRow[]>;
  importedAssessments(programId: string, unitId: string): Promise<readonly AssessmentRow[]>;
}
