import type { LocalTime } from '../calendar/local-date.ts';
import type { Recurrence, ReminderContent, RestDays } from './reminder.ts';

export const CONTENT_WORD: Readonly<Record<ReminderContent, string>> = {
  day: '今日日程',
  week: '本周日程',
  month: '本月日程',
  deadline: '截止提醒',
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
      return '每月第一个工作日';
    case 'lastWorkdayOfMonth':
      return '每月最后一个工作日';
    case 'weekdays':
      return `每周${recurrence.days.map((day) => '一二三四五六日'.charAt(day - 1)).join('、')}（${REST_DAYS[recurrence.restDays]}）`;
    case 'monthDays':
      return `每月${recurrence.days.map((day) => (day === 31 ? '最后一天' : `${day}日`)).join('、')}（${REST_DAYS[recurrence.restDays]}）`;
  }
}

export const describeRule = (rule: {
  readonly recurrence: Recurrence;
  readonly time: LocalTime;
  readonly content: ReminderContent;
}): string => `${describeRecurrence(rule.recurrence)} ${rule.time} ${CONTENT_WORD[rule.content]}`;
