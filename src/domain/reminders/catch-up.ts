import { type Instant, instantAt, wallClock } from '../calendar/local-date.ts';
import type { Calendar } from '../calendar/working-days.ts';
import { CONTENTS, type ReminderContent } from './contents.ts';
import { LATEST_JITTER_MS } from './spread.ts';

/** A tick that comes this long after the last group's minute is still on time: one slow minute is no downtime. */
const PATIENCE_MS = 10 * 60_000;

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
  if (now <= free + LATEST_JITTER_MS + PATIENCE_MS) return 'onTime';
  return now < instantAt(lastDay, LAST_HOUR, zone) ? 'late' : 'missed';
}
