import { plainDoc } from '../src/cards/plain.ts';
import { bulletinDoc } from '../src/cards/pursuit.ts';
import { KIND_WORD, taskDoc, taskListDoc } from '../src/cards/task.ts';
import type { Doc } from '../src/cards/views.ts';
import { type Context, defineCommand, type Outcome } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { wordings } from '../src/chat/phrases.ts';
import { slots } from '../src/chat/slots.ts';
import { confide, measure, move, settle } from '../src/chat/tasks/change-task.ts';
import { handOver } from '../src/chat/tasks/hand-over.ts';
import { newTask } from '../src/chat/tasks/new-task.ts';
import { censure, setLimit, urge } from '../src/chat/tasks/pursue-task.ts';
import { changed, entryOf, reasonIn, recorded } from '../src/chat/tasks/task-desk.ts';
import { readTaskPhrase, type TaskPhrase } from '../src/chat/tasks/task-phrase.ts';
import { aboutOf, isAsked, readTaskQuestion } from '../src/chat/tasks/task-query.ts';
import { confidantOf, readTaskRef, resolveTask, type TaskRef, taskScope } from '../src/chat/tasks/task-ref.ts';
import { step } from '../src/chat/tasks/task-steps.ts';
import { statesOf, storyOf } from '../src/chat/tasks/task-story.ts';
import { type Task, taskName, taskSubject } from '../src/domain/work/task.ts';

const args = slots.pick({ me: true, rest: true });
type Ask = Context<ReturnType<(typeof args)['parse']>>;

export default defineCommand({
  name: '任务',
  ...wordings.任务,
  summary: '看任务；管理员、督导员下达、办结、改期、转交、保密、催办、通报',
  usage: '任务 [编号|单位|类别] · 任务 新增|完成|重开|改期|目标|节点|转交|保密|催办|限期整改|通报 …',
  examples: [
    ...['任务', '任务 T12', '任务 新增 报送自查报告 牵头 望海区教育局 截止 6月15日', '任务 完成 T12'],
    '任务 转交 T12 望海区财政局 原因 职能调整',
  ],
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
      case 'list':
        return list(context, phrase.words);
      default:
        return onOne(context, phrase);
    }
  },
});

async function onOne(context: Ask, phrase: Extract<TaskPhrase, { readonly words: string; readonly ref: TaskRef }>) {
  const desk = { ...context, cards: { card: taskDoc, bulletin: bulletinDoc } };
  const { verb, words } = phrase;
  const task = await resolveTask(phrase.ref, context);
  switch (verb) {
    case 'done':
    case 'reopen':
      return settle(desk, task, verb === 'done' ? 'done' : 'open', words);
    case 'move':
      return move(desk, task, words);
    case 'target':
      return measure(desk, task, words);
    case 'hand':
      return handOver(desk, task, words);
    case 'step':
      return step(desk, task, words);
    case 'urge':
      return urge(desk, task, words);
    case 'limit':
      return setLimit(desk, task, words);
    case 'censure':
      return censure(desk, task, words);
    case 'confide':
    case 'publish':
      return confide(desk, task, verb === 'confide', reasonIn(words));
  }
}

async function show(context: Ask, ref: TaskRef): Promise<Outcome> {
  try {
    const task = await resolveTask(ref, context);
    return { reply: taskDoc({ ...(await storyOf(task, context)), ...context }) };
  } catch (error) {
    if (!(error instanceof UserError && 'number' in ref)) throw error;
    // Live, so that a card that was sent while the task could still be shown here gives way to this.
    return {
      reply: {
        ...plainDoc('没有这项任务', error.message, { tone: 'muted' }),
        query: `任务 ${taskName(ref)}`,
        live: [taskSubject(ref)],
      },
    };
  }
}

async function list(context: Ask, words: string): Promise<Outcome> {
  const named = readTaskRef(words);
  if (named && 'number' in named.ref) {
    const code = taskName(named.ref);
    throw new UserError(`没有看懂“${named.rest}”。报进展请发送：进展 ${code} 60%；办结请发送：任务 完成 ${code}`);
  }
  const { args, actor, today } = context;
  const scope = await taskScope(context);
  const asked = await readTaskQuestion(words, { ...context, scope });
  const mine = asked.mine || args.me === true;
  const personIds = mine ? actor.people.map(({ id }) => id) : undefined;
  const state = asked.done ? 'done' : 'open';
  const found = await context.read.tasks({
    scope,
    unitId: asked.unit?.id,
    personIds,
    state,
    given: true,
    confidant: confidantOf(context),
  });
  // What a unit leads and what it only assists is its own affair, whatever the chat has to do with the task.
  const own =
    asked.unit &&
    (await context.read.tasks({ scope: { unitIds: [asked.unit.id] }, state, confidant: confidantOf(context) }));
  const roles = new Map(own?.map(({ id, ownRole }) => [id, ownRole]));
  const tasks = found
    .filter(({ kind, title }) => (asked.kind === undefined || kind === asked.kind) && title.includes(asked.keyword))
    .map((task) => ({ ...task, ownRole: roles.get(task.id) ?? task.ownRole }));
  const states = (await statesOf(tasks, { ...context, scope })).filter((state) => isAsked(state, asked, context));
  const about = aboutOf({ ...asked, mine }, asked.kind && KIND_WORD[asked.kind]);
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
  const name = taskName(task);
  const entry = entryOf(context, task, { kind: 'added', after: task.title });
  const done = await changed({ ...context, cards: { card: taskDoc } }, task, {
    entry,
    news: `已下达任务 ${name}：${task.title}${task.restricted ? '（保密：只有责任人和督导室在单聊里能看）' : ''}`,
    changes: [...programs, { kind: 'task.added', task: put, entry }],
    audit: [{ action: 'task.added', subject: task.id, after: recorded(task) }],
    tell: { title: `新任务 ${name}` },
  });
  const unlinked = task.restricted ? task.people.filter(({ openId }) => openId === undefined) : [];
  return unlinked.length === 0 ? done : { ...done, reply: withNote(done.reply, unlinked) };
}

/** Nobody else is told of a confidential task. */
const withNote = (doc: Doc, people: Task['people']): Doc => ({
  ...doc,
  blocks: [
    ...doc.blocks,
    { kind: 'note', text: `${people.map(({ name }) => name).join('、')}还没有关联飞书账号，请另行告知。` },
  ],
});
