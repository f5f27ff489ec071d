import type { Task } from '../../domain/tasks/task.ts';
import type { AskedTasks } from '../../language/workbooks.ts';
import type { ExportAsk, ExportKind, Narrowed } from '../exports/export-kind.ts';

export const TASKS_EXPORT: ExportKind<'tasks'> = {
  kind: 'tasks',
  name: '任务分解表',
  words: /任务|分解|重点工作|重大决策|民生实事|截止|到期|待办/,
  imported: true,
  meantBy: 'program',
  request: (context, narrowed) => ({ kind: 'tasks', ...tasksAsked(context, narrowed) }),
};

export const PROGRESS_EXPORT: ExportKind<'progress'> = {
  kind: 'progress',
  name: '进展调度表',
  words: /(?<!整改)进[展度]|调度|亮灯/,
  request: (context, narrowed) => ({ kind: 'progress', ...tasksAsked(context, narrowed) }),
};

const TASK_KINDS: readonly { readonly of: Task['kind']; readonly pattern: RegExp }[] = [
  { of: 'keyWork', pattern: /重点工作/ },
  { of: 'decisionMatter', pattern: /重大决策/ },
  { of: 'livelihoodProject', pattern: /民生实事/ },
];

/** Open ones unless 全部 or 已办结 is written. */
function tasksAsked({ args: { rest, when } }: ExportAsk, { unit, programId }: Narrowed): AskedTasks {
  const of = TASK_KINDS.find(({ pattern }) => pattern.test(rest))?.of;
  const state = /全部|所有/.test(rest) ? 'any' : /已(?:经)?(?:完成|办结)/.test(rest) ? 'done' : undefined;
  return { unitId: unit?.id, programId, due: when, ...(of && { of }), ...(state && { state }) };
}
