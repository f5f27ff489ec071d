import type { LocalDate, LocalTime } from '../calendar/local-date.ts';
import type { Recurrence, ReminderContent, RestDays, RuleMention } from './reminder.ts';

export const CONTENT_WORD: Readonly<Record<ReminderContent, string>> = {
  day: '今日日程',
  week: '本周日程',
  month: '本月日程',
  deadline: '截止提醒',
  collect: '进展催报',
  collected: '进展汇总',
  countdown: '倒计时',
};

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
      return `${monthsWord(recurrence.months, 0)}第一个工作日`;
    case 'lastWorkdayOfMonth':
      return `${monthsWord(recurrence.months, 2)}最后一个工作日`;
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

/** 第一个, 第二个, 第三个月 of each quarter; `plain` is the one that goes without saying. */
function monthsWord(months: readonly number[] | undefined, plain?: number): string {
  if (months === undefined) return '每月';
  const nth = [0, 1, 2].find((n) => months.join() === QUARTERS.map((first) => first + n).join());
  if (nth === undefined) return `每年${months.map((month) => `${month}月`).join('、')}`;
  return nth === plain ? '每季度' : `每季度第${'一二三'.charAt(nth)}个月`;
}

/** The first months of the quarters. */
export const QUARTERS: readonly number[] = [1, 4, 7, 10];

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
    `${describeRecurrence(rule.recurrence)} ${rule.time} ${CONTENT_WORD[rule.content]}`,
    MENTION[rule.mention ?? 'responsible'],
    rule.until === undefined ? '' : `，至${rule.until}`,
  ].join('');
