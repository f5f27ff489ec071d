import type { Instant } from '../domain/calendar/local-date.ts';
import type { Scope } from './scope.ts';

/** The figures of 状态, for a scope (all of the district when it is undefined). */
interface Figures {
  readonly boundGroups: number;
  readonly unboundGroups: number;
  readonly people: number;
  readonly unlinkedPeople: number;
  readonly linkRequests: number;
  readonly waitingMessages: number;
  /** Of the waiting ones, those taken by a deliverer at this moment. */
  readonly sendingMessages: number;
  /** Of the waiting ones, those that wait for the end of quiet hours, and when the first of them leaves. */
  readonly waitingLater?: { readonly count: number; readonly from: Instant } | undefined;
  /** Kept with their reason: failed for good, or held because their fate is unknown. */
  readonly keptMessages: readonly {
    readonly key: string;
    readonly chatId: string;
    readonly reason: string;
    readonly at: Instant;
  }[];
  readonly lastSentAt?: Instant | undefined;
}

export interface FigureReads {
  figures(scope: Scope | undefined): Promise<Figures>;
}
