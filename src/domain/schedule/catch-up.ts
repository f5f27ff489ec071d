import { addDays, type Instant, instantAt, type LocalDate, startOfWeek, wallClock } from '../calendar/local-date.ts';
import { addWorkdays, type Calendar } from '../calendar/working-days.ts';
import type { ReminderContent } from './reminder.ts';
import { LATEST_JITTER_MS } from './spread.ts';

/** A tick that comes this long after the last group's minute is still on time: one slow minute is no downtime. */
const PATIENCE_MS = 10 * 60_000;

/** What has not been said by the end of office hours (17:30, 18:00 in summer) is of no use that day. */
const LAST_HOUR = '18:00';

/** 5 natural days: a month's plan that comes later tells what is over. */
const MONTH_DAYS = 5;
/** 3 working days: past the middle of the week, the daily pushes say the rest. */
const WEEK_WORKDAYS = 3;

export interface Occurrence {
  readonly nominal: Instant;
  /** When the quiet hours end that hold it, if any do. Until then nothing is late. */
  readonly free?: Instant | undefined;
  readonly now: Instant;
  readonly content: ReminderContent;
  readonly zone: string;
  readonly calendar: Calendar;
}

/** What becomes of an occurrence now: sent, sent once and marked 补发, or only recorded because its content has lost its sense. */
export function catchUp({
  nominal,
  free = nominal,
  now,
  content,
  zone,
  calendar,
}: Occurrence): 'onTime' | 'late' | 'missed' {
  const lastDay = lastDayOf(content, wallClock(nominal, zone).date, calendar);
  if (wallClock(free, zone).date > lastDay) return 'missed';
  if (now <= free + LATEST_JITTER_MS + PATIENCE_MS) return 'onTime';
  return now < instantAt(lastDay, LAST_HOUR, zone) ? 'late' : 'missed';
}

/** A day's schedule, its alerts and its countdown live that day, a week's plan never beyond its Sunday. */
function lastDayOf(content: ReminderContent, day: LocalDate, calendar: Calendar): LocalDate {
  switch (content) {
    case 'day':
    case 'deadline':
    case 'countdown':
      return day;
    case 'week': {
      const [third, sunday] = [addWorkdays(calendar, day, WEEK_WORKDAYS - 1), addDays(startOfWeek(day), 6)];
      const thirdIsNextWeek = third > sunday;
      return thirdIsNextWeek ? sunday : third;
    }
    case 'month':
      return addDays(day, MONTH_DAYS - 1);
    case 'collect':
    case 'collected':
      return addWorkdays(calendar, day, WEEK_WORKDAYS - 1);
  }
}
