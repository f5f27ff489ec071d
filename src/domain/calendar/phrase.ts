import { DUE_CLOCK } from './clock-phrase.ts';
import { addDays, daysBetween, type LocalDate } from './local-date.ts';
import { TO } from './numeral.ts';
import { type Bias, justOver, meantOf } from './open-date.ts';
import { type Atom, type AtomReader, type Context, day } from './phrase-atom.ts';
import { dateReaders, dotDate } from './phrase-dates.ts';
import { dayReaders } from './phrase-days.ts';
import { bareCount, limitReaders } from './phrase-limits.ts';
import { lunarReader } from './phrase-lunar.ts';
import { yearReaders } from './phrase-years.ts';
import type { Span } from './span.ts';
import { isProvisional, lastWorkdayBefore } from './working-days.ts';

export interface ReadOptions extends Context {
  readonly bias: Bias;
  /** Reads 4.8, 4/8 and 4-8 as dates. Leave it out where an indicator's code may stand (2.11). */
  readonly dotDates?: boolean;
  /** Reads 10个工作日 and 两周 without 内 as limits: for callers that know a deadline is meant. */
  readonly counts?: boolean;
}

interface Place {
  /** The words that were read, as typed. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface When extends Place {
  /** For a limit (`until`) it begins today, or on its only day when that is over. */
  readonly span: Span;
  /** 前 or 内 was said: everything up to `span.to` is meant, that day included. */
  readonly until?: true;
  /** The days follow from the statutory calendar of a year that is not announced: 暂按周末推算. */
  readonly provisional?: true;
  /** What a limit counts: 10个工作日内. */
  readonly unit?: 'natural' | 'working';
  /** It leaves open which of its days is meant: 明后天. */
  readonly several?: true;
  /** The hour that stands within it, as written: 下班 of 周五下班前, 晚12点 of 今晚12点前. */
  readonly clock?: string;
  /** It is a whole week: 本周内. */
  readonly week?: true;
  /** Of the bias future: the same words' days of this year, when they have just gone by. */
  readonly justOver?: Span;
}

/** A date that does not exist: 2月30日, 4月10日至4月3日. */
export interface ImpossibleDate extends Place {
  readonly impossible: string;
  /** It is a day of the lunar calendar (五月初五); `day` is the public one, where it is known. */
  readonly lunar?: { readonly day?: LocalDate };
}

/**
 * The first date phrase of a text, and where it stands, so that the caller can cut it out. The text must be normalised already (NFKC,
 * simplified). Undefined when it has none, or only such as are not guessed (学期末, 每月25日, 国庆前3天).
 */
export function readWhen(text: string, options: ReadOptions): When | ImpossibleDate | undefined {
  for (let start = 0; start < text.length; start += 1) {
    const atom = atomAt(text, start, options);
    const when = atom && interpret(text, start, rangeFrom(text, atom, options), options);
    if (when) return when;
  }
  return undefined;
}

const always: readonly AtomReader[] = [...dayReaders, ...dateReaders, ...yearReaders, ...limitReaders, lunarReader];
const readers = [false, true].map((dots) =>
  [false, true].map((counts) => [...always, ...(dots ? [dotDate] : []), ...(counts ? [bareCount] : [])]),
);

function atomAt(text: string, start: number, options: ReadOptions): Atom | undefined {
  let longest: Atom | undefined;
  for (const read of readers[options.dotDates ? 1 : 0]?.[options.counts ? 1 : 0] ?? always) {
    const atom = read(text, start, options);
    if (atom && atom.end > (longest?.end ?? start)) longest = atom;
  }
  return longest && { ...longest, end: after(WEEKDAY_NOTE, text, longest.end) ?? longest.end };
}

/** 4月8日(周三), 4月8日星期三: the weekday is repeated in the answer and not checked. */
const WEEKDAY_NOTE =
  / ?(?:[(（](?:周|星期|礼拜)[一二三四五六日天][)）]|(?<=[日号] ?)(?:周|星期|礼拜)[一二三四五六日天](?![次共程]))/y;
