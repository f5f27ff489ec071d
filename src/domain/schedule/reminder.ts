/** What a reminder brings (提醒内容): 今日日程, 本周日程, 本月日程, 截止提醒. */
export type ReminderContent = 'day' | 'week' | 'month' | 'deadline';

/** When it comes, in working days of the statutory calendar. */
export type RecurrenceKind = 'workdays' | 'firstWorkdayOfWeek' | 'firstWorkdayOfMonth';

/** Each group starts with these four (the promise of the main job). */
export const DEFAULT_RULES: readonly {
  readonly content: ReminderContent;
  readonly recurrence: RecurrenceKind;
  readonly time: '08:30';
}[] = [
  { content: 'day', recurrence: 'workdays', time: '08:30' },
  { content: 'week', recurrence: 'firstWorkdayOfWeek', time: '08:30' },
  { content: 'month', recurrence: 'firstWorkdayOfMonth', time: '08:30' },
  { content: 'deadline', recurrence: 'workdays', time: '08:30' },
];
