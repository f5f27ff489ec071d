import type { LocalDate } from '../calendar/local-date.ts';
import { type Calendar, workdaysBetween } from '../calendar/working-days.ts';
import { type FindingFacts, type Level, lateBy, needsTwoChecks, type Progress } from './finding.ts';

/**
 * One step of escalation. automatic: the bot does it. drafted: it waits for one named person's word. recorded: what the committee did is
 * written down; the bot neither proposes nor sends it.
 */
export interface Rung {
  readonly word: string;
  readonly how: 'automatic' | 'drafted' | 'recorded';
  /** Days late, in the deadline's own unit. */
  readonly late?: number;
  /** Working days since the notice was issued and not signed for. */
  readonly unsigned?: number;
  /** Rechecks not passed. */
  readonly returns?: number;
  /** Times that the unit was 督办 in one month, this problem the last of them. */
  readonly listed?: number;
  /** A veto or safety matter: already on the due day. */
  readonly vetoAtDue?: true;
  /** Not without a 文号. */
  readonly document?: true;
}

/** The rungs above 提醒; the place in the list is the level. */
export type Ladder = readonly [Rung, Rung, Rung, Rung, Rung, Rung];

/** Days late at which 催办, 督办 and the two rungs above them come, in the deadline's own unit. */
export type LadderDays = readonly [number, number, number, number];
export const LADDER_DAYS: LadderDays = [1, 5, 10, 20];

/** 通报 before 约谈, by provincial rules and habit; or 约谈 first, as the rules of 2021 list them. */
export const LADDERS = {
  bulletinFirst: { name: '通报在前' },
  interviewFirst: { name: '约谈在前' },
} as const;
export type LadderOrder = keyof typeof LADDERS;

export function ladderOf(order: LadderOrder, [urge, supervise, third, fourth]: LadderDays): Ladder {
  const bulletin = (late: number): Rung => ({ word: '通报', how: 'drafted', late, listed: 2, document: true });
  const interview = (late: number): Rung => ({ word: '约谈', how: 'recorded', late });
  return [
    { word: '催办', how: 'automatic', late: urge, unsigned: 1 },
    { word: '督办', how: 'drafted', late: supervise, returns: 2, vetoAtDue: true },
    ...(order === 'bulletinFirst'
      ? ([bulletin(third), interview(fourth)] as const)
      : ([interview(third), bulletin(fourth)] as const)),
    { word: '挂牌督办', how: 'recorded' },
    { word: '问责', how: 'recorded', document: true },
  ];
}

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5, 6];

export const rungOf = (ladder: Ladder, level: Level): Rung | undefined => (level === 0 ? undefined : ladder[level - 1]);

export const levelOf = (ladder: Ladder, word: string): Level | undefined =>
  LEVELS.find((level) => rungOf(ladder, level)?.word === word);

/** 约谈 and above: written down, and never said in a group. */
export const isRecorded = (ladder: Ladder, word: string): boolean =>
  ladder.some((rung) => rung.word === word && rung.how === 'recorded');

interface Step {
  readonly level: Level;
  readonly rung: Rung;
}

/**
 * What escalation owes this problem today, each level once: those whose trigger is met and that were neither reached nor drafted. Levels that
 * are only recorded are never among them. Nothing on a rest day, nor while the deadline does not run (handed in, closed) or was put off.
 */
export function nextEscalations(
  finding: Escalating,
  today: LocalDate,
  calendar: Calendar,
  ladder: Ladder,
  listed = 0,
): readonly Step[] {
  const late = lateBy(finding, today, calendar);
  if (late === undefined || !calendar.isWorkday(today)) return [];
  const reached = Math.max(finding.level, finding.drafted);
  return LEVELS.flatMap((level) => {
    const rung = rungOf(ladder, level);
    if (!rung || level <= reached || rung.how === 'recorded') return [];
    const isListed = rung.listed !== undefined && listed >= rung.listed;
    return isListed || isMet(rung, finding, late, today, calendar) ? [{ level, rung }] : [];
  });
}

type Escalating = Pick<FindingFacts, 'severity' | 'description'> &
  Pick<Progress, 'state' | 'since' | 'due' | 'dayUnit' | 'returns' | 'level' | 'drafted'>;

function isMet(rung: Rung, finding: Escalating, late: number, today: LocalDate, calendar: Calendar): boolean {
  if (rung.late !== undefined && late >= rung.late) return true;
  if (rung.returns !== undefined && finding.returns >= rung.returns) return true;
  if (rung.vetoAtDue && today >= (finding.due ?? today) && needsTwoChecks(finding)) return true;
  const unsigned = finding.state === 'issued' ? workdaysBetween(calendar, finding.since, today) : 0;
  return rung.unsigned !== undefined && unsigned > rung.unsigned;
}

/** How often a unit was 督办 in the month in which this problem was, if it was the last; the oldest first. */
export function listedOf(
  id: string,
  escalated: readonly { readonly findingId: string; readonly on: LocalDate }[],
): number {
  const last = escalated.at(-1);
  return last?.findingId === id ? escalated.filter(({ on }) => on.slice(0, 7) === last.on.slice(0, 7)).length : 0;
}
