import { plainDoc } from '../src/cards/plain.ts';
import { codeOf, KIND_WORD, taskDoc, taskListDoc, taskSubject } from '../src/cards/task.ts';
import { type Context, defineCommand, type Notice, type Outcome } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { wordings } from '../src/chat/phrases.ts';
import { requireRight } from '../src/chat/rights.ts';
import { slots } from '../src/chat/slots.ts';
import { newTask } from '../src/chat/tasks/new-task.ts';
import { readDue, readTarget, readTaskPhrase } from '../src/chat/tasks/task-phrase.ts';
import { readTaskQuestion } from '../src/chat/tasks/task-query.ts';
import { readTaskRef, resolveTask, type TaskRef, taskScope } from '../src/chat/tasks/task-ref.ts';
import { statesOf, storyOf } from '../src/chat/tasks/task-story.ts';
import { describeDate } from '../src/domain/calendar/describe.ts';
import { figureText } from '../src/domain/work/measure.ts';
import type { Task, TaskEntry } from '../src/domain/work/task.ts';

const args = slots.pick({ me: true, rest: true });
type Ask = Context<ReturnType<(typeof args)['parse']>>;

export default defineCommand({
  name: '任务',
  ...wordings.任务,
  summary: '看任务；管理员、督导员下达、办结、改期',
  usage: '任务 [编号|单位|类别] · 任务 新增|完成|重开|改期|目标 …',
  examples: ['任务', '任务 T12', '任务 新增 报送自查报告 牵头 望海区教育局 截止 6月15日', '任务 完成 T12'],
  allow: 'member',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    const phrase = readTaskPhrase(context.args.rest);
    switch (phrase.verb) {
      case 'show':
        return show(context, phrase.ref);
      case 'add':
        return add(context, phrase.text);
      case 'done':
      case 'reopen':
        return settle(context, phrase.ref, phrase.verb === 'done' ? 'done' : 'open', phrase.words);
      case 'move':
        return move(context, phrase.ref, phrase.words);
      case 'target':
        return measure(context, phrase.ref, phrase.words);
      case 'list':
        return list(context, phrase.words);
    }
  },
});

async function show(context: Ask, ref: TaskRef): Promise<Outcome> {
  const task = await resolveTask(ref, context);
  return { reply: taskDoc({ ...(await storyOf(task, context)), ...context }) };
}

async function list(context: Ask, words: string): Promise<Outcome> {
  const named = readTaskRef(words);
  if (named && 'number' in named.ref) {
    const code = codeOf(named.ref);
    throw new UserError(`没有看懂“${named.rest}”。报进展请发送：进展 ${code} 60%；办结请发送：任务 完成 ${code}`);
  }
  const { args, actor, today } = context;
  const scope = await taskScope(context);
  const asked = await readTaskQuestion(words, { ...context, scope });
  const mine = asked.mine || args.me === true;
  const personIds = mine ? actor.people.map(({ id }) => id) : undefined;
  const state = asked.done ? 'done' : 'open';
  const found = await context.read.tasks({ scope, unitId: asked.unit?.id, personIds, state, given: true });
  // What a unit leads and what it only assists is its own affair, whatever the chat has to do with the task.
  const own = asked.unit && (await context.read.tasks({ scope: { unitIds: [asked.unit.id] }, state }));
  const roles = new Map(own?.map(({ id, ownRole }) => [id, ownRole]));
  const tasks = found
    .filter(({ kind, title }) => (asked.kind === undefined || kind === asked.kind) && title.includes(asked.keyword))
    .map((task) => ({ ...task, ownRole: roles.get(task.id) ?? task.ownRole }));
  const states = (await statesOf(tasks, { ...context, scope })).filter(
    ({ light }) => asked.light === undefined || light?.light === asked.light,
  );
  const about = [mine ? '我的' : asked.unit?.name, asked.kind && KIND_WORD[asked.kind], asked.keyword]
    .filter(Boolean)
    .join(' ');
  return {
    reply: taskListDoc({
      title: asked.done ? '已办结的任务' : '任务',
      about,
      states,
      today,
      zone: context.zone,
      query: `任务 ${words}`.trim(),
    }),
  };
}

async function add(context: Ask, text: string): Promise<Outcome> {
  const { task, put, programs } = await newTask(text, context);
  const entry = entryOf(context, task, { kind: 'added', after: task.title });
  const about = taskDoc({
    ...(await storyOf(task, context, { entry })),
    ...context,
    news: `已下达任务 ${codeOf(task)}：${task.title}`,
  });
  return {
    reply: about,
    changes: [...programs, { kind: 'task.added', task: put, entry }],
    audit: [{ action: 'task.added', subject: task.id, after: `${codeOf(task)} ${task.title}` }],
    notices: await toldTo(context, task, {
      ...about,
      title: `新任务 ${codeOf(task)}`,
      summary: `新任务 ${codeOf(task)}：${task.title}`,
    }),
  };
}

