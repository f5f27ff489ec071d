/** 1 to 99 as officials write it: 8, 08, 八, 十二, 二十, 三十一, 廿五, 两 (两周). A source for larger patterns, without groups. */
export const NUMERAL =
  '(?:\\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二两三四五六七八九])';

/** What stands before a numeral that is not the whole number: 14月 has no 4月 in it, and 第8号 is no day. */
export const NOT_INSIDE_NUMBER = '(?<![\\d一二三四五六七八九十廿百第]|\\d[.\\-/])';

const DIGITS = '零一二三四五六七八九';
const digitOf = (char: string): number => (char === '两' ? 2 : char === '〇' ? 0 : DIGITS.indexOf(char));

/** The number of a text that matches NUMERAL. */
export function numeralOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const spelt = text.replace('廿', '二十');
  const [tens = '', ones = ''] = spelt.split('十');
  if (!spelt.includes('十')) return digitOf(spelt);
  return (tens ? digitOf(tens) : 1) * 10 + (ones ? digitOf(ones) : 0);
}

/** 2026, 26, 二〇二六: a year read digit by digit; two digits are of this century. */
export function yearOfNumeral(text: string): number {
  const digits = [...text].map((char) => (/\d/.test(char) ? char : String(digitOf(char)))).join('');
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

/** What joins the ends of a range. */
export const TO = ' ?(?:[-~–−―〜至到→]|—{1,2}) ?';
