import { describeDate } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { isConfidential } from '../../domain/findings/finding.ts';
import { MEASURES } from '../../domain/tasks/measure.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { UserError } from '../../language/errors.ts';
import { refuseUnread, unreadOf } from '../../language/forms/unread.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { withoutDateVerb } from '../../language/words/date-verbs.ts';
import { readWholeDate, type SaidClock } from '../../language/words/whole-date.ts';
import { readTaskRef, type TaskRef } from './task-ref.ts';

interface Dates {
  readonly today: LocalDate;
  readonly calendar: Calendar;
}

interface SaidTarget {
  readonly target: number;
  readonly measure: string;
}

/** A task as it is given in one line; names are still as written. */
export interface SaidTask {
  readonly title: string;
  readonly lead: readonly string[];
  readonly assist: readonly string[];
  readonly people: readonly string[];
  readonly due?: LocalDate | undefined;
  readonly dueText: string;
  readonly natural: boolean;
  /** An hour that was named with the day. */
  readonly clock?: SaidClock | undefined;
  readonly target?: SaidTarget | undefined;
  readonly kind: Task['kind'];
  readonly program?: string | undefined;
  /** 保密, or words after which a task is confidential from the start; 公开 says that it is not. */
  readonly restricted: boolean;
}

/** What a line that begins with 任务 asks for. `words` are the reason, or what is searched. */
export type TaskPhrase =
  | { readonly verb: 'show'; readonly ref: TaskRef }
  | { readonly verb: 'add'; readonly text: string }
  | {
      readonly verb:
        | 'done'
        | 'reopen'
        | 'move'
        | 'target'
        | 'hand'
        | 'confide'
        | 'publish'
        | 'urge'
        | 'limit'
        | 'censure'
        | 'step';
      readonly ref: TaskRef;
      readonly words: string;
    }
  | { readonly verb: 'list'; readonly words: string };

const ADD = /^(?:(?:新增|新建|添加|增加|下达|布置|交办|派发|发|派)(?:一?[个项条])?(?:任务)?)\s*[:：]?\s*/;
const VERBS = [
  ['done', '办结|完成|销账|已完成|已办结|做完了?|完成了'],
  ['reopen', '重开|重新打开|恢复|未完成|取消办结'],
  ['move', '改期|延期|改到|推迟到?|提前到?|顺延到?|截止|时限|期限'],
  ['target', '修改目标|修改|目标'],
  ['hand', '转交给?|移交给?|转派给?|指派给?|转给|交给|交由|改由|派给'],
  ['urge', '催办|催一下|催'],
  ['limit', '限期整改|限期'],
  ['censure', '通报'],
  ['step', '进度节点|节点|里程碑'],
  ['confide', '设为保密|转为保密|保密'],
  ['publish', '解除保密|取消保密|转为公开|公开'],
] as const;

/** A verb that does not say which task; 已完成 asks for the list of those. */
const BARE = /^(?:办结|完成|重开|改期|延期|目标|转交|移交|催办|限期整改|通报|节点|保密|公开|解除保密)$/;

export function readTaskPhrase(text: string): TaskPhrase {
  if (BARE.test(text.trim()))
    throw new UserError(`请写上任务编号，例如：任务 ${text.trim()} T12。发送“任务”看全部任务和编号。`);
  const add = ADD.exec(text);
  if (add && /^(?:新增|新建|添加|增加|下达|布置|交办|派发)|任务/.test(add[0]))
    return { verb: 'add', text: text.slice(add[0].length) };
  for (const [verb, words] of VERBS) {
    const before = new RegExp(`^(?:${words})\\s*`).exec(text);
    const named = before && readTaskRef(text.slice(before[0].length));
    if (named) return { verb, ref: named.ref, words: named.rest };
  }
  const named = readTaskRef(text);
  if (!named) return { verb: 'list', words: text };
  for (const [verb, pattern] of VERBS) {
    const end = verb === 'hand' ? '' : '(?:[\\s:：,，]+|(?=\\d|[今明后下本周月])|$)';
    const after = new RegExp(`^(?:${pattern})${end}`).exec(named.rest);
    const words = after && named.rest.slice(after[0].length);
    // 完成 8 所 is a report of progress.
    if (words !== null && !(verb === 'done' && /^\d/.test(words))) return { verb, ref: named.ref, words };
  }
  return named.rest.trim() === '' ? { verb: 'show', ref: named.ref } : { verb: 'list', words: text };
}

