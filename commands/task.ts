import { plainDoc } from '../src/cards/plain.ts';
import { mayAnywhere } from '../src/domain/people/rights.ts';
import { type Task, taskName, taskSubject } from '../src/domain/tasks/task.ts';
import { byDay } from '../src/domain/tasks/task-board.ts';
import { confide, measure, move, settle } from '../src/features/tasks/change-task.ts';
import { ASKS_DUE, newDay, offWorkday, unreadDeadlines } from '../src/features/tasks/due-phrase.ts';
import { handOver, readReceivers } from '../src/features/tasks/hand-over.ts';
import { KEPT_TASKS } from '../src/features/tasks/kept-tasks.ts';
import { newTask } from '../src/features/tasks/new-task.ts';
import { HOW_TARGET, NEW_TASK, readTarget } from '../src/features/tasks/new-task-parts.ts';
import { censure, readBulletinNumber, setLimit, urge } from '../src/features/tasks/pursue-task.ts';
import { bulletinDoc } from '../src/features/tasks/pursuit-card.ts';
import { askWhichTask, ENDS_WITH_SHARE } from '../src/features/tasks/report-by-title.ts';
import { KIND_WORD, taskDoc, taskListDoc } from '../src/features/tasks/task-card.ts';
import { entryOf, nameForRecord, reasonIn, reportChange } from '../src/features/tasks/task-desk.ts';
import { taskFormDoc } from '../src/features/tasks/task-form-card.ts';
import {
  CONFIDED_REASON,
  orderedTask,
  orderVerbs,
  REASON,
  REASON_LENGTH,
  reasonOf,
  refuseBareVerb,
} from '../src/features/tasks/task-orders.ts';
import { aboutOf, helpWithKeyword, isAsked, notAnOrder, readTaskQuestion } from '../src/features/tasks/task-query.ts';
import { asksOfOne, readTaskRef, resolveTask, type TaskRef, taskAlone } from '../src/features/tasks/task-ref.ts';
import { changeStep, readStep } from '../src/features/tasks/task-steps.ts';
import { statesOf, storyOf } from '../src/features/tasks/task-story.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { Asked, UserError } from '../src/language/errors.ts';
import { deed, type FormArgs, may, mayRead, must, mustRead, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { confidantOf } from '../src/language/who/confidant.ts';
import { ownTasks } from '../src/language/who/own-work.ts';
import { refuseUnseen } from '../src/language/who/resolve.ts';
import { requireRight } from '../src/language/who/rights.ts';
import { NUMBERS, refuseSeveral } from '../src/language/words/several.ts';

const QUESTION = '(?!.*(?:什么|哪些|多少|谁|啥|到期))';
/** 发任务：… is the command itself, whatever deadline stands in it. */
const NOT_GIVEN = '(?!(?:发|派|下达|布置|新增|新建|添加|交办)(?:一?[个项条])?任务)';

const GIVE = '^(?:(?:新增|新建|添加|增加|下达|布置|交办|派发)(?:一?[个项条])?(?:任务)?|(?:发|派)(?:一?[个项条])?任务)';

export default defineCommand({
  name: '任务',
  aliases: ['task', 'tasks', 'rw', '任务清单', '任务列表'],
  says: [
    /^(?:发|派|下达|布置|新增|新建|添加|交办)(?:一?[个项条])?任务/,
    /^(?!.*(?:哪|什么|多少|几项)).{0,20}任务$/,
    new RegExp(`^${NUMBERS}$`, 'i'),
    new RegExp(
      `^${NUMBERS}(?:办结|完成|已完成|重开|改期|转交|移交|转给|交给|交由|转派|保密|公开|取消|删除|作废|撤销|终止)`,
      'i',
    ),
    /^(?:催办|催一下|限期整改|通报|转交|移交|办结|取消|删除|作废|撤销|终止)(?:任务)?T-?\d{1,6}/i,
    new RegExp(`^${NUMBERS}(?:催办|限期整改|通报)`, 'i'),
    /^第[\d一二三四五六七八九十、,和与及至到~-]+项(?:已完成|办结|已办结)/,
  ],
  saysFirst: [
    { test: asksOfOne },
    /^(?:任务)?(?:催办|催一下|限期整改|通报|转交|移交)(?:任务)?t-?\d{1,6}(?!\d)|^t-?\d{1,6}(?:催办|限期整改|通报|转交|交给|转给)/i,
  ],
  also: { mine: true, exports: 'short', counts: true },
  redirects: [
    {
      about: '下达任务',
      words: [],
      says: [
        new RegExp(
          `^${QUESTION}${NOT_GIVEN}.{0,24}(?:[日号天底月年旬末周庆明节点时]|周[一二三四五六日]|五一|:\\d\\d)(?:之|以)?[前内]要?(?:上?报送?|提交|交|完成|落实)(?!的|情况).`,
        ),
        new RegExp(`^${QUESTION}每(?:月|周|季度|年|天|日).*(?:报|交)`),
        new RegExp(`^${NOT_GIVEN}.*责任单位.+(?:前|内)(?:报|交|完成|整改)`),
      ],
      answer: '下达任务请发送：任务 新增 报送自查报告 牵头 望海区教育局 截止 6月15日。',
    },
    {
      about: '催办',
      words: ['催办', '催一下', '催报', 'urge'],
      says: [/再?(提醒|催)(一?遍|一?次|一下|他们|大家)$|(没|未)(回复|报|交|完成|签收)的.*(提醒|催)/],
      answer: '催一项任务请发送：任务 催办 T12。逾期的问题和亮红灯的任务会自动催办；看谁没收到通知请发送：谁没收到。',
    },
  ],
  keeps: KEPT_TASKS,
  summary: '看任务；管理员、督导员下达、办结、改期、转交、保密、催办、通报',
  usage: '任务 [编号|单位|类别] · 任务 新增|完成|重开|改期|目标|节点|转交|保密|催办|限期整改|通报 …',
  files: 'text',
  allow: 'member',
  where: ['group', 'p2p'],
  ...inForms(
    // Before the deed: with nothing behind the verb.
    question({ verbs: [new RegExp(`${GIVE}(?=[\\s。]*$)`)], examples: ['任务 新增'], parts: {}, run: form }),
    deed({
      verbs: [new RegExp(GIVE)],
      examples: [
        '任务 新增 报送自查报告 牵头 望海区教育局 截止 6月15日',
        '任务 新增 新建公办幼儿园 牵头 望海区教育局 配合 望海财政局 责任人 陈甲 截止 12月31日 目标 12 所 类别 民生实事 专项 优质均衡创建 要求 每月报一次进度',
      ],
      parts: NEW_TASK,
      run: add,
    }),
    deed({
      verbs: orderVerbs('done'),
      examples: ['任务 完成 T12 已通过验收'],
      parts: { task: orderedTask('done'), reason: reasonOf('share') },
      run: on((context, task, { reason }) => settle(context, task, 'done', reason ?? '')),
    }),
    deed({
      verbs: orderVerbs('reopen'),
      examples: ['任务 重开 T12 原因 班额反弹'],
      parts: { task: orderedTask('reopen'), reason: REASON },
      run: on((context, task, { reason }) => settle(context, task, 'open', reason ?? '')),
    }),
    deed({
      verbs: orderVerbs('move'),
      examples: ['任务 改期 T12 6月30日 原因 雨季停工'],
      parts: {
        task: orderedTask('move'),
        due: mustRead(newDay('任务 改期 T12 6月30日 原因 …'), { asks: ASKS_DUE }),
        // Never moved silently.
        reason: must('text', { ...REASON_LENGTH, asks: '改期要写明原因。' }),
      },
      run: on((context, task, { due, reason }) => move(context, task, due, reason)),
    }),
    deed({
      verbs: orderVerbs('target'),
      examples: ['任务 目标 T12 12 所'],
      parts: { task: orderedTask('target'), target: mustRead(readTarget, { asks: HOW_TARGET }) },
      run: on((context, task, { target }) => measure(context, task, target)),
    }),
    deed({
      verbs: orderVerbs('hand'),
      examples: ['任务 转交 T12 望海区财政局 原因 职能调整', '任务 转交 T12 望海区教育局 责任人 陈甲 原因 轮岗'],
      parts: {
        task: orderedTask('hand'),
        to: mustRead(readReceivers, { asks: '请写转交给哪个单位或哪个人。' }),
        reason: must('text', { ...REASON_LENGTH, asks: '转交要写明原因。' }),
      },
      run: on((context, task, { to, reason }) => handOver(context, task, to, reason)),
    }),
    deed({
      verbs: orderVerbs('step'),
      examples: ['任务 节点 T12 主体封顶 9月30日', '任务 节点 T12 主体封顶 完成', '任务 节点 T12 主体封顶 删除'],
      parts: {
        task: orderedTask('step'),
        change: mustRead(readStep, { asks: '请写节点名称和日期。' }),
        name: must('text', { asks: '请写节点名称。' }),
      },
      run: on((context, task, { change, name }) => changeStep(context, task, change, name)),
    }),
    deed({
      verbs: orderVerbs('urge'),
      examples: ['任务 催办 T12 请本周内报数'],
      parts: { task: orderedTask('urge'), reason: reasonOf('date') },
      run: on((context, task, { reason }) => urge(context, task, reason ?? '')),
    }),
    deed({
      verbs: orderVerbs('limit'),
      examples: ['任务 限期整改 T12 6月30日 原因 进度滞后'],
      parts: {
        task: orderedTask('limit'),
        due: mustRead(newDay('任务 限期整改 T12 6月30日 原因 …'), { asks: ASKS_DUE }),
        reason: may('text', REASON_LENGTH),
      },
      run: on((context, task, { due, reason }) => setLimit(context, task, due, reason)),
    }),
    deed({
      verbs: orderVerbs('censure'),
      examples: ['任务 通报 T12 文号 云教督〔2026〕5号 招生计划核对不力'],
      parts: {
        task: orderedTask('censure'),
        document: mustRead(readBulletinNumber, { asks: '通报要写文号，后面可以写通报内容。' }),
        text: may('text'),
      },
      run: on((context, task, { document, text }) => censure(context, task, document, text)),
    }),
    deed({
      verbs: orderVerbs('confide'),
      examples: ['任务 保密 T12 涉及个人'],
      parts: { task: orderedTask('confide'), reason: CONFIDED_REASON },
      run: on((context, task, { reason }) => confide(context, task, true, reasonIn(reason ?? ''))),
    }),
    deed({
      verbs: orderVerbs('publish'),
      examples: ['任务 公开 T12'],
      parts: { task: orderedTask('publish'), reason: REASON },
      run: on((context, task, { reason }) => confide(context, task, false, reasonIn(reason ?? ''))),
    }),
    question({
      verbs: [],
      examples: ['任务', '任务 T12', '任务 望海区 逾期'],
      parts: { mine: may('me'), task: mayRead(taskAlone), about: may('text') },
      run: look,
    }),
  ),
  // Of the orders those that an office says first; 帮助 is read on a phone.
  examples: [
    '任务',
    '任务 T12',
    '任务 新增 报送自查报告 牵头 望海区教育局 截止 6月15日',
    '任务 完成 T12',
    '任务 转交 T12 望海区财政局 原因 职能调整',
  ],
});

const taskContextOf = <Args>(context: Context<Args>) => ({
  ...context,
  cards: { card: taskDoc, bulletin: bulletinDoc },
});

/** An order is done to a task that the chat may see; one of others is as unknown as one that is not there. */
function on<Args extends { readonly task: TaskRef }>(
  order: (context: ReturnType<typeof taskContextOf>, task: Task, args: Args) => Promise<Outcome>,
) {
  return async (context: Context<Args>): Promise<Outcome> =>
    order(taskContextOf(context), await resolveTask(context.args.task, context), context.args);
}

const TASK_NUMBER = /(?<![A-Za-z])T\s?-?\s?0*(\d{1,6})(?!\d)/i;

async function look(
  context: Context<{
    readonly mine: true | undefined;
    readonly task: TaskRef | undefined;
    readonly about: string | undefined;
  }>,
): Promise<Outcome> {
  const { mine, task, about = '' } = context.args;
  if (task) return show(context, task);
  const report =
    ENDS_WITH_SHARE.test(about) && !TASK_NUMBER.test(about) ? await askWhichTask(context, about) : undefined;
  return report ?? list(context, { mine: mine === true, words: about });
}

async function show(context: Context, ref: TaskRef): Promise<Outcome> {
  try {
    const task = await resolveTask(ref, context);
    return { reply: taskDoc({ ...(await storyOf(task, context)), ...context }) };
  } catch (error) {
    if (!(error instanceof UserError && 'number' in ref)) throw error;
    // Live, so that a card that was sent while the task could still be shown here gives way to this.
    return {
      nothing: true,
      reply: {
        ...plainDoc('没有这项任务', error.message, { tone: 'muted' }),
        query: `任务 ${taskName(ref)}`,
        live: [taskSubject(ref)],
      },
    };
  }
}

async function list(context: Context, { mine: isMine, words }: { readonly mine: boolean; readonly words: string }) {
  refuseBareVerb(words);
  refuseSeveral(words, 'T');
  const named = readTaskRef(words);
  const within = TASK_NUMBER.exec(words);
  const ref = named?.ref ?? (within ? { number: Number(within[1]) } : undefined);
  if (ref && 'number' in ref) {
    // Of a task that is not there nothing else is said.
    const code = taskName(await resolveTask(ref, context));
    if (context.isQuestion) throw new Asked(code);
    throw new UserError(notAnOrder(named?.rest ?? words.replace(within?.[0] ?? '', '').trim(), code));
  }
  const { scope, today } = context;
  const asked = await readTaskQuestion(words, context);
  const mine = isMine || asked.mine;
  const state = asked.done ? 'done' : 'open';
  const found = mine
    ? (await ownTasks(context, state)).tasks
    : await context.read.tasks({
        scope,
        unitId: asked.unit?.id,
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
  const states = (await statesOf(tasks, context)).filter((state) => isAsked(state, asked, context)).toSorted(byDay);
  if (states.length === 0) await refuseUnseen(asked.unit, context);
  const help = states.length === 0 ? await helpWithKeyword(asked, '任务', context.read) : undefined;
  const about = aboutOf(
    { ...asked, mine, ...(states.length === 0 && { keyword: '' }) },
    asked.kind && KIND_WORD[asked.kind],
  );
  return {
    nothing: states.length === 0,
    reply: taskListDoc({
      title: asked.done ? '已办结的任务' : '任务',
      about,
      states,
      today,
      zone: context.zone,
      query: `任务 ${isMine ? '我的 ' : ''}${words}`.trim(),
      keyword: asked.keyword,
      help,
    }),
  };
}

/** Whoever may give no task is told so, and is shown no form. */
async function form(context: Context): Promise<Outcome> {
  if (!mayAnywhere(context.actor, 'task.create')) await requireRight(context, 'task.create');
  return { reply: taskFormDoc(context.ids.next('form')) };
}

async function add(context: Context<FormArgs<typeof NEW_TASK>>): Promise<Outcome> {
  const { task, put, programs, runner, note } = await newTask(context.args, context);
  const name = taskName(task);
  const entry = entryOf(context, task, { kind: 'added', after: task.title });
  return reportChange({ ...context, cards: { card: taskDoc } }, task, {
    entry,
    news: `已下达任务 ${name}：${task.title}${task.restricted ? '（保密：只有责任人和督导室在单聊里能看）' : ''}${note}`,
    changes: [...programs, { kind: 'task.added', task: put, entry }],
    audit: [{ action: 'task.added', subject: task.id, after: nameForRecord(task) }],
    tell: {
      title: `新任务 ${name}`,
      standing: `${name} 已登记`,
      runner,
      by: task.due.kind === 'date' ? task.due.date : undefined,
    },
    offers: [
      ...(task.due.kind === 'date' ? offWorkday(name, { day: task.due.date }, context) : []),
      ...unreadDeadlines(task, context),
    ],
  });
}