const JOIN = new RegExp(TO, 'y');
/** 前, 之前, and with the hour that notices add: 周五下班前, 4月10日17:00前, 4月10日24时前, 4月10日晚 8点前. */
const BEFORE = new RegExp(`(?: ?(?<clock>${DUE_CLOCK}|晚上))?(?:之|以)?前(?![往期夕后来])`, 'y');
/** 国庆前3天 may be that day or the days until then: not guessed. */
const BEFORE_BY_DAYS = /(?:之|以)?前(?:第?[\d一二两三四五六七八九十]+ ?(?:天|日(?!程)|个?工作日|周))/y;
const TAIL = /(?:之|以)?内(?![容部网审])|期间|当天|当日|全天|这天|那天/y;

function after(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** A range in the wrong order would reach into the next year; no plan of this field is longer. */
const LONGEST_RANGE_DAYS = 300;

/** 4月3日-5日, 今天到周五: the end is the first such date after the beginning. */
function rangeFrom(text: string, first: Atom, options: ReadOptions): Atom {
  const joined = first.until ? undefined : after(JOIN, text, first.end);
  if (joined === undefined) return first;
  // Read as if it stood alone: the sign before it is not part of its number.
  const last = atomAt(text.slice(joined), 0, options);
  if (!last || last.until) return first;
  const endOf = (from: LocalDate) => last.at(from).find((span) => span.from >= from)?.to;
  return {
    end: joined + last.end,
    statutory: (first.statutory ?? false) || (last.statutory ?? false),
    ...(first.open && { open: first.open }),
    ...((first.lunar ?? last.lunar) && { lunar: first.lunar ?? last.lunar ?? {} }),
    at: (anchor) =>
      first.at(anchor).flatMap(({ from }) => {
        const to = endOf(from);
        return to && to >= from && daysBetween(from, to) <= LONGEST_RANGE_DAYS ? [{ from, to }] : [];
      }),
  };
}

function interpret(text: string, start: number, atom: Atom, options: ReadOptions): When | ImpossibleDate | undefined {
  const { today, bias, calendar } = options;
  if (after(BEFORE_BY_DAYS, text, atom.end)) return undefined;
  const before = atom.until ? undefined : after(BEFORE, text, atom.end);
  const end = before ?? after(TAIL, text, atom.end) ?? atom.end;
  const place = { text: text.slice(start, end), start, end };
  const clock = before === undefined ? undefined : clockBefore(text, atom.end);
  if (atom.lunar) return { ...place, impossible: place.text, lunar: atom.lunar };
  const spans = atom.at(today);
  const meant = before === undefined ? spans : spans.map((span) => day(lastDayBefore(span, atom, options)));
  const chosen = meantOf(meant, atom.open, today, bias);
  if (!chosen) return { ...place, impossible: place.text };
  const limited = before !== undefined || atom.until === true;
  const over = chosen.to < today;
  const span = limited ? { from: over ? chosen.to : today, to: chosen.to } : chosen;
  const passed = bias === 'future' ? justOver(meant, atom.open, today) : undefined;
  return {
    ...place,
    span,
    ...(limited && { until: true as const }),
    ...(atom.statutory && isProvisional(calendar, span) && { provisional: true as const }),
    ...(atom.unit && { unit: atom.unit }),
    ...(clock !== undefined && { clock }),
    ...(atom.week && { week: true as const }),
    ...(atom.several && { several: true as const }),
    ...(passed && { justOver: passed }),
  };
}

function clockBefore(text: string, from: number): string | undefined {
  BEFORE.lastIndex = from;
  const clock = BEFORE.exec(text)?.groups?.['clock'];
  return clock === undefined ? undefined : halfOf(text.slice(0, from), clock) + clock;
}

/** 今晚 and 明早 hold the half of the day that belongs to the hour behind them. */
export const halfOf = (before: string, clock: string): string =>
  /^[\d零〇一二两三四五六七八九十]/.test(clock) ? (/[早晚](?= ?$)/.exec(before)?.[0] ?? '') : '';

function lastDayBefore(span: Span, atom: Atom, { today, calendar }: Context): LocalDate {
  if (atom.before === 'workday') return lastWorkdayBefore(calendar, span.from);
  const running = span.from <= today && today <= span.to;
  return atom.before === 'start' && !running ? addDays(span.from, -1) : span.to;
}
