import type { Core } from '../../app/core.ts';
import type { Doc } from '../../cards/views.ts';
import { ALERT_DAYS, daysLeft } from '../../domain/calendar/due.ts';
import { type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { WorkCalendar } from '../../domain/calendar/work-calendar.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { isReportedWhole } from '../../domain/tasks/progress.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { computeTaskStates, type TaskState } from '../../domain/tasks/task-board.ts';
import type { MadeAgain, Waiting } from '../../language/answer/made-again.ts';
import { placeOf, reasons } from '../../language/answer/telling.ts';
import type { AlertRemake } from '../../ports/remake.ts';
import type { Reads } from '../../ports/store.ts';
import { runnerOf, whoDecidesOn } from '../recipients/answers-for.ts';
import { hearersOfUrgingTask } from '../recipients/concerned.ts';
import { allOffices, officeOfTask } from '../recipients/office.ts';
import type { Hearers } from '../recipients/who-hears.ts';
import { collect } from './collection.ts';
import { askedDoc, missingDoc } from './collection-card.ts';
import { composeDraft } from './compose-draft.ts';
import { confidentialDueDoc, type Unheard, unreachedDoc, urgedDoc } from './pursuit-card.ts';

export type Remaking = Pick<Core, 'zone' | 'ids' | 'adminOpenIds'> & {
  readonly store: Reads;
  readonly calendar: WorkCalendar;
};

type Of<What extends AlertRemake['of']> = Extract<AlertRemake, { readonly of: What }>;

/** Whatever their state, those that only some may know among them. */
export async function tasksNumbered(
  read: Pick<Reads, 'tasks' | 'roots'>,
  numbers: readonly number[],
): Promise<readonly Task[]> {
  const scope = { unitIds: await read.roots() };
  const confidant = { openId: '', personIds: [], office: 'everywhere' } as const;
  const found = await Promise.all(
    numbers.map((number) => read.tasks({ scope, given: true, state: 'any', number, confidant })),
  );
  return found.flat();
}

/** What is said to somebody of tasks that are behind, or drafted for them: of those of which it is still so, and still theirs to hear. */
export async function remakeTasks(
  core: Remaking,
  { says, numbers }: Of<'tasks'>,
  waiting: Waiting,
): Promise<MadeAgain> {
  const { store, zone, ids } = core;
  const today = wallClock(waiting.now, zone).date;
  const tasks = (await tasksNumbered(store, numbers)).filter(({ state }) => state === 'open');
  const [programs, reports] = await Promise.all([store.allPrograms(), store.progress(tasks.map(({ id }) => id))]);
  const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
  const left: Unheard[] = [];
  for (const task of tasks) {
    const calendar = calendarOf(core, task);
    const [state = { task }] = computeTaskStates([task], { reports, milestones, today, zone, calendar });
    const hearers = await hearersOfUrgingTask(store, state.task);
    if (isStill(calendar, says, state, today) && (await isFor(core, says, state, hearers, waiting.place)))
      left.push({ ...state, tried: reasons(hearers.unreached) });
  }
  if (left.length === 0) return { nothing: '任务已办结、已赶上进度或已转给别人' };
  const docs: Readonly<Record<typeof says, () => Doc>> = {
    urged: () => urgedDoc(left, today),
    due: () => confidentialDueDoc(left, today),
    unreached: () => unreachedDoc(left, today),
    drafted: () => composeDraft(left, today, ids),
  };
  return { doc: docs[says]() };
}

type Says = Of<'tasks'>['says'];

const calendarOf = ({ calendar }: Remaking, { units }: Task): Calendar =>
  calendar.ofUnit(units.find(({ unit }) => unit !== undefined)?.unit?.id);

function isStill(calendar: Calendar, says: Says, { task, due, light, latest }: TaskState, today: LocalDate): boolean {
  const { level, drafted } = task.pursuit;
  // Not by alertsOn alone: what was owed on an alert day is still owed on the day after.
  const isDue =
    due !== undefined &&
    !isReportedWhole(latest) &&
    daysLeft(calendar, today, due, task.dayUnit) <= Math.max(...ALERT_DAYS);
  switch (says) {
    case 'due':
      return task.restricted && isDue;
    case 'unreached':
      return light?.light === 'red' || (task.restricted && isDue);
    case 'urged':
      return light?.light === 'red';
    case 'drafted':
      return light?.light === 'red' && drafted === level + 1;
  }
}

async function isFor(
  { store, adminOpenIds }: Remaking,
  says: Says,
  { task }: TaskState,
  hearers: Hearers,
  place: string,
): Promise<boolean> {
  if (says === 'urged' || says === 'due') return hearers.to.some((to) => placeOf(to) === place);
  const runner = await runnerOf(store, task);
  if (says !== 'unreached') return (await whoDecidesOn(store, task, runner, adminOpenIds)).includes(place);
  return hearers.to.length === 0 && (await officeOfTask(store, task, runner, adminOpenIds)).includes(place);
}

/** 进展催报 in the direct chat: what this person has not reported by now. */
export async function remakeProgress(
  core: Remaking,
  { unitIds, day }: Of<'progress'>,
  { place }: Waiting,
): Promise<MadeAgain> {
  const { month, missing } = await collect(core, { unitIds }, day);
  const own = missing.filter(({ task }) => task.people.some(({ openId }) => openId === place));
  return own.length === 0 ? { nothing: '进展已报' } : { doc: askedDoc(month, own, { zone: core.zone, today: day }) };
}

/** What nobody has reported by now, to the office that holds these units. */
export async function remakeMissing(
  core: Remaking,
  { unitIds, day }: Of<'missing'>,
  { place }: Waiting,
): Promise<MadeAgain> {
  const collection = await collect(core, { unitIds }, day);
  const offices = await allOffices(core.store, core.adminOpenIds);
  const holds = offices.some((one) => one.openIds.includes(place) && unitIds.every((id) => one.unitIds.includes(id)));
  if (!holds) return { nothing: '不再由其负责' };
  return collection.missing.length === 0 ? { nothing: '进展已报' } : { doc: missingDoc(collection, day) };
}
