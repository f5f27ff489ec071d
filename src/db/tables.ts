import type { Generated } from 'kysely';
import type { Collective } from '../domain/people/unit.ts';
import type { ReminderContent } from '../domain/reminders/contents.ts';
import type { RuleMention } from '../domain/reminders/reminder.ts';
import type { PursuitLevel } from '../domain/tasks/pursuit.ts';
import type { TaskTexts } from '../domain/tasks/task.ts';
import type { CalendarTables } from './calendars/calendar-tables.ts';
import type { FindingTables } from './findings/finding-tables.ts';
import type { AppliedImportTable, PendingImportPartTable, PendingImportTable } from './imports/pending-import-table.ts';
import type { NoticeReceiverTable, NoticeTable, NoticeTargetTable } from './notices/notice-tables.ts';
import type { SettingTable } from './settings/setting-table.ts';
import type {
  ProgressEvidenceTable,
  ProgressReportTable,
  TaskAlertTable,
  TaskEntryTable,
  TaskMilestoneTable,
} from './tasks/task-tables.ts';

// The columns of migrations/*/0001_main_job.sql as Kysely sees them. Flags are 0 or 1, instants milliseconds UTC, on all homes.

export type Flag = 0 | 1;
type Nullable<T> = T | null;

interface UnitTable {
  id: string;
  name: string;
  kind: string;
  parent_id: Nullable<string>;
  version: number;
}

interface PersonTable {
  id: string;
  unit_id: string;
  name: string;
  position: string;
  mobile: Nullable<string>;
  office_phone: string;
  email: string;
  open_id: Nullable<string>;
  linked_by: Nullable<'mobile' | 'group' | 'administrator'>;
  asked_at: Generated<number>;
  gone: Nullable<'left' | 'merged'>;
  gone_at: Nullable<number>;
  successor_id: Nullable<string>;
  former_open_id: Nullable<string>;
  liaison: Nullable<'named' | 'withdrawn'>;
  version: number;
}

interface WorkGroupTable {
  chat_id: string;
  name: string;
  unit_id: Nullable<string>;
  state: 'active' | 'left' | 'disbanded';
  members_asked_at: Generated<number>;
  state_at: Generated<number>;
  name_at: Generated<number>;
  version: number;
}

export interface IndicatorTable {
  id: string;
  checklist_id: string;
  code: string;
  short_code: string;
  position: number;
  level1: string;
  level2: string;
  title: string;
  standard: string;
  points: Nullable<number>;
  veto: Flag;
  unverified: Flag;
  /** A JSON list of texts. */
  evidence: string;
  unit_hint: string;
  formula: string;
  note: string;
  thresholds: string;
  version: number;
}

interface InspectionTable {
  id: string;
  unit_id: string;
  program_id: Nullable<string>;
  checklist_id: Nullable<string>;
  date_from: string;
  date_to: string;
  date_text: string;
  period: string;
  starts: Nullable<string>;
  begins_at: number;
  kind: string;
  topic: string;
  unannounced: Flag;
  contact: string;
  contact_phone: string;
  note: string;
  /** NULL only between two statements of the unit that adds the row. */
  number: Nullable<number>;
  state: Generated<'planned' | 'cancelled'>;
  reason: Generated<string>;
  changed_by: Nullable<string>;
  changed_at: Nullable<number>;
  version: number;
}

export interface TaskTable extends TaskTexts {
  id: string;
  program_id: string;
  code: string;
  kind: 'keyWork' | 'decisionMatter' | 'livelihoodProject';
  title: string;
  level1: string;
  level2: string;
  indicator_id: Nullable<string>;
  veto: Flag;
  due_kind: 'date' | 'ongoing' | 'monthly' | 'quarterly' | 'immediate' | 'relative' | 'none';
  due: Nullable<string>;
  due_text: string;
  due_day: Nullable<number>;
  due_event: Nullable<string>;
  due_offset: Nullable<number>;
  due_offset_unit: Nullable<'working'>;
  due_time: Nullable<string>;
  day_unit: 'working' | 'natural';
  state: Generated<'open' | 'done'>;
  number: Generated<Nullable<number>>;
  target: Generated<Nullable<number>>;
  measure: Generated<string>;
  starts: Generated<Nullable<string>>;
  restricted: Generated<Flag>;
  level: Generated<PursuitLevel>;
  drafted: Generated<PursuitLevel>;
  level_on: Generated<Nullable<string>>;
  rectify_by: Generated<Nullable<string>>;
  watch_at: Generated<number>;
  version: Generated<number>;
}

export interface AssessmentTable {
  program_id: string;
  unit_id: string;
  indicator_id: string;
  state: 'met' | 'unmet' | 'reported' | 'missing';
  /** A JSON list of results. */
  results: string;
  points: Nullable<number>;
  score: Nullable<number>;
  evidence: string;
  assessor: string;
  remark: string;
  version: number;
}

