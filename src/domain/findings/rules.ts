import type { LocalDate } from '../calendar/local-date.ts';
import type { Calendar } from '../calendar/working-days.ts';
import type { Ladder } from './ladder.ts';
import type { Profile } from './time-limits.ts';

/** Rules and clock that a problem is decided and shown by. */
export interface FindingRules {
  readonly today: LocalDate;
  readonly zone: string;
  readonly calendar: Calendar;
  readonly profile: Profile;
  readonly ladder: Ladder;
}
