import {
  addDays,
  type Instant,
  instantAt,
  type LocalDate,
  MINUTE_MS,
  parseDate,
} from '../../domain/calendar/local-date.ts';

interface Clock {
  readonly today: LocalDate;
  readonly zone: string;
}

/** Nominal times of pushes: at or after the one, before the other. */
export interface PushTime {
  readonly from: Instant;
  readonly before: Instant;
}

const WORD: Readonly<Record<string, number>> = { 今天: 0, 今日: 0, 昨天: -1, 昨日: -1, 前天: -2 };

const DAY = '(?:(\\d{4}) ?[-年] ?)?(\\d{1,2}) ?[-月] ?(\\d{1,2}) ?[日号]?|(今[天日]|昨[天日]|前天)';
/** Behind 2026-04-20 the hour may stand without a space: 2026-04-2008:30. */
const TIME = ' ?(?:的?(?:推送|督导|日程))? ?(?:(\\d{1,2}) ?: ?(\\d{2}))? ?的?(?:推送)?';
const PARTS = new RegExp(`^(?:${DAY})${TIME}$`);
/** How a push is named in a line: by its day, or by day and time; without groups. */
export const PUSH_TIME = `(?:${DAY})${TIME}`.replaceAll(/\((?!\?)/g, '(?:');

/** 4月20日, 4月20日 08:30, 今天; undefined for what names no day. A day without a year is the last one that was. */
export function readPushTime(text: string, { today, zone }: Clock): PushTime | undefined {
  const [match, year, month, day, word, hour, minute] = PARTS.exec(text.trim()) ?? [];
  if (match === undefined) return undefined;
  const two = (part = '') => part.padStart(2, '0');
  const inYear = (of: string) => parseDate(`${of}-${two(month)}-${two(day)}`);
  const own = inYear(year ?? today.slice(0, 4));
  const latest =
    year === undefined && own && own > addDays(today, 1) ? inYear(String(Number(today.slice(0, 4)) - 1)) : own;
  const on = word === undefined ? latest : addDays(today, WORD[word] ?? 0);
  if (!on) return undefined;
  if (hour === undefined)
    return { from: instantAt(on, '00:00', zone), before: instantAt(addDays(on, 1), '00:00', zone) };
  const from = instantAt(on, `${Number(hour)}:${Number(minute)}`, zone);
  return { from, before: from + MINUTE_MS };
}
