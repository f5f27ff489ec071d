import { addDays, daysBetween, type LocalDate, yearOf } from './local-date.ts';
import type { Span } from './span.ts';
import { type CalendarEdit, type CalendarEntries, type EnteredDay, workCalendar } from './work-calendar.ts';
import type { Calendar } from './working-days.ts';

/** A day that is another one afterwards. */
export interface ChangedDay {
  readonly day: LocalDate;
  readonly from: EnteredDay['kind'];
  readonly to: EnteredDay['kind'];
}

export interface EditedCalendar {
  readonly edit: CalendarEdit;
  /** What was entered, as it is then. */
  readonly entries: CalendarEntries;
  readonly calendar: Calendar;
  /** Days that change from 休 to 班 or back, in their order. */
  readonly changed: readonly ChangedDay[];
}

/** Whether anything would be written. */
export const isEmpty = ({ entered, withdrawn, announced, unannounced }: CalendarEdit): boolean =>
  entered.length + withdrawn.length === 0 && announced === undefined && unannounced === undefined;

/**
 * What has to be entered so that these days are as wanted. A day that is so by the package's own data needs no entry, and one that it has
 * goes: then a later version of the package is never contradicted by what nobody meant. `whole`: the days are all that is arranged for this
 * year, so that what else was entered for it goes too.
 */
export function enterDays(
  base: Calendar,
  entries: CalendarEntries,
  wanted: readonly EnteredDay[],
  whole?: number,
): EditedCalendar {
  const known = new Map(entries.days.map((day) => [day.day, day]));
  const isNeeded = ({ day, kind, name }: EnteredDay): boolean =>
    base.isWorkday(day) !== (kind === 'work') ||
    (kind === 'rest' && name !== '' && !base.known(yearOf(day)) && base.holidayName(day) !== name);
  const entered = wanted.filter((each) => {
    const own = known.get(each.day);
    return isNeeded(each) && !(own?.kind === each.kind && own.name === each.name);
  });
  const meant = new Set(wanted.map(({ day }) => day));
  const withdrawn = [
    ...wanted.filter((each) => !isNeeded(each) && known.has(each.day)),
    ...entries.days.filter(({ day }) => yearOf(day) === whole && !meant.has(day)),
  ].map(({ day }) => day);
  const isNew = whole !== undefined && !base.known(whole) && !entries.announced.includes(whole);
  return edited(base, entries, { entered, withdrawn, ...(isNew && { announced: whole }) });
}

/** Takes back what was entered for these days; with a year, also that it was announced. */
export function withdrawDays(
  base: Calendar,
  entries: CalendarEntries,
  { from, to }: Span,
  year?: number,
): EditedCalendar {
  const withdrawn = entries.days.map(({ day }) => day).filter((day) => from <= day && day <= to);
  const unannounced = year !== undefined && entries.announced.includes(year) ? year : undefined;
  return edited(base, entries, { entered: [], withdrawn, ...(unannounced !== undefined && { unannounced }) });
}

function edited(base: Calendar, entries: CalendarEntries, edit: CalendarEdit): EditedCalendar {
  const gone = new Set([...edit.withdrawn, ...edit.entered.map(({ day }) => day)]);
  const years = new Set(entries.announced.filter((year) => year !== edit.unannounced));
  if (edit.announced !== undefined) years.add(edit.announced);
  const days = [...entries.days.filter(({ day }) => !gone.has(day)), ...edit.entered];
  const after: CalendarEntries = {
    ...entries,
    days: days.sort((a, b) => (a.day < b.day ? -1 : 1)),
    announced: [...years],
  };
  const [old, calendar] = [workCalendar(base, entries, 0), workCalendar(base, after, 0)];
  const changed = [...gone]
    .filter((day) => old.isWorkday(day) !== calendar.isWorkday(day))
    .sort()
    .map((day): ChangedDay => {
      const [from, to] = old.isWorkday(day) ? (['work', 'rest'] as const) : (['rest', 'work'] as const);
      return { day, from, to };
    });
  return { edit, entries: after, calendar, changed };
}

/** Runs of days that follow one another and are alike. */
export function runsOf<Day extends { readonly day: LocalDate }>(
  days: readonly Day[],
  alike: (a: Day, b: Day) => boolean,
): readonly (Span & { readonly first: Day })[] {
  const runs: { from: LocalDate; to: LocalDate; first: Day }[] = [];
  for (const each of days) {
    const last = runs.at(-1);
    if (last && addDays(last.to, 1) === each.day && alike(last.first, each)) last.to = each.day;
    else runs.push({ from: each.day, to: each.day, first: each });
  }
  return runs;
}

/** The longest unbroken rest around these days; it stops counting at `limit`. */
export function longestRest(calendar: Calendar, days: readonly LocalDate[], limit: number): number {
  const around = (day: LocalDate, step: 1 | -1): LocalDate => {
    let at = day;
    for (let n = 0; n < limit && !calendar.isWorkday(addDays(at, step)); n += 1) at = addDays(at, step);
    return at;
  };
  const rests = days
    .filter((day) => !calendar.isWorkday(day))
    .map((day) => daysBetween(around(day, -1), around(day, 1)) + 1);
  return Math.max(0, ...rests);
}
