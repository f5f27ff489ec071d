import { date, type LocalDate, type LocalTime } from '../domain/calendar/local-date.ts';
import type { Flag } from './tables.ts';

// Columns to domain values. NULL is `undefined` inside; a value that no writer of ours makes is a damaged database and throws.

export const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined;

export const dateOrUndefined = (text: string | null): LocalDate | undefined => (text === null ? undefined : date(text));

const isTime = (text: string): text is LocalTime => /^\d\d:\d\d$/.test(text);

export function time(text: string): LocalTime {
  if (!isTime(text)) throw new RangeError(`not a time: ${text}`);
  return text;
}

export const timeOrUndefined = (text: string | null): LocalTime | undefined => (text === null ? undefined : time(text));

/** Rows by the value of one column, in their order. */
export function grouped<Row, Key>(rows: readonly Row[], key: (row: Row) => Key): ReadonlyMap<Key, readonly Row[]> {
  return Map.groupBy(rows, key);
}

export const flag = (value: boolean): Flag => (value ? 1 : 0);
