/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

declare const localDate: unique symbol;
/** A calendar date 'YYYY-MM-DD' of the configured zone. Only this file makes one. */
export type LocalDate = string & { readonly [localDate]: true };

/** A time of day 'HH:MM', 24 hours, in the configured zone. */
export type LocalTime = `${number}:${number}`;

/** ISO weekday: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Between instants. A day of the calendar may be shorter or longer where clocks are put forward and back. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

const utc = (date: LocalDate): Instant =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
const fromUtc = (instant: Instant): LocalDate => new Date(instant).toISOString().slice(0, 10) as LocalDate;

/** The date if it exists in the calendar; 2月30日 gives undefined. Years 1900 to 2199. */
export function makeDate(year: number, month: number, day: number): LocalDate | undefined {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined;
  const date = fromUtc(Date.UTC(year, month - 1, day));
  return Number(date.slice(5, 7)) === month ? date : undefined;
}

/** Reads 'YYYY-MM-DD' and nothing else. */
export function parseDate(text: string): LocalDate | undefined {
  const match = SHAPE.exec(text);
  return match ? makeDate(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/** A date that the programmer wrote; throws on one that does not exist. */
export function date(text: string): LocalDate {
  const parsed = parseDate(text);
  if (!parsed) throw new RangeError(`not a date: ${text}`);
  return parsed;
}

export const addDays = (from: LocalDate, days: number): LocalDate => fromUtc(utc(from) + days * DAY_MS);
/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => Math.round((utc(to) - utc(from)) / DAY_MS);
export const weekday = (of: LocalDate): Weekday => (((new Date(utc(of)).getUTCDay() + 6) % 7) + 1) as Weekday;
/** The Monday of the ISO week. */
export const startOfWeek = (of: LocalDate): LocalDate => addDays(of, 1 - weekday(of));
export const yearOf = (of: LocalDate): number => Number(of.slice(0, 4));
export const monthOf = (of: LocalDate): number => Number(of.slice(5, 7));
export const dayOf = (of: LocalDate): number => Number(of.slice(8, 10));
export const startOfMonth = (of: LocalDate): LocalDate => addDays(of, 1 - dayOf(of));
export const endOfMonth = (of: LocalDate): LocalDate => addDays(addMonths(startOfMonth(of), 1), -1);

/** The same day `months` later; the 31st becomes the month's last day (法律习惯：一个月内). */
export function addMonths(from: LocalDate, months: number): LocalDate {
  const index = yearOf(from) * 12 + monthOf(from) - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return fromUtc(Date.UTC(year, month - 1, Math.min(dayOf(from), last)));
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Wall clock of an instant in an IANA zone. */
export function wallClock(instant: Instant, zone: string): { date: LocalDate; time: LocalTime } {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  return {
    date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}` as LocalDate,
    time: `${parts.get('hour')}:${parts.get('minute')}` as LocalTime,
  };
}

/** The instant at which the zone's clocks show this date and time (the earlier one when they show it twice). */
export function instantAt(onDate: LocalDate, time: LocalTime, zone: string): Instant {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const wanted = utc(onDate) + (hour * 60 + minute) * MINUTE_MS;
  let guess = wanted;
  for (let round = 0; round < 3; round += 1) {
    const shown = wallClock(guess, zone);
    const [shownHour = 0, shownMinute = 0] = shown.time.split(':').map(Number);
    const error = wanted - (utc(shown.date) + (shownHour * 60 + shownMinute) * MINUTE_MS);
    if (error === 0) break;
    guess += error;
  }
  return guess;
}
