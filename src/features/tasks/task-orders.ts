import { HAN_NUMBER } from '../../domain/calendar/han-number.ts';
import { MEASURES } from '../../domain/tasks/measure.ts';
import { taskName } from '../../domain/tasks/task.ts';
import type { Verb } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { mayRead, mustRead } from '../../language/forms/form.ts';
import { type Allowed, refuseStrayReason } from '../../language/forms/stray.ts';
import { refuseSeveral } from '../../language/words/several.ts';
import { refuseViewers } from './secrecy-words.ts';
import { readTaskRef, TASK_REF, type TaskRef } from './task-ref.ts';

/** What is done with one task, as officials say it: 办结 T12, T12 办结. */
const ORDERS = {
  done: '办结|完成|销账|已完成|已办结|做完了?|完成了',
  reopen: '重开|重新打开|恢复|未完成|取消办结',
  move: '改期|延期|改到|推迟到?|提前到?|顺延到?|截止|时限|期限',
  target: '修改目标|修改|目标',
  hand: '转交给?|移交给?|转派给?|指派给?|转给|交给|交由|改由|派给',
  urge: '催办|催一下|催',
  limit: '限期整改|限期',
  censure: '通报',
  step: '进度节点|节点|里程碑',
  confide: '设为保密|转为保密|保密',
  publish: '解除保密|取消保密|转为公开|公开',
} as const;
export type TaskOrder = keyof typeof ORDERS;

/** Behind the number a verb ends: T12 完成招标 closes nothing, and T12 完成 8 所 is a report of progress. */
const ENDS = '(?=[\\s:,]|\\d|[今明后下本周月]|$)';
const NO_FIGURE = `(?![\\s:,]*(?:\\d|${HAN_NUMBER}\\s*(?:${MEASURES})))`;
const behind = (order: TaskOrder): RegExp =>
  new RegExp(`^(?:${ORDERS[order]})${order === 'hand' ? '' : ENDS}${order === 'done' ? NO_FIGURE : ''}`);

/** Before it the number stands right behind the verb; else the line is no order, and what is between is named. */
export const orderVerbs = (order: TaskOrder): readonly Verb[] => [
  new RegExp(`^(?:${ORDERS[order]})(?=\\s*(?:${TASK_REF}))`, 'i'),
];

/** 办结, 改期 5月8日 原因 …: what is done with one task, its number left out. */
export const isTaskOrder = (text: string): boolean =>
  Object.keys(ORDERS).some((order) => behind(order as TaskOrder).test(text.replace(/^[\s:,、]+/, '')));

/** A verb that does not say which task; 已完成 asks for the list of those. */
const BARE = /^(?:办结|完成|重开|改期|延期|目标|转交|移交|催办|限期整改|通报|节点|保密|公开|解除保密)$/;

export function refuseBareVerb(text: string): void {
  if (BARE.test(text.trim()))
    throw new UserError(`请写上任务编号，例如：任务 ${text.trim()} T12。发送“任务”看全部任务和编号。`);
}

/** 7 完成 T12: two numbers once the verb is out. */
const BESIDE = /^0*(\d{1,6})\s+T\s?-?\s?0*(\d{1,6})(?!\d)/i;

/** The one task of an order. Of several one would be acted on, and the others become its reason. */
export const orderedTask = (order: TaskOrder) =>
  mustRead(
    (text) => {
      refuseSeveral(text, 'T');
      const [bare, next] = BESIDE.exec(text)?.slice(1) ?? [];
      if (bare !== undefined) refuseSeveral(`T${bare}、T${next}`, 'T');
      const named = readTaskRef(text);
      if (named) refuseNext(named, order);
      return named && { value: named.ref, rest: named.rest };
    },
    { asks: '请写上任务编号。', pattern: new RegExp(`^(?:${TASK_REF})`, 'i'), beforeVerb: [behind(order)] },
  );

/** 7 T12, and T7 8: of a target the figure is asked for with its measure. */
function refuseNext({ ref, rest }: NonNullable<ReturnType<typeof readTaskRef>>, order: TaskOrder): void {
  if (!('number' in ref)) return;
  const [next] = /^T\s?-?\s?\d{1,6}(?!\d)/i.exec(rest) ?? [];
  const figures = order !== 'target' && /^\d{1,4}(?:[\s、,，]+\d{1,4})*$/.test(rest) ? rest : undefined;
  const more = next ?? figures;
  if (more !== undefined) refuseSeveral(`${taskName(ref)}、${more.replaceAll(/[\s、,，]+/g, '、')}`, 'T');
}

const REPORTS = '(?:填报|上报|报告?|更新)\\s*';
/** 进展 T12 60%, 进展 上报 T12 60%: a report begins with its task. */
export const REPORT = new RegExp(`^(?:${REPORTS})?(?:${TASK_REF})`, 'i');
const REPORTING = new RegExp(`^${REPORTS}(?=${TASK_REF})`, 'i');

/** The one task of a report. */
export function readReported(text: string): { readonly value: TaskRef; readonly rest: string } | undefined {
  refuseSeveral(text, 'T');
  const named = readTaskRef(text.replace(REPORTING, ''));
  return named && { value: named.ref, rest: named.rest };
}

/** More nobody reads on a card. */
export const REASON_LENGTH = { max: 200 } as const;

/** What is left is the reason, with or without the word; what looks like something else to be done is asked back. */
export const reasonOf = (...allowed: readonly Allowed[]) =>
  mayRead(
    (text, context) => {
      const value = text.trim();
      refuseStrayReason(value, context, allowed);
      return value === '' ? undefined : { value, rest: '' };
    },
    { ...REASON_LENGTH, free: true },
  );
export const REASON = reasonOf();

/** Why a task becomes confidential; who sees it is not said with it. */
export const CONFIDED_REASON = mayRead(
  (text, context) => {
    refuseViewers(text);
    return REASON.reads(text, context);
  },
  { ...REASON_LENGTH, free: true },
);
