import { describeDate } from './describe.ts';
import { addDays, type LocalDate } from './local-date.ts';
import type { Span } from './span.ts';
import { type Calendar, firstWorkdayOnOrAfter } from './working-days.ts';

/** Of days on which nobody works: why, and when work goes on. */
export interface Resting {
  readonly sentence: string;
  readonly next: LocalDate;
}

/** 5月1日, 五一, 周六: what is asked of such days is asked of the next working day as well. Undefined where one of the days is worked. */
export function restingOn({ from, to }: Span, today: LocalDate, calendar: Calendar): Resting | undefined {
  const next = firstWorkdayOnOrAfter(calendar, from);
  if (next <= to || to < today) return undefined;
  const name = calendar.holidayName(from) ?? calendar.holidayName(to);
  const days = from === to ? describeDate(from, today) : `${describeDate(from, today)}到${describeDate(to, today)}`;
  const following = firstWorkdayOnOrAfter(calendar, addDays(to, 1));
  return {
    sentence: `${days}${name ? `${name}放假` : '休息'}，下一个工作日是${describeDate(following, today)}。`,
    next: following,
  };
}
