import { z } from 'zod';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { faultyRows } from '../../excel/issue.ts';
import { type ChecklistToMatch, readAssessment } from '../../excel/read-assessment.ts';
import type { Recognised } from '../../excel/recognise.ts';
import type { AssessmentRow, Change, MilestoneRow } from '../../ports/store.ts';
import type { Core } from '../core.ts';
import { diff } from './diff.ts';
import { issuerOf, rootOf, titleUnit } from './directory.ts';
import { counted, type ImportPlan } from './plan.ts';
import { ownProgram } from './programs.ts';

const thresholds = z.record(z.string(), z.object({ op: z.string(), value: z.number(), unit: z.string() }));

/** 评估指标自评表 → a unit's state per indicator, and the day until which the self-assessment is due when the table says it. */
export async function planAssessment(core: Core, { table }: Recognised, today: LocalDate): Promise<ImportPlan> {
  const { store, ids } = core;
  const [{ units }, checklists] = await Promise.all([store.directory(), store.checklists()]);
  const rowsOf = await Promise.all(checklists.map(({ id }) => store.importedIndicators(id)));
  const toMatch = checklists.map(
    ({ id }, index): ChecklistToMatch => ({
      id,
      indicators: (rowsOf[index] ?? []).map(({ code, title, thresholds: text }) => ({
        code,
        title,
        thresholds: thresholds.parse(JSON.parse(text)),
      })),
    }),
  );
  const reading = readAssessment(table, { checklists: toMatch, today });
  const base = {
    kind: 'assessment',
    title: reading.title.text,
    rows: reading.records.length,
    issues: reading.issues,
  } as const;
  const nothing = (remark: string): ImportPlan => ({
    ...base,
    added: [],
    changed: [],
    unchanged: 0,
    remarks: [remark],
    changes: [],
  });

  const unit = issuerOf(reading.title, units) ?? titleUnit(reading.title, units);
  const checklist = checklists.find(({ id }) => id === reading.checklistId);
  const root = rootOf(units);
  if (!checklist) return nothing('表中的指标与已有的评估细则对不上，没有可导入的内容。');
  if (!unit || !root)
    return nothing('不知道是哪个单位的自评：请在标题下一行写明“自评单位：单位全称”，并先导入单位通讯录。');

  const programName = checklist.names[0] ?? checklist.title;
  const running = (await store.programsByName(programName)).filter(({ checklistId }) => checklistId === checklist.id);
  const program = ownProgram(running, unit.id, units);
  const programId = program?.id ?? ids.next('program');
  const faulty = faultyRows(reading.issues);
  const wanted = reading.records
    .filter(({ row, code }) => !faulty.has(row) && code !== '')
    .map(
      (record): Omit<AssessmentRow, 'version'> => ({
        programId,
        unitId: unit.id,
        indicatorId: `${checklist.id}:${record.code}`,
        state: record.state,
        results: record.results.map(({ stage, raw, met }) => ({
          stage,
          raw: raw === null ? '' : String(raw),
          ...(met !== null && { met }),
        })),
        points: record.points ?? undefined,
        score: record.score ?? undefined,
        evidence: record.evidence,
        assessor: record.assessor,
        remark: record.remark,
      }),
    );
  const standing = program ? await store.importedAssessments(programId, unit.id) : [];
  const titleOf = new Map(
    toMatch.flatMap<[string, string]>(({ id, indicators }) =>
      indicators.map(({ code, title }): [string, string] => [`${id}:${code}`, `${code} ${title}`]),
    ),
  );
  const assessments = diff<AssessmentRow>(wanted, standing, {
    key: ({ indicatorId }) => indicatorId,
    label: ({ indicatorId }) => titleOf.get(indicatorId) ?? indicatorId,
  });
  const dates = diff<MilestoneRow>(
    reading.title.deadlines.map(({ name, text, date }) => ({ programId, name, due: date, dueText: text })),
    program ? await store.importedMilestones(programId) : [],
    { key: ({ name }) => name, label: ({ name }) => name },
  );
  const changes: Change[] = [
    ...(program
      ? []
      : [
          {
            kind: 'programs.put',
            rows: [{ id: programId, unitId: root.id, name: programName, checklistId: checklist.id }],
          } as const,
        ]),
    ...(dates.puts.length > 0 ? [{ kind: 'milestones.put', rows: dates.puts } as const] : []),
    ...(assessments.puts.length > 0 ? [{ kind: 'assessments.put', rows: assessments.puts } as const] : []),
  ];
  return { ...base, ...counted(assessments, dates), remarks: [], changes };
}
