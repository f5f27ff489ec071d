import type { Instant, LocalDate, LocalTime } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { Inspection } from '../domain/visits/inspection.ts';
import type { Scope } from './scope.ts';

export interface InspectionRow {
  readonly id: string;
  readonly unitId: string;
  readonly programId?: string | undefined;
  readonly checklistId?: string | undefined;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly dateText: string;
  readonly period: string;
  readonly starts?: LocalTime | undefined;
  readonly beginsAt: Instant;
  readonly kind: string;
  readonly topic: string;
  readonly unannounced: boolean;
  readonly team: readonly {
    readonly role: 'leader' | 'member';
    readonly name: string;
    readonly personId?: string | undefined;
  }[];
  readonly contact: string;
  readonly contactPhone: string;
  readonly note: string;
  readonly version: number;
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

/** Who changes a visit from a chat, and when. */
interface Hand {
  readonly by: string;
  readonly at: Instant;
}

/** What a person may change of a visit; its program and checklist stay as they are. */
export type VisitRow = Omit<InspectionRow, 'version' | 'programId' | 'checklistId'>;

/** Visits entered and changed by hand. Each but the first is `moved` when the row has moved since `seen`. */
export type VisitChange =
  /** Stale when the unit has such a visit on that day already. */
  | ({
      readonly kind: 'inspection.added';
      readonly row: Omit<InspectionRow, 'version'>;
      readonly number: number;
    } & Hand)
  | ({
      readonly kind: 'inspection.changed';
      readonly row: VisitRow;
      readonly reason: string;
      readonly seen: number;
    } & Hand)
  | ({
      readonly kind: 'inspection.cancelled';
      readonly id: string;
      readonly reason: string;
      readonly seen: number;
    } & Hand)
  | ({ readonly kind: 'inspection.restored'; readonly id: string; readonly seen: number } & Hand);

export interface VisitReads {
  inspections(query: InspectionQuery): Promise<readonly Inspection[]>;
  /** Visits that begin after the day, the nearest first. */
  inspectionsAfter(
    query: Omit<InspectionQuery, 'span'> & { readonly after: LocalDate; readonly limit: number },
  ): Promise<readonly Inspection[]>;
  /** With its number as an official types it, cancelled or not. */
  inspectionByNumber(number: number): Promise<Inspection | undefined>;
  /** The one that this account changed last from a chat, at or after the instant. */
  inspectionChangedBy(openId: string, since: Instant): Promise<Inspection | undefined>;
  importedInspections(span: Span): Promise<readonly InspectionRow[]>;
}
