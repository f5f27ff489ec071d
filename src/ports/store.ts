import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { Assessment, AssessmentDue, Checklist, Indicator } from '../domain/checklists/checklist.ts';
import type { WorkGroup } from '../domain/groups/group.ts';
import type { Person, RoleGrant } from '../domain/people/person.ts';
import type { Unit, UnitRef } from '../domain/people/unit.ts';
import type { ReminderContent } from '../domain/reminders/contents.ts';
import type { Task, TaskRole } from '../domain/tasks/task.ts';
import type { Inspection } from '../domain/visits/inspection.ts';
import type { AppliedImportReads } from './applied-imports.ts';
import type { CalendarReads } from './calendar.ts';
import type { AuditEntry, UnitOfWork } from './changes.ts';
import type { FindingReads } from './findings.ts';
import type { ImportReads } from './imports.ts';
import type { LedgerReads } from './ledger.ts';
import type { WaitingReads } from './live-cards.ts';
import type { NoticeReads } from './notices.ts';
import type { PeopleReads } from './people.ts';
import type { Program, ProgramReads } from './programs.ts';
import type { ReachReads } from './reach.ts';
import type {
  AssessmentRow,
  IndicatorRow,
  InspectionRow,
  MilestoneRow,
  PersonRow,
  ReminderRule,
  TaskRow,
} from './rows.ts';
import type { SettingReads } from './settings.ts';
import type { SummaryReads } from './summary.ts';
import type { Confidant, TaskProgressReads } from './tasks.ts';
import type { UnsentPushReads } from './unsent-pushes.ts';
import type { VisitReads } from './visits.ts';

/** What a chat may see: these units with everything below them, and the rows addressed to them. Empty sees nothing. */
export interface Scope {
  readonly unitIds: readonly string[];
  /** In a direct chat, who is asking: visits on whose team they are count as theirs. */
  readonly personIds?: readonly string[];
}

/** Names found in a text; several rows with one name mean that it must be asked back, never guessed. */
export interface NameMatches {
  readonly units: readonly { readonly name: string; readonly unit: UnitRef }[];
  readonly people: readonly {
    readonly name: string;
    readonly personId?: string | undefined;
    readonly unit?: UnitRef | undefined;
  }[];
  readonly programs: readonly {
    readonly name: string;
    readonly programId: string;
    readonly checklistId?: string | undefined;
  }[];
  readonly checklists: readonly { readonly name: string; readonly checklistId: string }[];
}

/** A granted role, and whom of the address book the account is linked to. */
interface RoleHolder extends RoleGrant {
  readonly openId: string;
  readonly unit?: UnitRef | undefined;
  readonly people: readonly Person[];
  /** An open id, or 'claim' for the one-time code. */
  readonly by: string;
  readonly at: Instant;
}

/** A group that the bot sits in: when something last arrived there, and how many messages were kept. */
interface ActiveGroup {
  readonly group: WorkGroup;
  readonly lastSentAt?: Instant | undefined;
  readonly kept: number;
  /** The last message that did not arrive, when none has arrived since; Lark's code when Lark refused it. */
  readonly failing?: { readonly at: Instant; readonly code?: number | undefined; readonly reason: string } | undefined;
}

/** A message that did not leave: failed for good, or held because its fate is unknown. */
export interface KeptMessage {
  readonly key: string;
  readonly uuid: string;
  readonly lane: 'reply' | 'push';
  readonly chatId: string;
  /** The group's name; none for a direct chat. */
  readonly group?: string | undefined;
  /** In the direct chat of an account that is linked: whose. */
  readonly person?: string | undefined;
  readonly state: 'failed' | 'held';
  readonly reason: string;
  readonly at: Instant;
  /** When an attempt began that may have reached Lark. */
  readonly firstSentAt?: Instant | undefined;
}

/** Since when, and by whose order, no push leaves. */
interface Pause {
  readonly at: Instant;
  /** An open id. */
  readonly by: string;
}

/** What did not leave because of a pause. */
interface MissedByPause {
  readonly occurrences: readonly {
    readonly group: string;
    readonly contents: readonly ReminderContent[];
    readonly nominalAt: Instant;
  }[];
  /** Pushes that were made before the pause and did not leave in time. */
  readonly waiting: number;
}

export interface AuditQuery {
  /** Both ends: at or after the one, before the other. */
  readonly from?: Instant | undefined;
  readonly before?: Instant | undefined;
  /** Done by one of them, or to one of them. */
  readonly people?: readonly Person[] | undefined;
  /** Done by or to people of the unit and the units below it, or in their groups. */
  readonly unitId?: string | undefined;
  /** How the actions begin: rule., import. */
  readonly actions?: readonly string[] | undefined;
  /** Leaves out, as of this instant, what others did to unannounced visits: that there is such an entry would tell. */
  readonly withheld?: { readonly now: Instant; readonly except: string } | undefined;
  readonly limit: number;
}

