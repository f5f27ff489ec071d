import { type LocalTime, makeDate, type Weekday } from '../domain/calendar/local-date.ts';
import { NUMERAL, numeralOf } from '../domain/calendar/numeral.ts';
import { CONTENT_WORD, describeRecurrence } from '../domain/schedule/describe-rule.ts';
import type { Recurrence, ReminderContent, RestDays } from '../domain/schedule/reminder.ts';
import { TIME, timeOf } from './time-of-day.ts';

/** A reminder rule as said in one line. */
export interface SaidRule {
  readonly recurrence: Recurrence;
  readonly time: LocalTime;
  readonly content: ReminderContent;
}

/** `refused` is the sentence for the administrator: what is wrong with the line, and how to write it. */
export type RulePhrase = { readonly rule: SaidRule } | { readonly refused: string };

/** Nobody wants to be rung at night; 21:00 itself is night. Both ends in the zone of the schedules. */
const QUIET = { from: '21:00', to: '07:30' } as const;

class Refused extends Error {}
const refuse = (reason: string): never => {
  throw new Refused(reason);
};

const EXAMPLE = '例如：提醒 新增 每个工作日 08:30 今日日程';

/**
 * Reads a normalised line such as 每周一、三 9点 本周日程 遇休息日顺延. The parts may stand in any order; every word must be understood, for what
 * is overheard here would be sent every week. When a rule is changed, what is not said stays as in `base`.
 */
