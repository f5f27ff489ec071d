import { NUMERAL, numeralOf, yearOfNumeral } from '../domain/calendar/numeral.ts';
import { type Cell, textOf } from './workbook.ts';

/** Full-width letters, digits, signs and spaces as half-width ones. Unlike NFKC it leaves ㎡ and ① alone. */
export const fold = (text: string): string =>
  text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('\u3000', ' ');

/** What two spellings of a name have in common: no width, no spaces. For comparing, not for showing. */
export const keyOf = (text: string): string => fold(text).replace(/[\s\u200b\ufeff]/g, '');

/** A name as it is shown: spaces that only pad it (临江区 城西小学, 陈　甲) removed. */
export const unspaced = (text: string): string => text.replace(/[\s\u200b\ufeff]/g, '');

const NOBODY =
  /^(无|暂无|没有|空|空缺|暂缺|缺|(?:待|未|暂|另)(?:定|通知|安排|明确|确定|确认|补充?)|另行(?:通知|安排|确定|明确|商定)|视情况(?:而定)?|不详|未知|略|[-—–_/\\*×]+)$/;

/** What is written where there is nothing to write: 无, 待定, a dash. It is nobody's name, no unit's and no number. */
const isNobody = (text: string): boolean => NOBODY.test(keyOf(text).replace(/^\(|\)$|[.。]$/g, ''));

/** The text of a cell that names somebody or something, or holds a number to call; '' where it says that there is none. */
export const named = (text: string): string => (isNobody(text) ? '' : text);

/**
 * Units or persons in one cell, as written: split at 、 ， ； / or a new line, or, where there is none of these, at spaces. Brackets
 * keep together: 各学校（中学、小学） is one. A name of single characters (陈 甲) is a padded name, not two. 无 and 待定 are nobody.
 */
export function splitNames(text: string): readonly string[] {
  const parts = named(text)
    .split(/[、,，;；/／\n\r](?![^（(]*[）)])/)
    .flatMap((part, _index, all) => {
      const words = part.trim().split(/\s+/);
      return all.length > 1 || words.every((word) => word.length === 1) ? [unspaced(part)] : words;
    });
  return parts.filter((part) => named(part) !== '');
}

/** 1, '１３', '13.' as 13; null when the cell holds no whole number. */
export function wholeNumber(cell: Cell | undefined): number | null {
  const match = /^(\d{1,6})[.、]?$/.exec(fold(textOf(cell)));
  return match ? Number(match[1]) : null;
}

/** A plain number, as a number or as text ('2', '２.5分'); null otherwise. */
export function plainNumber(cell: Cell | undefined): number | null {
  const match = /^(-?\d+(?:\.\d+)?)分?$/.exec(fold(textOf(cell)));
  return match ? Number(match[1]) : null;
}

const SPELT_YEAR = /二[〇零○]([〇零○一二三四五六七八九])([〇零○一二三四五六七八九])(?=年)/g;
const SPELT = new RegExp(`(?<![〇零一二三四五六七八九十廿初个])(?!\\d)${NUMERAL}(?=月|[日号](?!程))`, 'g');

/** The numbers of a date in digits: 五月底, 二〇二六年五月三十一日. 五月初五 is a day of another calendar and is left so. */
export const withDigits = (text: string): string =>
  /农历|阴历|腊月|正月|月[初廿][一二三四五六七八九十]/.test(text)
    ? text
    : text
        .replace(SPELT_YEAR, (year) => String(yearOfNumeral(year.replaceAll('○', '〇'))))
        .replace(SPELT, (numeral) => String(numeralOf(numeral)));

/** Digits of a telephone number, without the signs and spaces in between. */
export const digitsOf = (text: string): string => fold(text).replace(/\D/g, '');
