import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { FindingDimension, GroupedTally } from '../domain/loop/rates.ts';
import type { UnitRef } from '../domain/work/unit.ts';

interface TallyQuery {
  /** None of them below another. Each is counted with all below it. */
  readonly unitIds: readonly string[];
  readonly by: FindingDimension;
  readonly programId?: string | undefined;
  /** Only problems found in these days. */
  readonly found?: Span | undefined;
  readonly today: LocalDate;
}

export interface SummaryReads {
  /** Restricted problems are in no count (invariant 6 of the loop). By group. */
  findingTallies(query: TallyQuery): Promise<readonly GroupedTally[]>;
  /** The top of the directory. */
  rootUnits(): Promise<readonly UnitRef[]>;
}
