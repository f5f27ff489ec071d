import type { TaskRecord, TaskUnitRead } from '../../../excel/read-tasks.ts';
import type { IndicatorRow, TaskRow } from '../../../ports/rows.ts';
import type { Reading } from './diff.ts';
import { onceEach, type PeopleBook } from './people.ts';

/** A row with the code by which its task is known from one import to the next. */
export interface CodedRecord {
  readonly code: string;
  readonly record: TaskRecord;
}

/** The number in the table, or the Excel row without one. Tables that number each part afresh repeat a number: the second 3 is 3-2. */
export function coded(records: readonly TaskRecord[]): readonly CodedRecord[] {
  const used = new Map<string, number>();
  return records.map((record) => {
    const own = record.code ?? (record.no === null ? `R${record.row}` : String(record.no));
    const times = (used.get(own) ?? 0) + 1;
    used.set(own, times);
    return { code: times === 1 ? own : `${own}-${times}`, record };
  });
}

export function taskRow(
  { code, record }: CodedRecord,
  of: {
    readonly id: string;
    readonly programId: string;
    /** The office's own checklist, when each task is an indicator of it. */
    readonly ownChecklistId: string | undefined;
    readonly book: PeopleBook;
  },
): Omit<TaskRow, 'version'> {
  // The responsible person belongs to a leading unit: to the one whose address book has the name, else to the first.
  const leading = record.lead.flatMap(({ unit }) => unit?.id ?? []);
  return {
    id: of.id,
    programId: of.programId,
    code,
    kind: 'keyWork',
    title: record.title,
    level1: record.level1,
    level2: record.level2,
    indicatorId: of.ownChecklistId && indicatorId(of.ownChecklistId, code),
    evidence: record.evidence,
    note: record.note,
    veto: record.veto,
    due: record.due ?? { kind: 'none' },
    dueText: record.dueText,
    dayUnit: record.dayUnit,
    units: [...seats(record.lead, 'lead'), ...seats(record.assist, 'assist')],
    people: onceEach(record.persons.map((name) => of.book.personOf(leading, name))),
  };
}

const seats = (units: readonly TaskUnitRead[], role: 'lead' | 'assist'): TaskRow['units'] =>
  units.flatMap(({ written, unit, collective }): TaskRow['units'] => {
    if (unit) return [{ role, unitId: unit.id, collective: undefined, written }];
    return collective ? [{ role, unitId: undefined, collective, written }] : [];
  });

const indicatorId = (checklistId: string, code: string): string => `${checklistId}:${code}`;

/** The same row as what will be assessed. */
export function indicatorRow(
  { code, record }: CodedRecord,
  checklistId: string,
  position: number,
): Omit<IndicatorRow, 'version'> {
  return {
    id: indicatorId(checklistId, code),
    checklistId,
    code,
    position,
    level1: record.level1,
    level2: record.level2,
    title: record.title,
    standard: record.standard,
    points: record.points ?? undefined,
    veto: record.veto,
    unverified: false,
    evidence: record.evidence
      .split(/[；;、]/)
      .map((part) => part.trim())
      .filter(Boolean),
    unitHint: '',
    formula: '',
    note: record.note,
    thresholds: '{}',
  };
}

export const taskKey = ({ code }: Pick<TaskRow, 'code'>): string => code;

export const taskReading: Reading<TaskRow> = {
  key: taskKey,
  label: ({ code, title }) => `第${code}项 ${title}`,
  words: (row) => ({
    // The text of an indicator is shown as its standard.
    ...(row.indicatorId === undefined && { 任务: row.title }),
    一级指标: row.level1,
    二级指标: row.level2,
    牵头单位: writtenUnits(row, 'lead'),
    配合单位: writtenUnits(row, 'assist'),
    责任人: row.people.map(({ name }) => name).join('、'),
    完成时限: row.dueText,
    计日: row.dayUnit === 'natural' ? '自然日' : '工作日',
    佐证材料: row.evidence,
    备注: row.note,
  }),
};

/** What stands in no task; the rest is shown with it. */
export const indicatorReading: Reading<IndicatorRow> = {
  key: ({ code }) => code,
  label: ({ code, title }) => `第${code}项 ${title}`,
  words: (row) => ({ 评估标准: row.standard, 分值: String(row.points ?? '') }),
};

const writtenUnits = ({ units }: Pick<TaskRow, 'units'>, role: 'lead' | 'assist'): string =>
  units
    .filter((unit) => unit.role === role)
    .map(({ written }) => written)
    .join('、');