/** 办结, 改期 5月8日 原因 …: what is done with one task, its name left out. */
export const isTaskOrder = (text: string): boolean => {
  const phrase = readTaskPhrase(`T1 ${text}`);
  return phrase.verb !== 'list' && phrase.verb !== 'show';
};

const LABEL =
  /(?:^|[\s,，;；。])(牵头单位|牵头|责任单位|主责单位|配合单位|配合|协办单位|责任人|负责人|完成时限|截止日期|截止|时限|期限|年度目标|目标|类别|类型|专项)\s*[:：]?\s*/g;
const FIELD: Readonly<Record<string, 'lead' | 'assist' | 'people' | 'due' | 'target' | 'kind' | 'program'>> = {
  牵头单位: 'lead',
  牵头: 'lead',
  责任单位: 'lead',
  主责单位: 'lead',
  配合单位: 'assist',
  配合: 'assist',
  协办单位: 'assist',
  责任人: 'people',
  负责人: 'people',
  完成时限: 'due',
  截止日期: 'due',
  截止: 'due',
  时限: 'due',
  期限: 'due',
  年度目标: 'target',
  目标: 'target',
  类别: 'kind',
  类型: 'kind',
  专项: 'program',
};

/** A figure is in no name: 责任人 朱戊 4月30日前要初稿 says something else besides. */
function peopleIn(value: string | undefined): readonly string[] {
  const people = names(value);
  const strange = people.find((name) => /\d/.test(name));
  if (strange) throw new UserError(`没有执行。没看懂责任人“${strange}”。“责任人”后面只写姓名，要求写在内容里`);
  return people;
}

/** 新增 's text: the title, then labelled parts in any order. A date before the title is the deadline: 10个工作日内上报整改方案. */
export function readNewTask(text: string, dates: Dates): SaidTask {
  const found = [...text.matchAll(LABEL)];
  const said = new Map<string, string>();
  found.forEach((match, index) => {
    const value = text.slice(match.index + match[0].length, found[index + 1]?.index).trim();
    const field = FIELD[match[1] ?? ''];
    if (field && value !== '') said.set(field, value.replace(/[,，;；。]+$/, ''));
  });
  const marked = text.slice(0, found[0]?.index).trim();
  const mark = /^(保密|公开)[\s:：,，]+|[\s,，（(](保密|公开)[)）]?$/.exec(marked);
  const head = mark ? marked.replace(mark[0], '').trim() : marked;
  const due = said.has('due') ? labelledDue(said.get('due') ?? '', dates) : leadingDue(head, dates);
  return {
    title: asWritten(
      (said.has('due') ? head : head.slice(due?.end ?? 0)).replace(/^[\s:：,，要须需]+|[\s,，;；。]+$/g, ''),
    ),
    lead: names(said.get('lead')),
    assist: names(said.get('assist')),
    people: peopleIn(said.get('people')),
    due: due?.day,
    dueText: due?.written ?? '',
    natural: due?.natural ?? false,
    clock: due?.clock,
    target: said.has('target') ? readTarget(said.get('target') ?? '') : undefined,
    kind: kindOf(said.get('kind') ?? ''),
    program: said.get('program'),
    restricted: mark ? mark[0].includes('保密') : isConfidential(head),
  };
}

/** A deadline as it was written: its day, and the text without it. */
export interface SaidDue {
  readonly day: LocalDate;
  readonly written: string;
  readonly natural: boolean;
  /** The hour that was named; a task is due by the day. */
  readonly clock?: SaidClock | undefined;
  readonly end: number;
  /** What stands beside it: a reason, a name. */
  readonly left: string;
}

/** An hour that has no figure. */
const HALF_DAY = /^ ?(?:上午|中午|下午|傍晚|晚上|早上|下班|上班)(?:之|以)?前?(?=$|[\s,，。;；])/;

