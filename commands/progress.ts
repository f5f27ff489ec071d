import { plainDoc } from '../src/cards/plain.ts';
import { describeDate, describeDue } from '../src/domain/calendar/describe.ts';
import { HAN_NUMBER } from '../src/domain/calendar/han-number.ts';
import { type Instant, startOfMonth, wallClock } from '../src/domain/calendar/local-date.ts';
import { settingOf } from '../src/domain/settings.ts';
import { reportDay } from '../src/domain/tasks/collection.ts';
import { isLateAt } from '../src/domain/tasks/deadline.ts';
import { figureText, MEASURES } from '../src/domain/tasks/measure.ts';
import { isReportedWhole, judge, type ProgressReport } from '../src/domain/tasks/progress.ts';
import { type Task, taskName, taskSubject } from '../src/domain/tasks/task.ts';
import { byDay, type TaskState, type TaskStory } from '../src/domain/tasks/task-board.ts';
import { runnerOf, whoReports } from '../src/features/recipients/answers-for.ts';
import { officeOfTask } from '../src/features/recipients/office.ts';
import { KEPT_TASKS } from '../src/features/tasks/kept-tasks.ts';
import { progressSaid, readFigure, type SaidFigure } from '../src/features/tasks/progress-phrase.ts';
import { askWhichTask, ENDS_WITH_SHARE } from '../src/features/tasks/report-by-title.ts';
import { figureOf, KIND_WORD, progressFormDoc, taskDoc, taskListDoc } from '../src/features/tasks/task-card.ts';
import { refuseClosed, requireLead } from '../src/features/tasks/task-desk.ts';
import { REPORT, readReported } from '../src/features/tasks/task-orders.ts';
import { aboutOf, helpWithKeyword, isAsked, readTaskQuestion } from '../src/features/tasks/task-query.ts';
import { resolveTask, type TaskRef } from '../src/features/tasks/task-ref.ts';
import { statesOf, storyOf } from '../src/features/tasks/task-story.ts';
import { answerWrong, wrongOfTask } from '../src/features/tasks/wrong-report.ts';
import { type Context, defineCommand, type Notice, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { namedEvidence, readEvidence } from '../src/language/evidence.ts';
import { deed, may, mayRead, mustRead, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { refuseLabels } from '../src/language/forms/stray.ts';
import { confidantOf } from '../src/language/who/confidant.ts';
import { ownTasks } from '../src/language/who/own-work.ts';
import { refuseUnseen } from '../src/language/who/resolve.ts';
import { requireRight } from '../src/language/who/rights.ts';
import { NUMBERS, refuseSeveral } from '../src/language/words/several.ts';
import type { Evidence } from '../src/ports/findings.ts';

const WORST_FIRST = { red: 0, yellow: 1, green: 3 } as const;

export default defineCommand({
  name: '进展',
  keeps: KEPT_TASKS,
  aliases: ['progress', 'jd', '进度', '报进展', '完成情况'],
  says: [
    /(进展|进度|亮灯|红灯|黄灯|绿灯)(情况|如何|怎么样|怎样)?$/,
    /(?:谁|哪些单位|哪个单位)还?(?:没有?|未)上?报(?:进展|进度)|(?:进展|进度)(?:缺报|未报|没报)/,
    /(?:哪些|什么)(?:任务|事项|工作)(?:落后|慢)|^落后(?:的)?(?:任务|事项|工作)/,
    /^\d+(?:所|个|栋|间|公里).{2,12}(?:建设|工程|项目|改造)$/,
    new RegExp(
      `^${NUMBERS}(?:任务)?(?:推进|完成|进展|进度|已完成|达)?(?:到|至|了|约)?(?:百分之|\\d+(?:\\.\\d+)?%)`,
      'i',
    ),
    new RegExp(
      `^T-?\\d{1,6}(?:任务)?(?:已|累计)?(?:完成|新增|建成|开工|竣工|投入|到位)(?:\\d|${HAN_NUMBER}(?:${MEASURES}))`,
      'i',
    ),
    /^T-?\d{1,6}(?:任务)?(?:已经?|都|全部)*(?:办好|办完|办妥|做好|做完|弄好|搞定|上?报送?|提交|上交|交|落实|整改)(?:完|好|齐|毕|到位)?了?$/i,
    /^第[\d一二三四五六七八九十]+项.{0,6}(?:推进|完成|进展|进度|达)(?:到|至|了|约)?(?:百分之|\d)/,
  ],
  saysFirst: [{ test: wrongOfTask }, ENDS_WITH_SHARE],
  saysBefore: ['任务'],
  also: { exports: 'short', counts: true },
  summary: '报任务进展，看各项亮灯',
  usage: '进展 编号 60% 说明 · 进展 编号 完成 8 所 · 进展 [类别|单位|红灯]',
  files: 'used',
  allow: 'member',
  where: ['group', 'p2p'],
  ...inForms(
    question({
      verbs: [],
      when: { test: wrongOfTask },
      examples: ['T12 报错了，应该是50%', '进展 T12 上次写错了'],
      parts: { said: mayRead((text) => ({ value: text, rest: '' }), { free: true }) },
      run: ({ args, ...context }) => answerWrong(args.said ?? '', context),
    }),
    deed({
      verbs: [],
      when: REPORT,
      examples: ['进展 T12 60% 已完成主体施工', '进展 T12 完成 8 所 已验收', '进展 T12 更正 50% 原因 口径调整'],
      parts: {
        task: mustRead(readReported, { asks: '请写任务编号。' }),
        evidence: mayRead(namedEvidence),
        figure: mayRead(readFigure),
        words: may('text', { max: 500 }),
      },
      run: reported,
    }),
    question({ verbs: [], examples: ['进展', '民生实事 亮灯'], parts: { about: may('text') }, run: asked }),
  ),
  examples: ['进展 T12 60% 已完成主体施工', '进展 T12 完成 8 所', '民生实事 亮灯'],
});

interface Report {
  readonly figure: SaidFigure | undefined;
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

async function reported(
  context: Context<{
    readonly task: TaskRef;
    readonly evidence: readonly Evidence[] | undefined;
    readonly figure: SaidFigure | undefined;
    readonly words: string | undefined;
  }>,
): Promise<Outcome> {
  const { task: ref, evidence: named = [], figure, words = '' } = context.args;
  refuseLabels(words, '报进展不改截止和责任单位、责任人；只是情况，请写成一句话');
  const task = await resolveTask(ref, context);
  const evidence = [...named, ...readEvidence('', context.brought).evidence];
  return figure === undefined && words === '' && evidence.length === 0
    ? form(context, task)
    : report(context, task, { figure, words, evidence });
}

async function asked(context: Context<{ readonly about: string | undefined }>): Promise<Outcome> {
  const { about = '' } = context.args;
  refuseSeveral(about, 'T');
  return (await askWhichTask(context, about)) ?? board(context, about);
}

/** Worst first: what stands red is what the question is about. */
async function board(context: Context, about: string): Promise<Outcome> {
  const { scope, today, zone, read } = context;
  const asked = await readTaskQuestion(about, context);
  const found = asked.mine
    ? (await ownTasks(context)).tasks
    : await read.tasks({ scope, unitId: asked.unit?.id, given: true, confidant: confidantOf(context) });
  const tasks = found.filter(
    ({ kind, title }) => (asked.kind === undefined || kind === asked.kind) && title.includes(asked.keyword),
  );
  const rank = ({ light }: TaskState) => (light ? WORST_FIRST[light.light] : 2);
  const states = (await statesOf(tasks, context))
    .filter((state) => isAsked(state, asked, context))
    .toSorted((a, b) => rank(a) - rank(b) || byDay(a, b));
  if (states.length === 0) await refuseUnseen(asked.unit, context);
  const help = states.length === 0 ? await helpWithKeyword(asked, '进展', context.read) : undefined;
  const subject = aboutOf(
    { ...asked, ...(states.length === 0 && { keyword: '' }) },
    asked.kind && KIND_WORD[asked.kind],
  );
  return {
    nothing: states.length === 0,
    reply: taskListDoc({
      title: '任务进展',
      about: subject,
      states,
      today,
      zone,
      query: `进展 ${about}`.trim(),
      keyword: asked.keyword,
      help,
    }),
  };
}

/** Never a form that would be refused when it has been filled in: whoever may not report sees how it stands, and who may. */
async function form(context: Context, task: Task): Promise<Outcome> {
  try {
    await requireRight(context, 'task.report', await whoReports(context, task));
  } catch (error) {
    if (!(error instanceof UserError) || context.pressed) throw error;
    return { reply: taskDoc({ ...(await storyOf(task, context)), ...context, news: error.message }) };
  }
  await refuseClosed(context, task, '不能再报进展');
  const [state] = await statesOf([task], context);
  return state
    ? { reply: progressFormDoc({ state, once: context.ids.next('form') }) }
    : { reply: plainDoc('进展', '') };
}

async function report(context: Context, task: Task, given: Report): Promise<Outcome> {
  const { read, ids, now, zone, actor } = context;
  const { evidence } = given;
  const phrase = progressSaid(given.figure, given.words, task);
  if ('unclear' in phrase) throw new UserError(phrase.unclear);
  const { said } = phrase;
  const isFigure = said.percent !== undefined || said.amount !== undefined;
  const name = taskName(task);
  if (!isFigure && !said.done && said.words === '' && evidence.length === 0)
    throw new UserError(`没有记下：请写到了哪一步，例如：进展 ${name} ${exampleOf(task)} 已完成主体施工`);
  if (said.correction) await requireLead(context, 'task.correct', task);
  else await requireRight(context, 'task.report', await whoReports(context, task));
  await refuseClosed(context, task, '不能再报进展');
  const last = (await read.progress([task.id])).at(-1);
  const judged = judge(task, last, said);
  if ('ask' in judged) return askedBack(context, task, given, judged);
  if (
    last &&
    !said.correction &&
    isSame(last, { ...judged.figure, words: said.words, actor: actor.openId }, now) &&
    evidence.length === 0
  )
    return {
      reply: taskDoc({
        ...(await storyOf(task, context)),
        ...context,
        news: `${name} 的这次进展 ${wallClock(last.at, zone).time} 已经记下（${figureOf(task, last)}），没有重复记。`,
      }),
    };
  // The latest is what counts: never two of one instant.
  const made: ProgressReport = {
    id: ids.next('progress'),
    taskId: task.id,
    at: Math.max(now, (last?.at ?? 0) + 1),
    actor: actor.openId,
    words: said.words,
    ...judged.figure,
    correction: said.correction,
    files: evidence.length,
  };
  const figure = figureOf(task, made);
  const isWhole = isReportedWhole(made) && !isReportedWhole(last);
  const isFigured = isFigure || said.done === true;
  const story = await storyOf(task, context, { report: made });
  return {
    reply: taskDoc({
      ...story,
      ...context,
      news: `${newsOf(task, last, made, isFigured)}${overdueRemark(context, story, made)}${await lateRemark(context, last)}`,
    }),
    notices: isWhole ? await askedToAccept(context, task, made) : [],
    changes: [{ kind: 'progress.reported', report: made, evidence, seen: task.version }],
    audit: [
      {
        action: said.correction ? 'progress.corrected' : 'progress.reported',
        subject: task.id,
        ...(last && isFigured && { before: figureOf(task, last) }),
        after: `${taskName(task)} ${isFigured ? figure : '情况说明'}`,
      },
    ],
    refresh: [taskSubject(task)],
  };
}

/** Whoever may close it hears that it waits for them. */
async function askedToAccept(context: Context, task: Task, made: ProgressReport): Promise<readonly Notice[]> {
  const { read, actor, administrators } = context;
  const name = taskName(task);
  const title = `任务 ${name} 已报 100%，等待审核办结`;
  const doc = {
    ...taskDoc({
      ...(await storyOf(task, context, { report: made })),
      ...context,
      offers: { report: false, close: true },
    }),
    title,
    summary: title,
  };
  const office = await officeOfTask(read, task, await runnerOf(read, task), administrators);
  return office.filter((openId) => openId !== actor.openId).map((openId) => ({ to: { openId }, doc }));
}

const A_DAY = 24 * 60 * 60 * 1000;

/** Sent twice by one who is in doubt whether it arrived. */
const isSame = (
  last: ProgressReport,
  { percent, amount, words, actor }: Pick<ProgressReport, 'percent' | 'amount' | 'words' | 'actor'>,
  now: Instant,
): boolean =>
  last.percent === percent &&
  last.amount === amount &&
  last.words === words &&
  last.actor === actor &&
  now - last.at < A_DAY;

function newsOf(task: Task, last: ProgressReport | undefined, made: ProgressReport, isFigured: boolean): string {
  const name = taskName(task);
  const files = made.files > 0 ? `，附材料 ${made.files} 份` : '';
  const [before, after] = [last && figureOf(task, last), figureOf(task, made)];
  if (made.words === '' && made.files > 0 && (before ?? '未报') === after)
    return `已收下 ${name} 的佐证材料 ${made.files} 份，进展不变（${after}）。`;
  if (after === '未报')
    return `已记下 ${name} 的情况说明${files}，完成多少还没有报。请接着报，例如：进展 ${name} ${exampleOf(task)}`;
  if (!isFigured)
    return `已记下 ${name} 的情况说明${files}。这句没有读出数，进展仍是 ${after}。要报数请发送：进展 ${name} ${exampleOf(task)}`;
  const done = (made.percent ?? 0) >= 100 ? '。全部完成的，请督导室办结。' : '';
  return `已记下 ${name} 的进展：${before !== undefined && before !== after ? `${before} → ` : ''}${after}${files}${done}`;
}

const exampleOf = ({ target, measure }: Task): string =>
  target === undefined ? '60%' : `完成 ${figureText(target)} ${measure}`;

/** With the hour, where the deadline has one. */
const overdueRemark = (
  { today, zone }: Context,
  { deadline }: TaskStory,
  { at, correction }: ProgressReport,
): string =>
  deadline.date && !correction && isLateAt(deadline, at, zone)
    ? `（截止 ${describeDue(deadline.date, deadline.time, today)} 已过，记为迟报）`
    : '';

/** The first report of the month after 进展报送日 is a late one; said only where a round is run. */
async function lateRemark({ read, today, zone, calendar }: Context, last: ProgressReport | undefined): Promise<string> {
  const by = reportDay(today, settingOf(await read.settings(), 'progressDay'), calendar);
  if (by === undefined || today <= by || (last && wallClock(last.at, zone).date >= startOfMonth(today))) return '';
  return (await read.isCollecting()) ? `（本月报送日 ${describeDate(by, today)} 已过，记为迟报）` : '';
}

/** What fits into the line that a button carries. */
const MOST_QUERY = 400;

/** Asked back with the way to say that it is so after all; a form keeps what was filled in, so that it is told in words. */
function askedBack(
  context: Context,
  task: Task,
  { figure, words }: Report,
  { ask, sureIf }: Extract<ReturnType<typeof judge>, { readonly ask: string }>,
): Outcome {
  const name = taskName(task);
  const sentence = `没有记下：${ask.replaceAll('T12', name)}`;
  const said = [sureIf, figure?.correction && '更正', figure?.written.trim(), words.trim()].filter(Boolean).join(' ');
  const query = `进展 ${name} ${said}`;
  const spoken = sureIf === '属实' ? `${sentence}确实如此，请加上“属实”再报。` : sentence;
  if (sureIf === undefined || context.pressed || context.brought?.attachments.length || query.length > MOST_QUERY)
    throw new UserError(spoken);
  return {
    reply: plainDoc('请核对', sentence, {
      tone: 'soon',
      buttons: [{ label: `${sureIf}，照此上报`, press: { v: 1, op: 'run', query, page: 1 } }],
      note: `写错了就改好重发；确实如此，请按按钮，或加上“${sureIf}”再发。`,
    }),
  };
}
