import type { Unit, UnitRef } from '../domain/people/unit.ts';
import type { PersonRow } from './people.ts';

export interface UnitRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly parentId?: string | undefined;
  readonly names: readonly string[];
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

/** The tree of units, the names that lead to them, and the address book as a whole. */
export interface UnitReads {
  unit(id: string): Promise<(Unit & { readonly isRoot: boolean }) | undefined>;
  /** The units that nothing stands above: what somebody sees who may act everywhere. */
  roots(): Promise<readonly string[]>;
  /** Whether the unit is one of these or below one of them. */
  isWithin(unitId: string, ancestorIds: readonly string[]): Promise<boolean>;
  /** Whose subtrees the people of these units see: each its own, an education bureau its government's. */
  sights(unitIds: readonly string[]): Promise<readonly string[]>;
  /** Ids of these units and of all above them. */
  unitsAbove(unitIds: readonly string[]): Promise<readonly string[]>;
  /** Exact lookup of candidate names (all substrings of a message); indexed, whatever the size of the directory. */
  names(candidates: readonly string[]): Promise<NameMatches>;
  /** What an import compares with; whole tables of one district, a few thousand rows at most. */
  directory(): Promise<{
    readonly units: readonly (Unit & { readonly version: number })[];
    readonly people: readonly PersonRow[];
  }>;
}
