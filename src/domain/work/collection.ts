import { type LocalDate, monthOf, startOfMonth, wallClock, yearOf } from '../calendar/local-date.ts';
import type { TaskState } from './task-board.ts';

/** A monthly round: which tasks have been reported in the month of this day, and which have not. */
export interface Collection {
  readonly month: string;
  readonly reported: readonly TaskState[];
  /** By what is led, in the order given. */
  readonly missing: readonly TaskState[];
}

/** Only who leads is asked; a task that is done or has not begun is not. */
export function collectionOf(states: readonly TaskState[], day: LocalDate, zone: string): Collection {
  const asked = states.filter(
    ({ task }) => task.state === 'open' && task.ownRole === 'lead' && (task.starts === undefined || task.starts <= day),
  );
  const isReported = ({ latest }: TaskState) =>
    latest !== undefined && wallClock(latest.at, zone).date >= startOfMonth(day);
  return {
    month: `${yearOf(day)}年${monthOf(day)}月`,
    reported: asked.filter(isReported),
    missing: asked.filter((state) => !isReported(state)),
  };
}
