import { DUE_CLOCK, readDueClock } from '../domain/calendar/clock-phrase.ts';
import { COUNTED, countedIn } from '../domain/calendar/day-count.ts';
import type { DayUnit } from '../domain/calendar/due.ts';
import { endOfMonth, type LocalDate, type LocalTime, makeDate } from '../domain/calendar/local-date.ts';
import { NUMERAL } from '../domain/calendar/numeral.ts';
import { readWhen } from '../domain/calendar/phrase.ts';
import { type Calendar, type Holiday, holidayOfYear, lastWorkdayBefore } from '../domain/calendar/working-days.ts';
import { relativeDue } from '../domain/tasks/relative-due.ts';
import type { Due } from '../domain/tasks/task.ts';
import { fold, withDigits } from './cell-text.ts';
import { type Cell, textOf } from './workbook.ts';
import { readDateText, readWrittenDate, type WrittenDate } from './written-date.ts';

export interface WrittenDue {
  /** Null when the cell names a day that does not exist, or that may be two days. */
  readonly due: Due | null;
  readonly problem?: 'impossible' | 'ambiguous' | undefined;
  /** First day of a part of a month (4月上旬), whose last day is the due day. */
  readonly from?: LocalDate | undefined;
  readonly fromSerial: boolean;
  /** The weekday that stands beside the day: 4月24日（周四）. */
  readonly weekday?: string | undefined;
  /** What the cell counts in: 5个自然日内. */
  readonly unit?: DayUnit | undefined;
}

/** Reads a 完成时限 cell. A date without a year gets `year`; 月底 without a month is that of `today`. */
export function readWrittenDue(cell: Cell | undefined, year: number, today: LocalDate, calendar: Calendar): WrittenDue {
  const written = withDigits(fold(textOf(cell)))
    .trim()
    .replace(UNTIL, '')
    .replace(WORKED_IN, '');
  const text = written.replace(/\s/g, '');
  // Excel makes 2026.1 of 2026.10 too.
  if (typeof cell?.value === 'number' && /^20\d{2}\.1$/.test(text))
    return { due: null, problem: 'ambiguous', fromSerial: false };
  // 自即日起15日内 before 即日, which is at once.
  const counted = countedOf(text, today, calendar);
  if (counted) return counted;
  const byText = namedDay(text, year, today, calendar) ?? ruleOf(text);
  if (byText) return { due: byText, fromSerial: false };
  const { until, time } = clockApart(written);
  const date = typeof cell?.value === 'number' ? readWrittenDate(cell, year) : readDateText(until, year);
  const found = dueOfDate(date, time) ?? thisWeek(until, time, today, calendar);
  if (found) return found;
  return {
    due: relativeDue(text) ?? { kind: 'none' },
    ...(NATURAL.test(text) && { unit: 'natural' as const }),
    fromSerial: false,
  };
}

/** What merely stands before the day: 务于5月底前, 最迟5月10日, 截至5月10日. */
const UNTIL =
  /^(?:请|务必|务|须|应)?(?:最迟|最晚|不晚于|不迟于|截[至止][到至]?|于|在|至|到)(?=\d|年|本|下|今|明|五一|十一|国庆|元旦)/;

/** 本周五前, 下周内, 明天: words that are counted from the day of the import. */
function thisWeek(
  text: string,
  time: LocalTime | undefined,
  today: LocalDate,
  calendar: Calendar,
): WrittenDue | undefined {
  if (!/^[本这下今明后]/.test(text)) return undefined;
  const when = readWhen(text, { today, calendar, bias: 'future' });
  if (!when || 'impossible' in when || when.start !== 0 || when.end !== text.length) return undefined;
  return { due: { kind: 'date', date: when.span.to, ...(time && { time }) }, fromSerial: false };
}

const NATURAL = /自然日|日历日/;
/** What is to be done within the time: 5个工作日内完成. */
const WORKED_IN = /(?:整改|完成|上报|报送|提交|办结|落实)+(?:到位|完毕)?$/;

const CLOCK = new RegExp(`(?<=[日号\\d)）天一二三四五六] ?)(?<!\\d(?=\\d))(${DUE_CLOCK})$`);

/** 4月3日18:00前, 2026-04-03 下班前: the day, and the hour beside it. */
function clockApart(text: string): { readonly until: string; readonly time?: LocalTime } {
  const until = text
    .trim()
    .replace(/(之前|以前|前|止|截止)$/, '')
    .trim();
  const written = CLOCK.exec(until)?.[1];
  const time = written === undefined ? undefined : readDueClock(written);
  if (written === undefined || typeof time !== 'string') return { until };
  return { until: until.slice(0, until.length - written.length), time };
}

function dueOfDate(date: WrittenDate, time: LocalTime | undefined): WrittenDue | undefined {
  switch (date.kind) {
    case 'day':
      return {
        due: { kind: 'date', date: date.date, ...(time && { time }) },
        fromSerial: date.fromSerial,
        ...(date.weekday && { weekday: date.weekday }),
      };
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
  const ofQuarter = /^(?:(\d{4})年)?第?([1-4一二三四])季度(?:末|底|内)?(?:之前|前)?$/.exec(text);
  if (ofQuarter) {
    const quarter = '一二三四'.indexOf(ofQuarter[2] ?? '') + 1 || Number(ofQuarter[2]);
    return endOf(Number(ofQuarter[1] ?? year), quarter * 3);
  }
  const ofHalf = /^(?:(\d{4})年)?([上下])半年(?:末|底|内)?(?:之前|前)?$/.exec(text);
  if (ofHalf) return endOf(Number(ofHalf[1] ?? year), ofHalf[2] === '上' ? 6 : 12);
  const byDots = /^(20\d{2})[./-](\d{1,2})(?:月?[底末])?(?:之前|前)?$/.exec(text);
  if (byDots) return endOf(Number(byDots[1]), Number(byDots[2]));
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

const COUNT = `(${NUMERAL}|\\d{3}|半(?=个月|年)) ?(${COUNTED})`;
const WITHIN = new RegExp(`^(?:自?(?:即日|今日|下发之日|印发之日)起?(?:的)?)?${COUNT}(?:之|以)?内$`);

/** 5个工作日内, 15日内: from the day of the import, which is when its readers hear of it. */
function countedOf(text: string, today: LocalDate, calendar: Calendar): WrittenDue | undefined {
  const [whole, , unit = ''] = WITHIN.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const when = readWhen(whole.replace(/^[^\d一二两三四五六七八九十廿半]+/, ''), { today, calendar, bias: 'future' });
  if (!when || 'impossible' in when) return undefined;
  return {
    due: { kind: 'date', date: when.span.to },
    fromSerial: false,
    unit: countedIn(unit) === 'workday' ? 'working' : 'natural',
  };
}
