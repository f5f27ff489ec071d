import type { Instant } from '../domain/calendar/local-date.ts';
import type { CardCopy, LiveCard } from './live-cards.ts';
import type { OutgoingMessage } from './messenger.ts';
import type { BasisRow, Remake } from './remake.ts';

/** Lark's APIs by which messages leave. It counts the calls of each by itself, so none is ever in another's way. */
export type Api = 'reply' | 'send' | 'patch' | 'upload';

/** What waited for longer was made in another time: it is looked at again. */
export const WAITED_MS = 60_000;

/** Who holds a message while it is being sent, as the lease says. */
export interface Lease {
  readonly key: string;
  readonly taker: string;
}

/** A message taken for sending, under a lease: a crash gives it back. */
export interface Leased extends OutgoingMessage, Lease {
  readonly api: Api;
  /** This is no message but the update of a sent card: its key here. The content is made when it is sent, and the uuid names the revision. */
  readonly updates?: string;
  /** Of an update: the card's revision when it was called for. */
  readonly revision: number;
  /** Calls that were begun for it before. */
  readonly attempts: number;
  /** When the first attempt that may have reached Lark began; it honours the uuid for an hour from then. None did, when absent. */
  readonly firstSentAt?: Instant | undefined;
  /** Of a message of type file; `key` is Lark's, once it was uploaded. */
  readonly file?: { readonly name: string; readonly key?: string | undefined };
  /** Under what its chat is paced: a direct chat has one key, whichever id names it. */
  readonly chatKey: string;
  /** The slot reserved for it; not sent before. */
  readonly sendAt: Instant;
  readonly createdAt: Instant;
  /** When its content was made. */
  readonly madeAt: Instant;
  /** What that was made of. */
  readonly basis: readonly BasisRow[];
  /** The unit that the chat was bound to then. */
  readonly unitId?: string | undefined;
  readonly remake?: Remake | undefined;
  /** Why it was held before, by Lark's code: it is tried in the place of all that were held for it. */
  readonly heldFor?: number | undefined;
}

/** Who asks for messages, and for how many. */
export interface Taking {
  readonly taker: string;
  readonly leaseMs: number;
  /** For each API, as many as may be taken. */
  readonly room: Readonly<Record<Api, number>>;
  /** In all. */
  readonly most: number;
}

export interface Taken {
  readonly messages: readonly Leased[];
  /** When something is due that was not taken, if anything waits. What was just taken counts as due when its lease ends. */
  readonly next: Instant | undefined;
  /** Something waits for the end of a call into the same chat. */
  readonly stuck: boolean;
  /** What is said to many could not be made into messages, by a mistake of ours; all else leaves. */
  readonly fault?: unknown;
}

/**
 * What the last look before a call found. lost: it is somebody else's by now, or not to be sent any more. shut: Lark wants no call before.
 * Of an update, form: somebody may be filling in a form in the card. outdated: a press has put something else into the card since. moved: it
 * has waited, was never tried, and a row that it was made of is not what it was.
 */
export type Begun =
  | { readonly kind: 'go'; readonly attempts: number; readonly firstSentAt: Instant }
  | { readonly kind: 'lost' }
  | { readonly kind: 'outdated' | 'moved' }
  | { readonly kind: 'shut' | 'form'; readonly until: Instant };

/** What a message says now. */
interface Remade {
  readonly content: string;
  readonly live?: LiveCard | undefined;
}

/** The way out of the store. Any number of processes may use it at once. */
export interface Outbox {
  /**
   * Takes due messages, each with a lease and a slot at most a second away. Of each API: those that somebody waits for, then alerts, then
   * pushes, in the order of their decisions; of a chat one at a time. A lease that ran out counts as due again. Messages of groups that
   * the bot has left are never taken, pushes not while everything is paused.
   */
  take(now: Instant, taking: Taking): Promise<Taken>;
  /** The last look, immediately before the call, and the mark that it may have reached Lark from now on. */
  begin(message: Leased, now: Instant, leaseMs: number): Promise<Begun>;
  /** These calls are still under way. */
  renew(keys: readonly string[], taker: string, until: Instant): Promise<void>;
  /** Whoever held leases is dead: what was being sent is due again. For a home in which one process serves a database. */
  reclaim(now: Instant): Promise<void>;
  /** The bytes of a message of type file, while it is not sent. */
  file(key: string): Promise<Uint8Array | undefined>;
  /** The file of this message is with Lark under this key: the message is due at once. */
  uploaded(lease: Lease, fileKey: string, now: Instant): Promise<void>;
  /** The rows that it was made of, as they are now. */
  basisNow(message: Leased): Promise<readonly BasisRow[]>;
  /**
   * It was made again before its first attempt: from now on it says this, of the rows as they are; without a card, what it said, of the rows
   * that it is given with. Nothing is changed when it is another's by now.
   */
  remade(message: Leased, card: Remade | undefined, now: Instant): Promise<void>;
  /** Of what was held before it could reach Lark, one for each of Lark's codes is tried again if it was held so long ago. */
  probe(now: Instant, heldBefore: Instant): Promise<void>;
  /** One that was held for this code has been sent: so is the rest. */
  release(code: number, now: Instant): Promise<void>;
  sent(key: string, messageId: string, at: Instant): Promise<void>;
  /** Back to waiting, to be tried again at `dueAt`. `notSent`: no attempt so far can have reached Lark, so the uuid's hour begins anew. */
  again(lease: Lease, dueAt: Instant, reason: string, notSent?: boolean): Promise<void>;
  /** What it answers is gone: due at once as a message of its own, under the same uuid, which the refused reply has not used up. */
  orphaned(lease: Lease, now: Instant, notSent: boolean): Promise<void>;
  /** Lark refused it for what it holds; it is due at once with this content, under the same uuid, which the refused call has not used up. */
  rewritten(lease: Lease, content: string, now: Instant, notSent: boolean): Promise<void>;
  /** Lark is reached again: what was put off because it was not is due. */
  reached(now: Instant): Promise<void>;
  /** Kept with its reason: failed (Lark refused it) or held (its fate is unknown, or the app is misconfigured: `notSent`). */
  keep(
    key: string,
    state: 'failed' | 'held',
    code: number | undefined,
    reason: string,
    at: Instant,
    notSent?: boolean,
  ): Promise<void>;
  /** The card of a message, as it is to be made again. Undefined when the message is forgotten. */
  card(key: string): Promise<CardCopy | undefined>;
  /**
   * The card was updated as of `revision`, or can never be (`failure`). One that changed meanwhile has another revision by now, and is
   * due again at once.
   */
  updated(key: string, revision: string, at: Instant, failure?: string): Promise<void>;
  /** Lark refused a call of this API for its frequency. `until`: its own word when it takes calls again, in every process. */
  refused(api: Api, now: Instant, until?: Instant): Promise<void>;
  /** No message into this chat leaves before this instant. */
  pauseChat(chatKey: string, until: Instant): Promise<void>;
  /** A call into this chat begins only now, so long after its slot: the next ones must not come too close behind it. */
  beganLate(chatKey: string, byMs: number, now: Instant): Promise<void>;
  /** The instant at which something is next due, if anything waits. */
  nextDue(now: Instant): Promise<Instant | undefined>;
}
