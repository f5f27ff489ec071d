import type { Instant } from '../calendar/local-date.ts';
import { figureText, inMeasure, isCountable, tidy } from './measure.ts';

/** How far a task is: a share, and an amount where the task has a target. */
export interface ProgressFigure {
  /** 0 to 100; above only when more than the target was reached. */
  readonly percent?: number | undefined;
  /** In the measure of the task. */
  readonly amount?: number | undefined;
}

export interface ProgressReport extends ProgressFigure {
  readonly id: string;
  readonly taskId: string;
  readonly at: Instant;
  /** An open id. */
  readonly actor: string;
  readonly words: string;
  /** The figure went down, by order of somebody who may; the reason is in the words. */
  readonly correction: boolean;
  /** Photos and files beside it. */
  readonly files: number;
}

/** All of it is done, as the unit says; that is so when the office accepts it. */
export const isReportedWhole = (latest: ProgressFigure | undefined): boolean => (latest?.percent ?? 0) >= 100;

/** What a task is measured by; no target means by share only. */
export interface Target {
  readonly target?: number | undefined;
  readonly measure: string;
}

/** What somebody said, before it is believed. */
export interface SaidProgress {
  readonly percent?: number | undefined;
  readonly amount?: number | undefined;
  /** As written after the amount; empty when none was. */
  readonly measure: string;
  readonly words: string;
  /** 更正 was said: the figure may go down. */
  readonly correction: boolean;
  /** 超额 was said: more than the target may be true. */
  readonly beyond: boolean;
  /** 属实 was said: what looks like a slip of the pen is none. */
  readonly sure: boolean;
  /** That all of it is done, without a figure: 已完成. */
  readonly done?: true;
}

/** Kept as it is now understood, or asked back with the sentence that the official reads. */
export type Judged =
  | { readonly figure: ProgressFigure }
  /** `sureIf`: the word that, said with it, makes it true. */
  | { readonly ask: string; readonly sureIf?: '属实' | '超额' };

/** More than a rounding: 7 of 12 is 58.3 %, and 58 or 60 is said. */
const ROUNDING_POINTS = 2.5;

/**
 * Whether a figure can be true of this task (S4.8). What contradicts the task, what was reported before, or its own sentence is asked
 * back: the usual faults are a lost zero, another unit of measure, and last month's table.
 */
export function judge(task: Target, last: ProgressFigure | undefined, said: SaidProgress): Judged {
  const torn = said.sure ? undefined : tornNumber(said.words);
  if (torn) return { ask: `“${torn}”像是漏了数字，请核对后重发。`, sureIf: '属实' };
  const amount = amountOf(task, said);
  if (typeof amount === 'object') return amount;
  const share = amount !== undefined && task.target ? tidy(Math.round((amount / task.target) * 1000) / 10) : undefined;
  const isDone = said.done === true && (last?.percent ?? 0) < 100;
  if (isDone && task.target !== undefined) return { ask: countFirst(task.target, task.measure) };
  const percent = said.percent ?? share ?? (isDone ? 100 : undefined);
  const ask =
    tooMuch(task, said, amount) ??
    unequal(said, share, amount) ??
    unlikeWords(said, percent, amount) ??
    lessThanBefore(task, last, said, { percent, amount });
  if (ask) return typeof ask === 'string' ? { ask } : ask;
  // What is not said again stays as it was.
  return {
    figure: {
      percent: percent ?? last?.percent,
      amount: amount ?? (said.percent === undefined ? last?.amount : undefined),
    },
  };
}

/** What is measured in numbers is done when the numbers are: 已完成 alone may be all or what was planned for the month. */
const countFirst = (target: number, measure: string): string =>
  `目标 ${figureText(target)} ${measure}，请写完成了${/[万亿元]/.test(measure) || target > 20 ? '多少' : '几'}${measure}，例如：进展 T12 完成 ${figureText(target)} ${measure}。`;

function amountOf(task: Target, { amount, measure }: SaidProgress): number | undefined | { readonly ask: string } {
  if (amount === undefined) return undefined;
  if (task.target === undefined)
    return {
      ask: '这项任务没有登记目标数，请写百分比，例如 60%；或请督导室先登记目标，例如：任务 修改 T12 目标 12 所',
    };
  const written = measure || task.measure;
  if (!isCountable(amount, written))
    return { ask: `“${figureText(amount)} ${written}”不是整数，${written}按整数报，请核对后重发。` };
  if (measure === '') return amount;
  const converted = inMeasure(amount, measure, task.measure);
  return converted ?? { ask: `这项任务按“${task.measure}”计，写的是“${measure}”。请换算成${task.measure}再报。` };
}

type Doubt = Extract<Judged, { readonly ask: string }>;

function tooMuch(
  { target, measure }: Target,
  said: SaidProgress,
  amount: number | undefined,
): Doubt | string | undefined {
  if (said.percent !== undefined && said.percent > 100)
    return `进度不能超过 100%，写的是 ${said.percent}%。请核对后重发。`;
  if (amount === undefined || target === undefined || amount <= target || said.beyond) return undefined;
  const ask = `写的 ${figureText(amount)} ${measure}超过了目标 ${figureText(target)} ${measure}。确实超额完成，请加上“超额”再发。`;
  return { ask, sureIf: '超额' };
}

