import { endOfMonth, type LocalDate, makeDate } from '../domain/calendar/local-date.ts';
import { type Calendar, type Holiday, holidayOfYear, lastWorkdayBefore } from '../domain/calendar/working-days.ts';
import type { Due } from '../domain/tasks/task.ts';
import { fold } from './cell-text.ts';
import { type Cell, textOf } from './workbook.ts';
import { readDateText, readWrittenDate, type WrittenDate } from './written-date.ts';

export interface WrittenDue {
  /** Null when the cell names a day that does not exist, or that may be two days. */
  readonly due: Due | null;
  readonly problem?: 'impossible' | 'ambiguous' | undefined;
  /** First day of a part of a month (4月上旬), whose last day is the due day. */
  readonly from?: LocalDate | undefined;
  readonly fromSerial: boolean;
}

/** Reads a 完成时限 cell. A date without a year gets `year`; 月底 without a month is that of `today`. */
export function readWrittenDue(cell: Cell | undefined, year: number, today: LocalDate, calendar: Calendar): WrittenDue {
  const text = fold(textOf(cell)).replace(/\s/g, '');
  const byText = ruleOf(text) ?? namedDay(text, year, today, calendar);
  if (byText) return { due: byText, fromSerial: false };
  const until = text.replace(/(之前|以前|前|止|截止)$/, '');
  const date = typeof cell?.value === 'number' ? readWrittenDate(cell, year) : readDateText(until, year);
  return dueOfDate(date) ?? { due: relativeOf(text) ?? { kind: 'none' }, fromSerial: false };
}

function dueOfDate(date: WrittenDate): WrittenDue | undefined {
  switch (date.kind) {
    case 'day':
      return { due: { kind: 'date', date: date.date }, fromSerial: date.fromSerial };
    case 'range':
      return { due: { kind: 'date', date: date.to }, from: date.from, fromSerial: false };
    case 'fuzzy':
      return { due: { kind: 'date', date: date.to }, from: date.from, fromSerial: false };
    case 'impossible':
    case 'ambiguous':
      return { due: null, problem: date.kind, fromSerial: false };
    case 'none':
    case 'unreadable':
      return undefined;
  }
}

function ruleOf(text: string): Due | undefined {
  const monthly = /^每月(?:(\d{1,2})[日号]|月?[底末])?/.exec(text);
  // 每月 alone, and 每月底, are the month's last day.
  if (monthly) return { kind: 'monthly', day: monthly[1] ? Math.min(Math.max(Number(monthly[1]), 1), 31) : 31 };
  if (/每季|按季|季度/.test(text)) return { kind: 'quarterly' };
  if (/长期|持续|常态|全年|贯穿|经常/.test(text)) return { kind: 'ongoing' };
  if (/立即|立行立改|即知即改|即日|马上/.test(text)) return { kind: 'immediate' };
  return undefined;
}

const HOLIDAYS: Readonly<Record<string, Holiday>> = {
  元旦: '元旦',
  春节: '春节',
  清明: '清明',
  五一: '劳动节',
  劳动: '劳动节',
  端午: '端午',
  中秋: '中秋',
  十一: '国庆节',
  国庆: '国庆节',
};

/** 年底前, 月底前, 5月底, 五一前: days that are named, not numbered (domain rules, deadlines). */
function namedDay(text: string, year: number, today: LocalDate, calendar: Calendar): Due | undefined {
  const yearEnd = /^(?:(\d{4})年?)?(年底|年末|年内)(之前|前)?$/.exec(text);
  if (yearEnd) return day(makeDate(Number(yearEnd[1] ?? year), 12, 31));
  if (/^(本月底|月底|本月内)前?$/.test(text)) return day(endOfMonth(today));
  const ofMonth = /^(?:(\d{4})年)?(\d{1,2})月(?:底|末|份|内)?(?:之前|前)?$/.exec(text);
  if (ofMonth) return endOf(ofMonth[1] ? Number(ofMonth[1]) : year, Number(ofMonth[2]));
  const holiday = HOLIDAYS[/^(..)节?(假期)?(之前|前)$/.exec(text)?.[1] ?? ''];
  const span = holiday && holidayOfYear(calendar, holiday, year);
  return span && day(lastWorkdayBefore(calendar, span.from));
}

const day = (date: LocalDate | undefined): Due | undefined => date && { kind: 'date', date };

function endOf(year: number, month: number): Due | undefined {
  const first = makeDate(year, month, 1);
  return first && day(endOfMonth(first));
}

/** 省督导组进驻前3日, 市级核查前, 反馈后15日内: natural days from a milestone. */
function relativeOf(text: string): Due | undefined {
  const before = /^(.{2,}?)(?:之前|以前|前)(?:(\d{1,3})[日天])?$/.exec(text);
  if (before) return { kind: 'relative', event: before[1] ?? '', offset: 0 - Number(before[2] ?? 0) };
  const after = /^(.{2,}?)(?:之后|以后|后)(\d{1,3})[日天](?:内|之内|以内)?$/.exec(text);
  return after ? { kind: 'relative', event: after[1] ?? '', offset: Number(after[2]) } : undefined;
}
