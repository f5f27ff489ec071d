import {
  addDays,
  type LocalDate,
  makeDate,
  startOfWeek,
  type Weekday,
  weekday,
} from '../../domain/calendar/local-date.ts';
import { NUMERAL, numeralOf } from '../../domain/calendar/numeral.ts';
import { describeRecurrence, YEAR_PARTS } from '../../domain/reminders/describe-rule.ts';
import type { Recurrence, RestDays } from '../../domain/reminders/reminder.ts';
import { EXAMPLE, refuse } from './rule-refusal.ts';

export const POLICY =
  /(?:如果?|若)?(?:遇到?|逢|碰到?)?(?:上)?(?:法定)?(?<!每)(?:休息日|节假日|假日|假期|放假|周末|非工作日)(?:的话)?(?:就|则|也|时)?(?:自动)?(?<far>顺延|推后|延后|后延|提前|跳过|不发|不推送?|不提醒|照发|照常|照推|也发)(?:发送|推送|到[前后上下]一?个工作日)?|[((,、]?(?<near>顺延|跳过|照发|(?<!到)提前(?!\d))[))]?/g;

const POLICIES: Readonly<Record<string, RestDays>> = {
  顺延: 'forward',
  推后: 'forward',
  延后: 'forward',
  后延: 'forward',
  提前: 'back',
  跳过: 'skip',
  不发: 'skip',
  不推: 'skip',
  不推送: 'skip',
  不提醒: 'skip',
  照发: 'ignore',
  照常: 'ignore',
  照推: 'ignore',
  也发: 'ignore',
};

export function readPolicy(found: readonly RegExpExecArray[]): RestDays | undefined {
  const said = new Set(found.map(({ groups }) => POLICIES[groups?.['far'] ?? groups?.['near'] ?? '']));
  if (said.size > 1) refuse('遇休息日怎么办写了两种，请只写一种：顺延、提前、跳过或照发。');
  return [...said][0];
}

const WEEK = '(?:周|星期|礼拜)';
const EVERY = '(?:每个?|每逢|逢)?';
const WEEKDAY = '[一二三四五六日天1-7]';
const JOIN = '(?:[、和及与]|\\.)';
const DAY_OF_MONTH = `(?:${NUMERAL})[日号]?`;
/** 一三五, 1 3 5: without a word between them all in one script, for the 7 of 每周一 7 is no Sunday. */
const RUN = '(?:[一二三四五六日天](?:\\|?[一二三四五六日天])*|[1-7](?:\\|?[1-7])*)';
const WEEKDAYS = `(${RUN}(?:(?:${JOIN}(?:每?${WEEK})?|\\|?每?${WEEK})${RUN})*)`;
const MONTH_DAYS = `(${DAY_OF_MONTH}(?:${JOIN}(?:每月)?${DAY_OF_MONTH})*)`;

const NTH_WORKDAY = '(?:第?(?:一个|1个|首个|头一个)|(最后(?:一个|1个)?))工作日';
const MONTH = `(?:${NUMERAL})月份?`;

/** What else the line says about its days. */
interface Said {
  readonly policy: RestDays | undefined;
  /** 自…起: in which week a rule of every second week begins. */
  readonly from: LocalDate | undefined;
  readonly today: LocalDate;
}
type Read = (match: RegExpExecArray, said: Said) => Recurrence;

const numbersIn = (list: string): readonly number[] =>
  [...list.matchAll(new RegExp(NUMERAL, 'g'))].map(([figure]) => numeralOf(figure));
const weekdaysIn = (list: string): readonly Weekday[] =>
  [...list.matchAll(new RegExp(WEEKDAY, 'g'))].map(([day]) => weekdayOf(day));

function onWorkdays(policy: RestDays | undefined, recurrence: Recurrence): Recurrence {
  if (policy && policy !== 'skip') refuse('工作日的规则本来就不落在休息日，不能再写顺延、提前或照发。');
  return recurrence;
}

