import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { FindingFacts, Progress } from '../domain/findings/finding.ts';

/** Which problems of a ledger are meant: still open, struck off, or past their deadline. */
export type LedgerState = 'open' | 'closed' | 'overdue';

interface LedgerQuery {
  /** Problems of these units and all below them. */
  readonly unitIds: readonly string[];
  readonly programId?: string | undefined;
  readonly state?: LedgerState | undefined;
  /** Only problems found in these days. */
  readonly found?: Span | undefined;
  /** Who asks, in a direct chat: restricted problems in which this account is named are among them. */
  readonly viewer?: string | undefined;
  readonly today: LocalDate;
  readonly limit: number;
}

/** A line of 问题整改台账. */
export interface LedgerRow
  extends Pick<FindingFacts, 'number' | 'unit' | 'description' | 'severity' | 'term' | 'foundOn'>,
    Pick<Progress, 'state' | 'restricted' | 'due' | 'cause' | 'files' | 'closedOn' | 'letter' | 'document'> {
  /** A name. */
  readonly program?: string | undefined;
  /** Number of the visit on which it was found: D12. */
  readonly visit?: number | undefined;
  readonly indicator?: { readonly code: string; readonly title: string; readonly level1: string } | undefined;
  /** A name. */
  readonly responsible: string;
  /** What the unit wrote last as its plan, and as its report. */
  readonly plan?: string | undefined;
  readonly report?: string | undefined;
}

export interface LedgerReads {
  /** By number. */
  findingLedger(query: LedgerQuery): Promise<readonly LedgerRow[]>;
}
