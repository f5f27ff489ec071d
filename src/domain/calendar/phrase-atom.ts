import type { LocalDate } from './local-date.ts';
import type { Span } from './span.ts';
import type { Calendar } from './working-days.ts';

/** One date expression at a place of a text, before anybody has said which year, month or week is meant. */
export interface Atom {
  /** Where the text goes on. */
  readonly end: number;
  /** The spans it may mean around a day, in order: one when nothing is left open, none when there is no such date (2月30日). */
  at(anchor: LocalDate): readonly Span[];
  /** What it leaves open: 4月8日 the year, 8号 the month, 周三 the week. */
  readonly open?: 'year' | 'month' | 'week';
  /**
   * What 前 after it means. Default: its last day, included (4月10日前, 4月上旬前). start: the day before it begins (4月前, 下周前), or its end when
   * today is in it. workday: the last working day before it (五一前).
   */
  readonly before?: 'start' | 'workday';
  /** It is a limit already: 3个工作日内, 年内. */
  readonly until?: boolean;
  /** It is a whole week: 本周. */
  readonly week?: boolean;
  /** It depends on the statutory calendar. */
  readonly statutory?: boolean;
  /** It counts days, natural ones or working ones: 10个工作日内. */
  readonly unit?: 'natural' | 'working';
  /** It is a day of the lunar calendar; `day` is the public one, where it is known. */
  readonly lunar?: { readonly day?: LocalDate };
  /** It names several days without saying which: 明后天. */
  readonly several?: boolean;
}

export interface Context {
  readonly today: LocalDate;
  readonly calendar: Calendar;
}

/** Reads an atom that begins exactly at `start`. */
export type AtomReader = (text: string, start: number, context: Context) => Atom | undefined;

/** A reader of one pattern. Groups that did not take part are ''. */
export function reader(
  source: string,
  read: (groups: readonly string[], context: Context) => Omit<Atom, 'end'> | undefined,
): AtomReader {
  const pattern = new RegExp(source, 'iuy');
  return (text, start, context) => {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (!match) return undefined;
    const atom = read(
      match.map((group) => group ?? ''),
      context,
    );
    return atom && { ...atom, end: start + match[0].length };
  };
}

export const day = (date: LocalDate): Span => ({ from: date, to: date });
/** An atom that means the same whatever the anchor. */
export const fixed = (span: Span): Pick<Atom, 'at'> => ({ at: () => [span] });
