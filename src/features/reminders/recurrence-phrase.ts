import { TIME, timeOf } from '../../domain/calendar/clock-phrase.ts';
import type { LocalDate, LocalTime } from '../../domain/calendar/local-date.ts';
import { CONTENT_KEYS, CONTENTS, contentWord, type ReminderContent } from '../../domain/reminders/contents.ts';
import { describeRecurrence } from '../../domain/reminders/describe-rule.ts';
import { isQuiet, type QuietHours } from '../../domain/reminders/quiet-hours.ts';
import type { Recurrence, RestDays, RuleMention } from '../../domain/reminders/reminder.ts';
import { UserError } from '../../language/errors.ts';
import { NO_DAYS, POLICY, readDays, readPolicy, withPolicy } from './recurrence-words.ts';
import { readExtras } from './rule-extras.ts';
import { EXAMPLE, refuse } from './rule-refusal.ts';

/** A reminder rule as said in one line. */
export interface SaidRule {
  readonly recurrence: Recurrence;
  readonly time: LocalTime;
  readonly content: ReminderContent;
  readonly mention?: RuleMention | undefined;
  readonly until?: LocalDate | undefined;
}

/** What a line says of a rule; when a rule is changed, what it does not say stays as it is. */
export interface RuleWords {
  /** 自…起. */
  readonly from: LocalDate | undefined;
  /** null: it was said that there is no end. */
  readonly until: LocalDate | null | undefined;
  readonly mention: RuleMention | undefined;
  readonly inTerm: boolean;
  readonly content: ReminderContent | undefined;
  readonly policy: RestDays | undefined;
  readonly time: LocalTime | undefined;
  readonly days: Recurrence | undefined;
}

/**
 * Reads a normalised line such as 每周一、三 9点 本周日程 遇休息日顺延. The parts may stand in any order; every word must be understood, for what
 * is overheard here would be sent every week. Throws UserError: what is wrong with the line, and how to write it.
 */
export function readRuleWords(line: string, today: LocalDate): RuleWords {
  let left = line.replaceAll(APART, BREAK).replaceAll(/\s/g, '');
  const take = (pattern: RegExp): RegExpExecArray[] => {
    const found = [...left.matchAll(pattern)];
    left = left.replace(pattern, BREAK);
    return found;
  };
  // 提前 with a number is the alert's own business, and no policy: it is looked for before the policies take the word.
  if (/提前[\d一二两三四五六七八九十、,|]+[天日个]/.test(left)) refuse(ALERT_DAYS);
  const { from, until, mention, inTerm } = readExtras(take, today);
  const content = readContent(take(CONTENT));
  const policy = readPolicy(take(POLICY));
  const time = readTime(take(TIME));
  const named = left.replace(FILLER, '').replace(LOOSE_BREAK, '');
  const days = named === '' ? undefined : daysOf(named, { policy, from, today }, content);
  return { from, until, mention, inTerm, content, policy, time, days };
}