/** A text without a day, with one that is not understood whole or with one that is over is asked back. */
export function readDue(text: string, dates: Dates): SaidDue {
  if (text.trim() === '') throw new UserError('请写明截止时间，例如：6月30日、下周五、10个工作日内。');
  const when = readWholeDate(text, { ...dates, counts: true });
  if (!when)
    throw new UserError(
      `没有看懂截止时间“${text.slice(0, 20)}”。请写公历日期或期限，例如：6月30日、下周五、10个工作日内。`,
    );
  if ('refused' in when) throw new UserError(when.refused);
  const { span, start, unit } = when;
  const half = when.clock === undefined ? HALF_DAY.exec(text.slice(when.end)) : null;
  const clock = half ? { written: half[0].trim() } : when.clock;
  const end = when.end + (half?.[0].length ?? 0);
  if (span.to < dates.today)
    throw new UserError(`截止时间 ${describeDate(span.to, dates.today)}已经过了，请写今天或以后的日期。`);
  const written = text.slice(start, when.end).trim();
  const left = `${withoutDateVerb(text.slice(0, start))} ${text.slice(end)}`.trim();
  return { day: span.to, written, natural: unit === 'natural', clock, end, left };
}

/** What the hour of a deadline comes to, said where one was named. */
export const clockNote = ({ clock }: Pick<SaidDue, 'clock'>): string =>
  clock ? `（任务按天计截止，“${clock.written}”不单独提醒）` : '';

/** Words around a day that say no more than the label did. */
const SAYS_DUE = /^(?:为|是|在|于|至|到)+$|^(?:(?:之|以)?[前内]|为?止|完成|办结|报送|上报|提交|报齐|交齐)+$/;
const WAY = '任务 新增 内容 牵头 单位 截止 4月30日。“截止”后面只写时间，要求写在内容里';

/** Drops nothing of a field that is a day: what was not read of it might say whom else the task is for. */
function refuseBeside(left: string, way: string): void {
  refuseUnread(
    left
      .split(/[\s,，;；。、()（）]+/)
      .filter((word) => !SAYS_DUE.test(unreadOf(word)))
      .join(' ')
      .split('\n'),
    way,
  );
}

/** The reason of a new day: behind its label, else all that is beside the day. */
export function reasonBeside(left: string, way: string): string {
  const [, before = '', said = left] =
    /^(.*?)[\s,，。;；]*(?<=^|[\s,，。;；])(?:因|原因|理由|由于)(?:是|为)?\s*[:：]?\s*(.*)$/.exec(left) ?? [];
  refuseBeside(before, way);
  return said.replace(/^[到至为前\s,，。;；]+|[\s,，。;；]+$/g, '');
}

/** The deadline that a new task is given under its label: one, and nothing else beside it. */
function labelledDue(text: string, dates: Dates): SaidDue {
  const due = readDue(text, dates);
  const second = readWholeDate(due.left, dates);
  // 5月1日（劳动节） names one day twice.
  const isOther = second && ('refused' in second || due.day < second.span.from || second.span.to < due.day);
  if (isOther)
    throw new UserError(
      `截止写了两个时间：“${due.written}”和“${due.left.slice(second.start, second.end).trim()}”。请只写一个。`,
    );
  refuseBeside(second ? due.left.slice(0, second.start) + due.left.slice(second.end) : due.left, WAY);
  return due;
}

/** 10个工作日内上报整改方案, 本月内报送. A date without 前 or 内 is about the matter itself. */
function leadingDue(text: string, dates: Dates): SaidDue | undefined {
  const when = readWholeDate(text, { ...dates, counts: true });
  return when?.start === 0 && /[前内]$/.test(text.slice(0, when.end).trimEnd()) ? readDue(text, dates) : undefined;
}

const names = (text = ''): readonly string[] => text.split(/[\s、,，;；和]+/).filter((name) => name !== '');

const TARGET = new RegExp(`^(\\d[\\d,]*(?:\\.\\d+)?)\\s*((?:(?:百|千)?万|亿|千)?(?:${MEASURES})?)$`);

export function readTarget(text: string): SaidTarget {
  const [, number = '', measure = ''] = TARGET.exec(text.trim()) ?? [];
  const target = Number(number.replaceAll(',', ''));
  if (!(target > 0) || measure === '')
    throw new UserError(`没有看懂目标“${text.slice(0, 20)}”。请写数字和单位，例如：目标 12 所；目标 3.45 亿元。`);
  return { target, measure };
}

function kindOf(text: string): Task['kind'] {
  if (/决策/.test(text)) return 'decisionMatter';
  return /实事|民生/.test(text) ? 'livelihoodProject' : 'keyWork';
}
