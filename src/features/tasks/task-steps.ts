import { plainDoc } from '../../cards/plain.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { type Task, type TaskStep, taskName } from '../../domain/tasks/task.ts';
import type { Outcome } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import type { OwnContext } from '../../language/forms/form.ts';
import { refuseStray } from '../../language/forms/stray.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { readDue, refuseOtherDay } from './due-phrase.ts';
import { entryOf, nameForRecord, refuseClosed, reportChange, requireLead, type TaskContext } from './task-desk.ts';

/** More would not be a plan that somebody follows on a phone. */
const MOST_STEPS = 12;
const MOST_LETTERS = 40;

const DONE = /[\s,，:：]*(?:已?完成|已?办结|已?达到)(?:了)?$/;
const GONE = /[\s,，:：]*(?:删除|取消|去掉)$/;

type StepChange =
  | { readonly kind: 'done' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'due'; readonly day: LocalDate };

const RANGE = /^.+?(?:[-~–−―〜至到→]|—{1,2})(?=\s*\d)/;

/** A day, 完成 or 删除; the rest is the name of the step. */
export function readStep(
  text: string,
  dates: OwnContext,
): { readonly value: StepChange; readonly rest: string } | undefined {
  if (text.trim() === '') return undefined;
  for (const [kind, said] of [
    ['done', DONE],
    ['gone', GONE],
  ] as const)
    if (said.test(text)) return { value: { kind }, rest: text.replace(said, '') };
  const due = readDue(text, dates);
  refuseOtherDay(due.left, due, dates);
  if (DONE.test(due.left) || GONE.test(due.left))
    throw new UserError(`没有执行。“${due.left}”和“${due.written}”只写一个：节点的日期，或者“完成”“删除”。`);
  refuseStray(due.left, dates);
  // A step keeps a day: an hour, or the day on which it begins, would be gone.
  const range = RANGE.exec(due.written);
  if (due.clock || range)
    throw new UserError(
      `没有执行。节点只记完成的那一天，没看懂“${(due.clock?.written ?? range?.[0] ?? '').trim()}”。请只写：${describeDate(due.day, dates.today)}`,
    );
  return { value: { kind: 'due', day: due.day }, rest: due.left.replace(/[\s:：,，前]+$/, '') };
}

/** 任务 节点 T12 主体封顶 9月30日: a step with its day; 完成 behind its name is the unit's word, 删除 the office's. */
export async function changeStep(
  context: TaskContext,
  task: Task,
  change: StepChange,
  named: string,
): Promise<Outcome> {
  const name = taskName(task);
  const how = `例如：任务 节点 ${name} 主体封顶 9月30日；任务 节点 ${name} 主体封顶 完成`;
  await refuseClosed(context, task, '节点不用再改');
  if (change.kind === 'done') {
    await requireLead(context, 'task.report', task);
    const known = stepNamed(task, named, how);
    if (known.doneOn)
      return { reply: plainDoc('没有变化', `${name} 的节点“${known.name}”已经完成了。`, { tone: 'muted' }) };
    return kept(context, task, { ...known, doneOn: context.today }, `${known.name} 已完成`);
  }
  await requireLead(context, 'task.change', task);
  if (change.kind === 'gone') {
    const known = stepNamed(task, named, how);
    return kept(context, task, undefined, `删除 ${known.name}`, known);
  }
  const title = asWritten(named);
  if (title.length > MOST_LETTERS) throw new UserError(`节点名称最多 ${MOST_LETTERS} 字，请写短一些。`);
  const before = task.steps.find((each) => each.name === title);
  if (!before && task.steps.length >= MOST_STEPS) throw new UserError(`一项任务最多 ${MOST_STEPS} 个节点。`);
  const day = describeDate(change.day, context.today);
  const moved = before ? `${describeDate(before.due, context.today)} → ${day}` : day;
  return kept(context, task, { name: title, due: change.day }, `${title} ${moved}`, before);
}

function stepNamed({ steps }: Task, words: string, how: string): TaskStep {
  const name = asWritten(words.replace(/^[\s:：,，“"]+|[\s:：,，”"]+$/g, ''));
  const found = steps.filter((each) => each.name === name || (name !== '' && each.name.includes(name)));
  const [only, second] = found.some((each) => each.name === name) ? found.filter((each) => each.name === name) : found;
  if (only && !second) return only;
  const names = steps.map((each) => each.name).join('、');
  throw new UserError(
    steps.length === 0 ? `还没有登记节点，${how}` : `没有看懂是哪个节点“${name}”。已有节点：${names}。${how}`,
  );
}

/** The step as it is from now on, in the place of the one of its name; gone when undefined. */
function kept(
  context: TaskContext,
  task: Task,
  now: TaskStep | undefined,
  after: string,
  before: TaskStep | undefined = now,
): Promise<Outcome> {
  const entry = entryOf(context, task, { kind: 'step', after });
  const name = now?.name ?? before?.name ?? '';
  const steps = [...task.steps.filter((each) => each.name !== name), ...(now ? [now] : [])].toSorted((a, b) =>
    a.due.localeCompare(b.due),
  );
  return reportChange(
    context,
    { ...task, steps },
    {
      entry,
      news: `${taskName(task)} 节点：${after}`,
      changes: [{ kind: 'task.step', id: task.id, name, step: now, entry, seen: task.version }],
      audit: [{ action: 'task.step', subject: task.id, after: nameForRecord(task, after) }],
      // What the unit has done is news to the office only when it asks; a plan that changes is the unit's.
      ...(now?.doneOn === undefined && { tell: { title: `任务节点 ${taskName(task)}` } }),
    },
  );
}
