import { run } from '../../cards/kit.ts';
import type { Block } from '../../cards/views.ts';
import { readDueClock } from '../../domain/calendar/clock-phrase.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { type Calendar, lastWorkdayBefore } from '../../domain/calendar/working-days.ts';
import { type RelativeDue, relativeDue } from '../../domain/tasks/relative-due.ts';
import { type Task, taskName } from '../../domain/tasks/task.ts';
import { UserError } from '../../language/errors.ts';
import type { OwnContext } from '../../language/forms/form.ts';
import { refuseField, refuseStray } from '../../language/forms/stray.ts';
import { refuseUnread, unreadOf } from '../../language/forms/unread.ts';
import { withoutDateVerb } from '../../language/words/date-verbs.ts';
import { deadlinesWithin } from '../../language/words/dates-within.ts';
import { overBy, readWholeDate, refusalOf, type SaidClock } from '../../language/words/whole-date.ts';

interface Dates {
  readonly today: LocalDate;
  readonly calendar: Calendar;
  readonly at?: OwnContext['at'];
}

/** A deadline as it was written. */
export interface SaidDue {
  readonly day: LocalDate;
  readonly written: string;
  readonly natural: boolean;
  /** The hour that was named. */
  readonly clock?: SaidClock | undefined;
}

/** 市级核查前: the day is that of a milestone of the task's program. */
export interface SaidMilestone {
  readonly milestone: RelativeDue;
  readonly written: string;
}

/** As a task keeps it. */
export const dueOfSaid = ({ day, clock }: SaidDue) => {
  const time = clock?.range ? undefined : clock?.time;
  return { kind: 'date', date: day, ...(time && { time }) } as const;
};

/** And its place. */
interface FoundDue extends SaidDue {
  readonly start: number;
  readonly end: number;
  /** What stands beside it: a reason, a name. */
  readonly left: string;
}

/** An hour that has no figure. */
const HALF_DAY = /^ ?(?:上午|中午|下午|傍晚|晚上|早上|下班|上班)(?:之|以)?前?(?=$|[\s,，。;；])/;

export const ASKS_DUE = '请写明截止时间，例如：6月30日、下周五、10个工作日内。';

/** A text without a day, with one that is not understood whole or with one that is over is asked back. */
export function readDue(text: string, dates: Dates): FoundDue {
  if (text.trim() === '') throw new UserError(ASKS_DUE);
  const when = readWholeDate(text, { ...dates, counts: true });
  if (!when)
    throw new UserError(
      `没有看懂截止时间“${text.slice(0, 20)}”。请写公历日期或期限，例如：6月30日、下周五、10个工作日内。`,
    );
  if ('refused' in when) throw refusalOf(when);
  const { span, start, unit } = when;
  const half = when.clock === undefined ? HALF_DAY.exec(text.slice(when.end)) : null;
  const clock = half ? halfDay(half[0].trim()) : when.clock;
  const end = when.end + (half?.[0].length ?? 0);
  if (span.to < dates.today)
    throw new UserError(`截止时间 ${describeDate(span.to, dates.today)}已经过了，请写今天或以后的日期。`);
  const over = overBy({ date: span.to, time: clock?.range ? undefined : clock?.time }, dates);
  if (over) throw new UserError(`截止时间 ${over}`);
  const written = text.slice(start, when.end).trim();
  const left = `${withoutDateVerb(text.slice(0, start))} ${text.slice(end)}`.trim();
  return { day: span.to, written, natural: unit === 'natural', clock, start, end, left };
}

/** 上午 ends at noon, and 下班前 at 17:30. */
function halfDay(written: string): SaidClock {
  const time = readDueClock(written.replace(/(?:之|以)?前$/, ''));
  return { written, ...(typeof time === 'string' && { time }) };
}

const dueOf = ({ day, written, natural, clock }: FoundDue): SaidDue => ({ day, written, natural, clock });