/** 8 所 of 12 and 7 % in one sentence. */
function unequal(said: SaidProgress, share: number | undefined, amount: number | undefined): string | undefined {
  if (said.percent === undefined || share === undefined || amount === undefined) return undefined;
  if (Math.abs(said.percent - Math.min(share, 100)) <= ROUNDING_POINTS) return undefined;
  return `${figureText(amount)} 占目标的 ${share}%，写的是 ${said.percent}%，对不上${zeroHint(said.percent, share)}。请核对后重发。`;
}

const ALL_DONE =
  /全部(?:已?完成|竣工|建成|落实|到位|交付|办结)|全面(?:完成|竣工|建成)|(?:已|均)(?:办结|竣工|销号)|全覆盖|百分之百/g;
const NOT_YET = /未|没|尚|计划|预计|将|力争|确保|争取|基本|拟|如期|前$|底$|待/;

/** Something is left: 还有2个班没化解, 剩余3个班, 一所未竣工; 无未完成事项 says that nothing is. */
const REMAINS =
  /(?:还|尚|仍)有[^,，。;；]{0,14}?(?:没|未|待|需)|(?:还|尚|仍)(?:差|剩|缺|欠|需|没|未)|(?:剩余?|剩下|余下|还差|只差)\s*(?:\d|[一二两三四五六七八九十几])|(?<!无|没有|不存在|没)(?:未|没有?)(?:完成|落实|到位|化解|整改|竣工|交付|办结|做完|建成)/;

function unlikeWords(
  { words, measure, sure }: SaidProgress,
  percent: number | undefined,
  amount: number | undefined,
): Doubt | undefined {
  if (sure) return undefined;
  const doubt = (ask: string): Doubt => ({ ask, sureIf: '属实' });
  for (const done of words.matchAll(ALL_DONE)) {
    if (percent === undefined || percent >= 100) break;
    if (!NOT_YET.test(words.slice(Math.max(0, done.index - 6), done.index)))
      return doubt(`文字写“${done[0]}”，进度是 ${percent}%，对不上${zeroHint(percent, 100)}。请核对后重发。`);
  }
  const left = percent !== undefined && percent >= 100 ? REMAINS.exec(words)?.[0] : undefined;
  if (left !== undefined)
    return doubt(
      `进度是 ${percent}%，文字写“${left}”，对不上。没有全部完成的，请写实际进度，例如：进展 T12 90% 原因。`,
    );
  for (const [written, number = ''] of words.matchAll(/(\d+(?:\.\d+)?)\s*%/g))
    if (percent !== undefined && lostZeros(percent, Number(number)))
      return doubt(`文字里是 ${written}，进度是 ${percent}%，是不是漏了 0？请核对后重发。`);
  if (amount === undefined || measure === '') return undefined;
  for (const [, number = '', unit = ''] of words.matchAll(/(\d+(?:,\d{3})*(?:\.\d+)?)\s*([\p{Script=Han}]{1,3})/gu))
    if (unit.startsWith(measure) && lostZeros(amount, Number(number.replaceAll(',', ''))))
      return doubt(
        `文字里是 ${number}${measure}，前面是 ${figureText(amount)}${measure}，是不是漏了 0？请核对后重发。`,
      );
  return undefined;
}

function lessThanBefore(
  task: Target,
  last: ProgressFigure | undefined,
  said: SaidProgress,
  now: ProgressFigure,
): string | undefined {
  const lower = (before: number | undefined, after: number | undefined) =>
    before !== undefined && after !== undefined && after < before;
  const byAmount = lower(last?.amount, now.amount);
  if (!byAmount && !lower(last?.percent, now.percent)) return undefined;
  if (said.correction && said.words !== '') return undefined;
  const [before = 0, after = 0, unit] = byAmount
    ? [last?.amount, now.amount, ` ${task.measure}`]
    : [last?.percent, now.percent, '%'];
  const how = said.correction
    ? '更正要写明原因。'
    : `上次报错的，请督导室更正：进展 T12 更正 ${figureText(after)}${unit} 原因 …`;
  return `上次报的是 ${figureText(before)}${unit}，这次是 ${figureText(after)}${unit}，变少了${zeroHint(after, before)}。${how}`;
}

/** The same digits, one figure ten or a hundred times the other. */
function lostZeros(a: number, b: number): boolean {
  if (a === b || a <= 0 || b <= 0) return false;
  const power = Math.log10(a / b);
  return Math.abs(power - Math.round(power)) < 1e-9;
}

const zeroHint = (said: number, other: number): string =>
  lostZeros(said, other) && said < other ? '，是不是漏了 0' : '';

/** 2,1 名: digits after a comma that are no group of three. A comma between two figures has a word or a space beside it. */
function tornNumber(words: string): string | undefined {
  for (const found of words.matchAll(/(?<![\d.])\d{1,3}(?:,\d+)+(?:\.\d+)?\s*(?=[%\p{Script=Han}])/gu)) {
    const [whole] = found;
    if (!/^\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*$/.test(whole)) return whole.trim();
  }
  return undefined;
}
