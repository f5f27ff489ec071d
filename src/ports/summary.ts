import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { PlacedTally } from '../domain/loop/rates.ts';
import type { UnitRef } from '../domain/work/unit.ts';

interface TallyQuery {
  /** None of them below another. Each is counted with all below it, by the units directly below it and itself. */
  readonly unitIds: readonly string[];
  readonly programId?: string | undefined;
  readonly today: LocalDate;
}

export interface SummaryReads {
  /** Restricted problems are in no count (invariant 6 of the loop). By unit, then program. */
  findingTallies(query: TallyQuery): Promise<readonly PlacedTally[]>;
  /** The top of the directory. */
  rootUnits(): Promise<readonly UnitRef[]>;
}
