import type { Doc } from '../../cards/views.ts';
import { type Task, type TaskEntry, taskName, taskSubject } from '../../domain/work/task.ts';
import type { TaskStory } from '../../domain/work/task-board.ts';
import type { Change } from '../../ports/changes.ts';
import type { Context, Notice, Outcome } from '../command.ts';
import { requireRight } from '../rights.ts';
import { storyOf } from './task-story.ts';

/** What the commands about tasks share: who may, what a change leaves behind, and who is told. */

type Asked = Omit<Context<never>, 'args'>;

/** The documents, given by the commands: this room knows what a document is, not what is on it. */
interface TaskCards {
  card(view: TaskStory & Pick<Asked, 'today' | 'zone'> & { readonly news?: string | undefined }): Doc;
}

export type TaskDesk = Asked & { readonly cards: TaskCards };

/** On whom and on what a right is asked: all units of the task, or those that lead it. */
export const concerned = (task: Task, role?: 'lead') => ({
  unitIds: task.units.flatMap((seat) =>
    seat.unit && (role === undefined || seat.role === role) ? [seat.unit.id] : [],
  ),
  responsible: task.people.flatMap(({ personId }) => personId ?? []),
});

export const requireChange = (desk: TaskDesk, task: Task): Promise<void> =>
  requireRight(desk, 'task.change', concerned(task));

export const entryOf = (
  { ids, now, actor }: Asked,
  task: Task,
  what: Pick<TaskEntry, 'kind'> & Partial<Pick<TaskEntry, 'before' | 'after' | 'reason'>>,
): TaskEntry => ({
  ...{ id: ids.next('entry'), taskId: task.id, at: now, actor: actor.openId, before: '', after: '', reason: '' },
  ...what,
});

/** What the record says of a task; of a confidential one no more than its number. */
export const recorded = (task: Task, words: string = task.title): string =>
  task.restricted ? taskName(task) : `${taskName(task)} ${words}`;

/** What was just done: the card with the news, the record, and who is told beside the chat in which it was said. */
export async function changed(
  desk: TaskDesk,
  task: Task,
  done: {
    readonly entry: TaskEntry;
    readonly news: string;
    readonly changes: readonly Change[];
    readonly audit: NonNullable<Outcome['audit']>;
    /** The title of the notice; nobody is told when undefined. Those of `also` are told too: whose it was. */
    readonly tell?: { readonly title: string; readonly also?: Task; readonly doc?: Doc };
  },
): Promise<Outcome> {
  const { entry, news, changes, audit, tell } = done;
  const reply = desk.cards.card({ ...(await storyOf(task, desk, { entry })), ...desk, news });
  return {
    ...{ reply, changes, audit, refresh: [taskSubject(task)] },
    notices: tell
      ? await toldTo(
          desk,
          [task, ...(tell.also ? [tell.also] : [])],
          tell.doc ?? { ...reply, title: tell.title, summary: news },
        )
      : [],
  };
}

/**
 * The groups of the units that lead and assist, and the people who answer for it; never where it was said. Of a confidential task only
 * the people.
 */
async function toldTo({ read, chat, actor }: Asked, tasks: readonly Task[], doc: Doc): Promise<readonly Notice[]> {
  const units = tasks.flatMap((task) => (task.restricted ? [] : task.units.flatMap(({ unit }) => unit?.id ?? [])));
  const groups = await Promise.all([...new Set(units)].map((id) => read.boundGroups(id)));
  const chatIds = new Set(groups.flat().map(({ chatId }) => chatId));
  chatIds.delete(chat.chatId);
  const openIds = new Set(tasks.flatMap((task) => task.people.flatMap(({ openId }) => openId ?? [])));
  openIds.delete(actor.openId);
  return [
    ...[...chatIds].map((chatId) => ({ to: { chatId }, doc })),
    ...[...openIds].map((openId) => ({ to: { openId }, doc })),
  ];
}

/** The reason behind 原因, or whatever is left when the word is not written. */
export const reasonIn = (words: string): string =>
  words.replace(/^[\s,，;；。]*(?:因为?|原因|理由|由于|说明)?\s*[:：]?\s*/, '').replace(/[\s,，;；。]+$/, '');
