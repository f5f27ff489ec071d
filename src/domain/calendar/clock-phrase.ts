import type { LocalTime } from './local-date.ts';
import { NUMERAL, numeralOf } from './numeral.ts';

const HALF_DAY = '(?:(?<half>凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|午夜|晚) ?)?';
/** 08:30, 9点, 下午 2点半, 九点一刻, 8点45分; its matches are read by `timeOf`. */
export const TIME = new RegExp(
  `${HALF_DAY}(?:(?<hour>\\d{1,2}):(?<minute>\\d{1,2})(?!\\d)|(?<said>${NUMERAL}|零)(?:点钟?|时)(?:(?<part>半|整|一刻|三刻)|(?<minutes>${NUMERAL})分?)?)`,
  'g',
);
/** The same inside a larger pattern: without groups. */
export const TIME_SOURCE = TIME.source.replaceAll(/\?<\w+>/g, '?:');

/** What an hour is called that is not said, where something is due until then. */
const HOURS: Readonly<Record<string, LocalTime>> = { 下班: '17:30', 中午: '12:00', 上午: '12:00' };
/** A clock time or one of those words. */
export const DUE_CLOCK = `(?:${TIME_SOURCE}|${Object.keys(HOURS).join('|')})`;

const PARTS: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45 };

interface RefusedTime {
  readonly refused: string;
}
type Match = Pick<RegExpExecArray, 0 | 'groups'>;

/** The time of day of a match of TIME at which something happens, or the sentence that says why it is none. */
export function timeOf(match: Match): LocalTime | RefusedTime {
  const time = untilOf(match);
  return time === '24:00' ? { refused: `“${match[0]}”已是当天的最后，请写 23:59，或者写第二天的 00:00。` } : time;
}

/** The same where it says until when: 24:00 and 晚上12点 are the end of their day. */
function untilOf({ 0: written, groups = {} }: Match): LocalTime | RefusedTime {
  const hour = groups['hour'] !== undefined ? Number(groups['hour']) : hourOf(groups['said'] ?? '');
  const minute = Number(groups['minute'] ?? 0) + (PARTS[groups['part'] ?? ''] ?? 0) + minutesOf(groups['minutes']);
  const inDay = hourInDay(groups['half'] ?? '', hour);
  if (inDay === 'contradicts') return { refused: `“${written}”前后不一致，请改写，例如 15:00。` };
  if (inDay === 'next day' || (inDay === 24 && minute > 0 && hour !== 24))
    return { refused: `“${written}”过了零点，是第二天了。请写明日期和时间，例如 明天 0:30。` };
  const time = `${two(inDay)}:${two(minute)}`;
  return isTime(time) ? time : { refused: `没有“${written}”这个时间，请写 00:00 到 24:00 之间的时间。` };
}

/** Nobody means two in the afternoon by 夜里2点, nor noon by 晚上12点. */
function hourInDay(half: string, hour: number): number | 'contradicts' | 'next day' {
  if (/晚|夜/.test(half)) {
    if (hour === 0 || hour === 12) return 24;
    if (hour < 5) return 'next day';
    return hour < 12 ? hour + 12 : hour;
  }
  if (half === '凌晨') return hour === 12 ? 0 : hour > 6 ? 'contradicts' : hour;
  if (half === '中午') return hour < 3 ? hour + 12 : hour < 10 || hour > 14 ? 'contradicts' : hour;
  if (/下午|傍晚/.test(half)) return hour === 0 ? 'contradicts' : hour < 12 ? hour + 12 : hour;
  if (/早|晨|上午/.test(half)) return hour > 12 ? 'contradicts' : hour;
  return hour;
}

/** All of `written` as the time until which something is due; undefined where it is none. */
export function readDueClock(written: string): LocalTime | RefusedTime | undefined {
  const word = HOURS[written];
  if (word) return word;
  const match = new RegExp(`^${TIME.source}$`).exec(written);
  return match ? untilOf(match) : undefined;
}

/** The line with its times of day as HH:MM: 晚上10点到早上7点 is 22:00到07:00. What is no time stays. */
export const inClockTimes = (line: string): string =>
  [...line.matchAll(TIME)].reduceRight((text, match) => {
    const time = timeOf(match);
    const end = match.index + match[0].length;
    return typeof time === 'string' ? text.slice(0, match.index) + time + text.slice(end) : text;
  }, line);

const two = (n: number): string => String(n).padStart(2, '0');
const isTime = (text: string): text is LocalTime => /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text);
const hourOf = (said: string): number => (said === '零' ? 0 : numeralOf(said));
const minutesOf = (said: string | undefined): number => (said === undefined ? 0 : numeralOf(said));
