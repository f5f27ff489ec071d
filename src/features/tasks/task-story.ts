import { may } from '../../domain/people/rights.ts';
import { deadlines } from '../../domain/tasks/deadline.ts';
import type { ProgressReport } from '../../domain/tasks/progress.ts';
import type { Task, TaskEntry } from '../../domain/tasks/task.ts';
import { computeTaskStates, type TaskState, type TaskStory } from '../../domain/tasks/task-board.ts';
import type { Context } from '../../language/command.ts';
import { itemOf } from '../../language/who/rights.ts';
import { whoLeads, whoReports } from '../recipients/answers-for.ts';
import type { TaskOffers } from './task-card.ts';

/** Lines of history on a card: half a year of monthly reports. */
const HISTORY = 6;

/** Of the programs of the scope: the days of their milestones, and those that vague ones may have. */
async function milestonesOf({ read, scope }: Pick<Context, 'read' | 'scope'>) {
  const programs = await read.programs(scope);
  return {
    milestones: new Map(programs.map((program) => [program.id, program.milestones])),
    expected: new Map(programs.map((program) => [program.id, program.expected])),
  };
}

/** How these tasks stand by what was reported. */
export async function statesOf(
  tasks: readonly Task[],
  context: Pick<Context, 'read' | 'scope' | 'today' | 'now' | 'zone' | 'calendar'>,
): Promise<readonly TaskState[]> {
  const [reports, { milestones }] = await Promise.all([
    context.read.progress(tasks.map(({ id }) => id)),
    milestonesOf(context),
  ]);
  const { today, zone, calendar } = context;
  return computeTaskStates(tasks, { reports, milestones, today, zone, calendar });
}

/** A group is shown what somebody of it may press: only who leads reports and closes. */
async function offersOf(
  task: Task,
  { read, chat, actor }: Pick<Context, 'read' | 'chat' | 'actor'>,
): Promise<TaskOffers> {
  // 各学校 is led by each school, and closed by none.
  const isNamed = task.units.every(({ role, unit }) => role !== 'lead' || unit !== undefined);
  if (chat.type === 'group') return { report: task.ownRole === 'lead', close: task.ownRole === 'lead' && isNamed };
  return {
    report: may(actor, 'task.report', await itemOf(read, await whoReports({ read, actor }, task))),
    close: may(actor, 'task.close', await itemOf(read, await whoLeads(read, task))),
  };
}

/** What the card of a task shows; `after` is what a decision has just changed and nobody can read yet. */
export async function storyOf(
  task: Task,
  context: Pick<Context, 'read' | 'scope' | 'today' | 'now' | 'zone' | 'calendar' | 'chat' | 'actor'>,
  after: { readonly report?: ProgressReport; readonly entry?: TaskEntry } = {},
): Promise<TaskStory & { readonly offers: TaskOffers }> {
  const { read, today, zone, calendar } = context;
  const [kept, entries, { milestones, expected }] = await Promise.all([
    read.progress([task.id]),
    read.taskEntries(task.id, HISTORY),
    milestonesOf(context),
  ]);
  const reports = [...kept, ...(after.report ? [after.report] : [])];
  const [state = { task }] = computeTaskStates([task], { reports, milestones, today, zone, calendar });
  const deadline = deadlines(
    { tasks: [task], assessments: [], findings: [], milestones, expected },
    today,
    calendar,
  ).find(({ step }) => step === undefined);
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
  return { state, deadline, ...shown, names, offers: await offersOf(task, context) };
}
