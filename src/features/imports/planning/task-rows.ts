import { eachField, wordsOf } from '../../../domain/imports/workbook-column.ts';
import {
  COMPARED_BESIDE_INDICATOR,
  COMPARED_OF_INDICATOR,
  COMPARED_OF_TASK,
  TASK_TEXTS,
  type TaskField,
} from '../../../domain/tasks/task-columns.ts';
import type { TaskRecord, TaskUnitRead } from '../../../excel/read-tasks.ts';
import type { IndicatorRow } from '../../../ports/checklists.ts';
import type { TaskRow } from '../../../ports/tasks.ts';
import type { Filled } from './absent-columns.ts';
import type { Reading } from './diff.ts';
import { onceEach, type PeopleBook } from './people.ts';

/** A row with the code by which its task is known from one import to the next. */
export interface CodedRecord {
  readonly code: string;
  readonly record: TaskRecord;
}

/** The number in the table, or the Excel row without one. Tables that number each part afresh repeat a number: the second 3 is 3-2. */
export function assignCodes(records: readonly TaskRecord[]): readonly CodedRecord[] {
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
    ...eachField(TASK_TEXTS, (field) => record[field]),
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

const seatsOf = ({ units }: Pick<TaskRow, 'units'>, role: 'lead' | 'assist'): TaskRow['units'] =>
  units.filter((seat) => seat.role === role);

/** A note of 一票否决 that stands goes on with the note. */
const vetoOf = (row: { readonly veto: boolean }, before: { readonly veto: boolean; readonly note: string }) => ({
  note: before.note,
  veto: row.veto || (before.veto && /否决/.test(before.note)),
});

const SAYS_UNIT = /自然日|日历日|工作日/;

export const FILLED_OF_TASK: Filled<TaskField, Omit<TaskRow, 'version'>> = {
  assist: (row, before) => ({ units: [...seatsOf(row, 'lead'), ...seatsOf(before, 'assist')] }),
  persons: (_row, before) => ({ people: before.people }),
  // 5个自然日内 says itself what it counts.
  dayUnit: (row, before) =>
    SAYS_UNIT.test(row.dueText) || SAYS_UNIT.test(before.dueText) ? {} : { dayUnit: before.dayUnit },
  note: vetoOf,
};

export const FILLED_OF_INDICATOR: Filled<TaskField, Omit<IndicatorRow, 'version'>> = { note: vetoOf };

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
  // The text of an indicator is shown as its standard.
  words: (row) => wordsOf(row.indicatorId === undefined ? COMPARED_OF_TASK : COMPARED_BESIDE_INDICATOR, row),
};

/** What stands in no task; the rest is shown with it. */
export const indicatorReading: Reading<IndicatorRow> = {
  key: ({ code }) => code,
  label: ({ code, title }) => `第${code}项 ${title}`,
  words: (row) => wordsOf(COMPARED_OF_INDICATOR, row),
};
