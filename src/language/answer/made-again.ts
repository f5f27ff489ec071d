import type { Doc } from '../../cards/views.ts';
import type { Instant } from '../../domain/calendar/local-date.ts';
import type { Change } from '../../ports/changes.ts';

/** A message that has waited, as whoever makes it again needs to know it. */
export interface Waiting {
  /** Where it goes: a group's chat id, or the open id of whose direct chat it is. */
  readonly place: string;
  readonly chatId: string;
  readonly isGroup: boolean;
  /** Whose direct chat it is has got another place or other roles since. */
  readonly readerMoved: boolean;
  readonly now: Instant;
}

/** What it says now: the same, this, or nothing, and why; and what is then so besides. */
export type MadeAgain =
  | 'same'
  | { readonly doc: Doc; readonly changes?: readonly Change[] }
  | { readonly nothing: string; readonly changes?: readonly Change[] };
