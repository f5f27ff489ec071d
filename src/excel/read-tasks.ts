import { type LocalDate, yearOf } from '../domain/calendar/local-date.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import { collectiveOf } from '../domain/people/unit.ts';
import { TASK_TEXTS, TASKS_SHAPE, type TaskField } from '../domain/tasks/task-columns.ts';
import { keyOf, plainNumber, splitNames, wholeNumber } from './cell-text.ts';
import type { Table } from './header.ts';
import type { Issue } from './issue.ts';
import { readPeople } from './people-cell.ts';
import { type DataRow, type Layout, readTable, textsOf } from './table-rows.ts';
import { readTitle, type TableTitle } from './table-title.ts';
import { dueIssues, otherIssues, unitIssues } from './task-issues.ts';
import type { TaskRecord, TaskUnitRead } from './task-table.ts';
import type { UnitIndex } from './unit-index.ts';
import { textOf } from './workbook.ts';
import { readWrittenDue, type WrittenDue } from './written-due.ts';

export type { TaskRecord, TaskUnitRead };

export interface TasksReading {
  readonly kind: 'tasks';
  readonly title: TableTitle;
  readonly layout: Layout;
  readonly records: readonly TaskRecord[];
  readonly unread: readonly string[];
  /** The columns that the table has. */
  readonly has: ReadonlySet<TaskField>;
  readonly issues: readonly Issue[];
}

export interface TasksContext {
  readonly units: UnitIndex;
  readonly calendar: Calendar;
  readonly today: LocalDate;
}

export function readTasks(table: Table, context: TasksContext): TasksReading {
  const { rows, columns, layout, unread } = readTable(table, TASKS_SHAPE, 'no');
  const title = readTitle(table, context.today);
  const records: TaskRecord[] = [];
  const issues: Issue[] = [];
  const first = new Map<string, TaskRecord>();
  for (const row of rows) {
    const written = readWrittenDue(
      row.filled('due'),
      title.year ?? yearOf(context.today),
      context.today,
      context.calendar,
    );
    const record = toRecord(row, written, records.at(-1), context.units);
    const earlier = record.standard === '' ? undefined : first.get(keyOfTask(record));
    if (earlier) issues.push({ row: row.row, type: 'duplicate_of', rowRef: earlier.row });
    else
      issues.push(
        ...dueIssues(record, written, context),
        ...unitIssues(record, context.units),
        ...otherIssues(record, columns),
        ...readPeople(row.row, row.text('persons')).issues,
      );
    if (!earlier) first.set(keyOfTask(record), record);
    records.push(record);
  }
  return { kind: 'tasks', title, layout, records, unread, has: new Set(columns.keys()), issues };
}

function toRecord(
  row: DataRow<TaskField>,
  written: WrittenDue,
  above: TaskRecord | undefined,
  units: UnitIndex,
): TaskRecord {
  const standard = row.text('standard');
  const texts = textsOf(row, TASKS_SHAPE, TASK_TEXTS);
  const due = row.filled('due');
  // A blank indicator means the one above, merged or not; a new 一级指标 starts its 二级指标 afresh.
  const level1 = row.text('level1') || (above?.level1 ?? '');
  const level2 = row.text('level2') || (above?.level1 === level1 ? above.level2 : '');
  return {
    row: row.row,
    no: wholeNumber(row.own('no')),
    ...(/^(R\d+|\d+-\d+)$/.test(textOf(row.own('no'))) && { code: textOf(row.own('no')) }),
    title: standard.replace(/^[(（]?\d{1,3}[)）]?[.、．]?\s*(?=\D)/, ''),
    standard,
    level1,
    level2,
    points: plainNumber(row.own('points')),
    lead: splitNames(row.text('lead')).map((name) => readUnit(name, units)),
    assist: splitNames(row.text('assist')).map((name) => readUnit(name, units)),
    persons: readPeople(row.row, row.text('persons')).names,
    dueRaw: due?.value ?? null,
    dueText: written.fromSerial && written.due?.kind === 'date' ? written.due.date : textOf(due),
    due: written.due,
    dueFrom: written.from,
    dueFromSerial: written.fromSerial,
    dayUnit: dayUnitOf(row.text('dayUnit'), textOf(due), written),
    ...texts,
    veto: /否决/.test(texts.note + standard),
    program: row.text('program'),
  };
}

/** What its own column says, then the cell: 4月28日（自然日）, 5个自然日内. */
function dayUnitOf(column: string, cell: string, { unit }: WrittenDue): TaskRecord['dayUnit'] {
  const said = /自然日|工作日/.exec(column)?.[0];
  if (said) return said === '自然日' ? 'natural' : 'working';
  return unit ?? (/自然日/.test(cell) ? 'natural' : 'working');
}

function readUnit(written: string, units: UnitIndex): TaskUnitRead {
  const match = units.find(written);
  if (match.kind === 'one') return { written, unit: match.unit, collective: null };
  return { written, unit: null, collective: (match.kind === 'none' && collectiveOf(written)) || null };
}

/** What makes two rows one task: the same standard of the same indicator and lead. Number and deadline may differ. */
const keyOfTask = ({ standard, level1, level2, lead }: TaskRecord): string =>
  [level1, level2, standard, ...lead.map(({ written }) => written)].map(keyOf).join('\n');
