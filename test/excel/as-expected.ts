import type { Due } from '../../src/domain/tasks/task.ts';
import type { Issue } from '../../src/excel/issue.ts';
import type { AssessmentRecord } from '../../src/excel/read-assessment.ts';
import type { DirectoryRecord } from '../../src/excel/read-directory.ts';
import type { ScheduleRecord } from '../../src/excel/schedule-table.ts';
import type { TaskRecord } from '../../src/excel/task-table.ts';

// What we read, in the words and with the fields of the .expected.json files.

/** Our complaint in the words of the expected files. */
export function flatIssue(issue: Issue): Record<string, unknown> {
  const { row, type } = issue;
  switch (issue.type) {
    case 'ambiguous_unit':
      return { row, type, raw: issue.raw, candidates: issue.candidates.length };
    case 'unknown_unit':
    case 'collective_unit':
    case 'impossible_date':
    case 'fuzzy_date':
    case 'no_fixed_deadline':
    case 'relative_deadline':
      return { row, type, raw: issue.raw };
    case 'date_fill_down':
      return { row, type, note: 'date cell blank, not merged' };
    case 'duplicate_of':
      return { row, type, row_ref: issue.rowRef };
    case 'person_conflict':
      return { row, type, person: issue.person, row_ref: issue.rowRef };
    case 'weekday_mismatch':
      return { row, type, written: issue.written, actual: issue.actual };
    case 'non_workday':
      return issue.holiday
        ? { row, type, note: `${issue.holiday}节假期` }
        : { row, type, note: 'as written it is a Sunday', weekday: issue.weekday };
    case 'year_suspect':
      return { row, type, note: `sheet title says ${issue.titleYear}; ${issue.date} was a Sunday` };
    case 'already_past':
    case 'deadline_non_workday':
      return { row, type, due: issue.due };
    case 'below_standard':
      return { row, type, code: issue.code, stage: issue.stage, value: issue.value };
    case 'missing_score':
      return issue.code === undefined ? { row, type } : { row, type, code: issue.code };
    default:
      return { row, type };
  }
}

export const flatVisit = (record: ScheduleRecord) => ({
  row: record.row,
  seq: record.seq,
  ...(record.precision === 'day' || record.precision === null
    ? { date: record.from }
    : { from: record.from, to: record.to }),
  year_inferred: record.yearInferred || undefined,
  from_serial: record.fromSerial || undefined,
  period: record.period,
  type: record.kind,
  unit_raw: record.unitRaw,
  unit: record.wholeCounty ? record.unitRaw : (record.unit?.name ?? null),
  topic: record.topic,
  leader: record.leader,
  members: record.members,
});

const flatDue = (due: Due | null, record: TaskRecord) => {
  if (due?.kind === 'relative') return { kind: due.kind, event: due.event, offset_days: due.offset };
  if (due?.kind !== 'date') return due;
  return {
    ...(record.dueFrom && { from: record.dueFrom }),
    to: due.date,
    ...(record.dueFromSerial && { from_serial: true }),
  };
};

export const flatTask = (record: TaskRecord) => ({
  row: record.row,
  no: record.no,
  level1: record.level1,
  level2: record.level2,
  lead: record.lead.map(({ written }) => written),
  assist: record.assist.map(({ written }) => written),
  persons: record.persons,
  due_raw: record.dueRaw,
  due: flatDue(record.due, record),
  veto: record.veto,
});

const stage = (record: AssessmentRecord, name: string) => record.results.find((result) => result.stage === name);

export const flatAssessment = (record: AssessmentRecord) => ({
  row: record.row,
  code: record.code,
  title: record.title,
  primary_raw: stage(record, '小学')?.raw,
  junior_raw: stage(record, '初中')?.raw,
  primary: stage(record, '小学')?.value,
  junior: stage(record, '初中')?.value,
  pass_primary: stage(record, '小学')?.met,
  pass_junior: stage(record, '初中')?.met,
  score: record.score,
});

export const flatUnit = ({ row, no, unit, aliases, kind, contact, mobile }: DirectoryRecord) => ({
  row,
  no,
  unit,
  aliases,
  kind,
  contact,
  mobile,
});
