import {
  addDays,
  addMonths,
  endOfMonth,
  type LocalDate,
  makeDate,
  monthOf,
  type Weekday,
  yearOf,
} from '../domain/calendar/local-date.ts';
import { fold, withDigits } from './cell-text.ts';
import { type Cell, dateOfSerial, textOf } from './workbook.ts';

/** A date as a cell has it. */
export type WrittenDate =
  | {
      readonly kind: 'day';
      readonly date: LocalDate;
      /** The cell named no year; the table's was taken. */
      readonly yearInferred: boolean;
      /** The cell was a bare number such as 46115. */
      readonly fromSerial: boolean;
      /** The weekday that stands beside the date: 4月14日（二）. */
      readonly weekday?: string | undefined;
    }
  | { readonly kind: 'range'; readonly from: LocalDate; readonly to: LocalDate; readonly yearInferred: boolean }
  /** 4月中旬, 5月底: a part of a month, whose last day it means as a deadline. */
  | { readonly kind: 'fuzzy'; readonly from: LocalDate; readonly to: LocalDate }
  /** Blank, 待定, 另行通知. */
  | { readonly kind: 'none' }
  | { readonly kind: 'impossible' | 'unreadable' | 'ambiguous' };

const UNDECIDED = /^(待定|另行通知|待通知|未定|暂定|视情况|\/|-|—|无)?$/;

/** Reads a date cell. A date without a year gets `year`. */
export function readWrittenDate(cell: Cell | undefined, year: number): WrittenDate {
  if (cell?.date) return day(cell.date, false, false);
  if (typeof cell?.value === 'number') return numericDate(cell.value, year);
  return readDateText(textOf(cell), year);
}

const day = (date: LocalDate, yearInferred: boolean, fromSerial: boolean): WrittenDate => ({
  kind: 'day',
  date,
  yearInferred,
  fromSerial,
});

/** A serial; or 4.9, a date that Excel took for a number: then 4.1 may have been 4.10, and is asked back. */
function numericDate(value: number, year: number): WrittenDate {
  const date = Number.isInteger(value) ? dateOfSerial(value) : undefined;
  if (date) return day(date, false, true);
  const match = /^(\d{1,2})\.(\d{1,2})$/.exec(String(value));
  if (!match) return { kind: 'unreadable' };
  return /^[123]$/.test(match[2] ?? '') ? { kind: 'ambiguous' } : readDateText(String(value), year);
}

/** Bracketed or named, so that the 日 of 4月8日 is not taken for one. */
const WEEKDAY_BESIDE = /(?:\(((?:星期|周)?[一二三四五六日天])\)|((?:星期|周)[一二三四五六日天]))$/;

/** The same for a date in running text. A time of day behind it (4月3日18:00) is left out. */
export function readDateText(raw: string, year: number): WrittenDate {
  let text = withDigits(fold(raw).replace(/\s/g, ''));
  if (UNDECIDED.test(text)) return { kind: 'none' };
  text = text.replace(/(?<=[日号])\d{1,2}[:：]\d{2}$/, '');
  const beside = WEEKDAY_BESIDE.exec(text);
  const weekday = beside?.[1] ?? beside?.[2];
  const single = readDay(text.replace(WEEKDAY_BESIDE, ''), year);
  if (single === 'impossible') return { kind: 'impossible' };
  if (single) return { kind: 'day', date: single.date, yearInferred: single.yearInferred, fromSerial: false, weekday };
  return readPartOfMonth(text, year) ?? readRange(text, year) ?? { kind: 'unreadable' };
}

interface Day {
  readonly date: LocalDate;
  readonly yearInferred: boolean;
}

const FULL = /^(\d{4})(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})[日号]?$/;
const COMPACT = /^(20\d{2})(\d{2})(\d{2})$/;
const SHORT_YEAR = /^(\d{2})[./-](\d{1,2})[./-](\d{1,2})$/;
const MONTH_DAY = /^(\d{1,2})(?:月|[./-])(\d{1,2})[日号]?$/;

function readDay(text: string, year: number): Day | 'impossible' | undefined {
  const full = FULL.exec(text) ?? COMPACT.exec(text);
  if (full) return asDay(Number(full[1]), full[2], full[3], false);
  const short = SHORT_YEAR.exec(text);
  if (short) return asDay(2000 + Number(short[1]), short[2], short[3], false);
  const monthDay = MONTH_DAY.exec(text);
  return monthDay ? asDay(year, monthDay[1], monthDay[2], true) : undefined;
}

function asDay(
  year: number,
  month: string | undefined,
  of: string | undefined,
  yearInferred: boolean,
): Day | 'impossible' {
  const date = makeDate(year, Number(month), Number(of));
  return date ? { date, yearInferred } : 'impossible';
}

/** 上旬 is 1 to 10, 中旬 11 to 20, 下旬 21 to the end (domain rules, deadlines). 月初 as 上旬, 月底 as 下旬. */
function readPartOfMonth(text: string, year: number): WrittenDate | undefined {
  const match = /^(?:(\d{4})年)?(\d{1,2})月(?:份)?(上旬|初|中旬|中|下旬|底|末)?$/.exec(text);
  if (!match) return undefined;
  const first = makeDate(match[1] ? Number(match[1]) : year, Number(match[2]), 1);
  if (!first) return { kind: 'impossible' };
  const last = endOfMonth(first);
  switch (match[3]) {
    case '上旬':
    case '初':
      return { kind: 'fuzzy', from: first, to: addDays(first, 9) };
    case '中旬':
    case '中':
      return { kind: 'fuzzy', from: addDays(first, 10), to: addDays(first, 19) };
    case undefined:
      return { kind: 'fuzzy', from: first, to: last };
    default:
      return { kind: 'fuzzy', from: addDays(first, 20), to: last };
  }
}

/** 4月13日-15日, 4.8—4.10, 2026年4月30日至5月6日. A range that runs backwards ends in the next year if it names none. */
function readRange(text: string, year: number): WrittenDate | undefined {
  for (const sign of text.matchAll(/[-–—~～至到]+/g)) {
    const from = readDay(text.slice(0, sign.index), year);
    if (!from || from === 'impossible') continue;
    const end = text.slice(sign.index + sign[0].length);
    const ofMonth = /^(\d{1,2})[日号]?$/.exec(end);
    const startYear = yearOf(from.date);
    const to = ofMonth ? asDay(startYear, String(monthOf(from.date)), ofMonth[1], false) : readDay(end, startYear);
    if (!to) continue;
    if (to === 'impossible') return { kind: 'impossible' };
    const across = to.date < from.date && to.yearInferred ? addMonths(to.date, 12) : to.date;
    if (across < from.date) return { kind: 'impossible' };
    return { kind: 'range', from: from.date, to: across, yearInferred: from.yearInferred };
  }
  return undefined;
}

const DAYS = '一二三四五六日';

/** 星期三, 周三, 三, 周天: the weekday's number; undefined for anything else. */
export function readWeekday(text: string): Weekday | undefined {
  const match = /^(?:星期|周)?([一二三四五六日天])$/.exec(fold(text).replace(/\s/g, ''));
  const at = match ? DAYS.indexOf(match[1] === '天' ? '日' : (match[1] ?? '')) + 1 : 0;
  return WEEKDAYS.find((weekday) => weekday === at);
}

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

export const weekdayName = (weekday: Weekday): string => `星期${DAYS[weekday - 1]}`;
