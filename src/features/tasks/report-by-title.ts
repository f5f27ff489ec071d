import { run } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import { LONGEST_QUERY } from '../../cards/views.ts';
import { HAN_NUMBER } from '../../domain/calendar/han-number.ts';
import { type Task, taskName } from '../../domain/tasks/task.ts';
import type { Context, Outcome, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { confidantOf } from '../../language/who/confidant.ts';
import { ownTasks } from '../../language/who/own-work.ts';
import { findReportable } from '../recipients/answers-for.ts';
import { readProgress } from './progress-phrase.ts';

/** More are no choice on a phone. */
const MOST_BUTTONS = 6;
/** Shorter than this a word of a title is in every other title. */
const MIN_WORDS = 2;
const ASKS_OR_SETS =
  '谁|哪|多少|什么|怎|几|吗|是否|标准|要求|指标|监测|自评|不低于|不少于|不高于|不超过|以上|以下|至少|[≥≤<>]|请|各|要|务必|必须|应|确保|力争|目标';
/**
 * 化解大班额 完成60%, 大班额进度百分之七十: who ends with a share reports it, whatever the words before it resemble. A problem and an indicator
 * have codes of their own.
 */
export const ENDS_WITH_SHARE = new RegExp(
  `^(?!.*(?:${ASKS_OR_SETS}|(?<![a-z])(?:w|[a-z]{2,3})-?\\d)).*(?:\\d+(?:\\.\\d+)?%|百分之(?:${HAN_NUMBER}|\\d+))了?$`,
  'i',
);

/** 谁还没报, 12所学校建设: what asks for tasks. */
const QUERY = /谁|哪|多少|什么|怎|(?:建设|工程|项目|改造|情况)$/;

/**
 * A report that names its task by words of the title, or not at all: 化解大班额 50%, 60%. Asked which task is meant, since titles resemble
 * each other and a report on the wrong one is not noticed. Undefined for what is no report.
 */
export async function askWhichTask(context: Context<unknown>, text: string): Promise<Outcome | undefined> {
  const { read, scope } = context;
  if (text === '' || context.isQuestion || QUERY.test(text)) return undefined;
  const open = await read.tasks({ scope, given: true, confidant: confidantOf(context) });
  if (open.some(({ title }) => title.includes(text))) return undefined;
  const whole = open.filter(({ title }) => text.startsWith(title) && text.slice(title.length).trim() !== '');
  const longest = whole.toSorted((a, b) => b.title.length - a.title.length)[0];
  const said = longest
    ? { words: longest.title, report: text.slice(longest.title.length), isDone: false }
    : splitReport(text);
  if (!said) return undefined;
  const report = said.report.replace(/^[\s:：,，、]+/, '');
  const meant = said.words === '' ? [] : open.filter(({ title }) => title.includes(said.words));
  // 一中 已报 may ask for a list; a figure reports.
  if (said.isDone && said.words !== '' && meant.length === 0) return undefined;
  const exact = longest ? meant.filter(({ title }) => title === longest.title) : meant;
  // Their own before what they may report on for others.
  const { tasks } = await ownTasks(context);
  const ownFirst = [...new Map([...tasks, ...open].map((task) => [task.id, task])).values()];
  const others = exact.length > 0 ? [] : await findReportable(context, ownFirst, MOST_BUTTONS + 1);
  return asked(context, { words: said.words, report, tasks: exact, others });
}

interface Split {
  readonly words: string;
  readonly report: string;
  /** 已完成, without a figure. */
  readonly isDone: boolean;
}

/** Words, and the figure or the 已完成 behind them. */
function splitReport(text: string): Split | undefined {
  for (let end = 0; end < text.length; end += 1) {
    if (end > 0 && end < MIN_WORDS) continue;
    const report = text.slice(end);
    const phrase = readProgress(report);
    const isUnclear = 'unclear' in phrase && (end === 0 || /\s/.test(text.charAt(end))) && /[\d%半成]/.test(report);
    const isFigure = 'said' in phrase && (phrase.said.percent !== undefined || phrase.said.amount !== undefined);
    const isDone = 'said' in phrase && phrase.said.done === true;
    if (isUnclear || isFigure || isDone)
      return { words: text.slice(0, end).replace(/[\s:：,，、的]+$/, ''), report, isDone };
  }
  return undefined;
}

interface Question {
  readonly words: string;
  readonly report: string;
  /** Whose titles have the words. */
  readonly tasks: readonly Task[];
  /** When no title has them: those on which the sender may report. */
  readonly others: readonly Task[];
}

function asked({ brought }: Situation, { words, report, tasks, others }: Question): Outcome {
  const [only, second] = tasks;
  const nameOf = (task: Task) => `${taskName(task)} ${task.title}`;
  const lineOf = (task: Task) => `进展 ${taskName(task)} ${report}`;
  const choices = tasks.length > 0 ? tasks : others;
  const [example] = choices;
  const sentence =
    only && !second
      ? `没有记下。是不是 ${nameOf(only)}？`
      : tasks.length === 0 && words !== ''
        ? `没有找到任务“${words.slice(0, 20)}”，没有记下。`
        : '没有记下。请选是哪一项任务。';
  if (!example) throw new UserError(`${sentence}这里没有您能报进展的任务，发送“任务”看全部任务和编号。`);
  // A button brings no file along, and carries no long line.
  if (brought?.attachments.length || lineOf(example).length > LONGEST_QUERY)
    throw new UserError(`${sentence}请写编号：${choices.slice(0, MOST_BUTTONS).map(nameOf).join('、')}。`);
  return {
    reply: plainDoc('是哪一项任务', sentence, {
      tone: 'soon',
      buttons: choices.slice(0, MOST_BUTTONS).map((task) => ({
        label: only && !second ? `是，报到 ${taskName(task)}` : nameOf(task),
        press: run(lineOf(task)),
      })),
      note: `${choices.length > MOST_BUTTONS ? `只列了 ${MOST_BUTTONS} 项，发送“任务”看全部。` : ''}也可以写编号再发，例如：${lineOf(example).slice(0, 40)}`,
    }),
  };
}
