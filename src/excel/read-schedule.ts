import { type LocalDate, type LocalTime, weekday, yearOf } from '../domain/calendar/local-date.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import { isUnannounced } from '../domain/work/inspection.ts';
import type { UnitRef } from '../domain/work/unit.ts';
import { digitsOf, fold, keyOf, splitNames, unspaced, wholeNumber } from './cell-text.ts';
import type { Issue } from './issue.ts';
import { personConflicts } from './person-conflicts.ts';
import { type DataRow, type Headings, type Layout, matchHeadings, readRows, type Table } from './table.ts';
import { readTitle, type TableTitle } from './table-title.ts';
import type { UnitIndex } from './unit-index.ts';
import { isEmpty, textOf } from './workbook.ts';
import { readWeekday, readWrittenDate, type WrittenDate, weekdayName } from './written-date.ts';

type Field =
  | 'seq'
  | 'date'
  | 'weekday'
  | 'period'
  | 'kind'
  | 'unit'
  | 'topic'
  | 'leader'
  | 'members'
  | 'contact'
  | 'phone'
  | 'program'
  | 'checklist'
  | 'note';

/** 督导日程表. */
export const scheduleHeadings: Headings<Field> = {
  words: {
    seq: [/^(序号|编号)$/],
    date: [/^(督导|检查|督查|入校|活动)?(日期|时间)$/],
    weekday: [/^(星期|周次?|周几)$/],
    period: [/^(时段|时间段|具体时间|上下午|起止时间)$/],
    kind: [/^(督导|检查|督查)?(类型|类别|方式|形式)$/],
    unit: [/^(被|受|拟)?(督导|检查|督查|受检|迎检)(对象|单位|学校)$/, /^(对象|学校|单位)(名称)?$/],
    topic: [/^(督导|检查|督查)?(内容|主题|事项|重点)$/],
    leader: [/组长|带队|领队/, /负责人$/],
    members: [/成员|组员|参加人员|督导人员/, /^(责任)?督学$/],
    contact: [/联络员|联系人/],
    phone: [/电话|手机|联系方式/],
    program: [/^(所属|归属)?专项(名称|工作)?$/],
    checklist: [/^(适用|依据)?(评估)?细则$|^评估标准$/],
    note: [/^备注|^说明/],
  },
  must: [['date'], ['unit'], ['leader', 'members']],
};

/** One visit as the schedule writes it. Empty cells are ''. */
export interface ScheduleRecord {
  readonly row: number;
  readonly seq: number | null;
  /** First and last day; null when the row has no usable date. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  /** 'day' also for a date taken from the row above; 'fuzzy' is a part of a month (4月中旬). */
  readonly precision: 'day' | 'range' | 'fuzzy' | null;
  readonly yearInferred: boolean;
  readonly fromSerial: boolean;
  /** The date as written, when it is not a plain day: 4月中旬, 4月13日-15日, 待定. */
  readonly dateText: string;
  /** 上午, 下午, 晚上, 全天, or as written. */
  readonly period: string;
  readonly starts?: LocalTime | undefined;
  readonly kind: string;
  readonly unitRaw: string;
  /** Null when it cannot be resolved without asking. */
  readonly unit: UnitRef | null;
  /** The row names a county by its short name (岛湾县): the visit is to the whole of it. */
  readonly wholeCounty: boolean;
  readonly topic: string;
  readonly leader: string;
  readonly members: readonly string[];
  readonly contact: string;
  readonly contactPhone: string;
  readonly note: string;
  readonly unannounced: boolean;
  /** Name of the program (专项) and of the checklist (评估细则), when the table has such columns. */
  readonly program: string;
  readonly checklist: string;
}

export interface ScheduleReading {
  readonly kind: 'schedule';
  readonly title: TableTitle;
  readonly layout: Layout;
  readonly records: readonly ScheduleRecord[];
  readonly issues: readonly Issue[];
}

export interface ScheduleContext {
  readonly units: UnitIndex;
  readonly calendar: Calendar;
  readonly today: LocalDate;
}

