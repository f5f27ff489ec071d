import type { Instant } from '../domain/calendar/local-date.ts';
import type { WorkGroup } from '../domain/groups/group.ts';

/** A group that the bot sits in: when something last arrived there, and how many messages were kept. */
export interface ActiveGroup {
  readonly group: WorkGroup;
  readonly lastSentAt?: Instant | undefined;
  readonly kept: number;
  /** The last message that did not arrive, when none has arrived since; Lark's code when Lark refused it. */
  readonly failing?: { readonly at: Instant; readonly code?: number | undefined; readonly reason: string } | undefined;
}

/** Groups and their binding. */
export interface GroupReads {
  group(chatId: string): Promise<WorkGroup | undefined>;
  /** Since when, by Lark's clock, the bot is in the group or out of it, and the group has its name; 0 when nobody has said so. */
  groupTimes(chatId: string): Promise<{ readonly stateAt: Instant; readonly nameAt: Instant }>;
  /** Bound to this very unit, and the bot is still in them. */
  boundGroups(unitId: string): Promise<readonly WorkGroup[]>;
  /** Active groups bound to these units or to a unit above one of them, each once. */
  groupsAbove(unitIds: readonly string[]): Promise<readonly WorkGroup[]>;
  /** Groups that the bot sits in, bound or not, the bound ones first by unit. */
  activeGroups(): Promise<readonly ActiveGroup[]>;
}

/**
 * What becomes of the groups that the bot sits in. `at` is when, by Lark's clock: what is older than the state or the name that is known changes
 * nothing. Without it the change is of this moment.
 */
export type GroupChange =
  /** The bot was put into a group, or speaks in one that it did not know: adds it, or revives it, and keeps its binding. */
  | {
      readonly kind: 'group.joined';
      readonly chatId: string;
      readonly name: string;
      readonly at?: Instant | undefined;
    }
  | {
      readonly kind: 'group.renamed';
      readonly chatId: string;
      readonly name: string;
      readonly at?: Instant | undefined;
    }
  /** Out of the group: its waiting messages are dropped with a reason, nothing more is sent there. */
  | {
      readonly kind: 'group.gone';
      readonly chatId: string;
      readonly state: 'left' | 'disbanded';
      readonly at?: Instant | undefined;
    }
  | { readonly kind: 'group.bound'; readonly chatId: string; readonly unitId: string; readonly seen: number }
  /** The members of the group were compared with the address book; not again for a while. A new binding asks afresh. */
  | { readonly kind: 'group.asked'; readonly chatId: string; readonly at: Instant };
