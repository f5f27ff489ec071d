import { type LocalDate, yearOf } from '../domain/calendar/local-date.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import type { DayUnit, Due } from '../domain/work/task.ts';
import { type Collective, collectiveOf, type UnitRef } from '../domain/work/unit.ts';
import { keyOf, plainNumber, splitNames, wholeNumber } from './cell-text.ts';
import type { Issue } from './issue.ts';
import { type DataRow, type Headings, type Layout, matchHeadings, readRows, type Table } from './table.ts';
import { readTitle, type TableTitle } from './table-title.ts';
import type { UnitIndex } from './unit-index.ts';
import { textOf } from './workbook.ts';
import { readWrittenDue, type WrittenDue } from './written-due.ts';

type Field =
  | 'no'
  | 'level1'
  | 'level2'
  | 'standard'
  | 'points'
  | 'lead'
  | 'assist'
  | 'persons'
  | 'due'
  | 'dayUnit'
  | 'evidence'
  | 'program'
  | 'note';

/** 任务分解表. */
export const taskHeadings: Headings<Field> = {
  words: {
    no: [/^(序号|编号)$/],
    level1: [/^(一级|A级)指标$/, /^(类别|板块|指标类别)$/],
    level2: [/^(二级|B级)指标$/],
    standard: [
      /评估标准|评价标准|评估细则|评价细则|评估要点/,
      /(工作|重点|主要)?任务(内容|名称|事项)?$|工作内容|事项(名称)?$|^细则$|^标准$/,
    ],
    points: [/^(分值|标准分|满分|权重)$/],
    lead: [/牵头|主办/, /(责任|承办)(单位|部门|科室)$/],
    assist: [/(配合|协办|协同|参与)(单位|部门|科室)$/],
    persons: [/责任人$|经办人$/, /负责人$/],
    due: [/(完成|办结|落实)?(时限|期限)$/, /^(完成|办结|截止)(时间|日期)$/],
    dayUnit: [/自然日|工作日|^天数|^计日/],
    evidence: [/佐证|支撑材料|印证|备查/],
    program: [/^(所属|归属)?专项(名称|工作)?$/],
    note: [/^备注|^说明/],
  },
  must: [['standard'], ['lead'], ['due']],
};

/** A unit of a task as written, with what it means. Neither unit nor collective: see the row's complaint. */
export interface TaskUnitRead {
  readonly written: string;
  readonly unit: UnitRef | null;
  /** 各学校, 各乡镇（街道）: stays symbolic until it is expanded by the kinds of units. */
  readonly collective: Collective | null;
}

export interface TaskRecord {
  readonly row: number;
  readonly no: number | null;
  /** The standard without its number: 召开专题会议研究，形成会议纪要. */
  readonly title: string;
  readonly standard: string;
  readonly level1: string;
  readonly level2: string;
  readonly points: number | null;
  readonly lead: readonly TaskUnitRead[];
  readonly assist: readonly TaskUnitRead[];
  readonly persons: readonly string[];
  /** The cell as Excel has it: 46171, '3月底前'. */
  readonly dueRaw: string | number | null;
  /** The same for people: a date cell as its date. */
  readonly dueText: string;
  readonly due: Due | null;
  readonly dueFrom?: LocalDate | undefined;
  readonly dueFromSerial: boolean;
  /** Working days unless a column or the text says 自然日. */
  readonly dayUnit: DayUnit;
  readonly evidence: string;
  readonly note: string;
  readonly veto: boolean;
  /** Name of the program (专项), when the table has such a column. */
  readonly program: string;
}

export interface TasksReading {
  readonly kind: 'tasks';
  readonly title: TableTitle;
  readonly layout: Layout;
  readonly records: readonly TaskRecord[];
  readonly issues: readonly Issue[];
}

export interface TasksContext {
  readonly units: UnitIndex;
  readonly calendar: Calendar;
  readonly today: LocalDate;
}

export function readTasks(table: Table, context: TasksContext): TasksReading {
  const columns = matchHeadings(table.columns, taskHeadings) ?? new Map<Field, number>();
  const { rows, layout } = readRows(table, columns, 'no');
  const title = readTitle(table, context.today);
  const records: TaskRecord[] = [];
  const issues: Issue[] = [];
  for (const row of rows) {
    const written = readWrittenDue(
      row.filled('due'),
      title.year ?? yearOf(context.today),
      context.today,
      context.calendar,
    );
    const record = toRecord(row, written, records.at(-1), context.units);
    const earlier = records.find((other) => isSame(other, record));
    if (earlier) issues.push({ row: row.row, type: 'duplicate_of', rowRef: earlier.row });
    else
      issues.push(
        ...dueIssues(record, written, context),
        ...unitIssues(record, context.units),
        ...otherIssues(record, columns),
      );
    records.push(record);
  }
  return { kind: 'tasks', title, layout, records, issues };
}

