import { addDays, type LocalDate, startOfWeek } from './local-date.ts';
import { type AtomReader, day, fixed, reader } from './phrase-atom.ts';
import type { Span } from './span.ts';

const DAY_WORDS: Readonly<Record<string, number>> = {
  大前天: -3,
  前天: -2,
  昨天: -1,
  昨日: -1,
  昨晚: -1,
  yesterday: -1,
  今天: 0,
  今日: 0,
  今早: 0,
  今晚: 0,
  today: 0,
  明天: 1,
  明日: 1,
  明早: 1,
  明晚: 1,
  tomorrow: 1,
  后天: 2,
  大后天: 3,
};

/** 提前天数 and 以前 have no 前天 in them. */
const dayWord = reader(
  `(?<![a-z])(?<![提以之](?=前天))(${Object.keys(DAY_WORDS).join('|')})(?![a-z])`,
  ([, word = ''], { today }) => {
    const days = DAY_WORDS[word.toLowerCase()];
    return days === undefined ? undefined : fixed(day(addDays(today, days)));
  },
);

/** 明后天, 今明两天: both days; without the number it is left open which of them. */
const severalDays = reader(
  '(?<!\\p{Script=Han})(今明后|今明|明后)(?:([两三23])?[天日])',
  ([, words = '', count = ''], { today }) => ({
    ...fixed({
      from: addDays(today, words.startsWith('今') ? 0 : 1),
      to: addDays(today, words.endsWith('后') ? 2 : 1),
    }),
    ...(count === '' && { several: true }),
  }),
);

const WEEK_SHIFT: Readonly<Record<string, number>> = {
  上上: -2,
  上: -1,
  last: -1,
  本: 0,
  这: 0,
  this: 0,
  下: 1,
  next: 1,
  下下: 2,
};
/** 查一下周三 and 早上周会 have no 下周 and no 上周 in them. */
const SHIFT = '(?<!一(?=下)|[早晚以](?=上))(上上|上|本|这|下下|下)一?个?';
const WEEK = '(?:周|星期|礼拜)';
const WEEKDAYS = '一二三四五六日';
/**
 * 下周二中有督导吗 asks for 二中 next week, not for Tuesday; 下周二中午 and 下周二中学督导 do mean Tuesday. 本周一共 is no Monday.
 */
const NOT_A_SCHOOL =
  '(?!中(?![学午旬期心])|小(?![学组时型])|幼(?!儿)|实小|附小|完小|高(?![中三二一])|[共起直次所家个项场条件位名天程志常])';

const wholeWeek = (of: LocalDate, shift: number): Span => {
  const from = addDays(startOfWeek(of), 7 * shift);
  return { from, to: addDays(from, 6) };
};

/** 本周, 下周, 下下周, 上个星期, next week: ISO weeks, so that on a Sunday 下周 begins the day after. */
const week = reader(
  `${SHIFT}${WEEK}(?![报刊边围末期])|(last|this|next) week`,
  ([, shift = '', english = ''], { today }) => ({
    ...fixed(wholeWeek(today, WEEK_SHIFT[shift || english.toLowerCase()] ?? 0)),
    before: 'start',
    week: true,
  }),
);

const weekdayIndex = (char: string): number =>
  /\d/.test(char) ? Number(char) - 1 : char === '天' ? 6 : WEEKDAYS.indexOf(char);

/** 下周三, 这周五, 上星期天 with NOT_A_SCHOOL for the numerals that begin a school's short name. */
const weekdayOfWeek = reader(
  `${SHIFT}${WEEK}(?:([一二三四五六日天])${NOT_A_SCHOOL}|([1-7])(?![\\d.个所家天项]))`,
  ([, shift = '', han = '', digit = ''], { today }) => {
    const { from } = wholeWeek(today, WEEK_SHIFT[shift] ?? 0);
    return fixed(day(addDays(from, weekdayIndex(han || digit))));
  },
);

/** 周三: which week is left open. 每周三 is a rhythm, not a date. */
const bareWeekday = reader(
  `(?<![每隔单双周上本这个]|(?<!一)下)${WEEK}(?:([一二三四五六日天])(?![次共程志常])|([1-7])(?![\\d.个所家天项]))`,
  ([, han = '', digit = '']) => ({
    open: 'week',
    at: (anchor) => [-1, 0, 1].map((shift) => day(addDays(wholeWeek(anchor, shift).from, weekdayIndex(han || digit)))),
  }),
);

const weekend = (of: LocalDate, shift: number): Span => {
  const { to } = wholeWeek(of, shift);
  return { from: addDays(to, -1), to };
};
const weekendOfWeek = reader(`${SHIFT}周末`, ([, shift = ''], { today }) =>
  fixed(weekend(today, WEEK_SHIFT[shift] ?? 0)),
);
const bareWeekend = reader('(?<![每上本这个]|(?<!一)下)周末', () => ({
  open: 'week',
  at: (anchor) => [-1, 0, 1].map((shift) => weekend(anchor, shift)),
}));

export const dayReaders: readonly AtomReader[] = [
  dayWord,
  severalDays,
  week,
  weekdayOfWeek,
  bareWeekday,
  weekendOfWeek,
  bareWeekend,
];
