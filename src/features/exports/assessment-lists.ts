import type { SheetCell } from '../../domain/imports/sheet.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import type { AssessmentRow, IndicatorRow } from '../../ports/rows.ts';
import { column, type List, type ListSource, NUMBER, numberOr, statements } from './list.ts';

/** A unit's self-assessment, a workbook for each program: what was reported, not what is still to be filled in (模板 gives that). */
export async function assessmentLists(
  { store }: ListSource,
  { unit, programId }: Extract<ListRequest, { kind: 'assessment' }>,
  { today }: ListReader,
): Promise<readonly List[]> {
  const lists: List[] = [];
  for (const program of await store.programs({ unitIds: [unit.id] })) {
    if ((programId !== undefined && program.id !== programId) || program.checklistId === undefined) continue;
    const rows = await store.importedAssessments(program.id, unit.id);
    if (rows.length === 0) continue;
    const indicators = await store.importedIndicators(program.checklistId);
    const byId = new Map(rows.map((row) => [row.indicatorId, row]));
    const stages = [...new Set(rows.flatMap(({ results }) => results.map(({ stage }) => stage)))];
    const answered = indicators.flatMap((indicator, at) => {
      const row = byId.get(indicator.id);
      return row ? [cells(indicator, at + 1, row, stages)] : [];
    });
    lists.push({
      name: `${unit.name}“${program.name}”评估指标自评表`,
      sheet: {
        title: `${unit.name}“${program.name}”评估指标自评表`,
        statements: statements({ about: unit, today }, '自评单位'),
        columns: assessmentColumns(stages),
        rows: answered,
      },
    });
  }
  return lists;
}

export const assessmentColumns = (stages: readonly string[]) => [
  NUMBER,
  column('指标代码', 12),
  column('一级指标', 18),
  column('指标名称', 40),
  column('评估标准', 48),
  column('分值', 7),
  ...stages.map((stage) => column(stage ? `自评结果/${stage}` : '自评结果', 16)),
  column('自评得分', 10),
  column('佐证材料', 30),
  column('自评人', 10),
  column('复核意见', 20),
];

function cells(
  indicator: IndicatorRow,
  at: number,
  row: AssessmentRow,
  stages: readonly string[],
): readonly SheetCell[] {
  const { code, level1, title, standard } = indicator;
  return [
    at,
    code,
    level1,
    title,
    standard,
    row.points,
    ...stages.map((stage) => numberOr(row.results.find((result) => result.stage === stage)?.raw ?? '')),
    row.score,
    row.evidence,
    row.assessor,
    row.remark,
  ];
}
