import type { Instant } from '../domain/calendar/local-date.ts';
import { type WorkCalendar, workCalendar } from '../domain/calendar/work-calendar.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import type { CalendarReads } from '../ports/calendar.ts';

type Entered = Pick<CalendarReads, 'calendarState' | 'calendarEntries'>;

interface CalendarNow {
  readonly calendar: WorkCalendar;
  readonly rulesBehind: boolean;
  readonly rulesDue: boolean;
}

/** The calendar of the moment. What was entered is read again only when its version is another, so that asking costs one small question. */
export interface Calendars {
  now(store: Entered, at?: Instant): Promise<CalendarNow>;
  /** When this process last found that every rule follows the calendar: what a change since then adds is not the past. */
  followedAt?: Instant;
}

/**
 * Kept as long as the process (or the isolate) lives. The version is read before what was entered: a calendar never bears a version newer
 * than its days, and what is committed against the version fails when there is a newer one.
 */
export function calendarsOver(base: Calendar): Calendars {
  let kept: WorkCalendar | undefined;
  return {
    async now(store, at) {
      const { version, ...rules } = await store.calendarState(at);
      if (kept?.version === version) return { calendar: kept, ...rules };
      const calendar = workCalendar(base, await store.calendarEntries(), version);
      kept = calendar;
      return { calendar, ...rules };
    },
  };
}

/** What works with the calendar of this moment: `core` as it is, and the calendar beside it. */
export async function withCalendar<Given extends { readonly calendars: Calendars; readonly store: Entered }>(
  core: Given,
): Promise<Given & { readonly calendar: WorkCalendar }> {
  return { ...core, calendar: (await core.calendars.now(core.store)).calendar };
}
