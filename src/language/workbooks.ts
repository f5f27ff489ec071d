import type { Doc } from '../cards/views.ts';
import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { Summary } from '../domain/overview/summary.ts';
import type { UnitRef } from '../domain/people/unit.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { Clash } from '../domain/visits/clashes.ts';
import type { Viewer } from '../domain/visits/inspection.ts';
import type { AppliedImport } from '../ports/applied-imports.ts';
import type { AuditQuery } from '../ports/audit.ts';
import type { Change, SentFile } from '../ports/changes.ts';
import type { PendingImport } from '../ports/imports.ts';
import type { LedgerState } from '../ports/ledger.ts';
import type { Scope } from '../ports/scope.ts';
import type { Confidant } from '../ports/tasks.ts';
import type { PlannedPush } from './preview.ts';

/** Who gets a list: it holds what the chat may see, and names this unit as the one that fills it in. */
export interface ListReader {
  readonly scope: Scope;
  readonly viewer: Viewer;
  readonly about: UnitRef;
  readonly today: LocalDate;
  /** In a direct chat, whose: what is not for everybody is for those named in it. */
  readonly confidant?: Confidant | undefined;
}

export interface AskedTasks {
  readonly unitId?: string | undefined;
  readonly programId?: string | undefined;
  /** Only open ones when absent. */
  readonly state?: 'done' | 'any' | undefined;
  readonly of?: Task['kind'] | undefined;
  /** Only tasks with a day of theirs within. */
  readonly due?: Span | undefined;
}

/** What each list is asked for with. A list that is added here is missing, until it has its entries, in the registries of both rooms. */
interface AskedLists {
  findings: {
    readonly unitId?: string | undefined;
    readonly programId?: string | undefined;
    readonly state?: LedgerState | undefined;
    readonly found?: Span | undefined;
    /** What it is narrowed to, for its title. */
    readonly about: string;
  };
  schedule: { readonly span: Span; readonly unitId?: string | undefined };
  /** In the shape that 导入 takes back. */
  tasks: AskedTasks;
  /** The months of this year, and how each task stands. */
  progress: AskedTasks;
  assessment: { readonly unit: UnitRef; readonly programId?: string | undefined };
  checklist: { readonly checklistId: string };
  /** Of one group, or of one sender, or of all; of this year unless days are named. */
  notices: {
    readonly span?: Span | undefined;
    readonly chatId?: string | undefined;
    readonly sender?: string | undefined;
  };
  directory: { readonly unitId?: string | undefined };
  milestones: object;
  /** The figures that were counted, a row for each group. */
  summary: { readonly summary: Summary };
  /** Of one group, or of all. */
  rules: { readonly chatId?: string | undefined };
  audit: { readonly query: Omit<AuditQuery, 'limit'> };
}

export type ListKind = keyof AskedLists;

/** A list that is asked for: of a kind, or of any. */
export type ListRequest<Kind extends ListKind = ListKind> = {
  [Each in Kind]: { readonly kind: Each } & AskedLists[Each];
}[Kind];

export type TemplateRequest =
  | { readonly kind: 'directory' | 'schedule' | 'tasks' }
  | { readonly kind: 'assessment'; readonly checklistId: string; readonly program: string };

export interface RehearsalRequest {
  readonly pushes: readonly PlannedPush[];
  readonly clashes: readonly Clash[];
  readonly span: Span;
  readonly about: string;
  readonly today: LocalDate;
}

export interface WrittenList {
  readonly file: SentFile;
  readonly rows: number;
}

/** What taking an import back would do; nothing while something stands in the way. */
export interface UndoPlan {
  readonly applied: AppliedImport;
  readonly obstacles: readonly string[];
  readonly restored: number;
  readonly removed: number;
  readonly changes: readonly Change[];
  /** What those are told whose visits move back: notices of an outcome. */
  readonly notices: readonly {
    readonly to: { readonly openId: string } | { readonly chatId: string };
    readonly doc: Doc;
  }[];
}

/** Makes workbooks of what stands, and looks at what an import did; it sends and writes nothing. */
export interface Workbooks {
  /** What would be sent, as a workbook. */
  rehearsal(request: RehearsalRequest): Promise<SentFile>;
  /** An empty workbook of a kind; undefined when it needs an address book and there is none. */
  template(request: TemplateRequest, reader: ListReader | undefined): Promise<SentFile | undefined>;
  /** Taking the last import back, by this account; undefined when there is none that can be. */
  undo(by: string): Promise<UndoPlan | undefined>;
  /** The rows of a previewed workbook that were left out, each with its reason; undefined when there is none, or the file is gone. */
  faultyRows(pending: PendingImport): Promise<SentFile | undefined>;
  /** A file for each program where the kind is kept by program, and for each 5,000 lines of a ledger. None when there is nothing to write. */
  lists(request: ListRequest, reader: ListReader): Promise<readonly WrittenList[] | { readonly tooMany: number }>;
}
