import type { Instant } from '../domain/calendar/local-date.ts';
import type { AuditEntry } from './audit.ts';
import type { UnitOfWork } from './changes.ts';
import type { Numbers } from './numbers.ts';
import type { SubjectReads } from './subjects.ts';

/** Reading only; never a clock. All lists come in the order in which they are shown. Each subject has its part, here and in db/. */
export type Reads = SubjectReads;

/** Why a decision does not hold: a row moved since it was read, what was free is taken, nobody would be administrator any more. */
export type Stale = 'moved' | 'taken' | 'last administrator';

/** already: the guard's or a message's key exists (redelivery, second process). Any other guard that broke: decide again. */
export type Committed = 'done' | 'already' | Stale;

export interface Store extends Reads {
  readonly numbers: Numbers;
  /** Whether it was the database that failed: gone, full, locked or broken. Anything else that is thrown is a bug of ours. */
  isFailure(error: unknown): boolean;
  /** The only write of the core besides numbers. Throws when the database itself fails (`isFailure`), or for a constraint that no guard stands before: a bug of ours. */
  commit(work: UnitOfWork): Promise<Committed>;
  /**
   * Deletes what is past its keep: event ids, messages that were sent, old paces; at most `limit` rows of each. Messages that were held or
   * failed and that nobody has sent again in that time go as well; the audit line `forgotten` says how many.
   */
  purge(
    before: { readonly inbox: Instant; readonly sent: Instant; readonly pace: Instant },
    limit: number,
    forgotten: Pick<AuditEntry, 'id' | 'at'>,
  ): Promise<void>;
}
