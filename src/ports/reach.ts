import type { WorkGroup } from '../domain/groups/group.ts';

/** Through whom a unit hears of something. */
export interface ReachReads {
  /**
   * The active groups in which each of these units reads, the nearest first: bound to the unit itself, or to a unit above it. A group of the
   * root reads everything and speaks for nobody below it, so it is only the root's own.
   */
  groupsOver(
    unitIds: readonly string[],
  ): Promise<readonly { readonly unitId: string; readonly distance: number; readonly group: WorkGroup }[]>;
  /** Who speaks for each of these units: whom the address book names for it, and its liaisons by role. Without an account while unlinked. */
  speakersOf(
    unitIds: readonly string[],
  ): Promise<readonly { readonly unitId: string; readonly openId?: string | undefined }[]>;
}
