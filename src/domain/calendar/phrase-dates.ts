import {
  addDays,
  addMonths,
  endOfMonth,
  type LocalDate,
  makeDate,
  monthOf,
  startOfMonth,
  startOfWeek,
  yearOf,
} from './local-date.ts';
import { NOT_INSIDE_NUMBER, NUMERAL, numeralOf, TO } from './numeral.ts';
import { type Atom, type AtomReader, day, fixed, reader } from './phrase-atom.ts';
import { inYears, saidYear, YEAR } from './phrase-years.ts';
import type { Span } from './span.ts';
import { type Calendar, firstWorkdayOnOrAfter } from './working-days.ts';

const MONTH_WORDS: Readonly<Record<string, number>> = {
  上: -1,
  last: -1,
  本: 0,
  这: 0,
  this: 0,
  下: 1,
  next: 1,
  下下: 2,
};

/** The part of a month that was named: days, 上旬, 初 (1 to 10, as a span), 底; the month itself when none was. */
interface Part {
  readonly first: string;
  readonly last: string;
  readonly third: string;
  readonly edge: string;
}
/** 3-5日, 3日至5日: two groups, the second empty for a single day. 4月24 日程 has its 日 in another word. */
const DAYS = `(${NUMERAL})(?: ?[日号]?${TO}(${NUMERAL}))?(?:[日号]| [日号](?![程常志]))`;
/** 4月初中部 is about 初中, and 五月中 without a word behind it is its second third. */
const EDGE = '初(?![中级一二三])|[底末]|中(?=$|[\\s,，。;；]|(?:之|以)?前(?![后往期]))';
/** What may stand behind a day without 日; anything else may be counted (4月8所学校 is all of April). */
const DAY_ENDS = `(?=$|[ ,，。;；(（]|上午|下午|中午|晚上|早上|下班|(?:之|以)?前(?![后往期])|${TO}(?:${NUMERAL}) ?月)`;
/** Six groups. 廿四 without 日 is a lunar day. */
const PART = `(?: ?${DAYS}|(?!廿)(${NUMERAL})(?:${TO}(${NUMERAL}))?${DAY_ENDS}|的? ?([上中下])旬|(${EDGE}))?`;
const partOf = ([first = '', last = '', bare = '', bareLast = '', third = '', edge = '']: readonly string[]): Part => ({
  first: first || bare,
  last: last || bareLast,
  third,
  edge,
});

function spanOf(month: LocalDate, part: Part): Span | undefined {
  const last = endOfMonth(month);
  if (part.first) {
    const [from, to] = [part.first, part.last || part.first].map((numeral) =>
      makeDate(yearOf(month), monthOf(month), numeralOf(numeral)),
    );
    return from && to && from <= to ? { from, to } : undefined;
  }
  if (part.third === '上' || part.edge === '初') return { from: month, to: addDays(month, 9) };
  if (part.third === '中' || part.edge === '中') return { from: addDays(month, 10), to: addDays(month, 19) };
  if (part.third === '下') return { from: addDays(month, 20), to: last };
  return part.edge ? day(last) : { from: month, to: last };
}

const before = (part: Part): Pick<Atom, 'before'> => (part.first || part.third || part.edge ? {} : { before: 'start' });

/** 4月, 4月8日, 四月八号, 2026年4月上旬, 明年1月底. A month beyond 12 is impossible with a day, and nothing without one. */
const namedMonth = reader(
  `(?<!每年?)${YEAR}?${NOT_INSIDE_NUMBER}(${NUMERAL}) ?月份?${PART}`,
  ([, written = '', word = '', month = '', ...rest], { today }) => {
    const part = partOf(rest);
    const year = saidYear(written, word, today);
    if (!part.first && !makeDate(2000, numeralOf(month), 1)) return undefined;
    return {
      ...inYears(year, (inYear) => {
        const first = makeDate(inYear, numeralOf(month), 1);
        return first && spanOf(first, part);
      }),
      ...before(part),
    };
  },
);

/** 3-5月, 2026年3至5月份. */
const namedMonths = reader(
  `(?<!每年?)${YEAR}?${NOT_INSIDE_NUMBER}(${NUMERAL})${TO}(${NUMERAL}) ?月份?(?! ?\\d)`,
  ([, written = '', word = '', first = '', last = ''], { today }) =>
    inYears(saidYear(written, word, today), (year) => {
      const [from, to] = [makeDate(year, numeralOf(first), 1), makeDate(year, numeralOf(last), 1)];
      return from && to && from < to ? { from, to: endOfMonth(to) } : undefined;
    }),
);

/** 本月, 下个月8号, 上月底, this month. */
const relativeMonth = reader(
  `(?:(?<!一(?=下)|[早晚以](?=上))(上|本|这|下下|下)一?个?月份?${PART}|(last|this|next) month)`,
  ([, shift = '', ...rest], { today }) => {
    const part = partOf(rest);
    const english = rest[6]?.toLowerCase() ?? '';
    const month = addMonths(startOfMonth(today), MONTH_WORDS[shift || english] ?? 0);
    return { at: () => [spanOf(month, part)].filter((span) => span !== undefined), ...before(part) };
  },
);

/** The week (Monday to Sunday) that holds the month's first working day is its first; 最后一周 holds the last day. Days of other months are none of it. */
function weekOf(month: LocalDate, written: string, calendar: Calendar): Span | undefined {
  const last = endOfMonth(month);
  const monday =
    written === '最后'
      ? startOfWeek(last)
      : addDays(startOfWeek(firstWorkdayOnOrAfter(calendar, month)), 7 * (numeralOf(written) - 1));
  const from = monday < month ? month : monday;
  const sunday = addDays(monday, 6);
  const endsWithin = sunday <= last;
  return from > last ? undefined : { from, to: endsWithin ? sunday : last };
}

