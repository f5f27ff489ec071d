import type { AuditAction } from '../domain/audit-words.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { Role } from '../domain/people/person.ts';
import type { ReminderContent } from '../domain/reminders/contents.ts';
import type { AppliedImportChange } from './applied-imports.ts';
import type { CalendarChange } from './calendar.ts';
import type { FindingChange } from './findings.ts';
import type { ImportChange } from './imports.ts';
import type { CardChange, LiveCard } from './live-cards.ts';
import type { NoticeChange } from './notices.ts';
import type { PeopleChange } from './people.ts';
import type { ProgramChange } from './programs.ts';
import type {
  AssessmentRow,
  ChecklistRow,
  IndicatorRow,
  InspectionRow,
  MilestoneRow,
  PersonRow,
  ProgramRow,
  ReminderRule,
  TaskRow,
  UnitRow,
} from './rows.ts';
import type { SettingChange } from './settings.ts';
import type { TaskChange } from './tasks.ts';
import type { VisitChange } from './visits.ts';

/** A row to add (`seen` undefined) or to replace: `seen` is the version that the decision was made on. */
export type Put<Row> = Omit<Row, 'version'> & { readonly seen?: number | undefined };

/** Everything that can happen to the state, in domain words. Each subject has its part, here and in db/, where what is missing does not compile. */
export type Change =
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

/** What becomes of the groups that the bot sits in. */
export type GroupChange =
  /** The bot was put into a group, or speaks in one that it did not know: adds it, or revives it, and keeps its binding. */
  | { readonly kind: 'group.joined'; readonly chatId: string; readonly name: string }
  | { readonly kind: 'group.renamed'; readonly chatId: string; readonly name: string }
  /** Out of the group: its waiting messages are dropped with a reason, nothing more is sent there. */
  | { readonly kind: 'group.gone'; readonly chatId: string; readonly state: 'left' | 'disbanded' }
  | { readonly kind: 'group.bound'; readonly chatId: string; readonly unitId: string; readonly seen: number }
  /** The members of the group were compared with the address book; not again for a while. A new binding asks afresh. */
  | { readonly kind: 'group.asked'; readonly chatId: string; readonly at: Instant };
/** The open id was looked for by mobile number; not again for a while. */

/** What becomes of reminder rules. */
export type ReminderChange =
  /** Gets the next number of its group, and is switched on. */
  | {
      readonly kind: 'rule.added';
      readonly rule: Omit<ReminderRule, 'number' | 'enabled' | 'calendarVersion' | 'version'>;
    }
  | {
      readonly kind: 'rule.changed';
      readonly rule: Omit<ReminderRule, 'number' | 'calendarVersion' | 'version'>;
      readonly seen: number;
    }
  | { readonly kind: 'rule.removed'; readonly id: string; readonly seen: number }
  /** Its last day is over: it is switched off. */
  | { readonly kind: 'rule.ended'; readonly id: string; readonly seen: number }
  | {
      readonly kind: 'rule.advanced';
      readonly id: string;
      readonly nominalAt: Instant;
      readonly fireAt: Instant;
      /** The calendar that the times were computed with. */
      readonly calendarVersion: number;
      readonly seen: number;
    };

/** What is done with messages that wait or were kept. */
export type DeliveryChange =
  /** From now on no push leaves; replies do. Stale when it is so already. */
  | { readonly kind: 'pushes.paused'; readonly by: string; readonly at: Instant }
  /** Ends the pause that began at `since`; pushes that still wait are held with the reason. Stale when it is another pause, or none. */
  | {
      readonly kind: 'pushes.resumed';
      readonly since: Instant;
      readonly at: Instant;
      readonly reason: string;
    }
  /** A kept message waits again, under a new uuid when it has another than `seen`. Stale when it is not kept any more. */
  | {
      readonly kind: 'message.again';
      readonly key: string;
      readonly seen: string;
      readonly uuid: string;
      readonly at: Instant;
    };

/** Who may do what, and the code that makes the first administrator. */
export type RoleChange =
  | {
      readonly kind: 'role.granted';
      readonly openId: string;
      readonly role: Role;
      readonly unitId?: string | undefined;
      readonly by: string;
      readonly at: Instant;
    }
  /** Stale when it is not granted, or when nobody would be administrator any more. */
  | {
      readonly kind: 'role.revoked';
      readonly openId: string;
      readonly role: Role;
      readonly unitId?: string | undefined;
    }
  /** A new claim code replaces the one before it. */
  | { readonly kind: 'claim.issued'; readonly hash: string }
  /** Uses the code up; stale when it is no longer the one. */
  | { readonly kind: 'claim.used'; readonly hash: string };

