import type { Instant } from '../domain/calendar/local-date.ts';
import type { AppliedImportReads } from './applied-imports.ts';
import type { AuditEntry, AuditReads } from './audit.ts';
import type { BotReads } from './bot.ts';
import type { CalendarReads } from './calendar.ts';
import type { UnitOfWork } from './changes.ts';
import type { ChecklistReads } from './checklists.ts';
import type { DeliveryReads } from './delivery.ts';
import type { FigureReads } from './figures.ts';
import type { FindingReads } from './findings.ts';
import type { GroupReads } from './groups.ts';
import type { ImportReads } from './imports.ts';
import type { LedgerReads } from './ledger.ts';
import type { LinkReads } from './links.ts';
import type { CardReads } from './live-cards.ts';
import type { NoticeReads } from './notices.ts';
import type { Numbers } from './numbers.ts';
import type { AddressBookReads, DutyReads, PersonReads } from './people.ts';
import type { ProgramReads } from './programs.ts';
import type { ReachReads } from './reach.ts';
import type { ReminderReads } from './reminders.ts';
import type { RoleReads } from './roles.ts';
import type { SettingReads } from './settings.ts';
import type { SummaryReads } from './summary.ts';
import type { TaskProgressReads, TaskReads } from './tasks.ts';
import type { UnitReads } from './units.ts';
import type { UnsentPushReads } from './unsent-pushes.ts';
import type { VisitReads } from './visits.ts';

/** Reading only; never a clock. All lists come in the order in which they are shown. Each subject has its part, here and in db/. */
export interface Reads
  extends AddressBookReads,
    AppliedImportReads,
    AuditReads,
    BotReads,
    CalendarReads,
    CardReads,
    ChecklistReads,
    DeliveryReads,
    DutyReads,
    FigureReads,
    FindingReads,
    GroupReads,
    ImportReads,
    LedgerReads,
    LinkReads,
    NoticeReads,
    PersonReads,
    ProgramReads,
    ReachReads,
    ReminderReads,
    RoleReads,
    SettingReads,
    SummaryReads,
    TaskProgressReads,
    TaskReads,
    UnitReads,
    UnsentPushReads,
    VisitReads {}

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
