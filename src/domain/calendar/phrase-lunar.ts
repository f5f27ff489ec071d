import { numeralOf } from './numeral.ts';
import { type AtomReader, reader } from './phrase-atom.ts';
import { solarDaysOf } from './statutory.ts';

const MONTH = '(?:[正冬腊]|闰?(?:十[一二]?|[一二三四五六七八九])|闰\\d{1,2})月';
const DAY = '(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?|(?:二?十[一二三四五六七八九]?|三十)[日号]?)';
/** 四月初三模拟考试 is about a grade. */
const NO_GRADE = '(?!年级|学生|班|模拟|毕业|家长|上|下|的)';
/** 五月初五, 腊月廿三, 正月十五, 农历四月二十四日, 5月初八, 闰六月. 四月廿八日 is written of public days too. */
const LUNAR = [
  `(?:农历|阴历|旧历)的?(?:\\d{4}年|[今明]年)?(?:(?:${MONTH}|\\d{1,2}月)(?:${DAY}|\\d{1,2}[日号]?)?|${DAY})?`,
  `(?:[正冬腊]|闰(?:十[一二]?|[一二三四五六七八九]|\\d{1,2}))月份?(?:${DAY}|\\d{1,2}[日号]?|[底初末])?`,
  `${MONTH}份?(?:初[四五六七八九十]|初[一二三]${NO_GRADE}|廿[一二三四五六七八九]?(?![日号]))`,
  '\\d{1,2}月份?(?:初[四五六七八九十]|廿[一二三四五六七八九]?(?![日号]))',
  '(?<!\\p{Script=Han})(?:大?年)?初[四五六七八九十](?!中|级)',
].join('|');

const MONTHS: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 腊: 12 };
const numberOf = (word: string): number => MONTHS[word] ?? numeralOf(word);

/** Days of the lunar calendar. They are recognised so that nothing of them is taken for a public day, and none of them is counted with. */
export const lunarReader: AtomReader = reader(`(?<!\\d)(?:${LUNAR})`, ([written = ''], { today }) => {
  const [, month, first, day] = /^([正冬腊]|[一二三四五六七八九十]+|\d+)月(初?)([一二三四五六七八九十廿]+)?$/.exec(
    written.replace(/^(?:农历|阴历|旧历)的?|[日号]$/g, ''),
  ) ?? [undefined, undefined, '', undefined];
  const named = month === undefined || day === undefined ? [] : solarDaysOf(numberOf(month), numeralOf(day), today);
  const coming = first === undefined ? undefined : named.find((each) => each >= today);
  return { at: () => [], lunar: coming ? { day: coming } : {} };
});

const WHOLE = new RegExp(`^(?:${LUNAR})`, 'u');
/** Whether words that are no day of the calendar are lunar ones. */
export const isLunar = (written: string): boolean => WHOLE.test(written.trim());
