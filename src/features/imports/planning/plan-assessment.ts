import * as z from 'zod';
import type { LocalDate } from '../../../domain/calendar/local-date.ts';
import {
  ASSESSMENT_SHAPE,
  ASSESSMENT_TEXTS,
  type AssessmentField,
  REPORT_COLUMNS,
  stagedColumns,
} from '../../../domain/checklists/assessment-columns.ts';
import type { Checklist } from '../../../domain/checklists/checklist.ts';
import { eachField, wordsOf } from '../../../domain/imports/workbook-column.ts';
import type { Unit } from '../../../domain/people/unit.ts';
import { faultyRows } from '../../../excel/issue.ts';
import { type AssessmentRecord, type ChecklistToMatch, readAssessment } from '../../../excel/read-assessment.ts';
import type { Recognised } from '../../../excel/recognise.ts';
import { stateOf } from '../../../excel/stage-result.ts';
import { readTitle, type TableTitle } from '../../../excel/table-title.ts';
import type { AssessmentRow } from '../../../ports/checklists.ts';
import type { MilestoneRow } from '../../../ports/programs.ts';
import type { Reads } from '../../../ports/store.ts';
import { type Filled, keptWhereAbsent } from './absent-columns.ts';
import { type Diff, diff } from './diff.ts';
import { ancestry, issuerOf, rootOf, titleUnit } from './find-unit.ts';
import { type ImportPlan, NO_DIRECTORY, type NotImported, notImported, type Planner, planOf } from './plan.ts';
import { type ProgramToUse, programChange, programFor, programSeen } from './programs.ts';

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
  const assessments = await diffAssessments(store, records, { program, unit, checklist, has: reading.has });
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
    [programSeen(program)],
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

type Wanted = Omit<AssessmentRow, 'version'>;

/** A table of scores alone says nothing of the state that the results gave. */
const NO_RESULTS: Filled<AssessmentField, Wanted> = {
  result: (_row, { results, state }) => ({ results, state }),
};

/** A table for one stage says nothing of the others. */
function withOtherStages(row: Wanted, before: Wanted | undefined): Wanted {
  const read = new Map(row.results.map((result) => [result.stage, result]));
  if (!before || read.size === 0 || before.results.every(({ stage }) => read.has(stage))) return row;
  const kept = before.results.map((result) => read.get(result.stage) ?? result);
  const stages = new Set(kept.map(({ stage }) => stage));
  const results = [...kept, ...row.results.filter(({ stage }) => !stages.has(stage))];
  const given = results.map(({ raw, met }) => ({ raw: raw === '' ? null : raw, met: met ?? null }));
  return { ...row, results, state: stateOf(given, row.score ?? null) };
}

async function diffAssessments(
  store: Reads,
  records: readonly AssessmentRecord[],
  of: {
    readonly program: ProgramToUse;
    readonly unit: Unit;
    readonly checklist: KnownChecklist;
    readonly has: ReadonlySet<AssessmentField>;
  },
): Promise<Diff<AssessmentRow>> {
  const { program, unit, checklist, has } = of;
  const standing = await store.importedAssessments(program.id, unit.id);
  const known = new Map(standing.map((row) => [row.indicatorId, row]));
  const idOf = (code: string) => `${checklist.id}:${code}`;
  const titles = new Map(checklist.indicators.map(({ code, title }) => [idOf(code), `${code} ${title}`]));
  const wanted = records.map((record): Wanted => {
    const row: Wanted = {
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
      ...eachField(ASSESSMENT_TEXTS, (field) => record[field]),
    };
    const before = known.get(row.indicatorId);
    return keptWhereAbsent(withOtherStages(row, before), before, { shape: ASSESSMENT_SHAPE, has }, NO_RESULTS);
  });
  return diff<AssessmentRow>(wanted, standing, {
    key: ({ indicatorId }) => indicatorId,
    label: ({ indicatorId }) => titles.get(indicatorId) ?? indicatorId,
    words: (row) => {
      const stages = row.results.map(({ stage }) => stage);
      return wordsOf(stagedColumns<typeof row>(REPORT_COLUMNS, stages), row);
    },
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
