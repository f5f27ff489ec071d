import { type DayUnit, daysLeft } from '../calendar/due.ts';
import type { Instant, LocalDate, LocalTime } from '../calendar/local-date.ts';
import type { Calendar } from '../calendar/working-days.ts';
import type { NamedPerson, Person } from '../people/person.ts';
import type { UnitRef } from '../people/unit.ts';
import type { Move } from './moves.ts';
import { type FindingState, STATES } from './states.ts';

/** 一般 · 较重 · 严重 · 一票否决. */
export type Severity = 'minor' | 'major' | 'grave' | 'veto';
export const SEVERITY_WORD: Readonly<Record<Severity, string>> = {
  minor: '一般',
  major: '较重',
  grave: '严重',
  veto: '一票否决',
};

/** 立行立改 · 限期整改. A problem that turns out to need no end of care becomes 长期坚持 by a decision (see states). */
type Term = 'immediate' | 'timeLimited';

/** How long the unit has: a day that is fixed, or days that count from the notice. */
export type Limit =
  | {
      readonly kind: 'date';
      readonly date: LocalDate /** The hour that was named with it. */;
      readonly time?: LocalTime | undefined;
    }
  | { readonly kind: 'days'; readonly days: number; readonly unit: DayUnit };

/** A place on the ladder of escalation: 0 is the reminder before and on the day, 1 催办, and so on up. */
export type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** What a problem is; it does not change once it is entered. */
export interface FindingFacts {
  readonly id: string;
  /** What officials type: W12. */
  readonly number: number;
  readonly unit: UnitRef;
  /** Its visit's program; or the one that was named. */
  readonly program?: { readonly id: string; readonly name: string } | undefined;
  /** The visit on which it was found. */
  readonly visit?: { readonly id: string; readonly number: number } | undefined;
  readonly indicator?: { readonly id: string; readonly code: string; readonly title: string } | undefined;
  readonly description: string;
  readonly severity: Severity;
  readonly term: Term;
  /** Accounts that may see a restricted one. */
  readonly viewers: readonly string[];
  readonly foundOn: LocalDate;
  readonly responsible?: NamedPerson | undefined;
  /** The account that entered it, and the chat in which. */
  readonly enteredBy: string;
}

/** Where a problem stands. It is what its events make of it, and nothing else (`progressOf`). */
export interface Progress {
  /** 限知 (举报, 信访, 涉密): seen by the people named and nobody else, and in no group. Known to all again by a decision of the office. */
  readonly restricted: boolean;
  readonly state: FindingState;
  /** Since when it is in this state. */
  readonly since: LocalDate;
  /** Proposed until the notice is issued, when the due day follows from it. */
  readonly limit?: Limit | undefined;
  readonly due?: LocalDate | undefined;
  /** In which days the deadline was set; lateness is counted in the same. */
  readonly dayUnit: DayUnit;
  /** The day that the unit asks for. */
  readonly asked?: LocalDate | undefined;
  readonly extensions: number;
  /** Rechecks that it did not pass since it was last entered in the books. */
  readonly returns: number;
  /** Reached on the ladder of escalation. */
  readonly level: Level;
  /** Highest level for which a draft waits for, or has had, somebody's word. */
  readonly drafted: Level;
  /** 三不放过: why it came to this. */
  readonly cause: string;
  /** Files since the notice, or since it was entered in the books again; and the unit's written word. */
  readonly files: number;
  readonly statements: number;
  readonly submittedBy?: string | undefined;
  readonly checkedBy?: string | undefined;
  readonly closedOn?: LocalDate | undefined;
  /** 文号 of the last paper. */
  readonly document?: string | undefined;
  /** 文号 of the letter under which it was issued, perhaps with others. */
  readonly letter?: string | undefined;
}

export interface Finding extends FindingFacts, Progress {
  readonly version: number;
}

/** One step of a problem's life. */
export interface FindingEvent {
  /** From 1; with the finding's id a key, so that of two who act at once one comes second. */
  readonly seq: number;
  readonly at: Instant;
  readonly on: LocalDate;
  /** An open id, or 'heartbeat'. */
  readonly by: string;
  readonly chatId?: string | undefined;
  readonly move: Move;
  readonly from?: FindingState | undefined;
  readonly to: FindingState;
  /** Reason, report or note in the actor's words. */
  readonly text: string;
  readonly limit?: Limit | undefined;
  readonly due?: LocalDate | undefined;
  readonly dayUnit?: DayUnit | undefined;
  readonly asked?: LocalDate | undefined;
  readonly document?: string | undefined;
  readonly level?: Level | undefined;
  readonly cause?: string | undefined;
  readonly files?: number | undefined;
  readonly restricted?: boolean | undefined;
}

/** A step, and who made it as far as that is known. */
export type ToldEvent = FindingEvent & { readonly actors: readonly Person[] };

/** By which sent cards that show this problem are found. */
export const findingSubject = ({ number }: Pick<FindingFacts, 'number'>): string => `finding:${number}`;

export const findingName = ({ number }: Pick<FindingFacts, 'number'>): string => `W${number}`;

/** The hour of the deadline, while it is the day that was named with it. */
export const dueTime = ({ due, limit }: Pick<Progress, 'due' | 'limit'>): LocalTime | undefined =>
  limit?.kind === 'date' && limit.date === due ? limit.time : undefined;

/** Days beyond the deadline in its own unit: 0 or less while there is time; undefined where no deadline runs. */
export function lateBy(
  { state, due, dayUnit }: Pick<Progress, 'state' | 'due' | 'dayUnit'>,
  today: LocalDate,
  calendar: Calendar,
): number | undefined {
  return due === undefined || !STATES[state].dueRuns ? undefined : 0 - daysLeft(calendar, today, due, dayUnit);
}

/** A veto matter, or a danger to life: rechecked and struck off by two different people. */
export const needsTwoChecks = ({ severity, description }: Pick<FindingFacts, 'severity' | 'description'>): boolean =>
  severity === 'veto' || isSafety(description);

const SAFETY = /消防|灭火|疏散|安全出口|食物中毒|食品安全|危房|坍塌|燃气|煤气|触电|漏电|溺水|校车|欺凌|踩踏|危化|生命/;
export const isSafety = (text: string): boolean => SAFETY.test(text);

/** 举报, 信访, 涉密: words after which a problem is restricted from the start. */
export const isConfidential = (text: string): boolean => /举报|信访|涉密|检举|实名反映/.test(text);
