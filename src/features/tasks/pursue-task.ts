import type { Doc } from '../../cards/views.ts';
import { describeDate, describeDue } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { PursuitLevel } from '../../domain/tasks/pursuit.ts';
import { type Task, type TaskEntry, taskName } from '../../domain/tasks/task.ts';
import type { TaskState } from '../../domain/tasks/task-board.ts';
import type { Outcome } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { readDocument } from '../../language/words/document-number.ts';
import type { Change } from '../../ports/changes.ts';
import { clockNote, dueOfSaid, type SaidDue } from './due-phrase.ts';
import {
  entryOf,
  nameForRecord,
  reasonIn,
  refuseClosed,
  reportChange,
  requireLead,
  type TaskContext,
} from './task-desk.ts';
import { statesOf } from './task-story.ts';

async function requirePursuit(context: TaskContext, task: Task): Promise<void> {
  await requireLead(context, 'task.pursue', task);
  await refuseClosed(context, task, '不用再催');
}

/** The heartbeat looks at it anew at once, and says when next. */
const pursued = (
  { today }: TaskContext,
  task: Task,
  level: PursuitLevel,
  entry: TaskEntry,
  rectifyBy?: LocalDate,
): Change => ({
  kind: 'task.pursued',
  id: task.id,
  entry,
  watchAt: 0,
  seen: task.version,
  pursuit: {
    level,
    since: today,
    rectifyBy: rectifyBy ?? task.pursuit.rectifyBy,
    drafted: level,
  },
});

/** 催办 by a person, whatever the light. */
export async function urge(context: TaskContext, task: Task, words: string): Promise<Outcome> {
  await requirePursuit(context, task);
  const reason = reasonIn(words);
  const entry = entryOf(context, task, { kind: 'urged', reason });
  const name = taskName(task);
  const { level } = task.pursuit;
  return reportChange(context, task, {
    entry,
    news: `${name} 催办：请尽快推进并报进展${reason ? `（${reason}）` : ''}。`,
    changes: [pursued(context, task, level === 0 ? 1 : level, entry)],
    audit: [{ action: 'task.urged', subject: task.id, after: nameForRecord(task) }],
    tell: { title: `催办：任务 ${name}` },
  });
}

/** 限期整改: until when it has to catch up. */
export async function setLimit(context: TaskContext, task: Task, due: SaidDue, reason = ''): Promise<Outcome> {
  await requirePursuit(context, task);
  const name = taskName(task);
  const day = describeDue(due.day, dueOfSaid(due).time, context.today);
  const entry = entryOf(context, task, { kind: 'limited', after: day, reason });
  const now: Task = { ...task, pursuit: { level: 2, drafted: 2, since: context.today, rectifyBy: due.day } };
  return reportChange(context, now, {
    entry,
    news: `${name} 限期整改：请在 ${day} 前赶上进度${clockNote(due)}${reason ? `。原因：${reason}` : ''}。到期仍滞后的，将提请通报。`,
    changes: [pursued(context, task, 2, entry, due.day)],
    audit: [{ action: 'task.limited', subject: task.id, after: nameForRecord(task, `${task.title}　${day}`) }],
    tell: { title: `限期整改：任务 ${name}` },
  });
}

/** The number of the document. One that stands in the next word, 文号 7 云教督〔2026〕5号, is not guessed. */
export function readBulletinNumber(words: string): { readonly value: string; readonly rest: string } | undefined {
  const { document, text } = readDocument(words);
  if (document === undefined || document === '') return undefined;
  if (!/[号〕]/.test(document) && /〔\d{4}〕/.test(text))
    throw new UserError(`没看懂文号“${document}”。文号写在一起，例如：文号 云教督〔2026〕5号`);
  return { value: document, rest: text };
}

/** 通报: released by a named person, with a number; the text is the draft's unless another one is written. */
export async function censure(
  context: TaskContext & { readonly cards: { readonly bulletin: (task: Task, document: string, text: string) => Doc } },
  task: Task,
  document: string,
  words = '',
): Promise<Outcome> {
  await requirePursuit(context, task);
  const name = taskName(task);
  if (task.restricted) throw new UserError(`${name} 是保密任务，不在群里通报，也没有保存。`);
  const [state] = await statesOf([task], context);
  const written = asWritten(words.replace(/^[\s“"]+|[\s”"]+$/g, ''));
  const text = written ? `${written.replace(/。$/, '')}。` : bulletinText(state ?? { task }, context.today);
  const entry = entryOf(context, task, { kind: 'censured', after: document, reason: text.slice(0, 200) });
  return reportChange(context, task, {
    entry,
    news: `${name} 已通报，文号 ${document}。`,
    changes: [pursued(context, task, 3, entry)],
    audit: [{ action: 'task.censured', subject: task.id, after: `${name} ${document}` }],
    tell: { title: `通报：任务 ${name}`, doc: context.cards.bulletin(task, document, text) },
  });
}

/** What the bulletin says unless the office writes another: facts and dates, no judgement. */
export function bulletinText({ task, due, latest, light }: TaskState, today: LocalDate): string {
  const lead = task.units
    .filter(({ role }) => role === 'lead')
    .map(({ written }) => written)
    .join('、');
  const by = due ? `，应于 ${describeDate(due, today)} 前完成` : '';
  const share = latest?.percent === undefined ? '尚未报过进展' : `进展 ${latest.percent}%`;
  const { rectifyBy } = task.pursuit;
  const limited = rectifyBy ? `经催办并限期 ${describeDate(rectifyBy, today)} 前整改，仍未赶上进度。` : '';
  return `${lead}牵头的“${task.title}”${by}。截至 ${describeDate(today, today)}，${share}${light?.why ? `，${light.why}` : ''}。${limited}现予通报。请牵头单位每日调度，3 个工作日内书面报告原因和措施。`;
}
