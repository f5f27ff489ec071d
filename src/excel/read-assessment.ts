import type { LocalDate } from '../domain/calendar/local-date.ts';
import {
  ASSESSMENT_SHAPE,
  ASSESSMENT_TEXTS,
  type AssessmentField,
  RESULT,
  SCORE,
} from '../domain/checklists/assessment-columns.ts';
import type { AssessmentState } from '../domain/checklists/checklist.ts';
import { keyOf, plainNumber, wholeNumber } from './cell-text.ts';
import type { Table } from './header.ts';
import type { Issue } from './issue.ts';
import { readStage, requirementOf, type StageResult, stateOf, type Thresholds } from './stage-result.ts';
import { type DataRow, type Layout, readTable, textsOf } from './table-rows.ts';
import { readTitle, type TableTitle } from './table-title.ts';

interface ChecklistIndicator {
  readonly code: string;
  readonly title: string;
  readonly thresholds: Thresholds;
}

export interface ChecklistToMatch {
  readonly id: string;
  readonly indicators: readonly ChecklistIndicator[];
}

export interface AssessmentRecord {
  readonly row: number;
  readonly no: number | null;
  /** '' when the checklist has no such indicator. */
  readonly code: string;
  readonly title: string;
  readonly points: number | null;
  readonly results: readonly StageResult[];
  readonly score: number | null;
  readonly evidence: string;
  readonly assessor: string;
  readonly remark: string;
  readonly state: AssessmentState;
}

export interface AssessmentReading {
  readonly kind: 'assessment';
  readonly title: TableTitle;
  readonly layout: Layout;
  /** The checklist that most rows belong to; undefined when none has any of them. */
  readonly checklistId: string | undefined;
  readonly records: readonly AssessmentRecord[];
  readonly unread: readonly string[];
  /** The columns that the table has. */
  readonly has: ReadonlySet<AssessmentField>;
  /** The sum in the row 合计, when there is one. */
  readonly totalScore: number | null;
  readonly issues: readonly Issue[];
}

export interface AssessmentContext {
  readonly checklists: readonly ChecklistToMatch[];
  readonly today: LocalDate;
}

interface StageColumn {
  readonly stage: string;
  readonly index: number;
}

export function readAssessment(table: Table, context: AssessmentContext): AssessmentReading {
  const { rows, columns, layout, totals, unread } = readTable(table, ASSESSMENT_SHAPE, 'no');
  const stages = table.columns
    .filter(({ heading }) => RESULT.reads.some((word) => word.test(heading)))
    .map(({ heading, index }): StageColumn => ({ stage: heading.split('/')[1] ?? '', index }));
  const checklist = bestMatch(context.checklists, rows);
  const records: AssessmentRecord[] = [];
  const issues: Issue[] = [];
  for (const row of rows) {
    const indicator = indicatorOf(row, checklist?.indicators ?? []);
    const record = toRecord(row, indicator, stages);
    const earlier = indicator && records.find((other) => other.code === indicator.code);
    if (earlier) issues.push({ row: row.row, type: 'duplicate_of', rowRef: earlier.row });
    else issues.push(...complaints(row, record, indicator, stages));
    records.push(record);
  }
  const totalScore = totals.map((row) => plainNumber(row.own('score'))).find((sum) => sum !== null) ?? null;
  const title = readTitle(table, context.today);
  return {
    kind: 'assessment',
    title,
    layout,
    checklistId: checklist?.id,
    records,
    unread,
    has: new Set(columns.keys()),
    totalScore,
    issues,
  };
}

function bestMatch(
  checklists: readonly ChecklistToMatch[],
  rows: readonly DataRow<AssessmentField>[],
): ChecklistToMatch | undefined {
  const titles = new Set(rows.map((row) => keyOf(row.text('title'))));
  const count = ({ indicators }: ChecklistToMatch) => indicators.filter(({ title }) => titles.has(keyOf(title))).length;
  const [best] = checklists.toSorted((a, b) => count(b) - count(a));
  return best && count(best) > 0 ? best : undefined;
}

/** By code, else by title; where several share a title, or the row has none, by 序号. */
function indicatorOf(
  row: DataRow<AssessmentField>,
  indicators: readonly ChecklistIndicator[],
): ChecklistIndicator | undefined {
  const code = keyOf(row.text('code'));
  const title = keyOf(row.text('title'));
  const numbered = indicators[(wholeNumber(row.own('no')) ?? 0) - 1];
  const named = indicators.filter((indicator) => keyOf(indicator.title) === title);
  if (code !== '') return indicators.find((indicator) => keyOf(indicator.code) === code) ?? named[0];
  if (title === '') return numbered;
  return named.find((indicator) => indicator === numbered) ?? named[0];
}

function toRecord(
  row: DataRow<AssessmentField>,
  indicator: ChecklistIndicator | undefined,
  stages: readonly StageColumn[],
): AssessmentRecord {
  const results = stages.map(({ stage, index }) => readStage(stage, row.cellAt(index), indicator?.thresholds ?? {}));
  const score = plainNumber(row.own('score'));
  return {
    row: row.row,
    no: wholeNumber(row.own('no')),
    code: indicator?.code ?? '',
    title: row.text('title') || (indicator?.title ?? ''),
    points: plainNumber(row.own('points')),
    results,
    score,
    ...textsOf(row, ASSESSMENT_SHAPE, ASSESSMENT_TEXTS),
    state: stateOf(results, score),
  };
}

function complaints(
  row: DataRow<AssessmentField>,
  record: AssessmentRecord,
  indicator: ChecklistIndicator | undefined,
  stages: readonly StageColumn[],
): readonly Issue[] {
  if (!indicator) return [{ row: row.row, type: 'unknown_indicator', raw: record.title }];
  const { code } = indicator;
  const issues: Issue[] = [];
  for (const { stage, value, raw, met } of record.results) {
    if (met !== false) continue;
    const required = requirementOf(stage, indicator.thresholds);
    issues.push({ row: row.row, type: 'below_standard', code, stage, value: value ?? raw ?? '', required });
  }
  const cells = stages.map(({ stage, index }) => ({ column: RESULT.heading + stage, cell: row.cellAt(index) }));
  for (const { column, cell } of [...cells, { column: SCORE.heading, cell: row.own('score') }]) {
    if (cell?.error !== undefined) issues.push({ row: row.row, type: 'formula_error', raw: cell.error, column });
  }
  if (record.score === null) issues.push({ row: row.row, type: 'missing_score', code });
  return issues;
}
