import {
  addDays,
  type Instant,
  type LocalDate,
  monthOf,
  startOfMonth,
  wallClock,
  yearOf,
} from '../calendar/local-date.ts';
import { type Calendar, firstWorkdayOnOrAfter } from '../calendar/working-days.ts';
import type { ProgressReport } from './progress.ts';
import type { TaskState } from './task-board.ts';

/** A monthly round: which tasks have been reported in the month of this day, and which have not. */
export interface Collection {
  readonly month: string;
  readonly reported: readonly TaskState[];
  /** Reported, for the first time this month after the day by which it was due. */
  readonly late: readonly { readonly state: TaskState; readonly on: LocalDate }[];
  /** By what is led, in the order given. */
  readonly missing: readonly TaskState[];
  /** The day by which it is due, where one is set. */
  readonly by?: LocalDate | undefined;
}

/** 进展报送日 in the month of this day; a rest day moves to the working day after it. */
export const reportDay = (day: LocalDate, dayOfMonth: number | undefined, calendar: Calendar): LocalDate | undefined =>
  dayOfMonth === undefined ? undefined : firstWorkdayOnOrAfter(calendar, addDays(startOfMonth(day), dayOfMonth - 1));

/** Only who leads is asked; a task that is done or has not begun is not. `reports` are all of these tasks', the oldest first. */
export function collectionOf(
  states: readonly TaskState[],
  known: {
    readonly reports: readonly ProgressReport[];
    readonly day: LocalDate;
    readonly by: LocalDate | undefined;
    readonly zone: string;
  },
): Collection {
  const { reports, day, by, zone } = known;
  const asked = states.filter(
    ({ task }) => task.state === 'open' && task.ownRole === 'lead' && (task.starts === undefined || task.starts <= day),
  );
  const dayOf = (at: Instant): LocalDate => wallClock(at, zone).date;
  const isThisMonth = ({ at }: ProgressReport) => dayOf(at) >= startOfMonth(day) && dayOf(at) <= day;
  const first = new Map<string, LocalDate>();
  for (const report of reports)
    if (isThisMonth(report) && !first.has(report.taskId)) first.set(report.taskId, dayOf(report.at));
  const reported = asked.filter(({ task }) => first.has(task.id));
  return {
    month: `${yearOf(day)}年${monthOf(day)}月`,
    reported,
    by,
    late: reported.flatMap((state) => {
      const on = first.get(state.task.id);
      return by !== undefined && on !== undefined && on > by ? [{ state, on }] : [];
    }),
    missing: asked.filter(({ task }) => !first.has(task.id)),
  };
}

/** Working days before 进展报送日 on which the office is told what is still missing (S4.3). */
export const OFFICE_DAYS: readonly number[] = [3, 1];