export interface OutboxTable {
  key: string;
  /** 0 reply, 1 push. */
  lane: 0 | 1;
  chat_id: string;
  reply_to: Nullable<string>;
  type: 'interactive' | 'text';
  content: string;
  uuid: string;
  state: 'waiting' | 'sending' | 'sent' | 'held' | 'failed' | 'dropped';
  due_at: number;
  attempts: Generated<number>;
  first_sent_at: Nullable<number>;
  message_id: Nullable<string>;
  code: Nullable<number>;
  reason: Nullable<string>;
  created_at: number;
  settled_at: Nullable<number>;
  /** Set for a file, whatever `type` says. */
  file_name: Generated<Nullable<string>>;
  file_key: Generated<Nullable<string>>;
  /** The key of the message that this row updates. */
  updates: Generated<Nullable<string>>;
  /** By which API, and how soon: see 0020_lanes. */
  queue: Generated<number>;
  /** Its chat's key in `pace`. */
  chat_key: Generated<string>;
  place: Generated<number>;
  taker: Generated<Nullable<string>>;
  /** Of an update: the card's when it was called for. */
  revision: Generated<number>;
  /** What it was made of, and what makes it again: see 0026_basis. */
  basis: Generated<string>;
  unit_id: Generated<Nullable<string>>;
  remake: Generated<string>;
  made_at: Generated<number>;
}

export interface Tables extends CalendarTables, FindingTables {
  schema_version: { name: string };
  counter: { name: string; value: number };
  guard: { moved: number | null; taken: number | null; last_administrator: number | null };
  meta: { key: string; value: string };
  unit: UnitTable;
  unit_name: { name: string; unit_id: string };
  /** A view: whose subtree a unit's people and groups see. */
  unit_sight: { unit_id: string; sees_id: string };
  unit_closure: { ancestor_id: string; descendant_id: string; depth: number };
  person: PersonTable;
  link_request: {
    id: string;
    open_id: string;
    person_id: string;
    chat_id: string;
    requested_at: number;
    /** The bot found the name in a group; nobody has said so. */
    by_name: Generated<Flag>;
  };
  role_grant: {
    open_id: string;
    role: 'administrator' | 'supervisor' | 'inspector' | 'liaison' | 'leader' | 'observer';
    unit_id: Nullable<string>;
    granted_by: string;
    granted_at: number;
  };
  work_group: WorkGroupTable;
  checklist: {
    id: string;
    title: string;
    source: string;
    edition: string;
    scope: string;
    built_in: Flag;
    version: number;
  };
  checklist_name: { name: string; checklist_id: string; position: number };
  indicator: IndicatorTable;
  program: {
    id: string;
    unit_id: string;
    name: string;
    checklist_id: Nullable<string>;
    archived_at: Generated<Nullable<number>>;
    version: number;
  };
  program_unit: {
    program_id: string;
    seat: number;
    unit_id: Nullable<string>;
    collective: Nullable<Collective>;
    written: string;
  };
  milestone: {
    program_id: string;
    name: string;
    due: Nullable<string>;
    period_from: Nullable<string>;
    period_to: Nullable<string>;
    due_text: string;
    version: number;
  };
  assessment: AssessmentTable;
  inspection: InspectionTable;
  inspection_member: {
    inspection_id: string;
    seat: number;
    role: 'leader' | 'member';
    name: string;
    person_id: Nullable<string>;
  };
  task: TaskTable;
  task_unit: {
    task_id: string;
    seat: number;
    role: 'lead' | 'assist';
    unit_id: Nullable<string>;
    collective: Nullable<Collective>;
    written: string;
  };
  task_entry: TaskEntryTable;
  progress_report: ProgressReportTable;
  progress_evidence: ProgressEvidenceTable;
  task_alert: TaskAlertTable;
  task_milestone: TaskMilestoneTable;
  notice: NoticeTable;
  notice_target: NoticeTargetTable;
  notice_receiver: NoticeReceiverTable;
  task_person: { task_id: string; seat: number; name: string; person_id: Nullable<string> };
  reminder_rule: {
    id: string;
    chat_id: string;
    number: number;
    content: ReminderContent;
    /** The domain's Recurrence as JSON text. */
    recurrence: string;
    at_time: string;
    enabled: Flag;
    nominal_at: number;
    fire_at: number;
    calendar_version: Generated<number>;
    mention: Generated<RuleMention>;
    until_day: Generated<string | null>;
    version: number;
  };
  notification: {
    chat_id: string;
    nominal_at: number;
    outcome: 'sent' | 'late' | 'missed' | 'empty';
    contents: string;
    at: number;
    reason: Generated<string>;
  };
  setting: SettingTable;
  pending_import: PendingImportTable;
  pending_import_part: PendingImportPartTable;
  applied_import: AppliedImportTable;
  applied_import_part: PendingImportPartTable;
  inbox: { event_id: string; received_at: number };
  outbox: OutboxTable;
  outbox_part: { message_key: string; part: number; content: string };
  /** What is said to many, and to whom: see 0028_telling. */
  telling: {
    id: string;
    lane: 0 | 1;
    type: OutboxTable['type'];
    content: string;
    subjects: string;
    query: string;
    remake: string;
    created_at: number;
    changed: Generated<Flag>;
  };
  to_tell: {
    key: string;
    telling_id: string;
    chat_id: string;
    chat_key: string;
    open_id: Nullable<string>;
    uuid: string;
    due_at: number;
    place: number;
    created_at: number;
    unit_id: Nullable<string>;
    told_at: Nullable<number>;
  };
  card_copy: {
    subject: string;
    message_key: string;
    query: string;
    open_id: Nullable<string>;
    created_at: number;
    revision: Generated<number>;
    form_until_at: Generated<number>;
  };
  /** Of chats, and of APIs with all columns: see 0020_lanes. */
  pace: {
    key: string;
    next_at: number;
    version: Generated<number>;
    state: Generated<string>;
    shut_at: Generated<number>;
  };
  audit: {
    id: string;
    at: number;
    actor: string;
    chat_id: Nullable<string>;
    action: string;
    subject: string;
    before: Nullable<string>;
    after: Nullable<string>;
  };
}
