import { ASSESSMENT_COLUMNS, type AssessmentLine, stagedColumns } from '../../domain/checklists/assessment-columns.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import { type List, type ListSource, statements, tableOf } from './list.ts';

/** A unit's self-assessment, a workbook for each program: what was reported, not what is still to be filled in (模板 gives that). */
export async function assessmentLists(
  { store }: ListSource,
  { unit, programId }: ListRequest<'assessment'>,
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
    const answered = indicators.flatMap((indicator): AssessmentLine[] => {
      const row = byId.get(indicator.id);
      return row ? [{ ...row, indicator }] : [];
    });
    lists.push({
      name: `${unit.name}“${program.name}”评估指标自评表`,
      sheet: {
        title: `${unit.name}“${program.name}”评估指标自评表`,
        statements: statements({ about: unit, today }, '自评单位'),
        ...tableOf(stagedColumns<AssessmentLine>(ASSESSMENT_COLUMNS, stages), answered),
      },
    });
  }
  return lists;
}
