import { plainDoc } from '../src/cards/plain.ts';
import { mayAnywhere, whyNot } from '../src/domain/people/rights.ts';
import { countdown, type Milestone } from '../src/domain/programs/program.ts';
import { archivedSentence, archiveProgram, restoreProgram } from '../src/features/programs/archive-program.ts';
import { chooseChecklist } from '../src/features/programs/choose-checklist.ts';
import { chooseParticipants } from '../src/features/programs/choose-participants.ts';
import { countdownLine, milestoneDate } from '../src/features/programs/countdown-card.ts';
import { looselyMeant, mustFind, mustManage, programsHere } from '../src/features/programs/find-program.ts';
import type { Time } from '../src/features/programs/milestone-phrase.ts';
import { movedDeadlines } from '../src/features/programs/moved-deadlines.ts';
import { MAX_NAME, openProgram, renameProgram } from '../src/features/programs/open-program.ts';
import { milestoneForm } from '../src/features/programs/program-form-card.ts';
import {
  CHANGE,
  COPY_PART,
  NAME_CHECK,
  NO_VERB,
  PROGRAM,
  RUNNER,
  type SaidProgram,
  SETTING,
  SURE_PART,
} from '../src/features/programs/program-parts.ts';
import { milestoneMovedDoc, movedSentence, programsDoc, roadmapDoc } from '../src/features/programs/programs-card.ts';
import { type Context, defineCommand, type Outcome, type Situation } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, may, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import type { Program } from '../src/ports/programs.ts';

const LIST = /(?:列表|全部|所有|有哪些|名单)?的?$|(?:有|现在有|开展)(?:哪些|什么|几个)专项.*/;
const ARCHIVED = /(?:列表|全部|所有|有哪些|名单)? ?的?已?归档的?$/;
/** Of a milestone; what is said of it stands on a card. */
const MAX_STEP = 30;
const ROADMAP = /的?(?:路线图|时间表|下一步(?:是什么)?|进度|节点)$/;

/** Of a change the right comes first: whoever holds it nowhere is not told what is wrong with the line. */
const managed =
  <Args>(run: (args: Args, context: Situation) => Promise<Outcome>) =>
  ({ args, ...context }: Context<Args>): Promise<Outcome> => {
    if (!mayAnywhere(context.actor, 'program.change'))
      throw new UserError(`${whyNot(context.actor, 'program.change')}查看请发送：专项 名称`);
    return run(args, context);
  };

const forms = inForms(
  question({ verbs: [LIST], examples: ['专项'], parts: {}, run: (context) => listed(context, false) }),
  question({ verbs: [ARCHIVED], examples: ['专项 列表 归档'], parts: {}, run: (context) => listed(context, true) }),
  deed({
    verbs: [/(?:新增|新建|创建|添加|开设)(?:专项)?/],
    examples: ['专项 新增 2026年两项督导 望海区'],
    parts: { runner: RUNNER, name: may('text', { max: MAX_NAME }) },
    run: managed(({ name = '', runner }, context) => openProgram(context, name, runner)),
  }),
  deed({
    verbs: [/(?:改名|重命名|更名)(?:专项)?/],
    examples: ['专项 改名 望海区 两项督导 2026年两项督导'],
    parts: { ...PROGRAM, check: NAME_CHECK, name: may('text', { max: MAX_NAME }) },
    run: managed(({ name = '', ...said }, context) => renameProgram(context, said, name)),
  }),
  deed({
    verbs: [/(?:节点|里程碑|时间节点)(?:专项)?/],
    examples: ['专项 节点 望海区 两项督导 省级评估 6月中旬', '专项 节点 两项督导 省级评估 删除'],
    parts: { ...PROGRAM, set: SETTING, name: may('text', { max: MAX_STEP }) },
    run: managed(milestone),
  }),
  deed({
    verbs: [/(?:清单|细则|评估细则)(?:专项)?/],
    examples: ['专项 清单 望海区 两项督导 复制 优质均衡', '专项 清单 两项督导 优质均衡'],
    parts: { ...PROGRAM, copies: COPY_PART, set: may('text') },
    run: managed(({ copies, set, ...said }, context) =>
      chooseChecklist(context, said, { copies: copies === true, set }),
    ),
  }),
  deed({
    verbs: [/(?:参加单位|单位)(?:专项)?/],
    examples: ['专项 单位 望海区 两项督导 加 望海区第一中学、各学校', '专项 单位 两项督导 全部'],
    parts: { ...PROGRAM, change: CHANGE, units: may('text') },
    run: managed(({ change, units, ...said }, context) => chooseParticipants(context, said, { change, units })),
  }),
  deed({
    verbs: [/(?:归档|结束)(?:专项)?/],
    examples: ['专项 归档 望海区 两项督导 确认'],
    parts: { sure: SURE_PART, ...PROGRAM },
    run: managed(({ sure, ...said }, context) => archiveProgram(context, said, sure === true)),
  }),
  deed({
    verbs: [/恢复(?:专项)?/],
    examples: ['专项 恢复 望海区 两项督导'],
    parts: { ...PROGRAM },
    run: managed((said, context) => restoreProgram(context, said)),
  }),
  question({
    verbs: ['删除', '删掉', '取消'],
    examples: ['专项 删除 两项督导'],
    parts: { line: may('text') },
    run: async () => {
      throw new UserError('专项不能删除，可以归档，内容都还在：专项 归档 名称');
    },
  }),
  question({
    verbs: [],
    examples: ['专项 两项督导', '专项 望海区 两项督导 路线图'],
    parts: { order: NO_VERB, name: may('text') },
    run: ({ args: { name = '' }, ...context }) => roadmap(context, name),
  }),
);