export function readRulePhrase(line: string, base?: SaidRule): RulePhrase {
  try {
    // 每周二 十点: a space between two figures keeps them apart.
    let left = line.replaceAll(BETWEEN_FIGURES, ',').replaceAll(/\s/g, '');
    const take = (pattern: RegExp): RegExpExecArray[] => {
      const found = [...left.matchAll(pattern)];
      left = left.replace(pattern, ',');
      return found;
    };
    // 提前 with a number is the alert's own business, and no policy: it is looked for before the policies take the word.
    if (/提前[\d一二两三四五六七八九十、,]+[天日个]/.test(left)) refuse(ALERT_DAYS);
    const content = readContent(take(CONTENT), base);
    const policy = readPolicy(take(POLICY));
    const time = readTime(take(TIME), base);
    const recurrence = readRecurrence(left.replace(FILLER, ''), policy, base);
    refuseSenseless(recurrence, content);
    return { rule: { recurrence, time, content } };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

const FIGURE = '[\\d一二两三四五六七八九十]';
const BETWEEN_FIGURES = new RegExp(`(?<=${FIGURE})\\s+(?=${FIGURE})`, 'g');

const ALERT_DAYS = '截止提醒固定在到期前 7、3、1 天和当天发，逾期后每个工作日发，现在还不能改天数。';

const PLAN = '的?(?:督导)?(?:日程安排|日程表?|安排|计划|行程|督导)';
const CONTENT = new RegExp(
  `(?<deadline>(?:截止|到期|逾期)(?:日期|事项|任务)?的?(?:提醒|预警|催报|清单)?)|(?<month>(?:本月|当月|这个月|全月)${PLAN})|(?<week>(?:本周|当周|这周|全周)${PLAN})|(?<day>(?:今日|今天|当日|当天)${PLAN}|督导日程|日程(?!表))`,
  'g',
);
const CONTENTS: readonly ReminderContent[] = ['day', 'week', 'month', 'deadline'];

function readContent(found: readonly RegExpExecArray[], base: SaidRule | undefined): ReminderContent {
  const said = CONTENTS.filter((content) => found.some(({ groups }) => groups?.[content] !== undefined));
  const [only = base?.content] = said;
  if (!only) return refuse(`请写明发什么：${CONTENTS.map((content) => CONTENT_WORD[content]).join('、')}。${EXAMPLE}`);
  if (said.length > 1) refuse('一条规则只发一种内容，请分成几行写；同一时间的几条会合成一张卡片。');
  return only;
}

const POLICY =
  /(?:如果?|若)?(?:遇到?|逢|碰到?)?(?:上)?(?:法定)?(?<!每)(?:休息日|节假日|假日|假期|放假|周末|非工作日)(?:的话)?(?:就|则|也|时)?(?:自动)?(?<far>顺延|推后|延后|后延|提前|跳过|不发|不推送?|不提醒|照发|照常|照推|也发)(?:发送|推送|到[前后上下]一?个工作日)?|[((,、]?(?<near>顺延|跳过|照发|(?<!到)提前(?!\d))[))]?/g;

const POLICIES: Readonly<Record<string, RestDays>> = {
  ...{ 顺延: 'forward', 推后: 'forward', 延后: 'forward', 后延: 'forward', 提前: 'back' },
  ...{ 跳过: 'skip', 不发: 'skip', 不推: 'skip', 不推送: 'skip', 不提醒: 'skip' },
  ...{ 照发: 'ignore', 照常: 'ignore', 照推: 'ignore', 也发: 'ignore' },
};

function readPolicy(found: readonly RegExpExecArray[]): RestDays | undefined {
  const said = new Set(found.map(({ groups }) => POLICIES[groups?.['far'] ?? groups?.['near'] ?? '']));
  if (said.size > 1) refuse('遇休息日怎么办写了两种，请只写一种：顺延、提前、跳过或照发。');
  return [...said][0];
}

function readTime(found: readonly RegExpExecArray[], base: SaidRule | undefined): LocalTime {
  const times = new Set(
    found.map((match) => {
      const time = timeOf(match);
      return typeof time === 'string' ? time : refuse(time.refused);
    }),
  );
  const [only = base?.time] = times;
  if (!only) return refuse(`请写明几点发。${EXAMPLE}`);
  if (times.size > 1) refuse(`写了 ${times.size} 个时间，一条规则只有一个时间，请分成几行写。`);
  if (only >= QUIET.from || only < QUIET.to)
    refuse(`${only} 在免打扰时段（${QUIET.from} 至次日 ${QUIET.to}），不发提醒。请改到白天，例如 08:30。`);
  return only;
}

const FILLER = /给?(?:本|我们)?群里?|请|准时|定时|左右|自动|发送|推送|发布|播报|提醒|通知|[发推送的,，。;:()()]|^在/g;
const WEEK = '(?:周|星期|礼拜)';
const EVERY = '(?:每个?|每逢|逢)?';
const WEEKDAY = '[一二三四五六日天1-7]';
const JOIN = '(?:[、和及与]|\\.)';
const DAY_OF_MONTH = `(?:${NUMERAL})[日号]?`;

type Read = (match: RegExpExecArray, policy: RestDays | undefined) => Recurrence;
const onWorkdays =
  (kind: Extract<Recurrence['kind'], `${string}orkday${string}`>): Read =>
  (_, policy) =>
    policy && policy !== 'skip' ? refuse('工作日的规则本来就不落在休息日，不能再写顺延、提前或照发。') : { kind };

const READERS: readonly (readonly [pattern: RegExp, read: Read])[] = [
  [/^(?:每个?|逢)?(?:工作日|上班日)(?:每天|每日)?$|^(?:每天|每日)(?:工作日)$/, onWorkdays('workdays')],
  [
    /^(?:每天|每日|天天|每一天)$/,
    (_, policy) =>
      policy === 'forward' || policy === 'back'
        ? refuse('每天都发，就没有顺延或提前。只在上班时发，请写“每个工作日”。')
        : { kind: policy === 'skip' ? 'workdays' : 'daily' },
  ],
  [new RegExp(`^每个?${WEEK}第?(?:一个|1个|首个|头一个)工作日$`), onWorkdays('firstWorkdayOfWeek')],
  [new RegExp(`^每个?${WEEK}最后(?:一个|1个)?工作日$`), onWorkdays('lastWorkdayOfWeek')],
  [/^每个?月第?(?:一个|1个|首个|头一个)工作日$/, onWorkdays('firstWorkdayOfMonth')],
  [/^每个?月最后(?:一个|1个)?工作日$/, onWorkdays('lastWorkdayOfMonth')],
  [/^每个?月(?:月?底|月?末)$/, (_, policy) => onMonthDays([31], policy)],
  [new RegExp(`^(?:${EVERY})周末$`), (_, policy) => onWeekdays([6, 7], policy)],
  [
    new RegExp(`^${EVERY}${WEEK}(${WEEKDAY})(?:[至到~-]|—+)${WEEK}?(${WEEKDAY})$`),
    ([, from = '', to = ''], policy) => onWeekdays(weekdaysFrom(weekdayOf(from), weekdayOf(to)), policy),
  ],
  [
    new RegExp(`^${EVERY}${WEEK}(${WEEKDAY}(?:${JOIN}?(?:每?${WEEK})?${WEEKDAY})*)$`),
    ([, list = ''], policy) =>
      onWeekdays(
        [...list.matchAll(new RegExp(WEEKDAY, 'g'))].map(([day]) => weekdayOf(day)),
        policy,
      ),
  ],
  [
    new RegExp(`^每个?月(${DAY_OF_MONTH}(?:${JOIN}(?:每月)?${DAY_OF_MONTH})*)$`),
    ([, list = ''], policy) =>
      onMonthDays(
        [...list.matchAll(new RegExp(NUMERAL, 'g'))].map(([day]) => numeralOf(day)),
        policy,
      ),
  ],
];

const weekdayOf = (word: string): Weekday => {
  const found = ([1, 2, 3, 4, 5, 6, 7] as const).find(
    (day) => word === String(day) || '一二三四五六日'[day - 1] === word,
  );
  return found ?? 7;
};

const weekdaysFrom = (from: Weekday, to: Weekday): readonly Weekday[] =>
  ([1, 2, 3, 4, 5, 6, 7] as const).filter((day) => (from <= to ? day >= from && day <= to : day >= from || day <= to));

/** Whoever names a Saturday or a Sunday means that day; whoever names a Monday means the week's beginning of work. */
function onWeekdays(days: readonly Weekday[], policy: RestDays | undefined): Recurrence {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const isWeekend = (day: Weekday) => day > 5;
  if (policy === 'skip' && sorted.every(isWeekend))
    refuse('周六、周日就是休息日，“遇休息日跳过”几乎一次也不会发。请改成照发、顺延或提前。');
  return { kind: 'weekdays', days: sorted, restDays: policy ?? (sorted.some(isWeekend) ? 'ignore' : 'forward') };
}

/** The end of a month stays in its month. */
function onMonthDays(days: readonly number[], policy: RestDays | undefined): Recurrence {
  const impossible = days.find((day) => day < 1 || day > 31);
  if (impossible !== undefined) refuse(`没有哪个月有 ${impossible} 日。`);
  return {
    kind: 'monthDays',
    days: [...new Set(days)].sort((a, b) => a - b),
    restDays: policy ?? (days.includes(31) ? 'back' : 'forward'),
  };
}

const TWICE_WEEK = new RegExp(`^每个?${WEEK}(?=${WEEK}${WEEKDAY})`);

function readRecurrence(said: string, policy: RestDays | undefined, base: SaidRule | undefined): Recurrence {
  if (said === '' && base) return withPolicy(base.recurrence, policy);
  // A form says 每周 and then 周一、周三.
  const days = said.replace(/最后(?:一天|1天)/, '31日').replace(TWICE_WEEK, '每');
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(days);
    if (match) return read(match, policy);
  }
  return refuse(whyNot(said));
}

function withPolicy(before: Recurrence, policy: RestDays | undefined): Recurrence {
  if (!policy) return before;
  if (before.kind === 'weekdays') return onWeekdays(before.days, policy);
  if (before.kind === 'monthDays') return onMonthDays(before.days, policy);
  return refuse(`“${describeRecurrence(before)}”没有遇休息日怎么办的问题，请连同哪些天发一起写。`);
}

/** What a line that no reader takes got wrong. */
function whyNot(said: string): string {
  const [, month, day] = /(\d{1,2})月(\d{1,2})[日号]/.exec(said) ?? [];
  if (month !== undefined && day !== undefined) {
    // 2028 is a leap year: 29 February exists sometimes.
    return makeDate(2028, Number(month), Number(day))
      ? `提醒规则要写会重复的日子，“${month}月${day}日”只有一次或一年一次。${EXAMPLE}`
      : `没有“${month}月${day}日”这一天。`;
  }
  if (said === '') return `请写明哪些天发：每个工作日、每周一、每月最后一个工作日、每月10日。${EXAMPLE}`;
  if (/^每个?(?:周|星期|礼拜)$/.test(said)) return '请写明每周哪一天，例如：每周一、周三。';
  if (/^每个?月$/.test(said)) return '请写明每月哪一天，例如：每月10日、每月最后一天。';
  const unknown = /(?:周|星期|礼拜)([八九十0]|[89]|\d{2,})/.exec(said)?.[0];
  if (unknown) return `没有“${unknown}”。`;
  if (/隔|每[两二三四五六七八九十2-9]|双周|单周|季|每年|年|小时|分钟|学期|半[月年]/.test(said))
    return `还不支持“${said}”这样的重复。可以写：每天、每个工作日、每周几、每月几日、每周或每月第一个、最后一个工作日。`;
  const every = [...said.matchAll(/每(?:个?工作日|天|日|个?周|个?星期|个?月)/g)].map(([word]) => word);
  if (every.length > 1) return `写了两种重复（${every.join('、')}），请只写一种，或分成两行。`;
  return `没有看懂“${said}”。可以写：每天、每个工作日、每周一、三，每月10日，每月最后一个工作日。${EXAMPLE}`;
}

/** Deadlines are alerted on working days only, so that a rule for Sundays would never say a word. */
function refuseSenseless(recurrence: Recurrence, content: ReminderContent): void {
  const onlyRest =
    recurrence.kind === 'weekdays' && recurrence.restDays === 'ignore' && recurrence.days.every((day) => day > 5);
  if (content === 'deadline' && onlyRest)
    refuse(`截止提醒只在工作日发，“${describeRecurrence(recurrence)}”一次也不会发。请写“遇休息日提前”或“顺延”。`);
}
