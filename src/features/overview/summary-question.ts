import { FINDING_DIMENSIONS, type FindingDimension } from '../../domain/findings/rates.ts';
import { PUSH_DIMENSIONS, type PushDimension } from '../../domain/reminders/push-rates.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { TASK_DIMENSIONS, type TaskDimension } from '../../domain/tasks/task-rates.ts';
import { UserError } from '../../language/errors.ts';

/** What is counted, and by what. */
export type SummaryQuestion =
  | { readonly of: 'findings'; readonly by: FindingDimension }
  | { readonly of: 'tasks'; readonly by: TaskDimension; readonly kind?: Task['kind'] | undefined }
  | { readonly of: 'pushes'; readonly by: PushDimension };

const TASKS: readonly { readonly pattern: RegExp; readonly word: string; readonly kind?: Task['kind'] }[] = [
  { pattern: /重点工作/, word: '重点工作', kind: 'keyWork' },
  { pattern: /重大决策(?:事项)?|决策事项/, word: '重大决策事项', kind: 'decisionMatter' },
  { pattern: /民生实事|为民办?实事/, word: '民生实事', kind: 'livelihoodProject' },
  { pattern: /任务|进展/, word: '任务' },
];
const PUSHES = /推送|送达|提醒/;

type Dimension = FindingDimension | TaskDimension | PushDimension;
const each = '(?:按照?|分|各|逐)';
const BY: Readonly<Record<Dimension, RegExp>> = {
  unit: new RegExp(`${each}(?:牵头)?(?:单位|县市区|县区|区县)`),
  program: new RegExp(`${each}专项`),
  stage: new RegExp(`${each}(?:学段|学校类[别型])`),
  category: new RegExp(`${each}(?:问题)?(?:类别|分类|指标)`),
  kind: new RegExp(`${each}(?:任务)?(?:类别|分类)`),
  light: new RegExp(`${each}(?:亮灯|灯|状态)`),
  severity: new RegExp(`${each}(?:问题|严重)?程度`),
  month: new RegExp(`${each}月(?:份|度)?`),
};
const BY_WORD: Readonly<Record<Dimension, string>> = {
  unit: '按单位',
  program: '按专项',
  stage: '按学段',
  category: '按类别',
  kind: '按类别',
  light: '按亮灯',
  severity: '按程度',
  month: '按月',
};
const NO_WORDS = /整改|问题|情况|完成率|按期率|办结率|送达率|准时率|统计|汇总|一下|[\s的,，、]/g;

/** Reads what is left of a line when units, programs and days are cut out. */
export function readSummaryQuestion(rest: string): SummaryQuestion {
  const task = TASKS.find(({ pattern }) => pattern.test(rest));
  if (task) return { of: 'tasks', by: dimensionOf(rest, TASK_DIMENSIONS, task.pattern), kind: task.kind };
  if (PUSHES.test(rest)) return { of: 'pushes', by: dimensionOf(rest, PUSH_DIMENSIONS, PUSHES) };
  return { of: 'findings', by: dimensionOf(rest, FINDING_DIMENSIONS, /(?!)/) };
}

/** The dimension that is written, the first of all when none is; every other word must be one that means nothing more. */
function dimensionOf<Of extends Dimension>(rest: string, all: readonly [Of, ...Of[]], subject: RegExp): Of {
  const [by = all[0], second] = all.filter((dimension) => BY[dimension].test(rest));
  if (second) throw new UserError(`请只写一种分法：${BY_WORD[by]}，或${BY_WORD[second]}。`);
  const left = rest.replace(BY[by], ' ').replace(subject, ' ').replace(NO_WORDS, '');
  if (left === '') return by;
  const words = all.map((dimension) => BY_WORD[dimension]).join('|');
  throw new UserError(
    `没有看懂“${left}”。可以发送：汇总 [任务|重点工作|民生实事|推送] [单位] [专项] [日期] [${words}]，例如：汇总，汇总 任务 按专项`,
  );
}

/** What is counted, in a word; nothing for problems, which are meant when nothing is said. */
export function subjectOf(question: SummaryQuestion): string {
  if (question.of === 'findings') return '';
  if (question.of === 'pushes') return '推送';
  return TASKS.find(({ kind }) => kind === question.kind)?.word ?? '';
}

/** The words that ask for it again; what is usual is left out. */
export const wordsOf = (question: SummaryQuestion): readonly string[] => [
  subjectOf(question),
  question.by === 'unit' ? '' : BY_WORD[question.by],
];
