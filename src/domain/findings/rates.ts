import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { type FindingState, isOpen } from './states.ts';

/** Problems that are counted together: of one unit, in one state, of one age. */
export interface FindingTally {
  readonly state: FindingState;
  /** Its deadline runs and has passed. */
  readonly late: boolean;
  /** Struck off, and the report that was accepted came by the deadline then in force; a problem without a deadline never is. */
  readonly onTime: boolean;
  /** Index into AGE_BANDS, counted from the day on which it was found. */
  readonly band: number;
  readonly count: number;
  /** Natural days from finding to 销号, added up; 0 while open. */
  readonly days: number;
}

/**
 * What problems are counted by. unit: the one directly below the asked one under which the problem is, or the asked one itself. stage: 学段, by the
 * kind of the unit that has the problem. category: 类别, the first level of the indicator. month: the one in which it was found.
 */
export const FINDING_DIMENSIONS = ['unit', 'program', 'stage', 'category', 'severity', 'month'] as const;
export type FindingDimension = (typeof FINDING_DIMENSIONS)[number];

/** Counted by a dimension: `group` is the unit's or program's name, the unit's kind, the indicator's level, the severity, 2026-04; empty for none. */
export interface GroupedTally extends FindingTally {
  readonly group: string;
}

/** How long open problems have been on the books, in natural days; the last band has no end. */
export const AGE_BANDS = [
  { upTo: 7, word: '7 天以内' },
  { upTo: 15, word: '8–15 天' },
  { upTo: 30, word: '16–30 天' },
  { upTo: 60, word: '31–60 天' },
  { upTo: undefined, word: '60 天以上' },
] as const;

/** The first days of the bands but the last, newest first: found on or after it is that band or a younger one. */
export const bandStarts = (today: LocalDate): readonly LocalDate[] =>
  AGE_BANDS.flatMap(({ upTo }) => (upTo === undefined ? [] : [addDays(today, -upTo)]));

/** Not yet taken up, or never: no rate counts them. */
const BEFORE_THE_BOOKS: ReadonlySet<FindingState> = new Set(['draft', 'registered', 'disputed', 'dropped']);

export interface FindingFigures {
  /** 应整改: a notice was issued. */
  readonly due: number;
  /** Written down, but no notice was issued yet. */
  readonly waiting: number;
  readonly closed: number;
  readonly late: number;
  /** 长期坚持: on the books for ever, and never counted as done (invariant 3 of the loop). */
  readonly longTerm: number;
  /** 整改完成率: struck off, of all that were to be rectified. Undefined without any. */
  readonly completion: number | undefined;
  /** 按期整改率: struck off in time, of all whose time is up, which is those struck off and those that are late. */
  readonly punctuality: number | undefined;
  /** 平均销号用时, natural days. */
  readonly meanDays: number | undefined;
}

const ratio = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/** The figures of a summary; each is defined here and nowhere else. */
export function figuresOf(tallies: readonly FindingTally[]): FindingFigures {
  const sum = (of: (tally: FindingTally) => boolean) =>
    tallies.reduce((total, tally) => total + (of(tally) ? tally.count : 0), 0);
  const due = sum(({ state }) => !BEFORE_THE_BOOKS.has(state));
  const closed = sum(({ state }) => state === 'closed');
  const late = sum((tally) => tally.late);
  return {
    due,
    closed,
    late,
    waiting: sum(({ state }) => BEFORE_THE_BOOKS.has(state) && isOpen(state)),
    longTerm: sum(({ state }) => state === 'longTerm'),
    completion: ratio(closed, due),
    punctuality: ratio(
      sum(({ state, onTime }) => state === 'closed' && onTime),
      closed + late,
    ),
    meanDays: ratio(
      tallies.reduce((total, { days }) => total + days, 0),
      closed,
    ),
  };
}

/** Open problems by how long they have been on the books, those of each band together. */
export const agesOf = (tallies: readonly FindingTally[]): readonly number[] =>
  AGE_BANDS.map((_, band) =>
    tallies.reduce((total, tally) => total + (tally.band === band && isOpen(tally.state) ? tally.count : 0), 0),
  );

/** 66%: rounded down, so that only what is whole shows as 100%. */
export const percent = (rate: number | undefined): string =>
  rate === undefined ? '—' : `${Math.floor(rate * 100 + 1e-9)}%`;
