import { type LocalDate, weekday } from '../domain/calendar/local-date.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import type { TaskField } from '../domain/tasks/task-columns.ts';
import type { Issue } from './issue.ts';
import type { TaskRecord } from './task-table.ts';
import type { UnitIndex } from './unit-index.ts';
import { readWeekday, weekdayName } from './written-date.ts';
import type { WrittenDue } from './written-due.ts';

/** Complaints about when the task is due. */
export function dueIssues(
  { row, due, dueText: raw }: TaskRecord,
  written: WrittenDue,
  context: { readonly calendar: Calendar; readonly today: LocalDate },
): readonly Issue[] {
  if (written.problem) return [{ row, type: `${written.problem}_date`, raw }];
  return [...weekdayIssues(row, written), ...dayIssues({ row, due, dueText: raw }, context)];
}

/** 4月24日（周四）, which is a Friday: nobody knows which of the two is meant. */
function weekdayIssues(row: number, { due, weekday: written }: WrittenDue): readonly Issue[] {
  if (due?.kind !== 'date' || written === undefined || readWeekday(written) === undefined) return [];
  const actual = weekday(due.date);
  return readWeekday(written) === actual
    ? []
    : [{ row, type: 'weekday_mismatch', date: due.date, written, actual: weekdayName(actual) }];
}

function dayIssues(
  { row, due, dueText: raw }: Pick<TaskRecord, 'row' | 'due' | 'dueText'>,
  context: { readonly calendar: Calendar; readonly today: LocalDate },
): readonly Issue[] {
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

/** Complaints about who leads and who assists. */
export function unitIssues(record: TaskRecord, units: UnitIndex): readonly Issue[] {
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

/** Complaints about everything else. */
export function otherIssues(record: TaskRecord, columns: ReadonlyMap<TaskField, number>): readonly Issue[] {
  const { row } = record;
  const issues: Issue[] = [];
  if (record.standard === '') issues.push({ row, type: 'missing_task' });
  if (columns.has('points') && record.points === null) issues.push({ row, type: 'missing_score' });
  return issues;
}
