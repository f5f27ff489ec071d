import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { Viewer } from '../domain/work/inspection.ts';
import type { UnitRef } from '../domain/work/unit.ts';
import type { SentFile } from '../ports/changes.ts';
import type { AuditQuery, Scope } from '../ports/store.ts';

/** Who gets a list: it holds what the chat may see, and names this unit as the one that fills it in. */
export interface ListReader {
  readonly scope: Scope;
  readonly viewer: Viewer;
  readonly about: UnitRef;
  readonly today: LocalDate;
}

export type ListRequest =
  | { readonly kind: 'schedule'; readonly span: Span; readonly unitId?: string | undefined }
  | { readonly kind: 'tasks'; readonly unitId?: string | undefined; readonly programId?: string | undefined }
  | { readonly kind: 'assessment'; readonly unit: UnitRef; readonly programId?: string | undefined }
  | { readonly kind: 'checklist'; readonly checklistId: string }
  | { readonly kind: 'directory' }
  | { readonly kind: 'milestones' }
  /** Of one group, or of all. */
  | { readonly kind: 'rules'; readonly chatId?: string | undefined }
  | { readonly kind: 'audit'; readonly query: Omit<AuditQuery, 'limit'> };

export interface WrittenList {
  readonly file: SentFile;
  readonly rows: number;
}

/** Makes workbooks of what stands; it sends and writes nothing. */
export interface Workbooks {
  /** A file for each program where the kind is kept by program. None when there is nothing to write; 'tooMany' above 5,000 rows. */
  lists(request: ListRequest, reader: ListReader): Promise<readonly WrittenList[] | 'tooMany'>;
}
