import type { Doc } from '../../cards/views.ts';
import { describeComing } from '../../domain/calendar/describe.ts';
import { type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { Action } from '../../domain/people/rights.ts';
import { type Task, type TaskEntry, type TaskRole, taskName, taskSubject } from '../../domain/tasks/task.ts';
import type { TaskStory } from '../../domain/tasks/task-board.ts';
import { placeOf, toldAt } from '../../language/answer/telling.ts';
import type { Context, Outcome } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { requireRight } from '../../language/who/rights.ts';
import { type Hearers, type MeantUnit, type Named, unitsMeant, whoHears } from '../../language/who/who-hears.ts';
import type { Change } from '../../ports/changes.ts';
import { storyOf } from './task-story.ts';

/** What the commands about tasks share: who may, what a change leaves behind, and who is told. */

type Asked = Omit<Context<never>, 'args'>;

/** The documents, given by the commands: this room knows what a document is, not what is on it. */
interface TaskCards {
  card(view: TaskStory & Pick<Asked, 'today' | 'zone'> & { readonly news?: string | undefined }): Doc;
}

export type TaskDesk = Asked & { readonly cards: TaskCards };

/**
 * On whom and on what a right is asked: all units that lead the task. Who only assists has a part in it and no word on it. A collective
 * (各学校) leads for the unit that runs the task's program.
 */
export async function concerned({ read }: Pick<Asked, 'read'>, task: Task) {
  const leads = task.units.filter(({ role }) => role === 'lead');
  const runner = leads.some(({ collective }) => collective !== undefined) ? await runnerOf(read, task) : undefined;
  return {
    unitIds: [...leads.flatMap(({ unit }) => unit?.id ?? []), ...(runner === undefined ? [] : [runner])],
    responsible: task.people.flatMap(({ personId }) => personId ?? []),
    shown: true,
  } as const;
}

/** Before anything that closes, changes or pursues a task as a whole. */
export const requireLead = async (desk: Asked, action: Action, task: Task): Promise<void> =>
  requireRight(desk, action, await concerned(desk, task));

export const entryOf = (
  { ids, now, actor }: Asked,
  task: Task,
  what: Pick<TaskEntry, 'kind'> & Partial<Pick<TaskEntry, 'before' | 'after' | 'reason'>>,
): TaskEntry => ({
  id: ids.next('entry'),
  taskId: task.id,
  at: now,
  actor: actor.openId,
  before: '',
  after: '',
  reason: '',
  ...what,
});

/** What the record says of a task; of a confidential one no more than its number. */
export const recorded = (task: Task, words: string = task.title): string =>
  task.restricted ? taskName(task) : `${taskName(task)} ${words}`;

/** What is said to others. */
interface Tell {
  readonly title: string;
  /** Whose it was: told as well. */
  readonly also?: Task;
  readonly doc?: Doc;
  /** What is so although nobody hears of it; the news, unless it says otherwise. */
  readonly standing?: string;
  /** The unit that runs the program, of one that is made with the task. */
  readonly runner?: string;
  /** The day by which it is asked for: whoever hears of it only afterwards is asked too late. */
  readonly by?: LocalDate | undefined;
}

/** What was just done: the card with the news, the record, and who is told beside the chat in which it was said. */
export async function changed(
  desk: TaskDesk,
  task: Task,
  done: {
    readonly entry: TaskEntry;
    readonly news: string;
    readonly changes: readonly Change[];
    readonly audit: NonNullable<Outcome['audit']>;
    readonly tell?: Tell;
  },
): Promise<Outcome> {
  const { entry, news, changes, audit, tell } = done;
  const view = { ...(await storyOf(task, desk, { entry })), ...desk };
  const told = { ...desk.cards.card({ ...view, news }), summary: news };
  const common = { changes, audit, refresh: [taskSubject(task)] };
  if (!tell) return { ...common, reply: told };
  const { to, ...hearers } = await hearersOf(desk, [task, ...(tell.also ? [tell.also] : [])], { runner: tell.runner });
  if (tell.by !== undefined && hearers.present.length === 0) await refuseTooLate(desk, to, tell.by);
  const doc = tell.doc ?? { ...told, title: tell.title };
  return {
    ...common,
    reply: { ...desk.cards.card(view), summary: news },
    notices: to.map((one) => ({ to: one, doc })),
    owed: { ...hearers, news, standing: tell.standing ?? news, ...(task.restricted && { whom: '人' }) },
  };
}

/** At 22:30 nothing due that night can be asked of anybody: it would arrive in the morning, late already. */
async function refuseTooLate(desk: TaskDesk, to: Hearers['to'], by: LocalDate): Promise<void> {
  const settings = await desk.read.settings();
  const leaves = to.map((one) => toldAt(settings, placeOf(one), desk));
  const first = Math.min(...leaves);
  if (leaves.length === 0 || wallClock(first, desk.zone).date <= by) return;
  const urgent = desk.actor.isAdministrator ? '；等不及的，先在单聊里发送“紧急 原因”，再发这一行' : '';
  throw new UserError(
    `没有执行。现在是免打扰时段，${describeComing(wallClock(first, desk.zone), desk.today)} 才告知，截止请写那天或以后${urgent}。`,
  );
}

/**
 * The units that lead and assist, or those of one role, and the people who answer for it. Of a confidential task only the people. `runner`
 * of a program that nobody can read yet.
 */
export async function hearersOf(
  desk: Parameters<typeof whoHears>[0] & Pick<Asked, 'read'>,
  tasks: readonly Task[],
  {
    runner,
    role,
    more = [],
  }: { readonly runner?: string | undefined; readonly role?: TaskRole; readonly more?: Named } = {},
): Promise<Hearers> {
  const units: MeantUnit[] = [];
  const unknown: string[] = [];
  for (const task of tasks) {
    if (task.restricted) continue;
    for (const { unit, collective, written } of task.units.filter((seat) => !role || seat.role === role)) {
      const meant = collective
        ? await unitsMeant(desk.read, collective, runner ?? (await runnerOf(desk.read, task)))
        : [];
      units.push(...(unit ? [unit] : meant));
      if (!unit && meant.length === 0) unknown.push(written);
    }
  }
  const hearers = await whoHears(desk, units, [...distinct(tasks.flatMap(({ people }) => people)), ...more]);
  const missing = unknown.map((name) => ({ name, why: '下属单位里没有' }));
  return { ...hearers, unreached: [...hearers.unreached, ...missing] };
}

const distinct = (people: Task['people']): Task['people'] => [
  ...new Map(people.map((person) => [person.personId ?? person.name, person])).values(),
];

/** The unit that runs the task's program: what 各学校 means is below it. */
export const runnerOf = async (
  read: Pick<Asked['read'], 'allPrograms'>,
  { programId }: Task,
): Promise<string | undefined> => (await read.allPrograms()).find(({ id }) => id === programId)?.unit.id;

/** The reason behind 原因, or whatever is left when the word is not written. */
export const reasonIn = (words: string): string =>
  words
    .replace(/^[\s,，;；。]*(?:(?:因|原因|理由|由于|说明)(?:是|为)?)?\s*[:：]?\s*/, '')
    .replace(/[\s,，;；。]+$/, '');