async function settle(context: Ask, ref: TaskRef, state: Task['state'], reason: string): Promise<Outcome> {
  const task = await resolveTask(ref, context);
  await requireRight(context, 'task.close', concerned(task));
  const code = codeOf(task);
  if (task.state === state) {
    const sentence = state === 'done' ? `${code} 已经办结了。` : `${code} 本来就没有办结。`;
    return { reply: plainDoc('没有变化', sentence, { tone: 'muted' }) };
  }
  const why = reason.replace(/^(?:原因|理由|说明)\s*[:：]?\s*/, '').trim();
  const entry = entryOf(context, task, { kind: state === 'done' ? 'done' : 'reopened', reason: why });
  const now = { ...task, state, version: task.version + 1 };
  return {
    reply: taskDoc({
      ...(await storyOf(now, context, { entry })),
      ...context,
      news: state === 'done' ? `${code} 已办结，不再提醒。` : `${code} 已重开，恢复提醒。`,
    }),
    changes: [{ kind: 'task.settled', id: task.id, state, entry, seen: task.version }],
    audit: [
      { action: state === 'done' ? 'task.done' : 'task.reopened', subject: task.id, after: `${code} ${task.title}` },
    ],
    refresh: [taskSubject(task)],
  };
}

/** Never moved silently: the reason is asked for, and those concerned are told the old day and the new one. */
async function move(context: Ask, ref: TaskRef, words: string): Promise<Outcome> {
  const { today } = context;
  const task = await resolveTask(ref, context);
  await requireRight(context, 'task.change', concerned(task));
  const due = readDue(words, context);
  const reason = `${words.slice(0, due.start)} ${words.slice(due.start + due.written.length)}`
    .replace(/[\s,，。;；]*(?:因为?|原因|理由|由于)?\s*[:：]?\s*/, '')
    .replace(/^[到至为前\s,，。;；]+|[\s,，。;；]+$/g, '');
  if (reason === '')
    throw new UserError(`改期要写明原因，例如：任务 改期 ${codeOf(task)} ${due.written} 原因 雨季停工`);
  const { deadline } = await storyOf(task, context);
  const before = deadline.date ? describeDate(deadline.date, today) : task.dueText || '没有固定日期';
  const after = describeDate(due.day, today);
  if (deadline.date === due.day)
    return { reply: plainDoc('没有变化', `${codeOf(task)} 的截止本来就是 ${after}。`, { tone: 'muted' }) };
  const dayUnit = due.natural ? 'natural' : task.dayUnit;
  const moved = { ...task, due: { kind: 'date', date: due.day }, dueText: due.written, dayUnit } as const;
  const entry = entryOf(context, task, { kind: 'due', before, after, reason });
  const news = `${codeOf(task)} 的截止改为：${before} → ${after}，原因：${reason}`;
  const about = taskDoc({ ...(await storyOf(moved, context, { entry })), ...context, news });
  return {
    reply: about,
    changes: [
      { kind: 'task.moved', id: task.id, due: moved.due, dueText: due.written, dayUnit, entry, seen: task.version },
    ],
    audit: [{ action: 'task.due', subject: task.id, before, after: `${after}（${reason}）` }],
    notices: await toldTo(context, task, { ...about, title: `任务改期 ${codeOf(task)}` }),
    refresh: [taskSubject(task)],
  };
}

async function measure(context: Ask, ref: TaskRef, words: string): Promise<Outcome> {
  const task = await resolveTask(ref, context);
  await requireRight(context, 'task.change', concerned(task));
  const { target, measure: unit } = readTarget(words.replace(/^(?:年度)?目标(?:为|到|成)?\s*[:：]?\s*/, ''));
  const text = (of: Pick<Task, 'target' | 'measure'>) =>
    of.target === undefined ? '' : `${figureText(of.target)} ${of.measure}`;
  const now = { ...task, target, measure: unit };
  const entry = entryOf(context, task, { kind: 'target', before: text(task), after: text(now) });
  return {
    reply: taskDoc({
      ...(await storyOf(now, context, { entry })),
      ...context,
      news: `${codeOf(task)} 的目标：${text(now)}`,
    }),
    changes: [{ kind: 'task.measured', id: task.id, target, measure: unit, entry, seen: task.version }],
    audit: [{ action: 'task.target', subject: task.id, before: text(task), after: text(now) }],
    refresh: [taskSubject(task)],
  };
}

const concerned = (task: Task) => ({
  unitIds: task.units.flatMap(({ unit }) => unit?.id ?? []),
  responsible: task.people.flatMap(({ personId }) => personId ?? []),
});

const entryOf = (
  { ids, now, actor }: Ask,
  task: Task,
  what: Pick<TaskEntry, 'kind'> & Partial<Pick<TaskEntry, 'before' | 'after' | 'reason'>>,
): TaskEntry => ({
  ...{ id: ids.next('entry'), taskId: task.id, at: now, actor: actor.openId, before: '', after: '', reason: '' },
  ...what,
});

/** The groups of the units that lead and assist, and the people who answer for it; never where it was said. */
async function toldTo({ read, chat, actor }: Ask, task: Task, doc: Notice['doc']): Promise<readonly Notice[]> {
  const groups = await Promise.all(task.units.flatMap(({ unit }) => (unit ? [read.boundGroups(unit.id)] : [])));
  const chatIds = new Set(groups.flat().map(({ chatId }) => chatId));
  chatIds.delete(chat.chatId);
  const openIds = new Set(task.people.flatMap(({ openId }) => openId ?? []));
  openIds.delete(actor.openId);
  return [
    ...[...chatIds].map((chatId) => ({ to: { chatId }, doc })),
    ...[...openIds].map((openId) => ({ to: { openId }, doc })),
  ];
}
