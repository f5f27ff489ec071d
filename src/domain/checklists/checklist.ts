import type { LocalDate } from '../calendar/local-date.ts';
import type { UnitRef } from '../people/unit.ts';

/** 评估细则: a set of indicators with its source. Answers always carry source and edition, and 以正式文件为准. */
export interface Checklist {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly edition: string;
  readonly scope: string;
  /** Shipped with the program and open to everybody; any other belongs to the programs that use it. */
  readonly builtIn: boolean;
  /** Names that officials use for it; the first is what the bot calls it. */
  readonly names: readonly string[];
}

export interface Indicator {
  readonly id: string;
  readonly checklistId: string;
  readonly code: string;
  readonly level1: string;
  readonly level2: string;
  readonly title: string;
  readonly standard: string;
  readonly points?: number | undefined;
  readonly veto: boolean;
  /** Carried from memory, not from the text of the regulation: said wherever it is shown. */
  readonly unverified: boolean;
  readonly evidence: readonly string[];
  readonly unitHint: string;
  readonly formula: string;
  readonly note: string;
}

/** met 达标 · unmet 未达标 · reported 已报（定性） · missing 未报. */
export type AssessmentState = 'met' | 'unmet' | 'reported' | 'missing';

/** One result of a self-assessment: of a stage (小学, 初中) or of the whole. */
export interface AssessmentResult {
  readonly stage: string;
  readonly raw: string;
  readonly met?: boolean | undefined;
}

export interface Assessment {
  readonly program: string;
  readonly unit: UnitRef;
  readonly indicatorId: string;
  readonly state: AssessmentState;
  readonly results: readonly AssessmentResult[];
  readonly points?: number | undefined;
  readonly score?: number | undefined;
  readonly evidence: string;
}

/** What a unit still owes in a program's self-assessment. */
export interface AssessmentDue {
  readonly programId: string;
  readonly program: string;
  readonly unit: UnitRef;
  readonly total: number;
  readonly missing: number;
  readonly due?: LocalDate | undefined;
  readonly dueText: string;
}

/** Whether a milestone of this name is the day by which units hand in their self-assessment: 自评截止, 县级自评完成. */
export const isSelfAssessment = (milestone: string): boolean => milestone.includes('自评');
