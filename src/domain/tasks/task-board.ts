import { addDays, type Instant, type LocalDate, makeDate, wallClock, yearOf } from '../calendar/local-date.ts';
import type { Calendar } from '../calendar/working-days.ts';
import type { Deadline } from './deadline.ts';
import { expectedShare, type Light, lightOf } from './light.ts';
import type { ProgressReport } from './progress.ts';
import { dueOn, type Milestones, type Task, type TaskEntry } from './task.ts';

/** A task with how it stands. */
export interface TaskState {
  readonly task: Task;
  readonly due?: LocalDate | undefined;
  readonly latest?: ProgressReport | undefined;
  readonly light?: { readonly light: Light; readonly why?: string } | undefined;
  /** The share that is expected by now, in points. */
  readonly expected?: number | undefined;
}

/** A task with its history, for its own card. */
export interface TaskStory {
  readonly state: TaskState;
  readonly deadline: Deadline;
  /** Both newest first. */
  readonly reports: readonly ProgressReport[];
  readonly entries: readonly TaskEntry[];
  /** Names by open id. */
  readonly names: ReadonlyMap<string, string>;
}

/** How each task stands, in the order given. `reports` are all of these tasks', the oldest first. */
export function computeTaskStates(
  tasks: readonly Task[],
  known: {
    readonly reports: readonly ProgressReport[];
    readonly milestones: ReadonlyMap<string, Milestones>;
    readonly today: LocalDate;
    readonly zone: string;
    readonly calendar: Calendar;
  },
): readonly TaskState[] {
  const byTask = Map.groupBy(known.reports, ({ taskId }) => taskId);
  return tasks.map((task) => {
    const own = byTask.get(task.id) ?? [];
    const latest = own.at(-1);
    const milestones = known.milestones.get(task.programId) ?? new Map();
    const due = dueOn(task.due, known.today, milestones, known.calendar);
    const since = unchangedSince(own);
    const paced = {
      starts: startOf(task, due),
      due,
      percent: latest?.percent,
      done: task.state === 'done',
      graceUntil: own.length === 0 ? firstReportBy(task, known.today) : undefined,
      lateStep: task.steps.find(({ due: day, doneOn }) => doneOn === undefined && day < known.today)?.name,
      unchangedSince: since === undefined ? undefined : wallClock(since, known.zone).date,
    };
    // A rhythm (每月25日) has no share that grows until its day.
    const measured = task.due.kind === 'date' || task.due.kind === 'relative';
    return {
      task,
      due,
      latest,
      light: measured ? lightOf(paced, known.today) : undefined,
      expected: measured ? expectedShare(paced, known.today) : undefined,
    };
  });
}

/** By the day that is the task's today, undated ones last, then by number: T2 before T10. */
export const byDay = (a: TaskState, b: TaskState): number =>
  (a.due ?? LAST).localeCompare(b.due ?? LAST) || a.task.number - b.task.number;
const LAST = '9999';

/** A round of reports is a month: whoever was given a task, or whose table was imported, has that long for the first one. */
const FIRST_REPORT_DAYS = 30;

const firstReportBy = ({ pursuit: { level, since } }: Task, today: LocalDate): LocalDate | undefined =>
  level === 0 ? addDays(since ?? today, FIRST_REPORT_DAYS) : undefined;

/** A yearly matter that came without a first day runs from the first of January; of a table's other tasks nobody knows. */
const startOf = ({ starts, kind }: Task, due: LocalDate | undefined): LocalDate | undefined =>
  starts ?? (kind === 'keyWork' || due === undefined ? undefined : makeDate(yearOf(due), 1, 1));

/** When the latest figure was first reported. */
function unchangedSince(reports: readonly ProgressReport[]): Instant | undefined {
  const latest = reports.at(-1);
  if (!latest) return undefined;
  const same = (report: ProgressReport) => report.percent === latest.percent && report.amount === latest.amount;
  const before = reports.findLastIndex((report) => !same(report));
  return reports[before + 1]?.at;
}