function toRecord(
  row: DataRow<Field>,
  written: WrittenDue,
  above: TaskRecord | undefined,
  units: UnitIndex,
): TaskRecord {
  const standard = row.text('standard');
  const note = row.text('note');
  const due = row.filled('due');
  // A blank indicator means the one above, merged or not; a new 一级指标 starts its 二级指标 afresh.
  const level1 = row.text('level1') || (above?.level1 ?? '');
  const level2 = row.text('level2') || (above?.level1 === level1 ? above.level2 : '');
  return {
    row: row.row,
    no: wholeNumber(row.own('no')),
    title: standard.replace(/^[(（]?\d{1,3}[)）]?[.、．]?\s*(?=\D)/, ''),
    standard,
    level1,
    level2,
    points: plainNumber(row.own('points')),
    lead: splitNames(row.text('lead')).map((name) => readUnit(name, units)),
    assist: splitNames(row.text('assist')).map((name) => readUnit(name, units)),
    persons: splitNames(row.text('persons')),
    dueRaw: due?.value ?? null,
    dueText: written.fromSerial && written.due?.kind === 'date' ? written.due.date : textOf(due),
    due: written.due,
    dueFrom: written.from,
    dueFromSerial: written.fromSerial,
    dayUnit: /自然日/.test(row.text('dayUnit') + textOf(due)) ? 'natural' : 'working',
    evidence: row.text('evidence'),
    note,
    veto: /否决/.test(note + standard),
    program: row.text('program'),
  };
}

function readUnit(written: string, units: UnitIndex): TaskUnitRead {
  const match = units.find(written);
  if (match.kind === 'one') return { written, unit: match.unit, collective: null };
  return { written, unit: null, collective: (match.kind === 'none' && collectiveOf(written)) || null };
}

/** A task entered twice: the same standard of the same indicator. Its number and its deadline may differ. */
const isSame = (a: TaskRecord, b: TaskRecord): boolean =>
  b.standard !== '' &&
  keyOf(a.standard) === keyOf(b.standard) &&
  keyOf(a.level1 + a.level2) === keyOf(b.level1 + b.level2) &&
  a.lead.map(({ written }) => keyOf(written)).join() === b.lead.map(({ written }) => keyOf(written)).join();

function dueIssues(
  { row, due, dueText: raw }: TaskRecord,
  written: WrittenDue,
  context: TasksContext,
): readonly Issue[] {
  if (written.problem) return [{ row, type: `${written.problem}_date`, raw }];
  switch (due?.kind) {
    case 'date':
      if (due.date < context.today) return [{ row, type: 'already_past', due: due.date }];
      return context.calendar.isWorkday(due.date) ? [] : [{ row, type: 'deadline_non_workday', due: due.date }];
    case 'relative':
      return [{ row, type: 'relative_deadline', raw }];
    case 'ongoing':
    case 'immediate':
      return [{ row, type: 'no_fixed_deadline', raw }];
    case 'none':
      return [raw === '' ? { row, type: 'missing_deadline' } : { row, type: 'no_fixed_deadline', raw }];
    default:
      return [];
  }
}

function unitIssues(record: TaskRecord, units: UnitIndex): readonly Issue[] {
  const { row } = record;
  if (record.lead.length === 0) return [{ row, type: 'missing_unit' }];
  return [...record.lead, ...record.assist].flatMap(({ written: raw, unit, collective }): Issue[] => {
    if (unit) return [];
    if (collective) return [{ row, type: 'collective_unit', raw }];
    const match = units.find(raw);
    return [
      match.kind === 'many'
        ? { row, type: 'ambiguous_unit', raw, candidates: match.units }
        : { row, type: 'unknown_unit', raw },
    ];
  });
}

function otherIssues(record: TaskRecord, columns: ReadonlyMap<Field, number>): readonly Issue[] {
  const { row } = record;
  const issues: Issue[] = [];
  if (record.standard === '') issues.push({ row, type: 'missing_task' });
  if (columns.has('points') && record.points === null) issues.push({ row, type: 'missing_score' });
  return issues;
}
