import type { LocalDate, LocalTime } from '../../domain/calendar/local-date.ts';
import type { NameMatches } from '../../ports/units.ts';
import type { SlotsContext } from '../words/read-slots.ts';

/** What the reader of a form may ask. */
export interface FormContext extends Pick<SlotsContext, 'today' | 'calendar' | 'mentions'> {
  lookup(candidates: readonly string[]): Promise<NameMatches>;
  /** What the clocks show as the line is read: an hour of today may be over. */
  readonly at?: { readonly date: LocalDate; readonly time: LocalTime } | undefined;
  /** 我的 stood before the command's name. */
  readonly me?: true | undefined;
}
