import * as z from 'zod';
import type { LocalDate } from '../../../domain/calendar/local-date.ts';
import type { Checklist } from '../../../domain/checklists/checklist.ts';
import type { Unit } from '../../../domain/people/unit.ts';
import { faultyRows } from '../../../excel/issue.ts';
import { type AssessmentRecord, type ChecklistToMatch, readAssessment } from '../../../excel/read-assessment.ts';
import type { Recognised } from '../../../excel/recognise.ts';
import { readTitle, type TableTitle } from '../../../excel/table-title.ts';
import type { AssessmentRow, MilestoneRow } from '../../../ports/rows.ts';
import type { Reads } from '../../../ports/store.ts';
import { type Diff, diff } from './diff.ts';
import { ancestry, issuerOf, rootOf, titleUnit } from './find-unit.ts';
import { type ImportPlan, NO_DIRECTORY, type NotImported, notImported, type Planner, planOf } from './plan.ts';
import { type ProgramToUse, programChange, programFor } from './programs.ts';

const NO_UNIT = notImported('不知道是哪个单位的自评，请在标题下一行写明“自评单位：单位全称”，单位须在通讯录中。');
const NO_CHECKLIST = notImported('表中的指标与已有的评估细则对不上，没有可导入的内容。');

/** 评估指标自评表 → a unit's state per indicator, and the day until which the self-assessment is due when the table says it. */
export async function planAssessment(
  importer: Planner,
  { table }: Recognised,
  today: LocalDate,
): Promise<ImportPlan | NotImported> {
  const { store } = importer;
  const { units } = await store.directory();
  const root = rootOf(units);
  if (!root) return NO_DIRECTORY;
  const title = readTitle(table, today);
  const unit = issuerOf(title, units) ?? titleUnit(title, units);
  if (!unit) return NO_UNIT;
  const checklists = await checklistsFor(unit, store);
  const reading = readAssessment(table, { checklists, today });
  const checklist = checklists.find(({ id }) => id === reading.checklistId);
  if (!checklist) return NO_CHECKLIST;

  const program = await programFor(importer, {
    names: [...(await quotedProgram(title, checklist, store)), ...checklist.names.slice(0, 1), checklist.title],
    among: ancestry(unit, units),
    owner: root,
    checklistId: checklist.id,
  });
  if ('kind' in program) return program;
  const faulty = faultyRows(reading.issues);
  const records = reading.records.filter(({ row, code }) => !faulty.has(row) && code !== '');
  const assessments = await diffAssessments(store, records, { program, unit, checklist });
  const milestones = await diffMilestones(store, title, program);
  return planOf(
    reading,
    [assessments, milestones],
    [
      programChange(program, checklist.id),
      milestones.puts.length > 0 ? { kind: 'milestones.put', rows: milestones.puts } : undefined,
      assessments.puts.length > 0 ? { kind: 'assessments.put', rows: assessments.puts } : undefined,
    ],
    await withoutProblems(store, records, unit, program.id),
  );
}

/** A self-check that finds nothing is looked into: 问题没查清 is itself not let pass (三不放过, S1.6). */
async function withoutProblems(
  store: Reads,
  records: readonly AssessmentRecord[],
  { id, name }: Unit,
  programId: string,
): Promise<readonly string[]> {
  if (records.length === 0 || records.some(({ state }) => state === 'unmet' || state === 'missing')) return [];
  const written = await store.findings({ unitIds: [id], programId, limit: 1 });
  return written.length > 0
    ? []
    : [`${name}自评 ${records.length} 项，没有查出一个问题。请核查是不是没有查清（三不放过）。`];
}

/** “两项督导” in the title is a program when one of that name works by this checklist. */
async function quotedProgram(
  { text }: TableTitle,
  checklist: KnownChecklist,
  store: Reads,
): Promise<readonly string[]> {
  const quoted = /[“"「](.+?)[”"」]/.exec(text)?.[1] ?? '';
  const found = quoted === '' ? [] : await store.programsByName(quoted);
  return found.some(({ checklistId }) => checklistId === checklist.id) ? [quoted] : [];
}

type KnownChecklist = Checklist & ChecklistToMatch;
const thresholds = z.record(z.string(), z.object({ op: z.string(), value: z.number(), unit: z.string() }));

/** The checklists that a unit may report on: the built-in ones, and those of programs that concern it. */
async function checklistsFor(unit: Unit, store: Reads): Promise<readonly KnownChecklist[]> {
  const [all, programs] = await Promise.all([store.checklists(), store.programs({ unitIds: [unit.id] })]);
  const inUse = new Set(programs.map(({ checklistId }) => checklistId));
  return Promise.all(
    all
      .filter(({ id, builtIn }) => builtIn || inUse.has(id))
      .map(async (checklist) => ({
        ...checklist,
        indicators: (await store.importedIndicators(checklist.id)).map((row) => ({
          code: row.code,
          title: row.title,
          thresholds: thresholds.parse(JSON.parse(row.thresholds)),
        })),
      })),
  );
}

async function diffAssessments(
  store: Reads,
  records: readonly AssessmentRecord[],
  of: { readonly program: ProgramToUse; readonly unit: Unit; readonly checklist: KnownChecklist },
): Promise<Diff<AssessmentRow>> {
  const { program, unit, checklist } = of;
  const idOf = (code: string) => `${checklist.id}:${code}`;
  const titles = new Map(checklist.indicators.map(({ code, title }) => [idOf(code), `${code} ${title}`]));
  const wanted = records.map(
    (record): Omit<AssessmentRow, 'version'> => ({
      programId: program.id,
      unitId: unit.id,
      indicatorId: idOf(record.code),
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
  return diff<AssessmentRow>(wanted, await store.importedAssessments(program.id, unit.id), {
    key: ({ indicatorId }) => indicatorId,
    label: ({ indicatorId }) => titles.get(indicatorId) ?? indicatorId,
    words: (row) => ({
      ...Object.fromEntries(row.results.map(({ stage, raw }) => [`自评结果${stage}`, raw])),
      分值: String(row.points ?? ''),
      自评得分: String(row.score ?? ''),
      佐证材料: row.evidence,
      自评人: row.assessor,
      复核意见: row.remark,
    }),
  });
}

async function diffMilestones(
  store: Reads,
  { deadlines }: TableTitle,
  program: ProgramToUse,
): Promise<Diff<MilestoneRow>> {
  return diff<MilestoneRow>(
    deadlines.map(({ name, text, date }) => ({ programId: program.id, name, due: date, dueText: text })),
    await store.importedMilestones(program.id),
    { key: ({ name }) => name, label: ({ name }) => name, words: ({ dueText }) => ({ 时间: dueText }) },
  );
}
