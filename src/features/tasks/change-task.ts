import { plainDoc } from '../../cards/plain.ts';
import { describeDue } from '../../domain/calendar/describe.ts';
import { may } from '../../domain/people/rights.ts';
import { figureText } from '../../domain/tasks/measure.ts';
import { type Task, taskName, taskSubject } from '../../domain/tasks/task.ts';
import { withdrawSubject } from '../../language/answer/withdrawal.ts';
import type { Outcome } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { itemOf } from '../../language/who/rights.ts';
import { runnerOf, whoReports } from '../recipients/answers-for.ts';
import { officeOf } from '../recipients/office.ts';
import { clockNote, dueOfSaid, offWorkday, type SaidDue } from './due-phrase.ts';
import type { SaidTarget } from './new-task-parts.ts';
import {
  entryOf,
  nameForRecord,
  reasonIn,
  refuseClosed,
  reportChange,
  requireLead,
  type TaskContext,
} from './task-desk.ts';
import { storyOf } from './task-story.ts';

const unchanged = (sentence: string): Outcome => ({ reply: plainDoc('没有变化', sentence, { tone: 'muted' }) });

/** 任务 完成 T4 其实没完成 closes nothing, and 任务 完成 T4 90% says how far it is. */
const NOT_DONE =
  /(?:没有?|未|尚未|还没有?)(?:能|全部|完全)?(?:完成|办完|办结|做完|报送?|交)|^(?:已?完成|进度)?\s*(?!100)\d{1,2}(?:\.\d+)?%/;

/** T3完成后通知我, 办结 但是缺盖章, 完成 等周五再说: what is still to come or is missing, unless it is called the reason: 原因 转入明年，未拨的一并结转. */
const UNDONE =
  /^(?:之?后|以后|时|前)|(?:^|[\s,，;；。、])(?:但是?|不过|可是?|只是|就是|等|明[天日早]|后天|下周|周[一二三四五六日]前?再|假的?)|[还仍尚](?:没|未|差|缺|有|要|需|在)|再说|再补|[补差缺](?:章|盖|交|报|材料|手续|签)/;
const CALLED_REASON = /^(?:因|原因|理由|由于|说明)/;
const isUndone = (reason: string): boolean => !CALLED_REASON.test(reason) && UNDONE.test(reason);

/** T12 已完成 of a unit that reports on it is meant as its report: closing is the office's, reporting is one press away. */
async function requireClosing(context: TaskContext, task: Task, state: Task['state'], reason: string): Promise<void> {
  try {
    await requireLead(context, 'task.close', task);
  } catch (error) {
    const reports =
      state === 'done' &&
      task.state === 'open' &&
      !NOT_DONE.test(reason) &&
      !isUndone(reason) &&
      may(context.actor, 'task.report', await itemOf(context.read, await whoReports(context, task)));
    if (!(error instanceof UserError) || !reports) throw error;
    const line = `进展 ${taskName(task)} 已完成 ${reason}`.trim();
    throw new UserError(`${error.message}您可以报完成，由督导室办结：${line}`, [{ label: '报完成', line }]);
  }
}

/** 办结 and 重开. */
export async function settle(context: TaskContext, task: Task, state: Task['state'], reason: string): Promise<Outcome> {
  await requireClosing(context, task, state, reason);
  const name = taskName(task);
  if (task.state === state) return unchanged(state === 'done' ? `${name} 已经办结了。` : `${name} 本来就没有办结。`);
  const why = reasonIn(reason);
  if (state === 'done' && (NOT_DONE.test(why) || isUndone(reason.trim())))
    throw new UserError(
      `没有办结 ${name}：写的是“${why.slice(0, 20)}”。确实办结了请发送：任务 完成 ${name}；要写原因的，请写在“原因”后面`,
    );
  const entry = entryOf(context, task, { kind: state === 'done' ? 'done' : 'reopened', reason: why });
  return reportChange(
    context,
    { ...task, state, version: task.version + 1 },
    {
      entry,
      news: state === 'done' ? `${name} 已办结，不再提醒。` : `${name} 已重开，恢复提醒。`,
      changes: [{ kind: 'task.settled', id: task.id, state, entry, seen: task.version }],
      audit: [
        { action: state === 'done' ? 'task.done' : 'task.reopened', subject: task.id, after: nameForRecord(task) },
      ],
      tell: { title: `${state === 'done' ? '任务办结' : '任务重开'} ${name}` },
    },
  );
}

