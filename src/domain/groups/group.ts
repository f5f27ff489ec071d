import type { UnitRef } from '../people/unit.ts';

interface GroupUnit extends UnitRef {
  /** Whose subtree the group sees: the unit's own, of an education bureau its government's. */
  readonly sees: string;
  /** That has no parent: it is the office that supervises all others. */
  readonly isRoot: boolean;
}

/** A chat group that the bot sits in. Nothing is sent once it is left or disbanded. */
export interface WorkGroup {
  readonly chatId: string;
  readonly name: string;
  readonly state: 'active' | 'left' | 'disbanded';
  /** The unit that the group is bound to. */
  readonly unit?: GroupUnit | undefined;
  readonly version: number;
}
