import { addDays, type Instant, instantAt, type LocalDate, wallClock } from '../calendar/local-date.ts';
import type { Calendar } from '../calendar/working-days.ts';
import type { Finding } from './finding.ts';
import { type Ladder, nextEscalations } from './ladder.ts';
import { STATES } from './states.ts';

/** After the digest of the morning, so that a group hears of its deadlines first. */
const AT = '09:10';
/** Every trigger of the ladder lies within so many days of the deadline, the longest holidays included. */
const SEARCHED_DAYS = 60;

/**
 * When escalation has to look at a problem next: the first day on which the ladder owes it something. Undefined when, left alone, it would
 * never. So the heartbeat reads only what is due, however many problems there are.
 */
export function watchAt(
  finding: Finding,
  now: Instant,
  { zone, calendar, ladder }: { readonly zone: string; readonly calendar: Calendar; readonly ladder: Ladder },
): Instant | undefined {
  if (!STATES[finding.state].dueRuns) return undefined;
  const { date: today } = wallClock(now, zone);
  for (const start of startsOf(finding, today)) {
    for (let day = start; day <= addDays(start, SEARCHED_DAYS); day = addDays(day, 1)) {
      if (nextEscalations(finding, day, calendar, ladder).length > 0) return Math.max(instantAt(day, AT, zone), now);
    }
  }
  return undefined;
}

/** Signing and failed rechecks count from now, all else from the deadline. */
const startsOf = ({ state, returns, due }: Finding, today: LocalDate): readonly LocalDate[] => [
  ...(state === 'issued' || returns > 0 ? [today] : []),
  ...(due === undefined ? [] : [due > today ? due : today]),
];