export default defineCommand({
  name: '专项',
  aliases: ['program', 'programs', 'zx', '专项工作', '专项列表'],
  says: [/^(?:有|现在有|开展)(?:哪些|什么|几个)专项/, /(?:路线图|(?<![课作息程])时间表)$/],
  // 专项督导, 专项检查: what is looked for, not where.
  another: /^专项(?:督导|督查|检查|视导|整治|治理|行动|资金|经费|评估(?!细则)|方案|计划)/,
  summary: '看专项的路线图；管理员新增、改名、归档专项，设节点、评估细则和参加单位',
  usage: '专项 [名称] | 专项 列表|新增|改名|节点|清单|单位|归档|恢复 名称 …',
  allow: 'anyone',
  where: ['group', 'p2p'],
  ...forms,
  examples: [
    '专项',
    '专项 节点 两项督导 省级评估 6月中旬',
    '专项 新增 2026年两项督导 望海区',
    '专项 清单 两项督导 复制 优质均衡',
    '专项 单位 两项督导 加 望海区、各学校',
    '专项 归档 两项督导',
  ],
});

async function listed(context: Situation, archived: boolean): Promise<Outcome> {
  const { today, calendar, read, actor } = context;
  const [programs, checklists] = await Promise.all([programsHere(context), read.checklists()]);
  const isMeant = ({ archivedAt }: Program) => (archivedAt !== undefined) === archived;
  return {
    reply: programsDoc({
      programs: programs.filter(isMeant).map(({ name, unit, steps, checklistId }) => ({
        name,
        unit,
        archived,
        checklist: checklists.find(({ id }) => id === checklistId)?.title,
        next: steps
          .map((step) => ({ program: name, step, left: countdown(step, today, calendar) }))
          .find(({ left }) => left.kind !== 'over' && left.kind !== 'open'),
      })),
      archived: programs.length - programs.filter(isMeant).length,
      listsArchived: archived,
      isAdministrator: mayAnywhere(actor, 'program.change'),
    }),
  };
}

/** 两项督导 路线图, 岱山县 两创 时间表, or the name alone. */
async function roadmap(context: Situation, line: string): Promise<Outcome> {
  const name = line.replace(ROADMAP, '').trim();
  if (name === '') return listed(context, false);
  const program = (await looselyMeant(context, name)) ?? (await exactly(context, name));
  return { reply: await roadmapOf(context, program) };
}

async function exactly(context: Situation, line: string): Promise<Program> {
  const { program, rest } = await mustFind(context, line);
  if (rest !== '') throw new UserError(`没有看懂“${rest}”。看路线图请只写名称：专项 ${program.name}`);
  return program;
}

async function roadmapOf({ today, calendar, read, scope, now }: Situation, program: Program) {
  const { id, name, unit, steps, checklistId, archivedAt } = program;
  const [checklists, participants, own] = await Promise.all([
    read.checklists(),
    read.participants(id),
    read.isWithin(unit.id, scope.unitIds),
  ]);
  return roadmapDoc({
    name,
    unit,
    today,
    archived: archivedAt !== undefined,
    checklist: checklists.find((checklist) => checklist.id === checklistId)?.title,
    steps: steps.map((step) => ({ program: '', step, left: countdown(step, today, calendar) })),
    participants: participants.map(({ written }) => written),
    progress: own ? await wholeProgress(read, program, now) : await ownProgress(read, program, scope),
    query: `专项 ${unit.name} ${name}`,
  });
}