/** An entry of the record with the names of today: of accounts, groups, and units in `before` and `after`. */
interface AuditRow {
  readonly at: Instant;
  readonly actor: string;
  readonly actorPeople: readonly Person[];
  readonly group?: string | undefined;
  /** Said in a chat, whether a group or a direct one. */
  readonly inChat: boolean;
  readonly action: string;
  readonly subject: string;
  readonly subjectGroup?: string | undefined;
  readonly subjectPeople: readonly Person[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A person's claim to be somebody of the address book, until an administrator settles it. */
export interface LinkRequest {
  readonly id: string;
  readonly openId: string;
  readonly person: Person;
  readonly chatId: string;
  readonly requestedAt: Instant;
}

/** `formerOpenId`: the account that an administrator took away; it is not theirs, whatever a number or a name says. */
export interface PersonToLink extends Person {
  readonly formerOpenId?: string | undefined;
}

/** The figures of 状态, for a scope (all of the district when it is undefined). */
interface Figures {
  readonly boundGroups: number;
  readonly unboundGroups: number;
  readonly people: number;
  readonly unlinkedPeople: number;
  readonly linkRequests: number;
  readonly waitingMessages: number;
  /** Of the waiting ones, those taken by a deliverer at this moment. */
  readonly sendingMessages: number;
  /** Of the waiting ones, those that wait for the end of quiet hours, and when the first of them leaves. */
  readonly waitingLater?: { readonly count: number; readonly from: Instant } | undefined;
  /** Kept with their reason: failed for good, or held because their fate is unknown. */
  readonly keptMessages: readonly {
    readonly key: string;
    readonly chatId: string;
    readonly reason: string;
    readonly at: Instant;
  }[];
  readonly lastSentAt?: Instant | undefined;
}

export interface InspectionQuery {
  readonly scope: Scope;
  readonly span: Span;
  /** Only visits to this unit and the units below it. */
  readonly unitId?: string | undefined;
  /** Only visits with a person of this name on the team. */
  readonly personName?: string | undefined;
  /** Only visits with one of these people on the team. */
  readonly personIds?: readonly string[] | undefined;
  /** Cancelled visits too; left out unless they are asked for. */
  readonly cancelled?: boolean | undefined;
}

interface TaskQuery {
  readonly scope: Scope;
  /** Only open ones when absent. */
  readonly state?: 'open' | 'done' | 'any' | undefined;
  /** Also what the scope's units have given to others; an alert is for those who owe it, a list is for both. */
  readonly given?: true | undefined;
  /** Only the one with this number: T12. */
  readonly number?: number | undefined;
  /** Only what this unit, or a unit below it, leads or assists. */
  readonly unitId?: string | undefined;
  /** Only tasks of this program, which may be archived; without it those of archived ones are left out. */
  readonly programId?: string | undefined;
  /** Only tasks for which one of these people is responsible. */
  readonly personIds?: readonly string[] | undefined;
  /** Only dated tasks due by this day, and those whose day is not a plain date (monthly, relative, ongoing …). */
  readonly dueBy?: LocalDate | undefined;
  /** Who asks, in a direct chat: without it confidential tasks are not among the answers. */
  readonly confidant?: Confidant | undefined;
}

export interface IndicatorQuery {
  /** Of these checklists; all when undefined. */
  readonly checklistIds?: readonly string[] | undefined;
  /** As typed: YZ-2.11 or 2.11, upper case. */
  readonly code?: string | undefined;
  /** A part of title, standard, level or code. */
  readonly keyword?: string | undefined;
  /** A first- or second-level name exactly. */
  readonly level?: string | undefined;
  readonly vetoOnly?: boolean | undefined;
  readonly limit: number;
}

/** Reading only; never a clock. All lists come in the order in which they are shown. */
export interface Reads
  extends ImportReads,
    AppliedImportReads,
    CalendarReads,
    SettingReads,
    VisitReads,
    PeopleReads,
    FindingReads,
    SummaryReads,
    LedgerReads,
    TaskProgressReads,
    ProgramReads,
    UnsentPushReads,
    ReachReads,
    NoticeReads,
    WaitingReads {
  group(chatId: string): Promise<WorkGroup | undefined>;
  /** Bound to this very unit, and the bot is still in them. */
  boundGroups(unitId: string): Promise<readonly WorkGroup[]>;
  /** Groups that the bot sits in, bound or not, the bound ones first by unit. */
  activeGroups(): Promise<readonly ActiveGroup[]>;
  /** The newest first. */
  keptMessages(limit: number): Promise<readonly KeptMessage[]>;
  /** The newest first. */
  audit(query: AuditQuery): Promise<readonly AuditRow[]>;
  pause(): Promise<Pause | undefined>;
  /** The oldest first, `limit` at most. */
  missedByPause(since: Instant, limit: number): Promise<MissedByPause>;
  /** All rows of the address book that are linked to this account (one person may serve in two units). */
  peopleByOpenId(openId: string): Promise<readonly Person[]>;
  person(id: string): Promise<Person | undefined>;
  peopleByName(name: string): Promise<readonly Person[]>;
  roles(openId: string): Promise<readonly RoleGrant[]>;
  hasAdministrator(): Promise<boolean>;
  /** Who holds which role, administrators first; of one account only, when it is named. */
  roleHolders(openId?: string): Promise<readonly RoleHolder[]>;
  claimHash(): Promise<string | undefined>;
  botOpenId(): Promise<string | undefined>;
  unit(id: string): Promise<(Unit & { readonly isRoot: boolean }) | undefined>;
  /** Whether the unit is one of these or below one of them. */
  isWithin(unitId: string, ancestorIds: readonly string[]): Promise<boolean>;
  /** Ids of these units and of all above them. */
  unitsAbove(unitIds: readonly string[]): Promise<readonly string[]>;
  /** Exact lookup of candidate names (all substrings of a message); indexed, whatever the size of the directory. */
  names(candidates: readonly string[]): Promise<NameMatches>;

  inspections(query: InspectionQuery): Promise<readonly Inspection[]>;
  /** Visits that begin after the day, the nearest first. */
  inspectionsAfter(
    query: Omit<InspectionQuery, 'span'> & { readonly after: LocalDate; readonly limit: number },
  ): Promise<readonly Inspection[]>;
  /** Tasks that the scope's subtree leads or assists, by name or as one of a collective, or for which its people are responsible. */
  tasks(query: TaskQuery): Promise<readonly Task[]>;
  /** Self-assessments of the scope with items still missing. */
  assessmentDues(scope: Scope, unitId?: string): Promise<readonly AssessmentDue[]>;
  /**
   * Run by a unit of the subtree, or by one above it that wants all or these to take part, or with a task or a self-assessment of the
   * subtree. Archived ones only when asked for.
   */
  programs(scope: Scope, archived?: 'archived too'): Promise<readonly Program[]>;
  checklists(): Promise<readonly Checklist[]>;
  indicators(query: IndicatorQuery): Promise<readonly Indicator[]>;
  assessments(query: {
    readonly scope: Scope;
    readonly indicatorIds: readonly string[];
    readonly unitId?: string | undefined;
  }): Promise<readonly Assessment[]>;
  /** Who leads and assists an indicator, by the tasks of the scope's programs that name it. */
  indicatorUnits(
    scope: Scope,
    indicatorIds: readonly string[],
  ): Promise<readonly { readonly indicatorId: string; readonly role: TaskRole; readonly written: string }[]>;

  /** By number, those that are switched off included. */
  rules(chatId: string): Promise<readonly ReminderRule[]>;
  linkRequests(limit: number): Promise<readonly LinkRequest[]>;
  linkRequest(id: string): Promise<LinkRequest | undefined>;
  figures(scope: Scope | undefined): Promise<Figures>;
  /** The next pushes, by group. */
  nextPushes(
    scope: Scope | undefined,
    limit: number,
  ): Promise<readonly { readonly group: string; readonly content: ReminderContent; readonly nominalAt: Instant }[]>;

  /** Rules whose time has come, whole groups at a time, oldest first. */
  dueRules(
    now: Instant,
    groups: number,
  ): Promise<readonly { readonly group: WorkGroup; readonly rules: readonly ReminderRule[] }[]>;
  /** People with a mobile number and no open id who were last asked about before this instant. */
  peopleToLink(askedBefore: Instant, limit: number): Promise<readonly (PersonToLink & { readonly mobile: string })[]>;
  /**
   * Active bound groups whose members were last asked for before this instant (work_group.members_asked_at, 0 from the start), each
   * with those people below its unit who have no open id, and no mobile number or one that was looked up in vain (asked_at > 0).
   * Groups without such people are left out.
   */
  groupsToLink(
    askedBefore: Instant,
    limit: number,
  ): Promise<readonly { readonly chatId: string; readonly people: readonly PersonToLink[] }[]>;

  /** What an import compares with; whole tables of one district, a few thousand rows at most. */
  directory(): Promise<{
    readonly units: readonly (Unit & { readonly version: number })[];
    readonly people: readonly PersonRow[];
  }>;
  programsByName(name: string): Promise<readonly Program[]>;
  importedInspections(span: Span): Promise<readonly InspectionRow[]>;
  importedTasks(programId: string): Promise<readonly TaskRow[]>;
  importedIndicators(checklistId: string): Promise<readonly IndicatorRow[]>;
  importedAssessments(programId: string, unitId: string): Promise<readonly AssessmentRow[]>;
  importedMilestones(programId: string): Promise<readonly MilestoneRow[]>;
}

/** already: the guard's or a message's key exists (redelivery, second process). stale: a row moved since it was read; decide again. */
export type Committed = 'done' | 'already' | 'stale';

export interface Store extends Reads {
  /** Whether it was the database that failed: gone, full, locked or broken. Anything else that is thrown is a bug of ours. */
  isFailure(error: unknown): boolean;
  /** The only write of the core. Throws only when the database itself fails. */
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
