import { addMonths, daysBetween, type LocalDate, makeDate, yearOf } from '../../domain/calendar/local-date.ts';
import { SLIP_DAYS } from '../../domain/calendar/open-date.ts';
import type { RuleMention } from '../../domain/reminders/reminder.ts';
import { refuse } from './rule-refusal.ts';

// What a rule says besides its days, its time and its content: 至2026-12-31, 自2026-09-07起, 提及所有人, 学期内.

/** Behind it stands nothing that goes on with it: of 至4月24日五 the 五 would become a weekday of the rule. */
const DATE =
  '(?:\\d{4}[-./年]\\d{1,2}[-./月]\\d{1,2}日?|(?:[今明]年)?\\d{1,2}月\\d{1,2}[日号]|(?:\\d{4}|[今明])?年底)(?![\\d一二三四五六七八九十初或周星礼]|左右|前后|上下|之?后)';
const START = new RegExp(`[自从](?<date>${DATE})(?:那周)?(?:起|开始)`, 'g');
const UNTIL = new RegExp(
  `(?:有效期|期限)?(?:截止到?|直?到|截至|至)(?<date>${DATE})(?:为止|止|结束|停止?)?|(?<never>长期有效|长期|不限期|一直有效|无期限)`,
  'g',
);
const MENTION =
  /(?<nobody>不(?:用|要|再)?(?:@|提及|艾特)(?:任何)?人?)|(?:只|仅)?(?:@|提及|艾特)(?:(?<everyone>所有人|全体(?:人员|成员)?|全员|大家|_?all)|(?<responsible>责任人|负责人|有关人员|相关人员|相关人))/g;
/** 寒暑假除外 is another word for it. */
const TERM =
  /(?:只在|仅在)?学期(?:内|中|期间)|(?:遇|逢)?寒暑假(?:期间)?(?:除外|不发|不推送?|不提醒|跳过|暂停|停发)|除了?寒暑假(?:以外|之外|外)?/g;

export interface RuleExtras {
  readonly from: LocalDate | undefined;
  /** null: it was said that there is no end. */
  readonly until: LocalDate | null | undefined;
  readonly mention: RuleMention | undefined;
  readonly inTerm: boolean;
}

/** Takes them out of the line; they come first, because 截止到 and 提及 hold words of the contents. */
export function readExtras(take: (pattern: RegExp) => readonly RegExpExecArray[], today: LocalDate): RuleExtras {
  const [start] = onlyOne(take(START), '起始日期');
  const [end] = onlyOne(take(UNTIL), '截止日期');
  const mentions = new Set(take(MENTION).map(mentionOf));
  if (mentions.size > 1) refuse('提及谁写了两种，请只写一种：不提及人、提及责任人或提及所有人。');
  return {
    from: start && startOf(start, today),
    until: end && (end.groups?.['never'] === undefined ? endOf(end, today) : null),
    mention: [...mentions][0],
    inTerm: take(TERM).length > 0,
  };
}

function onlyOne(found: readonly RegExpExecArray[], what: string): readonly RegExpExecArray[] {
  if (found.length > 1) refuse(`写了 ${found.length} 个${what}，请只写一个。`);
  return found;
}

const mentionOf = ({ groups }: RegExpExecArray): RuleMention =>
  groups?.['nobody'] !== undefined ? 'nobody' : groups?.['everyone'] !== undefined ? 'everyone' : 'responsible';

/** Weeks are counted from it, so that one that has just gone by is as good as one to come. */
function startOf(match: RegExpExecArray, today: LocalDate): LocalDate {
  const { last, next } = dateOf(match, today);
  return next && daysBetween(last, today) > SLIP_DAYS ? next : last;
}

function endOf(match: RegExpExecArray, today: LocalDate): LocalDate {
  const { last, next } = dateOf(match, today);
  if (next && daysBetween(last, today) <= SLIP_DAYS)
    return refuse(`到期日 ${last} 已经过去。请核对日期；是 ${next} 的，请写上年份。`);
  const end = next ?? last;
  return end >= today ? end : refuse(`到期日 ${end} 已经过去，请改成今天以后的日子。`);
}

/** Without a year, this year's day of that name; `next` is next year's, when this year's is over. */
function dateOf(
  { groups }: RegExpExecArray,
  today: LocalDate,
): { readonly last: LocalDate; readonly next?: LocalDate } {
  const written = groups?.['date'] ?? '';
  const year = Number(/^\d{4}/.exec(written)?.[0] ?? yearOf(today) + (written.startsWith('明') ? 1 : 0));
  const figures = written.endsWith('年底') ? [year, 12, 31] : [...written.matchAll(/\d+/g)].map(Number);
  const [y, month = 0, day = 0] = figures.length === 3 ? figures : [year, ...figures];
  const found = makeDate(y ?? 0, month, day);
  if (!found) return refuse(`没有“${written}”这一天。`);
  const mayBeNext = figures.length === 2 && !/^[今明]年/.test(written) && found < today;
  return { last: found, ...(mayBeNext && { next: addMonths(found, 12) }) };
}