/** Beside the answer to a deadline that was put on a rest day: one press moves it to the working day before. */
export function offWorkday(name: string, { day }: Pick<SaidDue, 'day'>, { today, calendar }: Dates): readonly Block[] {
  if (calendar.isWorkday(day)) return [];
  const before = lastWorkdayBefore(calendar, day);
  if (before < today) return [];
  const query = `任务 改期 ${name} ${before} 原因 ${describeDate(day, today)}是休息日`;
  const press = run(query);
  return [{ kind: 'buttons', buttons: [{ label: `改为${describeDate(before, today)}`, press }] }];
}

/** Deadlines in the words of a task that it is not due by: said to whoever gives it, and one press makes the first its deadline. */
export function unreadDeadlines(
  { title, due, ...task }: Pick<Task, 'title' | 'due' | 'number'>,
  dates: Dates,
): readonly Block[] {
  const found = deadlinesWithin(title, dates).filter(({ day }) => due.kind !== 'date' || due.date !== day);
  const [first] = found;
  if (!first) return [];
  const said = found.map(({ written, day }) => `“${written}”（${describeDate(day, dates.today)}）`).join('、');
  const query = `任务 改期 ${taskName(task)} ${first.day} 原因 内容里写的是${first.written}`;
  return [
    { kind: 'text', text: [`注意：内容里的${said}没有作为截止，不会按它提醒。`] },
    {
      kind: 'buttons',
      buttons: [{ label: `截止改为${describeDate(first.day, dates.today)}`, press: run(query) }],
    },
  ];
}

/** Said of an hour that is none: 晚上, 9点到11点. */
export const clockNote = ({ clock }: Pick<SaidDue, 'clock'>): string =>
  clock && (clock.range || !clock.time) ? `（“${clock.written}”不是一个钟点，按当天截止）` : '';

/** Words around a day that say no more than the label did. */
const SAYS_DUE = /^(?:为|是|在|于|至|到)+$|^(?:(?:之|以)?[前内]|为?止|完成|办结|报送|上报|提交|报齐|交齐)+$/;

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

/** Another date beside the deadline, and its place. 5月1日（劳动节） names one day twice. */
function secondIn(text: string, { day }: SaidDue, dates: Dates) {
  const second = readWholeDate(text, dates);
  const isOther = second && ('refused' in second || day < second.span.from || second.span.to < day);
  return second && { ...second, isOther };
}

const refuseTwo = (due: SaidDue, second: string, more = ''): never => {
  throw new UserError(`截止写了两个时间：“${due.written}”和“${second.trim()}”。请只写一个${more}。`);
};

const ALONE = /^(?:(?:之|以)?[前内])?(?=$|[\s,，。;；、)）])/;

/** A feast is a reason: 五一放假. */
const IS_DAY = /[\d月日号周天旬底]/;

/** Of free words beside a deadline: a date that is a word of its own may be the day that is meant. */
export function refuseOtherDay(text: string, due: SaidDue, dates: Dates): void {
  const second = secondIn(text, due, dates);
  const written = second ? text.slice(second.start, second.end) : '';
  if (second?.isOther && IS_DAY.test(written) && ALONE.test(text.slice(second.end)))
    refuseTwo(due, written, '；原因里的日期写在“原因”后面');
}

/**
 * 报送自查报告 4月28日前: a date with 前 or 内 that ends a title is its deadline. One without may be the deadline or the day of the matter, and
 * taken for the latter the task would have none.
 */
export function trailingDue(text: string, dates: Dates): FoundDue | undefined {
  const found = / (\S+(?: ?(?:之|以)?[前内])?)$/.exec(text);
  const when = found && readWholeDate(found[1] ?? '', { ...dates, counts: true });
  const word = found?.[1] ?? '';
  if (!found || !when || when.start !== 0 || !IS_DAY.test(word)) return undefined;
  if ('refused' in when) return undefined;
  if (!ALONE.test(word.slice(when.end)) || /\S/.test(word.slice(when.end).replace(/^(?:之|以)?[前内]/, '')))
    return undefined;
  if (!/[前内]$/.test(word) && !when.text.endsWith('内'))
    throw new UserError(
      `没有执行。“${word}”是截止时间吗？截止时间请写在“截止”后面，例如：截止 ${word}；内容里的日期请写在前面。`,
    );
  const due = readDue(word, dates);
  const head = text.slice(0, found.index);
  const second = secondIn(head, due, dates);
  if (second?.isOther && ALONE.test(head.slice(second.end)) && second.start > 0)
    refuseTwo(due, head.slice(second.start, second.end));
  return { ...due, start: found.index, end: text.length };
}

