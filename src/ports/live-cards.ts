import type { Instant } from '../domain/calendar/local-date.ts';

/** Stands in the place of an update's content, which is made when it is sent: what the card shows may not be seen in its chat any more. */
export const CLOSING = 'closing';

/** What a sent card shows, and how it is made again; with an empty query it is not. */
export interface LiveCard {
  /** task:…, notice:…, as the document's `live` names them. */
  readonly subjects: readonly string[];
  readonly query: string;
  /** Who asked for it, or whose direct chat it is in. */
  readonly openId?: string | undefined;
}

/** A sent card as its update finds it. */
export interface CardCopy {
  /** None while the card itself has not been sent. */
  readonly messageId?: string | undefined;
  /** sent: there is a card to update. coming: it is on its way. gone: it was never sent. */
  readonly state: 'sent' | 'coming' | 'gone';
  readonly chatId: string;
  /** Empty where nothing makes it again, or it shows nothing that changes any more. */
  readonly query: string;
  readonly openId?: string | undefined;
  /** When it is to leave, while it is coming. */
  readonly dueAt: Instant;
}

/** A message that has not left and may do so: later, or when somebody sends it again. */
export interface WaitingMessage {
  readonly key: string;
  readonly chatId: string;
  /** The group's name; undefined in a direct chat. */
  readonly group?: string | undefined;
  /** In a direct chat: whose. */
  readonly openId?: string | undefined;
  /** When it is to leave. */
  readonly dueAt: Instant;
  /** What it shows, as far as its card names it. */
  readonly subjects: readonly string[];
}

/** A card that somebody can look at still, or that is just leaving. */
export interface ShownCard {
  readonly key: string;
  /** In a direct chat: whose. */
  readonly openId?: string | undefined;
}

export interface CardReads {
  /** What a sent message of ours shows (`Doc.live`); undefined for a message that is not ours. */
  messageSubjects(messageId: string): Promise<readonly string[] | undefined>;
  /** Whether a message of ours was sent to its chat and answers nobody: a push or a notice, which is everybody's. False for what is not ours. */
  isEverybodys(messageId: string): Promise<boolean>;
  /** Whether a message of ours went into this account's direct chat. False for what is not ours, or is forgotten. */
  wentTo(messageId: string, openId: string): Promise<boolean>;
  /** In this chat, or showing this subject in any; updates of cards aside, whose content is made when they are sent. */
  /** Cards in this chat, or showing this subject in any, that were sent since and can be updated. */
  shownCards(
    of: { readonly chatId: string } | { readonly subject: string },
    since: Instant,
  ): Promise<readonly ShownCard[]>;
  waitingMessages(of: { readonly chatId: string } | { readonly subject: string }): Promise<readonly WaitingMessage[]>;
}

export type CardChange =
  /** Messages that wait are not sent any more, nor again; what has left meanwhile has. */
  | {
      readonly kind: 'message.withdrawn';
      readonly keys: readonly string[];
      readonly at: Instant;
      readonly reason: string;
    }
  /**
   * The message now shows this card, in the place of what it showed; `card` is absent for one that is not live. Updates that were called
   * for before are not sent any more.
   */
  | {
      readonly kind: 'card.shown';
      readonly messageId: string;
      readonly card?: LiveCard | undefined;
      readonly at: Instant;
    }
  /**
   * Somebody has opened a form in the message, in the place of what it shows: updates that were called for before are not sent any more,
   * others wait until `until`, or until the message shows something again. `until` 0: what it shows is back, and there is no form.
   */
  | { readonly kind: 'card.form'; readonly messageId: string; readonly until: Instant }
  /**
   * The subjects have changed: each sent card that shows one of them gets one update in the outbox, due at `dueAt`. A card whose update
   * waits already gets no second one. `revision` is unique, at most 40 characters.
   */
  | {
      readonly kind: 'cards.refreshed';
      readonly subjects: readonly string[];
      readonly revision: string;
      readonly at: Instant;
      readonly dueAt: Instant;
    }
  /** What these sent cards show may not be seen in their chats any more: each says what may still be seen, or that there is nothing. */
  | {
      readonly kind: 'cards.closed';
      readonly keys: readonly string[];
      readonly revision: string;
      readonly at: Instant;
    };
