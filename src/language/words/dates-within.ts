import { describeDate } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { type ImpossibleDate, readWhen, type When } from '../../domain/calendar/phrase.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { noSuchDay, otherWeekday } from './whole-date.ts';

interface Dates {
  readonly today: LocalDate;
  readonly calendar: Calendar;
}

/** A deadline in free words, which nobody has read as one: 请于4月28日前报送. */
export interface DeadlineWithin {
  readonly written: string;
  readonly day: LocalDate;
}

function datesIn(text: string, { today, calendar }: Dates): readonly (When | ImpossibleDate)[] {
  const found: (When | ImpossibleDate)[] = [];
  for (let from = 0; from < text.length; ) {
    const when = readWhen(text.slice(from), { today, calendar, bias: 'near' });
    if (!when) break;
    found.push(when);
    from += when.end;
  }
  return found;
}

/** Of free words that are days of the calendar. */
const daysIn = (text: string, dates: Dates): readonly When[] =>
  datesIn(text, dates).flatMap((when) => ('impossible' in when ? [] : [when]));

/** 请于4月28日前, 6月1日截止; 会前 and 五一前 name no day of their own, and 截至4月1日 looks back. */
const isDeadline = ({ text, until }: When): boolean => until === true && /[日号\d](?:\(.*\))?\D*前|内$/.test(text);

export const deadlinesWithin = (text: string, dates: Dates): readonly DeadlineWithin[] =>
  daysIn(text, dates)
    .filter(isDeadline)
    .map(({ text: written, span }) => ({ written: written.trim(), day: span.to }));

/** Why free words cannot go to others as they are: no such day, a weekday that is another day's, a deadline that is over. */
export function wrongDateWithin(text: string, dates: Dates): string | undefined {
  const noDay = datesIn(text, dates).find((when) => 'impossible' in when && !when.lunar);
  if (noDay && 'impossible' in noDay) return noSuchDay(noDay);
  const contradicts = daysIn(text, dates)
    .map(otherWeekday)
    .find((sentence) => sentence !== undefined);
  if (contradicts !== undefined) return contradicts;
  const over = deadlinesWithin(text, dates).find(({ day }) => day < dates.today);
  return over && `“${over.written}”是${describeDate(over.day, dates.today)}，已经过了。请核对后再发。`;
}
