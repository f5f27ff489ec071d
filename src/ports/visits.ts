import type { Instant } from '../domain/calendar/local-date.ts';
import type { WorkGroup } from '../domain/groups/group.ts';
import type { Inspection } from '../domain/visits/inspection.ts';
import type { InspectionRow } from './rows.ts';

/** Who changes a visit from a chat, and when. */
interface Hand {
  readonly by: string;
  readonly at: Instant;
}

/** What a person may change of a visit; its program and checklist stay as they are. */
export type VisitRow = Omit<InspectionRow, 'version' | 'programId' | 'checklistId'>;

/** Visits entered and changed by hand. Each but the first is stale when the row has moved since `seen`. */
export type VisitChange =
  /** Stale when the number that it was promised went to another visit, or when the unit has such a visit on that day already. */
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
  /** With its number as an official types it, cancelled or not. */
  inspectionByNumber(number: number): Promise<Inspection | undefined>;
  /** The number that the next visit gets. */
  nextInspectionNumber(): Promise<number>;
  /** The one that this account changed last from a chat, at or after the instant. */
  inspectionChangedBy(openId: string, since: Instant): Promise<Inspection | undefined>;
  /** Active groups bound to these units or to a unit above one of them, each once. */
  groupsAbove(unitIds: readonly string[]): Promise<readonly WorkGroup[]>;
}
