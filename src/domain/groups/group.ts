import type { UnitRef } from '../people/unit.ts';

/** A chat group that the bot sits in. Nothing is sent once it is left or disbanded. */
export interface WorkGroup {
  readonly chatId: string;
  readonly name: string;
  readonly state: 'active' | 'left' | 'disbanded';
  /** The unit that the group is bound to; `isRoot` when it has no parent (the office that supervises all others). */
  readonly unit?: (UnitRef & { readonly isRoot: boolean }) | undefined;
  readonly version: number;
}
