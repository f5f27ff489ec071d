import type { LocalTime } from '../domain/calendar/local-date.ts';
import { NUMERAL, numeralOf } from '../domain/calendar/numeral.ts';

const HALF_DAY = '(?<half>凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|夜里|晚)?';
/** 08:30, 9点, 下午2点半, 九点一刻, 8点45分; its matches are read by `timeOf`. */
export const TIME = new RegExp(
  `${HALF_DAY}(?:(?<hour>\\d{1,2}):(?<minute>\\d{1,2})(?!\\d)|(?<said>${NUMERAL}|零)(?:点钟?|时)(?:(?<part>半|整|一刻|三刻)|(?<minutes>${NUMERAL})分?)?)`,
  'g',
);
const PARTS: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45 };

/** The time of day of a match of TIME, or the sentence that says why it is none. */
export function timeOf({
  0: written,
  groups = {},
}: Pick<RegExpExecArray, 0 | 'groups'>): LocalTime | { readonly refused: string } {
  const hour = groups['hour'] !== undefined ? Number(groups['hour']) : hourOf(groups['said'] ?? '');
  const minute = Number(groups['minute'] ?? 0) + (PARTS[groups['part'] ?? ''] ?? 0) + minutesOf(groups['minutes']);
  const half = groups['half'] ?? '';
  const isLate = /下午|傍晚|晚|夜/.test(half);
  const inDay = hour < 12 && (isLate || (half === '中午' && hour < 3)) ? hour + 12 : hour;
  const time = `${two(inDay)}:${two(minute)}`;
  if (!isTime(time)) return { refused: `没有“${written}”这个时间，请写 00:00 到 23:59 之间的时间。` };
  if (/早|晨|上午/.test(half) && inDay > 12) return { refused: `“${written}”前后不一致，请改写，例如 15:00。` };
  return time;
}

/** The line with its times of day as HH:MM: 晚上10点到早上7点 is 22:00到07:00. What is no time stays. */
export const inClockTimes = (line: string): string =>
  [...line.matchAll(TIME)].reduceRight((text, match) => {
    const time = timeOf(match);
    const end = match.index + match[0].length;
    return typeof time === 'string' ? text.slice(0, match.index) + time + text.slice(end) : text;
  }, line);

const two = (n: number): string => String(n).padStart(2, '0');
const isTime = (text: string): text is LocalTime => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
const hourOf = (said: string): number => (said === '零' ? 0 : numeralOf(said));
const minutesOf = (said: string | undefined): number => (said === undefined ? 0 : numeralOf(said));
