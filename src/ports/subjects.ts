import type { AppliedImportChange, AppliedImportReads } from './applied-imports.ts';
import type { AuditReads } from './audit.ts';
import type { BotChange, BotReads } from './bot.ts';
import type { CalendarChange, CalendarReads } from './calendar.ts';
import type { ChecklistReads } from './checklists.ts';
import type { DeliveryChange, DeliveryReads } from './delivery.ts';
import type { FigureReads } from './figures.ts';
import type { FindingChange, FindingReads } from './findings.ts';
import type { GroupChange, GroupReads } from './groups.ts';
import type { ImportChange, ImportReads, PutChange } from './imports.ts';
import type { LedgerReads } from './ledger.ts';
import type { LinkChange, LinkReads } from './links.ts';
import type { CardChange, CardReads } from './live-cards.ts';
import type { NoticeChange, NoticeReads } from './notices.ts';
import type { AddressBookReads, DutyReads, PeopleChange, PersonReads } from './people.ts';
import type { ProgramChange, ProgramReads } from './programs.ts';
import type { ReachReads } from './reach.ts';
import type { ReminderChange, ReminderReads } from './reminders.ts';
import type { RoleChange, RoleReads } from './roles.ts';
import type { SettingChange, SettingReads } from './settings.ts';
import type { SummaryReads } from './summary.ts';
import type { TaskChange, TaskProgressReads, TaskReads } from './tasks.ts';
import type { UnitReads } from './units.ts';
import type { UnsentPushReads } from './unsent-pushes.ts';
import type { VisitChange, VisitReads } from './visits.ts';

// What each subject adds to what can happen and to what can be asked: the sums that a new subject stands in.

export type SubjectChange =
  | ImportChange
  | AppliedImportChange
  | FindingChange
  | CardChange
  | CalendarChange
  | SettingChange
  | VisitChange
  | PeopleChange
  | TaskChange
  | ProgramChange
  | NoticeChange
  | GroupChange
  | ReminderChange
  | DeliveryChange
  | RoleChange
  | LinkChange
  | BotChange
  | PutChange;

export interface SubjectReads
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