/** The first or the last working day of months: the first of each quarter's, or those named. */
const ofMonths = ({ policy }: Said, isLast: boolean, months: readonly number[]): Recurrence =>
  onWorkdays(policy, { kind: isLast ? 'lastWorkdayOfMonth' : 'firstWorkdayOfMonth', months });

/** 每季度, 每半年; a form says the part and then the day. */
const PART = '每个?(?:(?<half>半年度?)|季度?)';
const partSaid = ({ groups }: RegExpExecArray) => YEAR_PARTS[groups?.['half'] === undefined ? 0 : 1];
const monthsOf = (match: RegExpExecArray, nth: number): readonly number[] =>
  partSaid(match).firsts.map((first) => first + nth);
const lastOf = (match: RegExpExecArray): number => partSaid(match).length - 1;
/** The word of a month of a part: 一, 首, 末, 4. */
function nthMonth(match: RegExpExecArray, word: string): number {
  if (word === '首' || word === '末') return word === '首' ? 0 : lastOf(match);
  const nth = numeralOf(word) - 1;
  return nth <= lastOf(match) ? nth : refuse('每季度只有三个月，请写第一、第二或第三个月。');
}

const READERS: readonly (readonly [pattern: RegExp, read: Read])[] = [
  [
    /^(?:每个?|逢)?(?:工作日|上班日)(?:每天|每日)?$|^(?:每天|每日)(?:工作日)$/,
    (_, { policy }) => onWorkdays(policy, { kind: 'workdays' }),
  ],
  [
    /^(?:每天|每日|天天|每一天)$/,
    (_, { policy }) =>
      policy === 'forward' || policy === 'back'
        ? refuse('每天都发，就没有顺延或提前。只在上班时发，请写“每个工作日”。')
        : { kind: policy === 'skip' ? 'workdays' : 'daily' },
  ],
  [
    new RegExp(`^每个?${WEEK}${NTH_WORKDAY}$`),
    ([, last], { policy }) => onWorkdays(policy, { kind: last ? 'lastWorkdayOfWeek' : 'firstWorkdayOfWeek' }),
  ],
  [
    new RegExp(`^每个?月${NTH_WORKDAY}$`),
    ([, last], { policy }) => onWorkdays(policy, { kind: last ? 'lastWorkdayOfMonth' : 'firstWorkdayOfMonth' }),
  ],
  [/^每个?月(?:月?底|月?末)$/, (_, { policy }) => onMonthDays([31], policy)],
  [new RegExp(`^(?:${EVERY})周末$`), (_, { policy }) => onWeekdays([6, 7], policy)],
  [
    new RegExp(`^${EVERY}${WEEK}(${WEEKDAY})(?:[至到~-]|—+)${WEEK}?(${WEEKDAY})$`),
    ([, from = '', to = ''], { policy }) => onWeekdays(weekdaysFrom(weekdayOf(from), weekdayOf(to)), policy),
  ],
  [new RegExp(`^${EVERY}${WEEK}${WEEKDAYS}$`), ([, list = ''], { policy }) => onWeekdays(weekdaysIn(list), policy)],
  [
    new RegExp(`^(?:每(?:两|二|2)个?|每?隔(?:一个?)?)${WEEK}(?:${WEEK})?${WEEKDAYS}$`),
    ([, list = ''], said) => inFortnight(onWeekdays(weekdaysIn(list), said.policy), said),
  ],
  [new RegExp(`^每个?月${MONTH_DAYS}$`), ([, list = ''], { policy }) => onMonthDays(numbersIn(list), policy)],
  [
    new RegExp(`^${PART}${NTH_WORKDAY}$`),
    (match, said) => {
      const isLast = match[2] !== undefined;
      return ofMonths(said, isLast, monthsOf(match, isLast ? lastOf(match) : 0));
    },
  ],
  [
    new RegExp(`^${PART}(?:第一天|首日)$`),
    (match, { policy }) => ({ ...onMonthDays([1], policy), months: monthsOf(match, 0) }),
  ],
  [
    new RegExp(`^${PART}(?:31日|末|底)$`),
    (match, { policy }) => ({ ...onMonthDays([31], policy), months: monthsOf(match, lastOf(match)) }),
  ],
  [
    new RegExp(`^${PART}第?([一二三四五六1-6首末])个?月(?:${NTH_WORKDAY}|${MONTH_DAYS})$`),
    (match, said) => {
      const [, , nth = '', last, list] = match;
      const months = monthsOf(match, nthMonth(match, nth));
      return list === undefined
        ? ofMonths(said, last !== undefined, months)
        : { ...onMonthDays(numbersIn(list), said.policy), months };
    },
  ],
  [
    new RegExp(`^每年(?:(${MONTH}(?:${JOIN}${MONTH})*))?${NTH_WORKDAY}$`),
    ([, list, last], said) =>
      ofMonths(said, last !== undefined, list === undefined ? [last ? 12 : 1] : monthsIn(numbersIn(list))),
  ],
  [
    new RegExp(`^每年(${MONTH}${DAY_OF_MONTH}(?:${JOIN}(?:每年)?(?:${MONTH})?${DAY_OF_MONTH})*)$`),
    ([, list = ''], { policy }) => ({ kind: 'yearDays', days: yearDaysIn(list), restDays: policy ?? 'forward' }),
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
type Weekdays = Extract<Recurrence, { readonly kind: 'weekdays' }>;

function onWeekdays(days: readonly Weekday[], policy: RestDays | undefined): Weekdays {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const isWeekend = (day: Weekday) => day > 5;
  if (policy === 'skip' && sorted.every(isWeekend))
    refuse('周六、周日就是休息日，“遇休息日跳过”几乎一次也不会发。请改成照发、顺延或提前。');
  return { kind: 'weekdays', days: sorted, restDays: policy ?? (sorted.some(isWeekend) ? 'ignore' : 'forward') };
}

/** Counted from the week that is named, else from the next one in which it comes. */
function inFortnight(recurrence: Weekdays, { from, today }: Said): Recurrence {
  const isStillToCome = recurrence.days.some((day) => day > weekday(today));
  const fortnight = startOfWeek(from ?? (isStillToCome ? today : addDays(today, 7)));
  return { ...recurrence, fortnight };
}

/** The end of a month stays in its month. */
function onMonthDays(
  days: readonly number[],
  policy: RestDays | undefined,
): Extract<Recurrence, { readonly kind: 'monthDays' }> {
  const impossible = days.find((day) => day < 1 || day > 31);
  if (impossible !== undefined) refuse(`没有哪个月有 ${impossible} 日。`);
  return {
    kind: 'monthDays',
    days: [...new Set(days)].sort((a, b) => a - b),
    restDays: policy ?? (days.includes(31) ? 'back' : 'forward'),
  };
}

const monthsIn = (months: readonly number[]): readonly number[] => {
  const impossible = months.find((month) => month < 1 || month > 12);
  if (impossible !== undefined) refuse(`没有 ${impossible} 月。`);
  return [...new Set(months)].sort((a, b) => a - b);
};

/** 3月1日、9月1日、15日: a day without a month is of the month before it. */
function yearDaysIn(list: string): readonly string[] {
  let month = 0;
  const days = [...list.matchAll(new RegExp(`(?:(${NUMERAL})月份?)?(${NUMERAL})[日号]?`, 'g'))].map(
    ([, named, day = '']) => {
      if (named !== undefined) month = numeralOf(named);
      return yearDay(month, numeralOf(day));
    },
  );
  return [...new Set(days)].sort();
}

/** 2028 is a leap year: 29 February exists sometimes. */
const yearDay = (month: number, day: number): string =>
  makeDate(2028, month, day)?.slice(5) ?? refuse(`没有“${month}月${day}日”这一天。`);

const TWICE_WEEK = new RegExp(`^每个?${WEEK}(?=${WEEK}${WEEKDAY})`);

/** The days that a line names, when all else is taken out of it. */
export function readDays(named: string, said: Said): Recurrence {
  // A form says 每周 and then 周一、周三.
  const days = named.replace(/最后(?:一天|1天)/g, '31日').replace(TWICE_WEEK, '每');
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(days);
    if (match) return read(match, said);
  }
  return refuse(whyNot(named.replaceAll('|', ' ')));
}

/** What a rule's days become by the words that say nothing else of them. */
export function withPolicy(before: Recurrence, { policy, from }: Pick<Said, 'policy' | 'from'>): Recurrence {
  if (before.kind === 'weekdays' && before.fortnight !== undefined)
    return { ...before, ...(policy && { restDays: policy }), ...(from && { fortnight: startOfWeek(from) }) };
  if (!policy) return before;
  const same = before.inTerm ? ({ inTerm: true } as const) : {};
  if (before.kind === 'weekdays') return { ...onWeekdays(before.days, policy), ...same };
  if (before.kind === 'monthDays' || before.kind === 'yearDays') return { ...before, restDays: policy };
  return refuse(`“${describeRecurrence(before)}”没有遇休息日怎么办的问题，请连同哪些天发一起写。`);
}

export const NO_DAYS = `请写明哪些天发：每个工作日、每周一、每月最后一个工作日、每月10日。${EXAMPLE}`;

/** What a line that no reader takes got wrong. */
function whyNot(said: string): string {
  const [, month, day] = /(\d{1,2})月(\d{1,2})[日号]/.exec(said) ?? [];
  if (month !== undefined && day !== undefined) {
    return makeDate(2028, Number(month), Number(day))
      ? `提醒规则要写会重复的日子，“${month}月${day}日”只有一次或一年一次；每年都发，请写“每年${month}月${day}日”。`
      : `没有“${month}月${day}日”这一天。`;
  }
  if (/^(?:每个?|每[两二2]个?|隔)(?:周|星期|礼拜)$/.test(said)) return '请写明每周哪一天，例如：每周一、周三。';
  if (/^每个?月$/.test(said)) return '请写明每月哪一天，例如：每月10日、每月最后一天。';
  if (/^每个?季度?$/.test(said)) return '请写明每季度哪一天，例如：每季度最后一个工作日、每季度第一个月10日。';
  if (/^每个?半年度?$/.test(said)) return '请写明每半年哪一天，例如：每半年最后一个工作日、每半年第一个月10日。';
  if (/^每年$/.test(said)) return '请写明每年哪一天，例如：每年9月1日。';
  const unknown = /(?:周|星期|礼拜)([八九十0]|[89]|\d{2,})/.exec(said)?.[0];
  if (unknown) return `没有“${unknown}”，请写周一到周日。`;
  if (/^(?:双|单)周/.test(said)) return '请写“每两周”，并可写明从哪天那周起，例如：每两周周一 自2026-09-07起';
  const every = [
    ...said.matchAll(
      /每(?:个?工作日|天|日|[两二2]?个?周|个?星期|个?月|个?季度?|个?半年度?|年)|(?<!每|两)(?:周|星期)[一二三四五六日]/g,
    ),
  ].map(([word]) => word);
  if (every.length > 1) return `写了两种重复（${every.join('、')}），请只写一种，或分成两行。`;
  if (/隔|每[两二三四五六七八九十2-9]|季|年|小时|分钟|学期|半[月年]/.test(said))
    return `还不支持“${said}”这样的重复。可以写：每天、每个工作日、每周或每两周周几、每月几日、每季度或每半年第几个月几日、每年几月几日，每周、每月、每季度、每半年第一个或最后一个工作日。`;
  return `没有看懂“${said}”。可以写：每天、每个工作日、每周一、三，每月10日，每月最后一个工作日。${EXAMPLE}`;
}
