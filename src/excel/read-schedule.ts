import { type LocalDate, type LocalTime, yearOf } from '../domain/calendar/local-date.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import { isUnannounced } from '../domain/visits/inspection.ts';
import { VISIT_TEXTS, VISITS_SHAPE, type VisitField } from '../domain/visits/visit-columns.ts';
import { digitsOf, fold, keyOf, unspaced, wholeNumber } from './cell-text.ts';
import type { Table } from './header.ts';
import type { Issue } from './issue.ts';
import { readPeople, readPerson } from './people-cell.ts';
import { personConflicts } from './person-conflicts.ts';
import { dateIssues, otherIssues } from './schedule-issues.ts';
import type { ScheduleRecord } from './schedule-table.ts';
import { type DataRow, type Layout, readTable, textsOf } from './table-rows.ts';
import { readTitle, type TableTitle } from './table-title.ts';
import type { UnitIndex } from './unit-index.ts';
import { isEmpty } from './workbook.ts';
import { readWrittenDate, type WrittenDate } from './written-date.ts';

export type { ScheduleRecord };

export interface ScheduleReading {
  readonly kind: 'schedule';
  readonly title: TableTitle;
  readonly layout: Layout;
  readonly records: readonly ScheduleRecord[];
  readonly unread: readonly string[];
  /** The columns that the table has. */
  readonly has: ReadonlySet<VisitField>;
  readonly issues: readonly Issue[];
}

export interface ScheduleContext {
  readonly units: UnitIndex;
  readonly calendar: Calendar;
  readonly today: LocalDate;
}

export function readSchedule(table: Table, context: ScheduleContext): ScheduleReading {
  const { rows, columns, layout, unread } = readTable(table, VISITS_SHAPE, 'seq');
  const title = readTitle(table, context.today);
  const records: ScheduleRecord[] = [];
  const issues: Issue[] = [];
  const exact: ScheduleRecord[] = [];
  const first = new Map<string, ScheduleRecord>();
  let above: WrittenDate = { kind: 'none' };
  for (const row of rows) {
    const own = isEmpty(row.filled('date'))
      ? undefined
      : readWrittenDate(row.filled('date'), title.year ?? yearOf(context.today));
    const date: WrittenDate = own ?? above;
    above = date;
    const record = toRecord(row, date, own !== undefined, context.units);
    records.push(record);
    const earlier = first.get(keyOfVisit(record));
    if (earlier) {
      issues.push({ row: row.row, type: 'duplicate_of', rowRef: earlier.row });
      continue;
    }
    issues.push(
      ...dateIssues(row, date, own === undefined, title.year, context.calendar),
      ...otherIssues(record, context.units),
      ...peopleIssues(row),
    );
    if (record.from === null || record.precision === 'fuzzy') continue;
    exact.push(record);
    if (record.unit) first.set(keyOfVisit(record), record);
  }
  return {
    kind: 'schedule',
    title,
    layout,
    records,
    unread,
    has: new Set(columns.keys()),
    issues: [...issues, ...personConflicts(exact)],
  };
}

function toRecord(row: DataRow<VisitField>, date: WrittenDate, isOwn: boolean, units: UnitIndex): ScheduleRecord {
  const unitRaw = unspaced(row.text('unit'));
  const match = units.find(unitRaw);
  const unit = match.kind === 'one' ? match.unit : null;
  const texts = textsOf(row, VISITS_SHAPE, VISIT_TEXTS);
  return {
    row: row.row,
    seq: wholeNumber(row.own('seq')),
    ...daysOf(date),
    dateText: isOwn && date.kind !== 'day' ? row.text('date') : '',
    ...readPeriod(row.text('period')),
    ...texts,
    unitRaw,
    unit,
    wholeCounty: unit?.name === `${unitRaw}人民政府`,
    ...readTeam(row),
    ...readContact(row),
    unannounced: isUnannounced(texts.kind, texts.topic, unitRaw, texts.note) || /^[是√✓]/.test(row.text('unannounced')),
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

/** Of several leaders the first leads; the others go along. */
function readTeam(row: DataRow<VisitField>): Pick<ScheduleRecord, 'leader' | 'members'> {
  const [leader = '', ...others] = readPeople(row.row, row.text('leader')).names;
  const { names } = readPeople(row.row, row.text('members'));
  return { leader, members: [...new Set([...others, ...names])] };
}

const peopleIssues = (row: DataRow<VisitField>): readonly Issue[] =>
  (['leader', 'members'] as const).flatMap((field) => readPeople(row.row, row.text(field)).issues);

/** 上午9:00, 下午2:30, 14:30-16:00, 全天: the half of the day, and when the visit starts. */
function readPeriod(raw: string): { readonly period: string; readonly starts?: LocalTime } {
  const text = fold(raw).replace(/\s/g, '');
  const [first, ...others] = new Set(text.replaceAll('上下午', '上午下午').match(/上午|下午|晚上|全天/g) ?? []);
  const half = first === undefined || others.length === 0 ? first : bothHalves(text, [first, ...others]);
  const time = /(\d{1,2})(?::|时|点)(\d{2}|半)?/.exec(text);
  if (!time) return { period: half ?? text };
  const hour = Number(time[1]);
  const late = hour < 12 && (first === '下午' || first === '晚上') ? hour + 12 : hour;
  const minute = time[2] === '半' ? 30 : Number(time[2] ?? 0);
  if (late > 23 || minute > 59) return { period: half ?? text };
  const starts = `${String(late).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return { period: half ?? (late < 12 ? '上午' : '下午'), ...(isTime(starts) && { starts }) };
}

/** 上午、下午 is the whole day; 下午、晚上 and 上午或下午 stay in their words. */
const bothHalves = (text: string, halves: readonly string[]): string =>
  !text.includes('或') && halves.every((half) => half !== '晚上') ? '全天' : text;

const isTime = (text: string): text is LocalTime => /^\d{2}:\d{2}$/.test(text);

/** 赵辛 138 0000 1000 in one cell, or name and number in two. */
function readContact(row: DataRow<VisitField>): Pick<ScheduleRecord, 'contact' | 'contactPhone'> {
  const text = fold(row.text('contact'));
  const phone = /\+?\d[\d\s-]{6,}$/.exec(text);
  return {
    contact: readPerson(row.row, text.slice(0, phone?.index).replace(/[:,、;]\s*$/, '')).name,
    contactPhone: digitsOf(phone?.[0] ?? row.text('phone')),
  };
}

/** What makes two rows one visit, and the key under which it is kept: unit, first day, period and kind. */
const keyOfVisit = ({ unit, from, period, kind }: ScheduleRecord): string =>
  [unit?.id, from, period, keyOf(kind)].join('\n');
