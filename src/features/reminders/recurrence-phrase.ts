import { TIME, timeOf } from '../../domain/calendar/clock-phrase.ts';
import type { LocalDate, LocalTime } from '../../domain/calendar/local-date.ts';
import { CONTENT_KEYS, CONTENTS, contentWord, type ReminderContent } from '../../domain/reminders/contents.ts';
import { describeRecurrence } from '../../domain/reminders/describe-rule.ts';
import { isQuiet, type QuietHours } from '../../domain/reminders/quiet-hours.ts';
import type { Recurrence, RuleMention } from '../../domain/reminders/reminder.ts';
import { POLICY, readDays, readPolicy } from './recurrence-words.ts';
import { readExtras } from './rule-extras.ts';
import { EXAMPLE, RuleRefused, refuse } from './rule-refusal.ts';

/** A reminder rule as said in one line. */
export interface SaidRule {
  readonly recurrence: Recurrence;
  readonly time: LocalTime;
  readonly content: ReminderContent;
  readonly mention?: RuleMention | undefined;
  readonly until?: LocalDate | undefined;
}

/** `refused` is the sentence for the administrator: what is wrong with the line, and how to write it. */
export type RulePhrase = { readonly rule: SaidRule } | { readonly refused: string };

interface Around {
  readonly today: LocalDate;
  /** In which nothing is sent. */
  readonly quiet?: QuietHours | undefined;
  /** When a rule is changed, what is not said stays as it is here. */
  readonly base?: SaidRule | undefined;
}

/**
 * Reads a normalised line such as 每周一、三 9点 本周日程 遇休息日顺延. The parts may stand in any order; every word must be understood, for what
 * is overheard here would be sent every week.
 */
export function readRulePhrase(line: string, { today, quiet, base }: Around): RulePhrase {
  try {
    // 每周二 十点, 至4月24日 周五: a space between two figures keeps them apart.
    let left = line.replaceAll(BETWEEN_FIGURES, ',').replaceAll(/\s/g, '');
    const take = (pattern: RegExp): RegExpExecArray[] => {
      const found = [...left.matchAll(pattern)];
      left = left.replace(pattern, ',');
      return found;
    };
    // 提前 with a number is the alert's own business, and no policy: it is looked for before the policies take the word.
    if (/提前[\d一二两三四五六七八九十、,]+[天日个]/.test(left)) refuse(ALERT_DAYS);
    const { from, until = base?.until, mention = base?.mention, inTerm } = readExtras(take, today);
    const content = readContent(take(CONTENT), base);
    const policy = readPolicy(take(POLICY));
    const time = readTime(take(TIME), base, quiet);
    const days = readDays(left.replace(FILLER, ''), { policy, from, today }, base?.recurrence);
    if (from && !('fortnight' in days)) refuse('“自某日起”只用于“每两周”，其他规则从现在起就按写的日子发。');
    const recurrence: Recurrence = inTerm ? { ...days, inTerm: true } : days;
    refuseSenseless(recurrence, content);
    return { rule: { recurrence, time, content, mention, until: until ?? undefined } };
  } catch (error) {
    if (error instanceof RuleRefused) return { refused: error.message };
    throw error;
  }
}

const FIGURE = '[\\d一二两三四五六七八九十]';
const BETWEEN_FIGURES = new RegExp(`(?<=${FIGURE})\\s+(?=${FIGURE})|(?<=[日号\\d])\\s+(?=周|星期|礼拜)`, 'g');

const ALERT_DAYS =
  '截止提醒提前几天发是一项设置，请发送：设置 截止提醒天数 7、3、1、0（到期前 7、3、1 天和当天，逾期后每个工作日都发）';

/** 进展汇总 before 进展, and a plan of a month or week before the bare 日程. */
const SPOKEN = CONTENT_KEYS.toReversed();
const CONTENT = new RegExp(SPOKEN.map((content) => `(?<${content}>${CONTENTS[content].spoken})`).join('|'), 'g');

function readContent(found: readonly RegExpExecArray[], base: SaidRule | undefined): ReminderContent {
  const said = CONTENT_KEYS.filter((content) => found.some(({ groups }) => groups?.[content] !== undefined));
  const [only = base?.content] = said;
  if (!only) return refuse(`请写明发什么：${CONTENT_KEYS.map(contentWord).join('、')}。${EXAMPLE}`);
  if (said.length > 1) refuse('一条规则只发一种内容，请分成几行写；同一时间的几条会合成一张卡片。');
  return only;
}

function readTime(
  found: readonly RegExpExecArray[],
  base: SaidRule | undefined,
  quiet: QuietHours | undefined,
): LocalTime {
  const times = new Set(
    found.map((match) => {
      const time = timeOf(match);
      return typeof time === 'string' ? time : refuse(time.refused);
    }),
  );
  const [only = base?.time] = times;
  if (!only) return refuse(`请写明几点发。${EXAMPLE}`);
  if (times.size > 1) refuse(`写了 ${times.size} 个时间，一条规则只有一个时间，请分成几行写。`);
  if (quiet && isQuiet(quiet, only))
    refuse(`${only} 在免打扰时段（${quiet.from} 至次日 ${quiet.to}），不发提醒。请改到白天，例如 08:30。`);
  return only;
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