export function readSchedule(table: Table, context: ScheduleContext): ScheduleReading {
  const columns = matchHeadings(table.columns, scheduleHeadings) ?? new Map<Field, number>();
  const { rows, layout } = readRows(table, columns, 'seq');
  const title = readTitle(table, context.today);
  const records: ScheduleRecord[] = [];
  const issues: Issue[] = [];
  const exact: ScheduleRecord[] = [];
  let above: WrittenDate = { kind: 'none' };
  for (const row of rows) {
    const own = isEmpty(row.filled('date'))
      ? undefined
      : readWrittenDate(row.filled('date'), title.year ?? yearOf(context.today));
    const date: WrittenDate = own ?? above;
    above = date;
    const record = toRecord(row, date, own !== undefined, context.units);
    records.push(record);
    const earlier = record.unit && exact.find((other) => isSame(other, record));
    if (earlier) {
      issues.push({ row: row.row, type: 'duplicate_of', rowRef: earlier.row });
      continue;
    }
    issues.push(
      ...dateIssues(row, date, own === undefined, title.year, context.calendar),
      ...otherIssues(record, context.units),
    );
    if (record.from !== null && record.precision !== 'fuzzy') exact.push(record);
  }
  return { kind: 'schedule', title, layout, records, issues: [...issues, ...personConflicts(exact)] };
}

function toRecord(row: DataRow<Field>, date: WrittenDate, isOwn: boolean, units: UnitIndex): ScheduleRecord {
  const unitRaw = unspaced(row.text('unit'));
  const match = units.find(unitRaw);
  const unit = match.kind === 'one' ? match.unit : null;
  const kind = row.text('kind');
  const topic = row.text('topic');
  const note = row.text('note');
  return {
    row: row.row,
    seq: wholeNumber(row.own('seq')),
    ...daysOf(date),
    dateText: isOwn && date.kind !== 'day' ? row.text('date') : '',
    ...readPeriod(row.text('period')),
    kind,
    unitRaw,
    unit,
    wholeCounty: unit?.name === `${unitRaw}人民政府`,
    topic,
    leader: unspaced(row.text('leader')),
    members: splitNames(row.text('members')),
    ...readContact(row),
    note,
    unannounced: isUnannounced(kind, topic, unitRaw, note),
    program: row.text('program'),
    checklist: row.text('checklist'),
  };
}

function daysOf(date: WrittenDate): Pick<ScheduleRecord, 'from' | 'to' | 'precision' | 'yearInferred' | 'fromSerial'> {
  switch (date.kind) {
    case 'day': {
      const { date: on, yearInferred, fromSerial } = date;
      return { from: on, to: on, precision: 'day', yearInferred, fromSerial };
    }
    case 'range':
      return { from: date.from, to: date.to, precision: 'range', yearInferred: date.yearInferred, fromSerial: false };
    case 'fuzzy':
      return { from: date.from, to: date.to, precision: 'fuzzy', yearInferred: false, fromSerial: false };
    default:
      return { from: null, to: null, precision: null, yearInferred: false, fromSerial: false };
  }
}

/** 上午9:00, 下午2:30, 14:30-16:00, 全天: the half of the day, and when the visit starts. */
function readPeriod(raw: string): { readonly period: string; readonly starts?: LocalTime } {
  const text = fold(raw).replace(/\s/g, '');
  const half = /上午|下午|晚上|全天/.exec(text)?.[0];
  const time = /(\d{1,2})(?::|时|点)(\d{2}|半)?/.exec(text);
  if (!time) return { period: half ?? text };
  const hour = Number(time[1]);
  const late = hour < 12 && (half === '下午' || half === '晚上') ? hour + 12 : hour;
  const minute = time[2] === '半' ? 30 : Number(time[2] ?? 0);
  if (late > 23 || minute > 59) return { period: half ?? text };
  const starts = `${String(late).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return { period: half ?? (late < 12 ? '上午' : '下午'), ...(isTime(starts) && { starts }) };
}

const isTime = (text: string): text is LocalTime => /^\d{2}:\d{2}$/.test(text);

/** 赵辛 138 0000 1000 in one cell, or name and number in two. */
function readContact(row: DataRow<Field>): Pick<ScheduleRecord, 'contact' | 'contactPhone'> {
  const text = fold(row.text('contact'));
  const phone = /\+?\d[\d\s-]{6,}$/.exec(text);
  return {
    contact: unspaced(text.slice(0, phone?.index)).replace(/[:,、;]$/, ''),
    contactPhone: digitsOf(phone?.[0] ?? row.text('phone')),
  };
}

/** The key under which a visit is kept: unit, first day, period and kind. */
const isSame = (a: ScheduleRecord, b: ScheduleRecord): boolean =>
  a.unit?.id === b.unit?.id && a.from === b.from && a.period === b.period && keyOf(a.kind) === keyOf(b.kind);

function dateIssues(
  row: DataRow<Field>,
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
  row: DataRow<Field>,
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

function otherIssues(record: ScheduleRecord, units: UnitIndex): readonly Issue[] {
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