/** How accounts become people of the address book. */
export type LinkChange =
  | { readonly kind: 'people.asked'; readonly personIds: readonly string[]; readonly at: Instant }
  | {
      readonly kind: 'person.linked';
      readonly personId: string;
      readonly openId: string;
      readonly by: 'mobile' | 'group' | 'administrator';
      readonly seen: number;
    }
  /** Replaces an earlier request of the same account. */
  | {
      readonly kind: 'link.requested';
      readonly id: string;
      readonly openId: string;
      readonly personId: string;
      readonly chatId: string;
      readonly at: Instant;
    }
  /** Stale when it was settled already. */
  | { readonly kind: 'link.settled'; readonly id: string };

/** What the bot learns of itself. */
type BotChange = { readonly kind: 'bot.known'; readonly openId: string };

/** Rows of an import, each new or in the place of the one that it names. */
export type PutChange =
  | {
      readonly kind: 'units.put';
      readonly rows: readonly Put<UnitRow & { readonly version: number }>[];
      readonly closure: readonly {
        readonly ancestorId: string;
        readonly descendantId: string;
        readonly depth: number;
      }[];
    }
  | { readonly kind: 'people.put'; readonly rows: readonly Put<PersonRow>[] }
  | { readonly kind: 'programs.put'; readonly rows: readonly Put<ProgramRow & { readonly version: number }>[] }
  | { readonly kind: 'milestones.put'; readonly rows: readonly Put<MilestoneRow>[] }
  | { readonly kind: 'checklists.put'; readonly rows: readonly Put<ChecklistRow & { readonly version: number }>[] }
  | { readonly kind: 'indicators.put'; readonly rows: readonly Put<IndicatorRow>[] }
  | { readonly kind: 'inspections.put'; readonly rows: readonly Put<InspectionRow>[] }
  | { readonly kind: 'tasks.put'; readonly rows: readonly Put<TaskRow>[] }
  | { readonly kind: 'assessments.put'; readonly rows: readonly Put<AssessmentRow>[] };

/**
 * What makes a unit happen once: the event that caused it, or the occurrence of a group's reminders. Of a message both ids are kept: Lark may
 * push one message under two event ids, and says so.
 */
export type Guard =
  | { readonly kind: 'event'; readonly eventId: string; readonly messageId?: string | undefined; readonly at: Instant }
  | {
      readonly kind: 'occurrence';
      readonly chatId: string;
      readonly nominalAt: Instant;
      readonly outcome: 'sent' | 'late' | 'missed' | 'empty';
      /** Missed because everything was paused, not because the bot was down. */
      readonly reason?: 'paused' | undefined;
      readonly contents: readonly ReminderContent[];
      readonly at: Instant;
    };

/** A row that the decision relied on without writing it. */
export interface Seen {
  readonly table: 'work_group' | 'person' | 'unit' | 'program' | 'task' | 'inspection' | 'indicator' | 'calendar';
  readonly id: string;
  readonly version: number;
}

export interface AuditEntry {
  readonly id: string;
  readonly at: Instant;
  /** An open id, 'import', 'heartbeat' or 'operator'. */
  readonly actor: string;
  readonly chatId?: string | undefined;
  readonly action: AuditAction;
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A file that the bot sends: 1 byte to 30 MB (lark-platform: upload). */
export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface NewMessage {
  /** Unique: reply:<event id>, push:<chat>:<nominal time>. A second unit with the same key is `already`. */
  readonly key: string;
  /** A push waits while everything is paused. */
  readonly lane: 'reply' | 'push';
  /** It tells of something that has happened: after answers that somebody waits for, before what the clock pushes. */
  readonly alert?: boolean | undefined;
  readonly chatId: string;
  /** In a direct chat: whose, by open id, when the chat is named by its own. What goes to one person is paced as one. */
  readonly person?: string | undefined;
  readonly replyTo?: string | undefined;
  readonly type: 'interactive' | 'text' | 'file';
  /** Of a file empty: its key is not known before it is uploaded. */
  readonly content: string;
  /** What a message of type file carries; kept with the unit, uploaded when it is sent. */
  readonly file?: SentFile | undefined;
  /** At most 50 characters. */
  readonly uuid: string;
  readonly dueAt: Instant;
  readonly createdAt: Instant;
  /** Of a card that is updated when what it shows changes. */
  readonly live?: LiveCard | undefined;
}

/** Statements that become true together, or not at all. */
export interface UnitOfWork {
  readonly guard?: Guard | undefined;
  readonly seen?: readonly Seen[] | undefined;
  readonly changes: readonly Change[];
  readonly messages: readonly NewMessage[];
  readonly audit: readonly AuditEntry[];
}
