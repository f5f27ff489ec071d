import type { Instant } from '../domain/calendar/local-date.ts';
import type { ReminderContent } from '../domain/reminders/contents.ts';

/** A message that did not leave: failed for good, or held because its fate is unknown. */
export interface KeptMessage {
  readonly key: string;
  readonly uuid: string;
  readonly lane: 'reply' | 'push';
  readonly chatId: string;
  /** The group's name; none for a direct chat. */
  readonly group?: string | undefined;
  /** In the direct chat of an account that is linked: whose. */
  readonly person?: string | undefined;
  readonly state: 'failed' | 'held';
  readonly reason: string;
  readonly at: Instant;
  /** When an attempt began that may have reached Lark. */
  readonly firstSentAt?: Instant | undefined;
  /** It never reached Lark, and leaves by itself once what Lark refused it for is mended. */
  readonly leaves: boolean;
}

/** Since when, and by whose order, no push leaves. */
interface Pause {
  readonly at: Instant;
  /** An open id. */
  readonly by: string;
}

/** What did not leave because of a pause. */
interface MissedByPause {
  readonly occurrences: readonly {
    readonly group: string;
    readonly contents: readonly ReminderContent[];
    readonly nominalAt: Instant;
  }[];
  /** Pushes that were made before the pause and did not leave in time. */
  readonly waiting: number;
}

/** What did not leave, and whether anything does. */
export interface DeliveryReads {
  /** What a message brought about so far; unknown: it was not taken in yet. */
  broughtBy(messageId: string): Promise<'unknown' | 'answered' | 'done'>;
  /** The newest first. */
  keptMessages(limit: number): Promise<readonly KeptMessage[]>;
  pause(): Promise<Pause | undefined>;
  /** The oldest first, `limit` at most. */
  missedByPause(since: Instant, limit: number): Promise<MissedByPause>;
}

/** What is done with messages that wait or were kept. */
export type DeliveryChange =
  /** From now on no push leaves; replies do. Stale when it is so already. */
  | { readonly kind: 'pushes.paused'; readonly by: string; readonly at: Instant }
  /** Ends the pause that began at `since`; pushes that still wait are held with the reason. Stale when it is another pause, or none. */
  | {
      readonly kind: 'pushes.resumed';
      readonly since: Instant;
      readonly at: Instant;
      readonly reason: string;
    }
  /** A kept message waits again, under a new uuid when it has another than `seen`. Stale when it is not kept any more. */
  | {
      readonly kind: 'message.again';
      readonly key: string;
      readonly seen: string;
      readonly uuid: string;
      readonly at: Instant;
    }
  /** As `message.again`, of many that were held; stale when one of them is not held any more. */
  | {
      readonly kind: 'messages.again';
      readonly messages: readonly { readonly key: string; readonly seen: string; readonly uuid: string }[];
      readonly at: Instant;
    }
  /** Held messages that nobody is to send any more; stale when one of them is not held any more. */
  | {
      readonly kind: 'messages.dropped';
      readonly messages: readonly { readonly key: string; readonly seen: string }[];
      readonly reason: string;
      readonly at: Instant;
    };
