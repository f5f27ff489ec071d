import type { Block, Doc } from '../../cards/views.ts';
import { describeComing } from '../../domain/calendar/describe.ts';
import { type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import { type Action, may } from '../../domain/people/rights.ts';
import { type Task, type TaskEntry, taskName, taskSubject } from '../../domain/tasks/task.ts';
import type { TaskStory } from '../../domain/tasks/task-board.ts';
import { placeOf, toldAt } from '../../language/answer/telling.ts';
import type { Context, Outcome, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { itemOf, requireRight } from '../../language/who/rights.ts';
import type { Change } from '../../ports/changes.ts';
import { whoLeads } from '../recipients/answers-for.ts';
import { hearersOfTasks } from '../recipients/concerned.ts';
import type { Hearers } from '../recipients/who-hears.ts';
import type { TaskOffers } from './task-card.ts';
import { storyOf } from './task-story.ts';

/** What the commands about tasks share: who may, what a change leaves behind, and who is told. */

/** The documents, given by the commands: this room knows what a document is, not what is on it. */
interface TaskCards {
  card(
    view: TaskStory &
      Pick<Context, 'today' | 'zone'> & { readonly news?: string | undefined; readonly offers: TaskOffers },
  ): Doc;
}

export type TaskContext = Situation & { readonly cards: TaskCards };

/** Before anything that closes, changes or pursues a task as a whole. */
export const requireLead = async (context: Situation, action: Action, task: Task): Promise<void> =>
  requireRight(context, action, await whoLeads(context.read, task));

/** What is closed is not gone on with; who may opens it again by one press. */
export async function refuseClosed(context: Situation, task: Task, refusal: string): Promise<void> {
  if (task.state !== 'done') return;
  const name = taskName(task);
  const mayReopen = may(context.actor, 'task.close', await itemOf(context.read, await whoLeads(context.read, task)));
  throw new UserError(
    `${name} 已经办结，${refusal}。${mayReopen ? '还要接着办的，先重开。' : `有新情况请督导室重开：任务 重开 ${name} 原因`}`,
    mayReopen ? [{ label: '重开', line: `任务 重开 ${name}` }] : [],
  );
}

export const entryOf = (
  { ids, now, actor }: Situation,
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
export const nameForRecord = (task: Task, words: string = task.title): string =>
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
export async function reportChange(
  context: TaskContext,
  task: Task,
  done: {
    readonly entry: TaskEntry;
    readonly news: string;
    readonly changes: readonly Change[];
    readonly audit: NonNullable<Outcome['audit']>;
    readonly tell?: Tell;
    /** What whoever did it may do next. */
    readonly offers?: readonly Block[];
  },
): Promise<Outcome> {
  const { entry, news, changes, audit, tell, offers = [] } = done;
  const view = { ...(await storyOf(task, context, { entry })), ...context };
  const told = (offers: TaskOffers) => ({ ...context.cards.card({ ...view, news, offers }), summary: news });
  const common = { changes, audit, refresh: [taskSubject(task)] };
  if (!tell) return { ...common, reply: told(view.offers) };
  const card = context.cards.card(view);
  const { to, ...hearers } = await hearersOfTasks(context, [task, ...(tell.also ? [tell.also] : [])], {
    runner: tell.runner,
  });
  if (tell.by !== undefined && hearers.present.length === 0) await refuseTooLate(context, to, tell.by);
  const { to: leading } = await hearersOfTasks(context, [task], { runner: tell.runner, role: 'lead' });
  const docFor = (one: Hearers['to'][number]) => tell.doc ?? { ...told(offersTo(one, leading)), title: tell.title };
  return {
    ...common,
    reply: { ...card, blocks: [...offers, ...card.blocks], summary: news },
    notices: to.map((one) => ({ to: one, doc: docFor(one) })),
    owed: { ...hearers, news, standing: tell.standing ?? news, ...(task.restricted && { whom: '人' }) },
  };
}

/** Who only assists is told, and has no word on it; those who lead report, and in their groups may be somebody who closes it. */
function offersTo(one: Hearers['to'][number], leading: Hearers['to']): TaskOffers {
  const placed = JSON.stringify(one);
  const leads = leading.some((other) => JSON.stringify(other) === placed);
  return { report: leads, close: leads && 'chatId' in one };
}

/** At 22:30 nothing due that night can be asked of anybody: it would arrive in the morning, late already. */
async function refuseTooLate(context: TaskContext, to: Hearers['to'], by: LocalDate): Promise<void> {
  const settings = await context.read.settings();
  const leaves = to.map((one) => toldAt(settings, placeOf(one), context));
  const first = Math.min(...leaves);
  if (leaves.length === 0 || wallClock(first, context.zone).date <= by) return;
  const urgent = context.actor.isAdministrator ? '；等不及的，先在单聊里发送“紧急 原因”，再发这一行' : '';
  throw new UserError(
    `没有执行。现在是免打扰时段，${describeComing(wallClock(first, context.zone), context.today)} 才告知，截止请写那天或以后${urgent}。`,
  );
}

/** The reason behind 原因, or whatever is left when the word is not written. */
export const reasonIn = (words: string): string =>
  words
    .replace(/^[\s,，;；。]*(?:(?:因|原因|理由|由于|说明)(?:是|为)?)?\s*[:：]?\s*/, '')
    .replace(/[\s,，;；。]+$/, '');
