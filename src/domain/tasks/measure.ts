/** A unit of measure as officials write it: 万元 is 10,000 of 元, 亿元 10,000 of 万元; 万人次 10,000 of 人次. */
interface Measure {
  readonly base: string;
  readonly factor: number;
}

const SCALE: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 百万: 1e6, 千万: 1e7, 亿: 1e8 };

/** What is the same thing in other words. */
const SAME: Readonly<Record<string, string>> = {
  名: '人',
  位: '人',
  块钱: '元',
  人民币: '元',
  处: '处',
  平米: '平方米',
  '㎡': '平方米',
};

/** The counted words that are read after a number; longer ones first. */
export const MEASURES =
  '平方公里|平方米|平米|㎡|人次|户次|学位|公里|千米|所|处|套|间|个|座|栋|幢|人|名|位|户|元|亩|米|台|辆|件|项|次|场|班|校|门|节|张|份|吨|册|期|家|条|批|轮|篇|节课|课时|分';

/** What a tenth of makes no sense; 亿元, 公里, 亩 may be divided, and so may a measure that is not known here. */
const WHOLE =
  /^(?:人次|户次|学位|所|处|套|间|个|座|栋|幢|人|户|台|辆|件|项|次|场|班|校|门|节|张|份|册|期|家|条|批|轮|篇|节课)$/;

/** Whether so much of it can be counted: 1.2 万人 can, 9.5 所 cannot. */
export function isCountable(amount: number, measure: string): boolean {
  const { base, factor } = measureOf(measure);
  return !WHOLE.test(base) || Number.isInteger(tidy(amount * factor));
}

function measureOf(written: string): Measure {
  const [, scale = '', base = ''] = /^(百万|千万|千|万|亿)?(.*)$/.exec(written.trim()) ?? [];
  return { base: SAME[base] ?? base, factor: SCALE[scale] ?? 1 };
}

/** An amount in another measure of the same thing; undefined when the two measure different things (所, 万元). */
export function inMeasure(amount: number, from: string, to: string): number | undefined {
  const [a, b] = [measureOf(from), measureOf(to)];
  return a.base === b.base ? tidy((amount * a.factor) / b.factor) : undefined;
}

/** Without the noise of binary fractions; twelve digits are more than any figure of this work has. */
export const tidy = (value: number): number => Number(value.toPrecision(12));

/** 34500 as 34,500; at most four decimals. */
export const figureText = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 4 });
