import { TIME, TIME_SOURCE, timeOf } from '../../domain/calendar/clock-phrase.ts';
import type { LocalTime } from '../../domain/calendar/local-date.ts';
import { readWhen as dateIn } from '../../domain/calendar/phrase.ts';
import { UserError } from '../../language/errors.ts';
import type { OwnContext } from '../../language/forms/form.ts';
import { CUT, cut } from '../../language/words/cut.ts';
import { type NameSpan, namesIn } from '../../language/words/names.ts';
import { numberedSchools } from '../../language/words/unit-words.ts';
import { type RefusedDate, readWholeDate, type WholeDate } from '../../language/words/whole-date.ts';
import { VISIT_NUMBER } from './visit-words.ts';

export interface SaidDay extends Pick<WholeDate, 'span' | 'text'> {
  readonly until: boolean;
  /** 4月9日全天. */
  readonly allDay: boolean;
}

/** Stands for a verb in the middle of a sentence: what is before it is said of the visit as it is. */
export const VERB_MARK = '\u0002';

interface Dated {
  readonly start: number;
  readonly end: number;
  readonly written: string;
  /** As the day of a visit that stands. */
  readonly near: WholeDate | RefusedDate;
  /** As the day that a visit gets. */
  readonly coming: WholeDate | RefusedDate;
}

interface Taken {
  readonly value: SaidDay | undefined;
  readonly rest: string;
}

/** 推迟到 before the day that becomes. */
const LEADS = /(?:推迟|延期|顺延|延后|提前|调整|改期|变更|[延改推挪])(?:到|至|为|成) ?$/;

/** The day that a visit gets: one, or days from which to which. */
export function readWhen(line: string, context: OwnContext): Taken {
  const [first, second] = datesIn(line, context);
  const value = first && dayOf(first, 'coming');
  if (first && second) throw new UserError(twoDays([first, second]));
  const start = first ? first.start - (LEADS.exec(line.slice(0, first.start))?.[0].length ?? 0) : 0;
  return { value, rest: withoutMark(first ? cut(line, start, first.end) : line) };
}

/** The day by which a visit is found. */
export function readOn(line: string, context: OwnContext): Taken {
  const [first, second] = datesIn(line, context);
  const value = first && dayOf(first, 'near');
  if (first && second) throw new UserError(twoDays([first, second]));
  return { value, rest: withoutMark(first ? cut(line, first.start, first.end) : line) };
}

/** 把4月9日一中改到4月10日: the day that is, before the verb or before the day that becomes, which is left. */
export function readFrom(line: string, context: OwnContext): Taken {
  const [first, second, third] = datesIn(line, context);
  const byNumber = VISIT_NUMBER.test(line);
  if (!first || (!second && (byNumber || first.start > line.indexOf(VERB_MARK))))
    return { value: undefined, rest: withoutMark(line) };
  const value = dayOf(first, 'near');
  if (second && third) throw new UserError(twoDays([first, second, third]));
  if (second && byNumber && !leadsTo(line, first, second)) throw new UserError(twoDays([first, second]));
  return { value, rest: withoutMark(cut(line, first.start, first.end)) };
}

const withoutMark = (text: string): string => text.replace(VERB_MARK, CUT);

/** 从4月9日改到4月10日. */
const leadsTo = (line: string, first: Dated, second: Dated): boolean => {
  const between = line.slice(first.end, second.start);
  return (
    between.includes(VERB_MARK) ||
    /(?:到|至|为|成|[改推延调提换挪移]期?|→) ?$/.test(between) ||
    /(?:从|由|原定?|把|将) ?$/.test(line.slice(0, first.start))
  );
};

function dayOf(dated: Dated, as: 'near' | 'coming'): SaidDay {
  const date = dated[as];
  if ('refused' in date) throw new UserError(date.refused);
  const { span, until, text } = date;
  return { span, until: until === true, text, allDay: /全天/.test(dated.written) };
}

const twoDays = (dates: readonly Dated[]): string =>
  `写了${dates.length === 2 ? '两' : '三'}个日期（${dates.map(({ written }) => written.trim()).join('、')}）。一次督导请只写一个日期，连续几天的写成 4月9日-10日；分开的几次请分成几行发送；改期的写成：从4月9日改到4月10日。`;

const MOST_DATES = 3;

/** Dates that are no part of a name or a number. */
function datesIn(line: string, { today, calendar, directory }: OwnContext): readonly Dated[] {
  const numbers = [...line.matchAll(new RegExp(VISIT_NUMBER, 'giu'))].map(({ 0: whole, index }) => ({
    start: index,
    end: index + whole.length,
  }));
  let searched = masked(line, [...namesIn(line, directory), ...numberedSchools(line), ...numbers]);
  const dates: Dated[] = [];
  while (dates.length < MOST_DATES) {
    const found = dateIn(searched, { today, calendar, bias: 'near', dotDates: true });
    const [near, coming] = (['near', 'future'] as const).map((bias) =>
      // The day that is may be looked for in a span: 把下周一中的…改到. The day that becomes is one day.
      readWholeDate(searched, { today, calendar, bias, ...(bias === 'future' && { day: true as const }) }),
    );
    if (!found || !near || !coming) break;
    // The time of day behind it is read for itself, with the half of the day that 今晚 holds.
    const clock = 'refused' in near ? undefined : near.clock?.written;
    const end = found.end - (clock !== undefined && /^[早晚]/.test(clock) && /[早晚]$/.test(found.text) ? 1 : 0);
    searched = cut(searched, found.start, end);
    dates.push({ near, coming, start: found.start, end, written: found.text });
  }
  return dates;
}

/** A verb inside a name is none: 安排 of a unit, 恢复 of a program. */
export const masked = (text: string, spans: readonly Pick<NameSpan, 'start' | 'end'>[]): string =>
  spans.reduce((left, { start, end }) => cut(left, start, end), text);

const PERIOD = /上午|下午|全天|晚上|晚间/u;

/** 下午, 下午2点半. */
export function readHours(text: string) {
  const clock = new RegExp(TIME.source).exec(text);
  const starts = clock ? timeOf(clock) : undefined;
  if (typeof starts === 'object') throw new UserError(starts.refused);
  const timed = clock ? cut(text, clock.index, clock.index + clock[0].length) : text;
  const half = clock && PERIOD.exec(clock[0])?.[0];
  const said = half ? null : PERIOD.exec(timed);
  const period = half ?? said?.[0];
  if (starts === undefined && period === undefined) return undefined;
  const value: { readonly period: string | undefined; readonly starts: LocalTime | undefined } = {
    period: period === '晚间' ? '晚上' : period,
    starts,
  };
  return { value, rest: said ? cut(timed, said.index, said.index + said[0].length) : timed };
}

const RANGE = new RegExp(`(?<from>${TIME_SOURCE}) ?(?:[-~～–—]+|至|到) ?${TIME_SOURCE}`);

/** 9:00-11:00: when it is over stands in no column of its own, and is kept as written. */
export function readRange(text: string): { readonly value: string; readonly rest: string } | undefined {
  const found = RANGE.exec(text);
  const from = found?.groups?.['from'];
  if (!found || from === undefined) return undefined;
  const end = found.index + found[0].length;
  return { value: found[0], rest: cut(text, found.index + from.length, end) };
}
