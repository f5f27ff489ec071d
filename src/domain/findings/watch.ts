import { addDays, type Instant, instantAt, type LocalDate, wallClock } from '../calendar/local-date.ts';
import { type Calendar, firstWorkdayOnOrAfter, workdaysBetween } from '../calendar/working-days.ts';
import { owedStep } from './decide.ts';
import type { Finding } from './finding.ts';
import { type Ladder, nextEscalations } from './ladder.ts';
import { STATES } from './states.ts';
import type { Profile } from './time-limits.ts';

/** After the digest of the morning, so that a group hears of its deadlines first. */
const AT = '09:10';
/** Every trigger of the ladder lies within so many days of the deadline: sixty working days, the longest holidays included. */
const SEARCHED_DAYS = 110;

interface Rules {
  readonly zone: string;
  readonly calendar: Calendar;
  readonly ladder: Ladder;
  readonly profile: Profile;
}

/**
 * When the heartbeat has to look at a problem next: the first day on which the ladder owes it something, or the office owes it a step.
 * Undefined when, left alone, neither will ever be. So the heartbeat reads only what is due, however many problems there are.
 */
export function watchAt(finding: Finding, now: Instant, rules: Rules): Instant | undefined {
  const found = [escalationAt(finding, now, rules), officeAt(finding, now, rules)].filter((at) => at !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** After 督办 at once, on a working day: the unit may be listed for the second time this month. */
export const soon = (now: Instant, { zone, calendar }: Pick<Rules, 'zone' | 'calendar'>): Instant => {
  const { date: today } = wallClock(now, zone);
  return calendar.isWorkday(today) ? now : instantAt(firstWorkdayOnOrAfter(calendar, today), AT, zone);
};

function escalationAt(finding: Finding, now: Instant, { zone, calendar, ladder }: Rules): Instant | undefined {
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

/** Working days by which the office is behind with its step; 0 or less while it has time, undefined when the step is not its own. */
export function officeLateBy(
  finding: Finding,
  today: LocalDate,
  { profile, calendar }: Pick<Rules, 'profile' | 'calendar'>,
): number | undefined {
  const owed = owedStep(finding, profile, calendar);
  return owed?.by === 'office' && owed.until ? workdaysBetween(calendar, owed.until, today) : undefined;
}

/** The office is reminded on the first working day after its time, and each fifth one from then on. */
const EVERY = 5;

/** Whether the office is to hear today of its late step: not again within so many working days, whatever made the heartbeat look. */
export function remindsOffice(
  finding: Finding,
  today: LocalDate,
  last: LocalDate | undefined,
  rules: Pick<Rules, 'profile' | 'calendar'>,
): boolean {
  const { calendar } = rules;
  if (!calendar.isWorkday(today) || (officeLateBy(finding, today, rules) ?? 0) <= 0) return false;
  return last === undefined || last < finding.since || workdaysBetween(calendar, last, today) >= EVERY;
}

function officeAt(finding: Finding, now: Instant, rules: Rules): Instant | undefined {
  const { zone, calendar, profile } = rules;
  const { date: today } = wallClock(now, zone);
  const owed = owedStep(finding, profile, calendar);
  if (owed?.by !== 'office' || !owed.until) return undefined;
  const tomorrow = addDays(today, now < instantAt(today, AT, zone) ? 0 : 1);
  const first = [addDays(owed.until, 1), tomorrow].toSorted().at(-1) ?? tomorrow;
  for (let day = first; day <= addDays(first, SEARCHED_DAYS); day = addDays(day, 1)) {
    if (calendar.isWorkday(day) && (officeLateBy(finding, day, rules) ?? 0) % EVERY === 1)
      return instantAt(day, AT, zone);
  }
  return undefined;
}
