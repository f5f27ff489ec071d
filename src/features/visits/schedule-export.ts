import { type LocalDate, makeDate, yearOf } from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { ExportKind } from '../exports/export-kind.ts';

export const SCHEDULE_EXPORT: ExportKind<'schedule'> = {
  kind: 'schedule',
  name: '督导日程表',
  words: /督导|日程|行程|安排/,
  narrows: ['days', 'unit'],
  imported: true,
  request: ({ args, today }, { unit }) => ({ kind: 'schedule', span: args.when ?? yearSpan(today), unitId: unit?.id }),
};

/** A schedule without dates is this year's. */
function yearSpan(today: LocalDate): Span {
  const year = yearOf(today);
  return { from: makeDate(year, 1, 1) ?? today, to: makeDate(year, 12, 31) ?? today };
}
