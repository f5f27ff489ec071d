import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { FindingDimension, GroupedTally } from '../domain/findings/rates.ts';
import type { PushDimension, PushTally } from '../domain/reminders/push-rates.ts';

interface TallyQuery {
  /** None of them below another. Each is counted with all below it. */
  readonly unitIds: readonly string[];
  readonly by: FindingDimension;
  readonly programId?: string | undefined;
  /** Only problems found in these days. */
  readonly found?: Span | undefined;
  readonly today: LocalDate;
}

interface PushQuery {
  /** None of them below another. */
  readonly unitIds: readonly string[];
  readonly by: PushDimension;
  /** Each with its instants, the second one excluded. */
  readonly months: readonly { readonly month: string; readonly from: Instant; readonly before: Instant }[];
}

export interface SummaryReads {
  /** Restricted problems are in no count (invariant 6 of the loop). By group. */
  findingTallies(query: TallyQuery): Promise<readonly GroupedTally[]>;
  /** When each of these tasks was done, the last time if several; none for those that nobody closed in the chat. */
  taskEndings(taskIds: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  /** What became of the pushes of the units' groups. By group. */
  pushTallies(query: PushQuery): Promise<readonly PushTally[]>;
}