const WEEK_OF_MONTH = '(?:的 ?)?(?:第([一二三四五1-5]) ?个?|(最后)一?个?)(?:周|星期)(?![一二三四五六日天末])';

/** 下个月第一周, 5月第二周, 本月最后一周. */
const weekOfMonth = reader(
  `(?:${YEAR}?${NOT_INSIDE_NUMBER}(${NUMERAL}) ?月份?|(?<!一(?=下)|[早晚以](?=上))(上|本|这|下下|下)一?个?月份?)${WEEK_OF_MONTH}`,
  ([, written = '', word = '', month = '', shift = '', count = '', last = ''], { today, calendar }) => {
    const of = (first: LocalDate | undefined) => first && weekOf(first, last || count, calendar);
    if (shift) {
      const span = of(addMonths(startOfMonth(today), MONTH_WORDS[shift] ?? 0));
      return { at: () => (span ? [span] : []), before: 'start', week: true, statutory: true };
    }
    return {
      ...inYears(saidYear(written, word, today), (year) => of(makeDate(year, numeralOf(month), 1))),
      before: 'start',
      week: true,
      statutory: true,
    };
  },
);

const inMonths = (part: Part): Pick<Atom, 'at' | 'open'> => ({
  open: 'month',
  at: (anchor) =>
    [-1, 0, 1]
      .map((shift) => spanOf(addMonths(startOfMonth(anchor), shift), part))
      .filter((span) => span !== undefined),
});

/** 月底, 月中, 下旬: which month is left open. */
const partOfMonth = reader(`(?<![\\d个每])(?:月(${EDGE})|([上中下])旬)`, ([, edge = '', third = '']) =>
  inMonths({ first: '', last: '', third, edge }),
);

/** 3日内, 3日后, 5日以内; 日常, 日程, 日志. */
const NOT_A_DAY = '[内常程后志]|[之以][内后]';

/** 十五日, 二十四日. */
const LONG_NUMERAL = '\\d{1,2}|[二三]?十[一二三四五六七八九]?';

/**
 * 8号, 九号, 25日: which month is left open. Not 31号问题 and 6号文 (numbers of things), 3日内 (a count), 一日生活 (a kindergarten's day),
 * 每月25日 (a rhythm).
 */
const bareDay = reader(
  `(?<![月前〕\\])字])${NOT_INSIDE_NUMBER}(?:(${NUMERAL}) ?号(?!问题|指标|任务|[文令楼线门馆院机项公会])|(${LONG_NUMERAL}) ?日(?!${NOT_A_DAY}))`,
  ([, numbered = '', dated = '']) => {
    const number = numeralOf(numbered || dated);
    return number >= 1 && number <= 31
      ? inMonths({ first: numbered || dated, last: '', third: '', edge: '' })
      : undefined;
  },
);
/** 3-5日, 8号到10号. */
const bareDays = reader(
  `(?<![月前〕\\])字\\w])${NOT_INSIDE_NUMBER}${DAYS}(?!${NOT_A_DAY})`,
  ([, first = '', last = '']) => (last ? inMonths({ first, last, third: '', edge: '' }) : undefined),
);

const written = (year: string, month: string, date: string): LocalDate | undefined =>
  makeDate(Number(year), Number(month), Number(date));

/** 2026-04-08, 2026.4.8, 2026/4/8. */
const isoDay = reader(
  '(?<![\\w\\-./])((?:19|20|21)\\d{2})([\\-./])(\\d{1,2})\\2(\\d{1,2})(?!\\d)',
  ([, year = '', , month = '', date = '']) => ({
    at: () => [written(year, month, date)].filter((found) => found !== undefined).map(day),
  }),
);
/** 20260408; a number that is no date is something else. */
const compactDay = reader(
  '(?<![\\w\\-./])(20\\d{2})(\\d{2})(\\d{2})(?![\\w\\-])',
  ([, year = '', month = '', date = '']) => {
    const found = written(year, month, date);
    return found && fixed(day(found));
  },
);
/** 2026-04. */
const isoMonth = reader('(?<![\\w\\-./])(20\\d{2})-(\\d{2})(?![\\w\\-])', ([, year = '', month = '']) => {
  const first = written(year, month, '1');
  return first && { ...fixed({ from: first, to: endOfMonth(first) }), before: 'start' };
});

export const dateReaders: readonly AtomReader[] = [
  namedMonth,
  relativeMonth,
  weekOfMonth,
  partOfMonth,
  bareDay,
  bareDays,
  isoDay,
  compactDay,
  isoMonth,
  namedMonths,
];

/**
 * 4.8, 4/8, 4-8, 4.8号. Only for callers that know no indicator code is meant (2.11). A pair that is no date, such as 4.35, is a number.
 */
export const dotDate = reader(
  '(?<![\\w\\-./第])(\\d{1,2})([./\\-])(\\d{1,2})[日号]?(?![\\w%‰年月个所项分元米㎡万倍度]|[./]\\d|\\2\\d)',
  ([, month = '', , date = '']) =>
    written('2024', month, date) &&
    inYears(undefined, (year) => {
      const found = makeDate(year, Number(month), Number(date));
      return found && day(found);
    }),
);
