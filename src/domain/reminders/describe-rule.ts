import type { LocalDate, LocalTime } from '../calendar/local-date.ts';
import { contentWord, type ReminderContent } from './contents.ts';
import type { Recurrence, RestDays, RuleMention } from './reminder.ts';

const REST_DAYS: Readonly<Record<RestDays, string>> = {
  skip: '遇休息日跳过',
  forward: '遇休息日顺延',
  back: '遇休息日提前',
  ignore: '遇休息日照发',
};

/** 每周一、三（遇休息日顺延）: in words that 提醒 新增 reads as the same rule. */
export const describeRecurrence = (recurrence: Recurrence): string =>
  `${recurrence.inTerm ? '学期内' : ''}${describeDays(recurrence)}`;

function describeDays(recurrence: Recurrence): string {
  switch (recurrence.kind) {
    case 'workdays':
      return '每个工作日';
    case 'daily':
      return '每天（遇休息日照发）';
    case 'firstWorkdayOfWeek':
      return '每周第一个工作日';
    case 'lastWorkdayOfWeek':
      return '每周最后一个工作日';
    case 'firstWorkdayOfMonth':
      return `${monthsWord(recurrence.months, 'first')}第一个工作日`;
    case 'lastWorkdayOfMonth':
      return `${monthsWord(recurrence.months, 'last')}最后一个工作日`;
    case 'weekdays': {
      const { days, fortnight, restDays } = recurrence;
      const names = days.map((day) => '一二三四五六日'.charAt(day - 1)).join('、');
      return fortnight === undefined
        ? `每周${names}（${REST_DAYS[restDays]}）`
        : `每两周周${names}（自${fortnight}起，${REST_DAYS[restDays]}）`;
    }
    case 'monthDays': {
      const { days, months, restDays } = recurrence;
      const names = days.map((day) => (day === 31 ? '最后一天' : `${day}日`)).join('、');
      return `${monthsWord(months)}${names}（${REST_DAYS[restDays]}）`;
    }
    case 'yearDays': {
      const names = recurrence.days.map((day) => `${Number(day.slice(0, 2))}月${Number(day.slice(3))}日`).join('、');
      return `每年${names}（${REST_DAYS[recurrence.restDays]}）`;
    }
  }
}

/** 第一个, 第二个, 第三个月 of each quarter, or of each half-year; `plain` is the edge that goes without saying. */
export function monthsWord(months: readonly number[] | undefined, plain?: 'first' | 'last'): string {
  if (months === undefined) return '每月';
  const part = partOf(months);
  if (!part) return `每年${months.map((month) => `${month}月`).join('、')}`;
  const edge = plain === 'first' ? 0 : part.length - 1;
  return plain && part.nth === edge ? part.word : `${part.word}第${'一二三四五六'.charAt(part.nth)}个月`;
}

/** Equal parts of a year, by their first months. */
export const YEAR_PARTS = [
  { word: '每季度', firsts: [1, 4, 7, 10], length: 3 },
  { word: '每半年', firsts: [1, 7], length: 6 },
] as const;

/** Which month of which part of the year these are, counted from 0. */
function partOf(
  months: readonly number[],
): { readonly word: string; readonly length: number; readonly nth: number } | undefined {
  const nth = (months[0] ?? 0) - 1;
  const part = YEAR_PARTS.find(
    ({ firsts, length }) => nth < length && months.join() === firsts.map((first) => first + nth).join(),
  );
  return part && { word: part.word, length: part.length, nth };
}

const MENTION: Readonly<Record<RuleMention, string>> = {
  nobody: '，不提及人',
  responsible: '',
  everyone: '，提及所有人',
};

/** In words that 提醒 新增 reads as the same rule. */
export const describeRule = (rule: {
  readonly recurrence: Recurrence;
  readonly time: LocalTime;
  readonly content: ReminderContent;
  readonly mention?: RuleMention | undefined;
  readonly until?: LocalDate | undefined;
}): string =>
  [
    `${describeRecurrence(rule.recurrence)} ${rule.time} ${contentWord(rule.content)}`,
    MENTION[rule.mention ?? 'responsible'],
    rule.until === undefined ? '' : `，至${rule.until}`,
  ].join('');