const BY_DAYS = /[(（]?(?:按|以)?(自然日|工作日)(?:计算|计|算)?[)）]?/;

/** 市级核查前, 进驻前5个工作日, and no day. */
function milestoneIn(text: string, dates: Dates): SaidMilestone | undefined {
  const written = text.trim();
  const milestone = /^\S{3,30}$/.test(written) ? relativeDue(written) : undefined;
  if (!milestone || readWholeDate(milestone.event, { ...dates, counts: true })) return undefined;
  const day = readWholeDate(written, { ...dates, counts: true });
  return day && 'refused' in day ? undefined : { milestone, written };
}

/** What stands behind 截止: a day, or a milestone of the program. */
export function readTaskDue(
  text: string,
  dates: Dates,
): { readonly value: SaidDue | SaidMilestone; readonly rest: '' } | undefined {
  const milestone = milestoneIn(text, dates);
  return milestone ? { value: milestone, rest: '' } : readDueField(text, dates);
}

/** One deadline, with the days that it counts in (6月15日 自然日), and nothing else beside it. */
function readDueField(text: string, dates: Dates): { readonly value: SaidDue; readonly rest: '' } | undefined {
  if (text.trim() === '') return undefined;
  const due = readDue(text, dates);
  const second = secondIn(due.left, due, dates);
  if (second?.isOther) refuseTwo(due, due.left.slice(second.start, second.end));
  const left = second ? due.left.slice(0, second.start) + due.left.slice(second.end) : due.left;
  const [said, days] = BY_DAYS.exec(left) ?? [];
  refuseBeside(said === undefined ? left : left.replace(said, ' '), WAY);
  return { value: { ...dueOf(due), natural: days === undefined ? due.natural : days === '自然日' }, rest: '' };
}

const WAY = '任务 新增 内容 牵头 单位 截止 4月30日。“截止”后面只写时间，别的写在“要求”后面';

/** 10个工作日内上报整改方案, 本月内报送. A date without 前 or 内 is about the matter itself. */
export function leadingDue(text: string, dates: Dates): FoundDue | undefined {
  const when = readWholeDate(text, { ...dates, counts: true });
  return when?.start === 0 && /[前内]$/.test(text.slice(0, when.end).trimEnd()) ? readDue(text, dates) : undefined;
}

/** 从4月23日推迟到5月8日: the day that is, before the one that becomes. */
const MOVED_FROM =
  /^(?!因|由于|原因|理由)[由从自]?原?[^\s,，;；。]{2,20}?(?:改|推迟|延期|顺延|延|调整|变更|提前)(?:到|至|为|成)\s*/;
const REASON = /[\s,，。;；]*(?<=^|[\s,，。;；])(?:因|原因|理由|由于)(?:是|为)?\s*[:：]?\s*/;

/** A new day, and as the rest its reason: what stands behind 原因, before or behind the day, or else all that is beside it. */
export const newDay =
  (way: string) =>
  (text: string, dates: OwnContext): { readonly value: SaidDue; readonly rest: string } | undefined => {
    if (text.trim() === '') return undefined;
    const becomes = text.replace(MOVED_FROM, '');
    const day = becomes === text ? undefined : readWholeDate(becomes, dates);
    const words = day?.start === 0 ? becomes : text;
    const due = readDue(words, dates);
    const label = REASON.exec(due.left);
    const before = label ? due.left.slice(0, label.index) : due.left;
    // 原因 4月9日停课 延期到4月30日: the first day is none that is asked for.
    refuseOtherDay(REASON.test(words.slice(0, due.start)) ? due.left : before, due, dates);
    if (label) refuseBeside(before, way);
    const said = label ? due.left.slice(label.index + label[0].length) : due.left;
    if (label) refuseField(said);
    else refuseStray(said, dates);
    return { value: dueOf(due), rest: said.replace(/^[到至为前\s,，。;；]+|[\s,，。;；]+$/g, '') };
  };
