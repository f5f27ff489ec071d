import { daysBetween, type LocalDate, startOfMonth, yearOf } from './local-date.ts';
import type { Atom } from './phrase-atom.ts';
import type { Span } from './span.ts';

/** Which year, month or week an open date means: see `meantOf`. */
export type Bias = 'past' | 'future' | 'near' | 'due';

/**
 * Which of the spans that an open date may mean is meant. future, for what falls due or is planned: the next one not over yet, so that
 * 12月31日 is this year's in March and 1月15日 next year's in December. past, for what was done: the latest begun. near, for what is looked
 * at: this year's or this month's, unless the neighbour's is far nearer (1月5日 asked in late December). due, for a question about what falls
 * due: of a day of the year the nearest from this year on, over or not (3月1日 in April, 12月31日 in March, 1月5日 in December); else as future.
 */
export function meantOf(spans: readonly Span[], open: Atom['open'], today: LocalDate, bias: Bias): Span | undefined {
  if (bias === 'past') return spans.findLast((span) => span.from <= today) ?? spans[0];
  if (bias === 'due' && open === 'year') {
    const days = spans.filter(({ to }) => yearOf(to) >= yearOf(today));
    return days.toSorted((a, b) => distance(a, today) - distance(b, today))[0] ?? spans.at(-1);
  }
  // 周三 is this week's if it is not over, for whoever asks; 3号 is never last month's.
  if (bias === 'future' || bias === 'due' || open === 'week')
    return spans.find((span) => span.to >= today) ?? spans.at(-1);
  const near = open === 'month' ? spans.filter((span) => span.to >= startOfMonth(today)) : spans;
  return near.toSorted((a, b) => farness(a, open, today) - farness(b, open, today))[0];
}

/** Days away; four times as many outside the current year or month: 12月 asked in April is still to come, asked in January it is over. */
function farness(span: Span, open: Atom['open'], today: LocalDate): number {
  const shared = open === 'month' ? 7 : 4;
  const current = [span.from, span.to].some((end) => end.slice(0, shared) === today.slice(0, shared));
  return distance(span, today) * (current ? 1 : 4);
}

const distance = (span: Span, today: LocalDate): number =>
  Math.max(daysBetween(today, span.from), daysBetween(span.to, today), 0);

/** Two months: 4月15日 typed on 20 April is a slip, 1月15日 typed in April is not. */
export const SLIP_DAYS = 60;

/**
 * The day of this year that a date without its year names when that day has just gone by: it was more likely written by a slip than meant for
 * next year, so that whatever is written down asks. While this year's day is not over there is nothing to ask, however near last year's is:
 * 12月31日 in January is the plan of the year. A month or week that is left open has its next day close by and needs no question.
 */
export function justOver(spans: readonly Span[], open: Atom['open'], today: LocalDate): Span | undefined {
  if (open !== 'year') return undefined;
  const last = spans.findLast(({ to }) => yearOf(to) === yearOf(today));
  return last && last.to < today && daysBetween(last.to, today) <= SLIP_DAYS ? last : undefined;
}