/** Never moved silently: the reason is asked for, and those concerned are told the old day and the new one. */
export async function move(context: TaskContext, task: Task, due: SaidDue, reason: string): Promise<Outcome> {
  const { today } = context;
  await requireLead(context, 'task.change', task);
  await refuseClosed(context, task, '不能改期');
  const name = taskName(task);
  const { deadline } = await storyOf(task, context);
  const becomes = dueOfSaid(due);
  const before = deadline.date ? describeDue(deadline.date, deadline.time, today) : task.dueText || '没有固定日期';
  const after = describeDue(due.day, becomes.time, today);
  if (deadline.date === due.day && deadline.time === becomes.time)
    return unchanged(`${name} 的截止本来就是 ${after}。`);
  const dayUnit = due.natural ? 'natural' : task.dayUnit;
  const moved = { ...task, due: becomes, dueText: due.written, dayUnit };
  const entry = entryOf(context, task, { kind: 'due', before, after, reason });
  return reportChange(context, moved, {
    entry,
    news: `${name} 的截止改为：${before} → ${after}，原因：${reason}${clockNote(due)}`,
    changes: [
      { kind: 'task.moved', id: task.id, due: moved.due, dueText: due.written, dayUnit, entry, seen: task.version },
    ],
    audit: [{ action: 'task.due', subject: task.id, before, after: task.restricted ? after : `${after}（${reason}）` }],
    tell: { title: `任务改期 ${name}`, by: due.day },
    offers: offWorkday(name, due, context),
  });
}

/** 目标 12 所. */
export async function measure(
  context: TaskContext,
  task: Task,
  { target, measure: unit }: SaidTarget,
): Promise<Outcome> {
  await requireLead(context, 'task.change', task);
  await refuseClosed(context, task, '目标不能再改');
  const text = (of: Pick<Task, 'target' | 'measure'>) =>
    of.target === undefined ? '' : `${figureText(of.target)} ${of.measure}`;
  const now = { ...task, target, measure: unit };
  const entry = entryOf(context, task, { kind: 'target', before: text(task), after: text(now) });
  return reportChange(context, now, {
    entry,
    news: `${taskName(task)} 的目标：${text(now)}`,
    changes: [{ kind: 'task.measured', id: task.id, target, measure: unit, entry, seen: task.version }],
    audit: [{ action: 'task.target', subject: task.id, before: text(task), after: text(now) }],
    tell: { title: `任务目标 ${taskName(task)}` },
  });
}

/** More steps no task has. */
const ALL_ENTRIES = 1_000;

/** Accounts that may see the task when it is confidential, as `confidantOf` lets them ask: who answers for it, who gave it, the office that runs it. */
async function confidantsOf({ read, administrators }: TaskContext, task: Task): Promise<readonly string[]> {
  const [entries, runner] = await Promise.all([read.taskEntries(task.id, ALL_ENTRIES), runnerOf(read, task)]);
  return [
    ...task.people.flatMap(({ openId }) => openId ?? []),
    ...entries.flatMap(({ kind, actor }) => (kind === 'added' ? [actor] : [])),
    ...(await officeOf(read, runner === undefined ? [] : [runner], administrators)),
  ];
}

/** 保密 and 公开. Where it was shown before, its cards give way. */
export async function confide(context: TaskContext, task: Task, restricted: boolean, reason: string): Promise<Outcome> {
  await requireLead(context, 'task.change', task);
  const name = taskName(task);
  if (task.restricted === restricted) return unchanged(`${name} 本来就${restricted ? '是' : '不是'}保密任务。`);
  if (restricted && task.people.every(({ personId }) => personId === undefined))
    throw new UserError(
      `保密任务只有责任人和督导室能看，${name} 还没有通讯录里的责任人。请先指定：任务 转交 ${name} 姓名 原因`,
    );
  const now = { ...task, restricted };
  const entry = entryOf(context, task, { kind: restricted ? 'closedOff' : 'openedUp', reason });
  const taken = restricted
    ? await withdrawSubject(context, taskSubject(task), { name, readers: await confidantsOf(context, task) })
    : undefined;
  const news = restricted
    ? `${name} 已转为保密：只有责任人和督导室在单聊里能看，不进群、不计入群里的数字。`
    : `${name} 已解除保密，有关的群里能看。`;
  const done = await reportChange(context, now, {
    entry,
    news,
    changes: [
      { kind: 'task.restricted', id: task.id, restricted, entry, seen: task.version },
      ...(taken?.changes ?? []),
    ],
    audit: [
      { action: restricted ? 'task.closedOff' : 'task.openedUp', subject: task.id, after: name },
      ...(taken?.audit ?? []),
    ],
    tell: { title: `${restricted ? '任务转为保密' : '任务解除保密'} ${name}` },
  });
  // The group that says so is the last that reads of it.
  const said = `${news}${taken?.sentence ?? ''}`;
  return {
    ...done,
    reply:
      restricted && context.chat.type === 'group'
        ? { ...plainDoc('已转为保密', said), blocks: [] }
        : { ...done.reply, summary: said },
    owed: done.owed && { ...done.owed, news: said, standing: said },
  };
}
