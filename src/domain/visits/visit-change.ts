import { addDays, daysBetween, type LocalTime } from '../calendar/local-date.ts';
import type { Span } from '../calendar/span.ts';
import type { Inspection } from './inspection.ts';

/** What a person says anew of a visit; what is absent stays. */
export interface VisitWish {
  readonly span?: Span | undefined;
  readonly period?: string | undefined;
  readonly starts?: LocalTime | undefined;
}

/** The half-day of a time: 14:30 is 下午. */
const periodOf = (starts: LocalTime): string => (starts < '12:00' ? '上午' : starts < '18:00' ? '下午' : '晚上');

/**
 * The days and hours of a visit that is put elsewhere. One day named for a visit of several moves it whole; a new half-day ends a time
 * that belongs to the other; a vague day becomes a plain one.
 */
export function moved(
  { from, to, dateText, period, starts }: Pick<Inspection, 'from' | 'to' | 'dateText' | 'period' | 'starts'>,
  wish: VisitWish,
): Pick<Inspection, 'from' | 'to' | 'dateText' | 'period' | 'starts'> {
  const { span } = wish;
  const length = dateText === '' ? daysBetween(from, to) : 0;
  const days = span
    ? { from: span.from, to: span.from === span.to ? addDays(span.from, length) : span.to, dateText: '' }
    : { from, to, dateText };
  const half = wish.period ?? (wish.starts ? periodOf(wish.starts) : period);
  const at = wish.starts ?? (starts && (half === period || periodOf(starts) === half) ? starts : undefined);
  return { ...days, period: half, starts: at };
}
