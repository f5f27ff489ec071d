import { addDays, type Instant, instantAt, type LocalDate, wallClock } from '../calendar/local-date.ts';
import { type Calendar, workdaysBetween } from '../calendar/working-days.ts';

/** How far a task that stays behind has been pursued: 催办, 限期整改, 通报. */
export type PursuitLevel = 0 | 1 | 2 | 3;

export interface Pursuit {
  /** Reached. It never drops while the task is behind. */
  readonly level: PursuitLevel;
  /** The highest for which a draft waits for, or has had, the office's word. */
  readonly drafted: PursuitLevel;
  /** The day on which the level was reached; of level 0 the day on which the heartbeat first looked at it. */
  readonly since?: LocalDate | undefined;
  /** Until when it has to catch up, as the office set it. */
  readonly rectifyBy?: LocalDate | undefined;
}

export const NOT_PURSUED: Pursuit = { level: 0, drafted: 0 };

/** 催办 was owed and nobody could hear it: the office was told so, once, and it is owed until somebody can. */
export const UNHEARD: Pursuit = { level: 0, drafted: 1 };
export const isUnheard = ({ level, drafted }: Pursuit): boolean =>
  level === UNHEARD.level && drafted === UNHEARD.drafted;

interface Rung {
  readonly level: PursuitLevel;
  readonly word: '催办' | '限期整改' | '通报';
  /** The bot urges by itself; anything more is drafted for a named person's word. */
  readonly how: 'automatic' | 'drafted';
  /** Working days that the task stays behind after it was urged. */
  readonly stays?: number;
  /** Once the day of 限期整改 is over. */
  readonly afterLimit?: true;
}

/** The chain of the field (S2.9). Ten working days are as long as a problem has from its deadline to 通报. */
const RUNGS: readonly Rung[] = [
  { level: 1, word: '催办', how: 'automatic' },
  { level: 2, word: '限期整改', how: 'drafted', stays: 10 },
  { level: 3, word: '通报', how: 'drafted', afterLimit: true },
];

/** What is owed a task that is red on this day; nothing on a rest day, and each rung once. */
export function owedRung(pursuit: Pursuit, today: LocalDate, calendar: Calendar): Rung | undefined {
  const next = RUNGS.find(({ level }) => level === pursuit.level + 1);
  if (!next || !calendar.isWorkday(today) || (pursuit.drafted >= next.level && !isUnheard(pursuit))) return undefined;
  if (next.stays !== undefined && workdaysBetween(calendar, pursuit.since ?? today, today) < next.stays)
    return undefined;
  return next.afterLimit && !(pursuit.rectifyBy !== undefined && pursuit.rectifyBy < today) ? undefined : next;
}

/** After the digest of the morning, so that a group hears of its deadlines first; as for problems. */
const AT = '09:10';
/** A deadline may move by an import or a milestone without a word to the task: it is looked at once a week at least. */
const AT_MOST_DAYS = 7;

/** Whether what is owed today may be done now. */
export const isTime = (now: Instant, zone: string): boolean => now >= instantAt(wallClock(now, zone).date, AT, zone);

/** When the heartbeat looks at a task next: on the first day of the week to come on which something is owed, or at its end. */
export function nextLook(now: Instant, zone: string, isOwed: (day: LocalDate) => boolean): Instant {
  const today = wallClock(now, zone).date;
  const first = isTime(now, zone) ? addDays(today, 1) : today;
  for (let day = first; day < addDays(today, AT_MOST_DAYS); day = addDays(day, 1))
    if (isOwed(day)) return instantAt(day, AT, zone);
  return instantAt(addDays(today, AT_MOST_DAYS), AT, zone);
}
