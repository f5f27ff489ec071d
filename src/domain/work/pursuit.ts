import type { LocalDate } from '../calendar/local-date.ts';

/** How far a task that stays behind has been pursued: 催办, 限期整改, 通报. */
export type PursuitLevel = 0 | 1 | 2 | 3;

export interface Pursuit {
  /** Reached. It never drops while the task is behind. */
  readonly level: PursuitLevel;
  /** The highest for which a draft waits for, or has had, the office's word. */
  readonly drafted: PursuitLevel;
  /** The day on which the level was reached. */
  readonly since?: LocalDate | undefined;
  /** Until when it has to catch up, as the office set it. */
  readonly rectifyBy?: LocalDate | undefined;
}

export const NOT_PURSUED: Pursuit = { level: 0, drafted: 0 };
