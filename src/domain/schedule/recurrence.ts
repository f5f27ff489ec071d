import { addDays, type Instant, instantAt, type LocalDate, type LocalTime, wallClock } from '../calendar/local-date.ts';
import { type Calendar, workdaysOfMonth, workdaysOfWeek } from '../calendar/working-days.ts';
import type { RecurrenceKind } from './reminder.ts';

/**
 * The next nominal time strictly after `after`, at `time` of the zone. Weeks are ISO weeks: a 调休 Sunday is the last day of its week, and its
 * first working day only when the six before it were holiday; a week that is holiday throughout has no occurrence. In a year that is
 * not announced, the days follow 暂按周末推算, as the calendar does.
 */
export function nextOccurrence(
  recurrence: RecurrenceKind,
  time: LocalTime,
  after: Instant,
  zone: string,
  calendar: Calendar,
): Instant {
  for (let day = wallClock(after, zone).date; ; day = addDays(day, 1)) {
    if (!occursOn(recurrence, day, calendar)) continue;
    const instant = instantAt(day, time, zone);
    if (instant > after) return instant;
  }
}

function occursOn(recurrence: RecurrenceKind, day: LocalDate, calendar: Calendar): boolean {
  switch (recurrence) {
    case 'workdays':
      return calendar.isWorkday(day);
    case 'firstWorkdayOfWeek':
      return workdaysOfWeek(calendar, day)?.from === day;
    case 'firstWorkdayOfMonth':
      return workdaysOfMonth(calendar, day)?.from === day;
  }
}
