import type { Instant } from '../domain/calendar/local-date.ts';
import type { CardCopy } from './live-cards.ts';
import type { OutgoingMessage } from './messenger.ts';

/** A message taken for sending, under a lease that ends at `leaseUntil`: a crash then gives it back. */
export interface Leased extends OutgoingMessage {
  readonly key: string;
  readonly lane: 'reply' | 'push';
  /** This is no message but the update of a sent card: its key here. The content is made when it is sent, and the uuid names the revision. */
  readonly updates?: string;
  readonly attempts: number;
  /** When the first attempt that may have reached Lark began; it honours the uuid for an hour from then. */
  readonly firstSentAt: Instant;
  /** Of a message of type file; `key` is Lark's, once it was uploaded. */
  readonly file?: { readonly name: string; readonly key?: string | undefined };
  /** The slot reserved for it; not sent before. */
  readonly sendAt: Instant;
}

/** Lark's limits as spacing: per app 1000 a minute and 50 a second, per chat 5 a second (lark-platform: frequency control). */
export interface Spacing {
  readonly appMs: number;
  readonly chatMs: number;
}

/** The way out of the store. Several processes may use it at once: claims and slots are single statements. */
export interface Outbox {
  /**
   * Takes at most `limit` due messages, replies first, then the oldest, with a lease and a reserved sending slot each. A lease that
   * ran out counts as due again. Messages of groups that the bot has left are never taken, and none while the app's next slot (or the
   * chat's) is more than a second away: slots are spaced from each other across claims, and a pause never outlasts a lease.
   */
  claim(now: Instant, limit: number, leaseMs: number, spacing: Spacing): Promise<readonly Leased[]>;
  /** The bytes of a message of type file, while it is not sent. */
  file(key: string): Promise<Uint8Array | undefined>;
  /** The file of this message is with Lark under this key. */
  uploaded(key: string, fileKey: string): Promise<void>;
  sent(key: string, messageId: string, at: Instant): Promise<void>;
  /** Back to waiting, to be tried again at `dueAt`. `notSent`: no attempt so far can have reached Lark, so the uuid's hour begins anew. */
  again(key: string, dueAt: Instant, reason: string, notSent?: boolean): Promise<void>;
  /** Kept with its reason: failed (Lark refused it) or held (its fate is unknown, or the app is misconfigured). */
  keep(key: string, state: 'failed' | 'held', code: number | undefined, reason: string, at: Instant): Promise<void>;
  /** The card of a message, as it is to be made again. Undefined when the message is forgotten. */
  card(key: string): Promise<CardCopy | undefined>;
  /**
   * The card was updated as of `revision`, or can never be (`failure`). One that changed meanwhile has another revision by now, and is
   * due again at once.
   */
  updated(key: string, revision: string, at: Instant, failure?: string): Promise<void>;
  /** No message of the app (or of one chat) leaves before this instant: Lark's own word after a 429. */
  pauseUntil(instant: Instant, chatId?: string): Promise<void>;
  /** The instant at which something is next due, if anything waits. */
  nextDue(): Promise<Instant | undefined>;
}
