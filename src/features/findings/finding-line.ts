import type { Level } from '../../domain/findings/finding.ts';
import type { StateMove } from '../../domain/findings/moves.ts';

/** What is to be done with a problem, in a word of the loop. */
type Verb =
  | { readonly kind: 'move'; readonly move: StateMove }
  | { readonly kind: 'attach' }
  | { readonly kind: 'amend' }
  | { readonly kind: 'show' }
  | { readonly kind: 'escalate'; readonly word: string }
  | { readonly kind: 'lower'; readonly to: Level }
  /** `naming`: more people who may see it. */
  | { readonly kind: 'restrict'; readonly naming: boolean }
  | { readonly kind: 'lift' };

const move = (move: StateMove): Verb => ({ kind: 'move', move });

/** As officials say it; where one word begins with another the longer one is meant. */
const VERBS: readonly (readonly [words: string, verb: Verb])[] = [
  ['登记 认定', move('register')],
  ['申辩 有异议 提出异议', move('dispute')],
  ['下达 发整改通知 下发', move('issue')],
  ['签收 已签收 收到 已收到', move('sign')],
  ['方案 报方案 整改方案 报整改方案', move('plan')],
  ['同意方案 方案通过', move('acceptPlan')],
  ['退回方案 方案退回 方案不通过', move('returnPlan')],
  ['开始整改 开始 整改中 着手整改', move('start')],
  ['完成 已完成 整改完成 整改完了 整改完 整改到位 已整改 已整改到位 报完成 报整改完成 办结', move('submit')],
  ['延期 申请延期 延长 宽限', move('askExtension')],
  ['同意 同意延期 准予延期 批准延期 批准', move('grantExtension')],
  ['不同意 不同意延期 不准延期 驳回延期', move('refuseExtension')],
  ['复查 开始复查 核查', move('recheck')],
  ['退回 不通过 复查不通过 退回整改 重新整改', move('return')],
  ['销号 同意销号 申请销号 复查通过 通过', move('close')],
  ['长期坚持 转长期坚持 转为长期坚持', move('keep')],
  ['重新挂账 反弹 重新立案', move('reopen')],
  ['不予认定 撤回', move('drop')],
  ['佐证 补充佐证 附件', { kind: 'attach' }],
  ['改期 改期限 调整期限', { kind: 'amend' }],
  ['详情 查看', { kind: 'show' }],
  ...['督办', '通报', '约谈', '挂牌督办', '问责'].map((word) => [word, { kind: 'escalate', word }] as const),
  ['保密 限知 设为保密 设为限知 转为限知', { kind: 'restrict', naming: false }],
  ['可见 增加可见', { kind: 'restrict', naming: true }],
  ['解除保密 解除限知 取消保密 取消限知', { kind: 'lift' }],
  ['降级', { kind: 'lower', to: 0 }],
  ['降为提醒', { kind: 'lower', to: 0 }],
  ['降为催办', { kind: 'lower', to: 1 }],
  ['降为督办', { kind: 'lower', to: 2 }],
];
const WORDS = VERBS.flatMap(([words, verb]) => words.split(' ').map((word) => ({ word, verb }))).toSorted(
  (a, b) => b.word.length - a.word.length,
);

/** W12, w 12, 12号问题, 第12号问题, ZG-2026-012; the last is a number of somebody's own table. */
const NUMBER = /(?<![A-Za-z\d])[Ww] ?(\d{1,6})(?!\d)|第?(\d{1,6}) ?号问题|^(\d{1,6})(?= |$)/;
const FOREIGN = /(?<![A-Za-z\d])[A-Za-z]{1,4}-\d[\d-]*|ZG\d+/i;

export interface OnOne {
  readonly number: number;
  readonly verb: Verb;
  /** Reason, report: what was said beside number and verb. */
  readonly text: string;
}

/** A line about one problem: its number and what is to be done; the order of the two is free. Undefined when no number is named. */
export function readOnOne(line: string): OnOne | undefined {
  const found = NUMBER.exec(line);
  if (!found) return undefined;
  const number = Number(found[1] ?? found[2] ?? found[3]);
  const before = line.slice(0, found.index).trim();
  const after = line.slice(found.index + found[0].length).replace(/^[\s,，:;、]+/, '');
  const spoken = verbAt(after) ?? verbAt(before) ?? verbWithin(after);
  const text = [spoken === undefined ? before : before.replace(spoken.word, ''), after.replace(spoken?.word ?? '', '')]
    .join(' ')
    .replace(/^[\s,，:;、。]+|[\s,，:;、]+$/g, '');
  return { number, verb: spoken?.verb ?? { kind: 'show' }, text };
}

/** A number that is not ours: those who kept a table of their own type it. */
export const foreignNumber = (line: string): string | undefined => FOREIGN.exec(line)?.[0];

const verbAt = (text: string) => WORDS.find(({ word }) => text.startsWith(word));
/** 照片看不清,退回: the verb comes last. */
const verbWithin = (text: string) => WORDS.find(({ word }) => text.endsWith(word));

const DOCUMENT = /文号 ?[:：]? ?(\S+)|(\S*〔\d{4}〕\d+号)/;
const CAUSE = /原因 ?(?:是|为|在于)?[:：]?\s*([^。;；]+)/;

/** The 文号 that a text names, and the text without it. */
export function readDocument(text: string): { readonly document?: string; readonly text: string } {
  const found = DOCUMENT.exec(text);
  if (!found) return { text };
  const document = (found[1] ?? found[2] ?? '').replace(/[,，。;；]+$/, '');
  return { document, text: text.replace(found[0], ' ').trim() };
}

/** 原因：…: why it came to this. It stays in the text, too. */
export const readCause = (text: string): string | undefined => CAUSE.exec(text)?.[1]?.trim();
