import { weekday, yearOf } from '../domain/calendar/local-date.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import type { VisitField } from '../domain/visits/visit-columns.ts';
import type { Issue } from './issue.ts';
import type { ScheduleRecord } from './schedule-table.ts';
import type { DataRow } from './table-rows.ts';
import type { UnitIndex } from './unit-index.ts';
import { isEmpty, textOf } from './workbook.ts';
import { readWeekday, type WrittenDate, weekdayName } from './written-date.ts';

/** Complaints about when. `fromAbove`: the row has no date of its own and takes the one above it. */
export function dateIssues(
  row: DataRow<VisitField>,
  date: WrittenDate,
  fromAbove: boolean,
  titleYear: number | undefined,
  calendar: Calendar,
): readonly Issue[] {
  const raw = row.text('date');
  switch (date.kind) {
    case 'none':
      return [{ row: row.row, type: 'no_date', raw }];
    case 'impossible':
    case 'unreadable':
    case 'ambiguous':
      // A row under a date that nobody can read has none of its own to mend.
      return [fromAbove ? { row: row.row, type: 'no_date', raw } : { row: row.row, type: `${date.kind}_date`, raw }];
    case 'range':
      return [{ row: row.row, type: 'date_range', from: date.from, to: date.to }];
    case 'fuzzy':
      return [{ row: row.row, type: 'fuzzy_date', raw, from: date.from, to: date.to }];
    case 'day':
      return dayIssues(row, date, fromAbove, titleYear, calendar);
  }
}

function dayIssues(
  row: DataRow<VisitField>,
  { date, weekday: beside }: Extract<WrittenDate, { kind: 'day' }>,
  fromAbove: boolean,
  titleYear: number | undefined,
  calendar: Calendar,
): readonly Issue[] {
  const issues: Issue[] = [];
  if (fromAbove) issues.push({ row: row.row, type: 'date_fill_down', date });
  if (titleYear !== undefined && yearOf(date) !== titleYear) {
    issues.push({ row: row.row, type: 'year_suspect', date, titleYear });
  }
  const actual = weekdayName(weekday(date));
  const written = [textOf(row.own('weekday')), isEmpty(row.own('date')) ? undefined : beside].find(
    (text) => text && readWeekday(text) !== undefined && readWeekday(text) !== weekday(date),
  );
  if (written) issues.push({ row: row.row, type: 'weekday_mismatch', date, written, actual });
  if (!calendar.isWorkday(date)) {
    const holiday = calendar.holidayName(date);
    const provisional = !calendar.known(yearOf(date));
    issues.push({ row: row.row, type: 'non_workday', date, weekday: actual, holiday, provisional });
  }
  return issues;
}

/** Complaints about everything else. */
export function otherIssues(record: ScheduleRecord, units: UnitIndex): readonly Issue[] {
  const { row, unitRaw: raw } = record;
  const issues: Issue[] = [];
  const match = units.find(raw);
  if (raw === '') issues.push({ row, type: 'missing_unit' });
  else if (match.kind === 'none') issues.push({ row, type: 'unknown_unit', raw });
  else if (match.kind === 'many') issues.push({ row, type: 'ambiguous_unit', raw, candidates: match.units });
  if (record.seq === null) issues.push({ row, type: 'missing_seq' });
  // A school has its liaison in the address book; for a visit of several days or of a whole county somebody must be named.
  const needsContact = !record.unannounced && (record.precision === 'range' || record.wholeCounty);
  if (needsContact && record.contact === '' && record.contactPhone === '')
    issues.push({ row, type: 'missing_contact' });
  return issues;
}
