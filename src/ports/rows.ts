import type { DayUnit } from '../domain/calendar/due.ts';
import type { Instant, LocalDate, LocalTime } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { AssessmentResult, AssessmentState, Indicator } from '../domain/checklists/checklist.ts';
import type { Collective } from '../domain/people/unit.ts';
import type { ReminderContent } from '../domain/reminders/contents.ts';
import type { Recurrence, RuleMention } from '../domain/reminders/reminder.ts';
import type { Due, Task, TaskRole } from '../domain/tasks/task.ts';

export interface ReminderRule {
  readonly id: string;
  readonly chatId: string;
  /** From 1, its own in the group; what administrators call it. */
  readonly number: number;
  readonly content: ReminderContent;
  readonly recurrence: Recurrence;
  readonly time: LocalTime;
  /** Those who are responsible, unless it says otherwise. */
  readonly mention?: RuleMention | undefined;
  /** The last day on which it comes. */
  readonly until?: LocalDate | undefined;
  /** A rule that is switched off keeps its place and never comes. */
  readonly enabled: boolean;
  readonly nominalAt: Instant;
  readonly fireAt: Instant;
  /** The calendar that these times were computed with; 0 is none, and the next beat computes them. */
  readonly calendarVersion: number;
  readonly version: number;
}

// Rows as an import writes and compares them. `version` is the one that was read; a new row has none.
export interface UnitRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly parentId?: string | undefined;
  readonly names: readonly string[];
}
export interface PersonRow {
  readonly id: string;
  readonly unitId: string;
  readonly name: string;
  readonly position: string;
  readonly mobile?: string | undefined;
  readonly officePhone: string;
  readonly email: string;
  /** Serves no more, or is the row of another: written by the administrators' own changes, never by an import. */
  readonly gone?: { readonly kind: 'left' | 'merged'; readonly into?: string | undefined } | undefined;
  readonly version: number;
}
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
export interface InspectionRow {
  readonly id: string;
  readonly unitId: string;
  readonly programId?: string | undefined;
  readonly checklistId?: string | undefined;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly dateText: string;
  readonly period: string;
  readonly starts?: LocalTime | undefined;
  readonly beginsAt: Instant;
  readonly kind: string;
  readonly topic: string;
  readonly unannounced: boolean;
  readonly team: readonly {
    readonly role: 'leader' | 'member';
    readonly name: string;
    readonly personId?: string | undefined;
  }[];
  readonly contact: string;
  readonly contactPhone: string;
  readonly note: string;
  readonly version: number;
}
export interface TaskRow {
  readonly id: string;
  readonly programId: string;
  readonly code: string;
  readonly kind: Task['kind'];
  readonly title: string;
  readonly level1: string;
  readonly level2: string;
  readonly indicatorId?: string | undefined;
  readonly evidence: string;
  readonly note: string;
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
