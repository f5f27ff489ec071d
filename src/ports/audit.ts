import type { AuditAction } from '../domain/audit-words.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { Person } from '../domain/people/person.ts';
import type { Confidant } from './tasks.ts';

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

/** Who reads the record, and as of when: unannounced visits are withheld until they begin, 限知 and 保密 are for those named in them. */
export interface AuditReader extends Confidant {
  readonly now: Instant;
  readonly visits: 'all' | 'begun';
}

export interface AuditQuery {
  /** Both ends: at or after the one, before the other. */
  readonly from?: Instant | undefined;
  readonly before?: Instant | undefined;
  /** Done by one of them, or to one of them. */
  readonly people?: readonly Person[] | undefined;
  /** Done by or to people of the unit and the units below it, to their visits, tasks and problems, or in their groups; what is 限知 or 保密 is not among it. */
  readonly unitId?: string | undefined;
  /** What was done to these, as the record names them: W1, D1, a task's or notice's id. */
  readonly subjects?: readonly string[] | undefined;
  /** How the actions begin: rule., import. */
  readonly actions?: readonly string[] | undefined;
  /** Leaves out what others did to that which is kept from this reader: that there is such an entry, whose and when would tell. */
  readonly reader?: AuditReader | undefined;
  readonly limit: number;
}

/** What an entry is about, where the record knows only its id. */
export type AuditItem =
  | { readonly kind: 'task'; readonly number: number; readonly title: string | undefined }
  | { readonly kind: 'notice'; readonly number: number }
  | { readonly kind: 'rule'; readonly number: number; readonly group: string };

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
  readonly item?: AuditItem | undefined;
  readonly subjectPeople: readonly Person[];
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface AuditReads {
  /** The newest first. */
  audit(query: AuditQuery): Promise<readonly AuditRow[]>;
}
