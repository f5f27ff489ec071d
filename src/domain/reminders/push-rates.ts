export const PUSH_DIMENSIONS = ['unit', 'month'] as const;
/** What pushes are counted by: the unit directly below the asked one whose groups they are for, or the month of their nominal time. */
export type PushDimension = (typeof PUSH_DIMENSIONS)[number];

/** Pushes that are counted together. What had nothing to say is no push. */
export interface PushTally {
  /** Name of the unit, or 2026-04. */
  readonly group: string;
  readonly outcome: 'sent' | 'late' | 'missed';
  /** Missed because an administrator had paused the pushes. */
  readonly paused: boolean;
  /** Made, and Lark did not take it. */
  readonly undelivered: boolean;
  readonly count: number;
}

export interface PushFigures {
  /** 应发: a time of a rule with something to say, those of a pause aside. */
  readonly due: number;
  readonly delivered: number;
  /** 补发: of those delivered, after their time because the bot was down. */
  readonly late: number;
  readonly undelivered: number;
  readonly missed: number;
  readonly paused: number;
  /** 送达率: delivered, of all that were due. Undefined without any. */
  readonly delivery: number | undefined;
  /** 准时率: delivered and not late, of all that were due. */
  readonly punctuality: number | undefined;
}

const ratio = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/** The figures of a summary of pushes; each is defined here and nowhere else. */
export function pushFiguresOf(tallies: readonly PushTally[]): PushFigures {
  const sum = (of: (tally: PushTally) => boolean) =>
    tallies.reduce((total, tally) => total + (of(tally) ? tally.count : 0), 0);
  const late = sum(({ outcome, undelivered }) => outcome === 'late' && !undelivered);
  const onTime = sum(({ outcome, undelivered }) => outcome === 'sent' && !undelivered);
  const undelivered = sum((tally) => tally.undelivered);
  const missed = sum(({ outcome, paused }) => outcome === 'missed' && !paused);
  const due = onTime + late + undelivered + missed;
  return {
    due,
    delivered: onTime + late,
    late,
    undelivered,
    missed,
    paused: sum(({ paused }) => paused),
    delivery: ratio(onTime + late, due),
    punctuality: ratio(onTime, due),
  };
}
