import { addDays, date } from '../../domain/calendar/local-date.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { UserError } from '../../language/errors.ts';
import type { AskedTasks } from '../../language/workbooks.ts';
import type { ExportAsk, ExportKind, Narrowed } from '../exports/export-kind.ts';

const ALL = /全部|所有/;
const DONE = /已(?:经)?(?:完成|办结)/;
const OVERDUE = /逾期|超期|过期/;
const READS = new RegExp([ALL, DONE, OVERDUE].map(({ source }) => source).join('|'), 'g');
/** Before every task. */
const BEGINNING = date('2000-01-01');

export const TASKS_EXPORT: ExportKind<'tasks'> = {
  kind: 'tasks',
  name: '任务分解表',
  words: /任务|分解|重点工作|重大决策|民生实事|截止|到期|待办/,
  narrows: ['days', 'unit', 'program'],
  reads: READS,
  imported: true,
  meantBy: 'program',
  request: (context, narrowed) => ({ kind: 'tasks', ...tasksAsked(context, narrowed) }),
};

export const PROGRESS_EXPORT: ExportKind<'progress'> = {
  kind: 'progress',
  name: '进展调度表',
  words: /(?<!整改)进[展度]|调度|亮灯/,
  narrows: ['days', 'unit', 'program'],
  reads: READS,
  request: (context, narrowed) => ({ kind: 'progress', ...tasksAsked(context, narrowed) }),
};

const TASK_KINDS: readonly { readonly of: Task['kind']; readonly pattern: RegExp }[] = [
  { of: 'keyWork', pattern: /重点工作/ },
  { of: 'decisionMatter', pattern: /重大决策/ },
  { of: 'livelihoodProject', pattern: /民生实事/ },
];

/** Open ones unless 全部 or 已办结 is written; of the overdue ones the day is over, and they are open. Throws UserError for two of these. */
function tasksAsked({ args: { rest, when }, today }: ExportAsk, { unit, programId }: Narrowed): AskedTasks {
  const of = TASK_KINDS.find(({ pattern }) => pattern.test(rest))?.of;
  const said = [ALL, DONE, OVERDUE].filter((pattern) => pattern.test(rest));
  if (said.length > 1 || (OVERDUE.test(rest) && when))
    throw new UserError('只能按一种情况导出：全部、已办结、逾期，或者写日期。例如：导出 任务 逾期 望海区');
  const state = ALL.test(rest) ? 'any' : DONE.test(rest) ? 'done' : undefined;
  const due = OVERDUE.test(rest) ? { from: BEGINNING, to: addDays(today, -1) } : when;
  return { unitId: unit?.id, programId, due, ...(of && { of }), ...(state && { state }) };
}
