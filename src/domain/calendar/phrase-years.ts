import { addMonths, endOfMonth, type LocalDate, makeDate, yearOf } from './local-date.ts';
import { NOT_INSIDE_NUMBER, numeralOf, yearOfNumeral } from './numeral.ts';
import { type Atom, type AtomReader, day, fixed, reader } from './phrase-atom.ts';
import type { Span } from './span.ts';

const YEAR_WORDS: Readonly<Record<string, number>> = { 去年: -1, 今年: 0, 本年: 0, 明年: 1, 后年: 2 };
/** Two groups: a written year, a word. 26年 is a year only before a month. */
export const YEAR = `(?:${NOT_INSIDE_NUMBER}(\\d{4}|\\d{2}(?=年 ?\\d{1,2} ?月)|[一二][零〇一二三四五六七八九]{3}) ?年 ?|(去年|今年|本年|明年|(?<![今以先最前])后年)的? ?)`;
/** The year of YEAR's two groups; undefined when none was said. */
export function saidYear(written: string, word: string, today: LocalDate): number | undefined {
  if (written) return yearOfNumeral(written);
  return word ? yearOf(today) + (YEAR_WORDS[word] ?? 0) : undefined;
}

/** The spans in the one year that was said, or in the years around the anchor. */
export function inYears(
  year: number | undefined,
  spanOf: (year: number) => Span | undefined,
): Pick<Atom, 'at' | 'open'> {
  const spans = (years: readonly number[]) => years.map(spanOf).filter((span) => span !== undefined);
  if (year !== undefined) return { at: () => spans([year]) };
  return { open: 'year', at: (anchor) => spans([-1, 0, 1].map((shift) => yearOf(anchor) + shift)) };
}

const MONTHS_OF_PART: Readonly<Record<string, readonly [first: number, count: number]>> = {
  '': [1, 12],
  底: [12, 1],
  末: [12, 1],
  上半年: [1, 6],
  下半年: [7, 6],
};
function spanOfYear(year: number, part: string, quarter: string): Span | undefined {
  const [month, count] = quarter ? [numeralOf(quarter) * 3 - 2, 3] : (MONTHS_OF_PART[part] ?? [1, 12]);
  const from = makeDate(year, month, 1);
  if (!from) return undefined;
  const to = endOfMonth(addMonths(from, count - 1));
  return part === '底' || part === '末' ? day(to) : { from, to };
}

/** 2026年, 今年, 明年底, 2026年上半年, 今年二季度. The terms of a school year are no dates: 2026年春季学期 is not guessed. */
const wholeYear = reader(
  `${YEAR}(?! ?(?:春|秋|[上下]学期))(?:度|全年|年?([底末])|([上下]半年)|第?([一二三四1-4]) ?季度)?`,
  ([, numbers = '', word = '', edge = '', half = '', quarter = ''], { today }) => {
    const year = saidYear(numbers, word, today) ?? yearOf(today);
    const span = spanOfYear(year, edge || half, quarter);
    return span && { ...fixed(span), ...(edge ? {} : { before: 'start' as const }) };
  },
);
/** 上半年, 二季度: of the year that fits. */
const partOfYear = reader(
  `([上下]半年)|${NOT_INSIDE_NUMBER}第?([一二三四1-4]) ?季度`,
  ([, half = '', quarter = '']) => ({
    ...inYears(undefined, (year) => spanOfYear(year, half, quarter)),
    before: 'start',
  }),
);
/** 年底 is always this year's. */
const endOfYear = reader('(?<![\\d今明去后本半每])年[底末]', (_, { today }) => {
  const span = spanOfYear(yearOf(today), '底', '');
  return span && fixed(span);
});

export const yearReaders: readonly AtomReader[] = [wholeYear, partOfYear, endOfYear];