async function wholeProgress(read: Situation['read'], { id }: Program, now: number): Promise<readonly string[]> {
  const { openTasks, doneTasks, assessed, missing, visitsAhead } = await read.programFigures(id, now);
  return [
    ...(openTasks + doneTasks > 0
      ? [`任务 ${openTasks + doneTasks} 项，已办结 ${doneTasks} 项，未办结 ${openTasks} 项`]
      : []),
    ...(assessed > 0 ? [`自评 ${assessed} 项，已报 ${assessed - missing} 项，未报 ${missing} 项`] : []),
    ...(visitsAhead > 0 ? [`待开展的督导 ${visitsAhead} 次`] : []),
  ];
}

/** Whoever takes part in another's program sees their own share of it. */
async function ownProgress(
  read: Situation['read'],
  { id }: Program,
  scope: Situation['scope'],
): Promise<readonly string[]> {
  const [tasks, dues] = await Promise.all([read.tasks({ scope, programId: id }), read.assessmentDues(scope)]);
  const missing = dues.filter(({ programId }) => programId === id).reduce((sum, due) => sum + due.missing, 0);
  return [
    ...(tasks.length > 0 ? [`本单位未办结任务 ${tasks.length} 项`] : []),
    ...(missing > 0 ? [`本单位自评未报 ${missing} 项`] : []),
  ];
}

interface SaidStep extends SaidProgram {
  readonly set: Time | 'removed' | undefined;
  readonly name: string | undefined;
}

async function milestone(said: SaidStep, context: Situation): Promise<Outcome> {
  const { read, today } = context;
  const program = await mustManage(context, said);
  const { set, name = '' } = said;
  if (set === undefined) {
    const map = await roadmapOf(context, program);
    if (program.archivedAt !== undefined) return { reply: map };
    return { reply: { ...map, blocks: [...map.blocks, milestoneForm(program, context.ids.next('form'))] } };
  }
  if (program.archivedAt !== undefined) throw new UserError(archivedSentence(program));
  const standing = await read.importedMilestones(program.id);
  if (set === 'removed') {
    const row = standing.find((each) => each.name === name);
    if (!row) throw new UserError(noMilestone(program, name));
    const change = { kind: 'milestone.removed', programId: program.id, name: row.name, seen: row.version } as const;
    return moved(context, program, { name: row.name, before: row, after: undefined }, change);
  }
  const after: Milestone = { name, ...set };
  const before = standing.find((each) => each.name === after.name);
  const { due, period, dueText } = after;
  if (before && milestoneDate(before, today) === milestoneDate(after, today))
    return {
      reply: plainDoc('没有变化', `“${program.name}”的“${after.name}”本来就是 ${milestoneDate(after, today)}。`, {
        tone: 'muted',
      }),
    };
  const row = { programId: program.id, name: after.name, due, period, dueText, seen: before?.version };
  return moved(context, program, { name: after.name, before, after }, { kind: 'milestones.put', rows: [row] });
}

const noMilestone = ({ name, steps }: Program, asked: string): string =>
  steps.length > 0
    ? `“${name}”没有叫“${asked}”的节点。现有：${steps.map((step) => step.name).join('、')}。`
    : `“${name}”还没有节点。`;

interface Step {
  readonly name: string;
  readonly before: Milestone | undefined;
  readonly after: Milestone | undefined;
}

/** The answer to a milestone that was set, moved or removed; whoever owes what hangs on it is told once. */
async function moved(
  context: Situation,
  program: Program,
  step: Step,
  change: NonNullable<Outcome['changes']>[number],
): Promise<Outcome> {
  const { today, calendar } = context;
  const others = program.steps.filter(({ name }) => name !== step.name);
  const { count, told } = await movedDeadlines(context, program, step.after ? [...others, step.after] : others);
  const day = (at: Milestone | undefined) => at && milestoneDate(at, today);
  const sentence = movedSentence(step.name, day(step.before), day(step.after));
  const left = step.after && countdown(step.after, today, calendar);
  return {
    reply: plainDoc(step.after ? '已设节点' : '已删除节点', `${program.name}：${sentence}`, {
      tone: 'done',
      lines: [
        ...(left && step.after ? [`${countdownLine({ program: program.name, step: step.after, left })}。`] : []),
        ...(count > 0 ? [`${count} 项截止日随之变动。`] : []),
      ],
      note: '发送“倒计时”看全部节点；最后 10 个工作日每天、此前每周第一个工作日推送倒计时。',
    }),
    changes: [change],
    seen: [{ table: 'program', id: program.id, version: program.version }],
    audit: [
      {
        action: step.after ? 'milestone.set' : 'milestone.removed',
        subject: `${program.name} ${step.name}`,
        before: day(step.before),
        after: day(step.after),
      },
    ],
    ...(count > 0 && {
      owed: { standing: `${program.name}：${sentence}`, present: context.chat.type === 'group' ? ['本群'] : [] },
    }),
    notices: told.map(({ to, moved: own }) => ({ to, doc: milestoneMovedDoc(program.name, step, own, today) })),
  };
}
