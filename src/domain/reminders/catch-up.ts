import { type Instant, instantAt, MINUTE_MS, wallClock } from '../calendar/local-date.ts';
import { type Calendar, firstWorkdayOnOrAfter } from '../calendar/working-days.ts';
import { CONTENTS, type ReminderContent } from './contents.ts';
import { LATEST_JITTER_MS } from './spread.ts';

/** A tick that comes this long after the last group's minute is still on time: one slow minute is no downtime. */
const PATIENCE_MS = 10 * MINUTE_MS;

/** What has not been said by the end of office hours (17:30, 18:00 in summer) is of no use that day. */
const LAST_HOUR = '18:00';

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
  const lastDay = CONTENTS[content].lastDay(wallClock(nominal, zone).date, calendar);
  if (wallClock(free, zone).date > lastDay) return 'missed';
  // Before the day is looked at: ten minutes after 23:55 it is another one.
  if (now <= free + LATEST_JITTER_MS + PATIENCE_MS) return 'onTime';
  const today = wallClock(now, zone).date;
  // A plan that is late does not come on a rest day; it has waited for the next working day, if that was early enough (`restsUntil`).
  if (today > wallClock(free, zone).date && !calendar.isWorkday(today)) return 'missed';
  return now < instantAt(lastDay, LAST_HOUR, zone) ? 'late' : 'missed';
}

/** When something that should have come on an earlier day comes, when today rests: the next working day, if it has its sense then still. */
export function restsUntil({
  nominal,
  now,
  contents,
  zone,
  calendar,
}: Omit<Occurrence, 'free' | 'content'> & { readonly contents: readonly ReminderContent[] }): Instant | undefined {
  const [meant, today] = [wallClock(nominal, zone), wallClock(now, zone).date];
  if (today <= meant.date || calendar.isWorkday(today)) return undefined;
  const next = firstWorkdayOnOrAfter(calendar, today);
  const isInTime = contents.some((content) => CONTENTS[content].lastDay(meant.date, calendar) >= next);
  return isInTime ? instantAt(next, meant.time, zone) : undefined;
}