/** Of days with something behind them that is no content, that is what was not understood: 每周五 下周日程. */
function daysOf(named: string, said: Parameters<typeof readDays>[1], content: ReminderContent | undefined): Recurrence {
  const isDays = (words: string): boolean => {
    try {
      readDays(words, { ...said, policy: undefined });
      return true;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  };
  const cuts = Array.from({ length: Math.max(0, named.length - 1) }, (_, at) => named.length - 1 - at);
  const cut =
    content === undefined && !isDays(named)
      ? cuts.find((at) => isDays(named.slice(0, at).replace(/\|$/, '')) && /\p{Script=Han}{2}/u.test(named.slice(at)))
      : undefined;
  if (cut === undefined) return readDays(named, said);
  return refuse(`没有“${named.slice(cut).replaceAll('|', '')}”这种内容。可以发：${WORDS}。${EXAMPLE}`);
}

const WORDS = CONTENT_KEYS.map(contentWord).join('、');

interface Around {
  /** In which nothing is sent. */
  readonly quiet?: QuietHours | undefined;
  /** When a rule is changed, what is not said stays as it is here. */
  readonly base?: SaidRule | undefined;
}

/** The rule that the words make; throws UserError for what is missing or senseless. */
export function ruleOf(words: RuleWords, { quiet, base }: Around): SaidRule {
  const { from, until = base?.until, mention = base?.mention, inTerm } = words;
  const content = words.content ?? base?.content ?? refuse(`请写明发什么：${WORDS}。${EXAMPLE}`);
  const time = words.time ?? base?.time ?? refuse(`请写明几点发。${EXAMPLE}`);
  if (quiet && isQuiet(quiet, time))
    refuse(`${time} 在免打扰时段（${quiet.from} 至次日 ${quiet.to}），不发提醒。请改到白天，例如 08:30。`);
  const days = words.days ?? (base ? withPolicy(base.recurrence, words) : refuse(NO_DAYS));
  if (from && !('fortnight' in days)) refuse('“自某日起”只用于“每两周”，其他规则从现在起就按写的日子发。');
  const recurrence: Recurrence = inTerm ? { ...days, inTerm: true } : days;
  refuseSenseless(recurrence, content);
  return { recurrence, time, content, mention, until: until ?? undefined };
}

const FIGURE = '[\\d一二两三四五六七八九十]';
/** Stands where something was taken out, and for a space that keeps two figures apart: 每周二 十点, 至4月24日 周五, 9点 7. */
const BREAK = '|';
/** 9点 30 is half past nine, 9点 7 is nothing. */
const MINUTES =
  '(?:(?:[0-5]\\d|[二三四五]?十[一二三四五六七八九]?)(?![\\d:点时%月日号天])|[\\d一二三四五六七八九十]{1,3}分)';
const APART = new RegExp(
  `(?<=${FIGURE})\\s+(?=${FIGURE})|(?<=[日号\\d])\\s+(?=周|星期|礼拜)|(?<=[点时])\\s+(?=${FIGURE})(?!${MINUTES})`,
  'g',
);
/** It parts figures only. */
const LOOSE_BREAK = new RegExp(`(?<!${FIGURE})\\|+|\\|+(?!${FIGURE})`, 'g');

const ALERT_DAYS =
  '截止提醒提前几天发是一项设置，请发送：设置 截止提醒天数 7、3、1、0（到期前 7、3、1 天和当天，逾期后每个工作日都发）';

/** 进展汇总 before 进展, and a plan of a month or week before the bare 日程. */
const SPOKEN = CONTENT_KEYS.toReversed();
/** 日程 of other days than those of the contents is another thing: 下周日程, 明天的安排. */
const OTHER_DAYS = '(?<![上下次][个]?(?:周|月|星期|礼拜|季度|学期|学年)的?(?:督导)?|[明昨后][天日]的?(?:督导)?)';
const CONTENT = new RegExp(
  `${OTHER_DAYS}(?:${SPOKEN.map((content) => `(?<${content}>${CONTENTS[content].spoken})`).join('|')})`,
  'g',
);

function readContent(found: readonly RegExpExecArray[]): ReminderContent | undefined {
  const said = CONTENT_KEYS.filter((content) => found.some(({ groups }) => groups?.[content] !== undefined));
  const words = said.map(contentWord).join('、');
  if (said.length > 1) refuse(`一条规则只发一种内容，写了${words}，请分成几行写；同一时间的几条会合成一张卡片。`);
  return said[0];
}

function readTime(found: readonly RegExpExecArray[]): LocalTime | undefined {
  const times = new Set(
    found.map((match) => {
      const time = timeOf(match);
      return typeof time === 'string' ? time : refuse(time.refused);
    }),
  );
  if (times.size > 1)
    refuse(`写了 ${times.size} 个时间（${[...times].join('、')}），一条规则只有一个时间，请分成几行写。`);
  return [...times][0];
}

const FILLER =
  /休息日按惯例|给?(?:本|我们)?群里?|请|准时|定时|左右|自动|发送|推送|发布|播报|提醒|通知|[发推送的,，。;:()()]|^在/g;

/** Deadlines are alerted on working days only, so that a rule for Sundays would never say a word. */
function refuseSenseless(recurrence: Recurrence, content: ReminderContent): void {
  const onlyRest =
    recurrence.kind === 'weekdays' && recurrence.restDays === 'ignore' && recurrence.days.every((day) => day > 5);
  if (content === 'deadline' && onlyRest)
    refuse(`截止提醒只在工作日发，“${describeRecurrence(recurrence)}”一次也不会发。请写“遇休息日提前”或“顺延”。`);
}
