import type { Instant, LocalDate } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { deadlines } from '../../domain/tasks/deadline.ts';
import type { ProgressReport } from '../../domain/tasks/progress.ts';
import type { Task, TaskEntry } from '../../domain/tasks/task.ts';
import { standing, type TaskState, type TaskStory } from '../../domain/tasks/task-board.ts';
import type { Reads, Scope } from '../../ports/store.ts';

interface Asking {
  readonly read: Reads;
  readonly scope: Scope;
  readonly today: LocalDate;
  readonly now: Instant;
  readonly zone: string;
  readonly calendar: Calendar;
}

/** Lines of history on a card: half a year of monthly reports. */
const HISTORY = 6;

const milestonesOf = async ({ read, scope }: Pick<Asking, 'read' | 'scope'>) =>
  new Map((await read.programs(scope)).map((program) => [program.id, program.milestones]));

/** How these tasks stand by what was reported. */
export async function statesOf(tasks: readonly Task[], asking: Asking): Promise<readonly TaskState[]> {
  const [reports, milestones] = await Promise.all([
    asking.read.progress(tasks.map(({ id }) => id)),
    milestonesOf(asking),
  ]);
  return standing(tasks, { reports, milestones, today: asking.today, zone: asking.zone });
}

/** What the card of a task shows; `after` is what a decision has just changed and nobody can read yet. */
export async function storyOf(
  task: Task,
  asking: Asking,
  after: { readonly report?: ProgressReport; readonly entry?: TaskEntry } = {},
): Promise<TaskStory> {
  const { read, today, zone, calendar } = asking;
  const [kept, entries, milestones] = await Promise.all([
    read.progress([task.id]),
    read.taskEntries(task.id, HISTORY),
    milestonesOf(asking),
  ]);
  const reports = [...kept, ...(after.report ? [after.report] : [])];
  const [state = { task }] = standing([task], { reports, milestones, today, zone });
  const deadline = deadlines({ tasks: [task], assessments: [], findings: [], milestones }, today, calendar).find(
    ({ step }) => step === undefined,
  );
  if (!deadline) throw new Error('a task without a deadline entry');
  const shown = {
    reports: reports.toReversed().slice(0, HISTORY),
    entries: [...(after.entry ? [after.entry] : []), ...entries].slice(0, HISTORY),
  };
  const actors = new Set([...shown.reports, ...shown.entries].map(({ actor }) => actor));
  const names = new Map<string, string>();
  for (const openId of actors) {
    const [person] = await read.peopleByOpenId(openId);
    if (person) names.set(openId, `${person.unit.name} ${person.name}`);
  }
  return { state, deadline, ...shown, names };
}
