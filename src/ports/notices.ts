import type { Instant } from '../domain/calendar/local-date.ts';
import type { Notice, NoticeReceiver } from '../domain/notices/notice.ts';

export interface NoticeReads {
  notice(number: number): Promise<Notice | undefined>;
  /** Sent to this chat, by this person, or to this person; since then, the newest first. Pushes too, unless only one kind is asked for. */
  notices(of: {
    readonly chatId?: string | undefined;
    readonly sender?: string | undefined;
    readonly receiver?: string | undefined;
    readonly kind?: 'notice' | 'push' | undefined;
    /** Of pushes: with a nominal time at or after the one and before the other. */
    readonly nominal?: { readonly from: Instant; readonly before: Instant } | undefined;
    readonly since: Instant;
    readonly limit: number;
  }): Promise<readonly Notice[]>;
  /** By group, unit and name; whoever has left the service without having confirmed is asked no more. */
  noticeReceivers(noticeId: string): Promise<readonly NoticeReceiver[]>;
  /** The notice whose card this message of the bot's is. */
  noticeOfMessage(messageId: string): Promise<Notice | undefined>;
  /** What is to be done by now, the urgent first. */
  noticesDue(now: Instant, limit: number): Promise<readonly DueNotice[]>;
}

/** The members of the group `askIn` are to be asked for, or who has read its card there; or else those are to be reminded who have not confirmed. */
interface DueNotice {
  readonly notice: Notice;
  readonly askIn?: string | undefined;
  /** The message in the group that holds the card, when its readers are to be asked for. */
  readonly readersOf?: string | undefined;
}

export type NoticeChange =
  /** Stale when the number is taken by now. */
  | {
      readonly kind: 'notice.sent';
      readonly notice: Omit<Notice, 'targets' | 'version'>;
      readonly remindAt?: Instant | undefined;
      readonly chatIds: readonly string[];
    }
  /** The members of one group, for all notices that wait for them; who is known already stays as they are. */
  | {
      readonly kind: 'notice.rostered';
      readonly noticeId: string;
      readonly chatId: string;
      readonly at: Instant;
      readonly members: readonly { readonly openId: string; readonly name: string }[];
      /** When it is to be asked first who has read it. */
      readonly askReadersAt?: Instant | undefined;
    }
  /** Who has read its card in the group, as Lark says now; the first time counts. */
  | {
      readonly kind: 'notice.read';
      readonly noticeId: string;
      readonly chatId: string;
      readonly at: Instant;
      readonly openIds: readonly string[];
      readonly askAgainAt?: Instant | undefined;
    }
  /** Lark did not say who has read it: asked again at this instant, or not any more. */
  | {
      readonly kind: 'notice.readers-unknown';
      readonly noticeId: string;
      readonly chatId: string;
      readonly askAgainAt?: Instant | undefined;
    }
  /** They are not in the group any more: who of them has not confirmed is asked no more. Nothing when the group was listed after `at`: that says who is in it. */
  | {
      readonly kind: 'notice.departed';
      readonly noticeId: string;
      readonly chatId: string;
      readonly openIds: readonly string[];
      readonly at?: Instant | undefined;
    }
  /** Asked for again at this instant, or not any more. */
  | {
      readonly kind: 'notice.unrostered';
      readonly noticeId: string;
      readonly chatId: string;
      readonly askAt?: Instant | undefined;
    }
  /** The first time counts: pressing twice changes nothing. */
  | {
      readonly kind: 'notice.confirmed';
      readonly noticeId: string;
      readonly openId: string;
      readonly chatId: string;
      readonly name: string;
      readonly at: Instant;
      /** What was said with it; later words stand behind earlier ones. */
      readonly words?: string | undefined;
      /** They correct what was said before, and take its place. */
      readonly corrects?: true | undefined;
    }
  /** Nobody has to confirm it any more; `by` is the number of the notice that corrects it. Stale when it has moved. */
  | {
      readonly kind: 'notice.withdrawn';
      readonly id: string;
      readonly at: Instant;
      readonly by?: number | undefined;
      readonly seen: number;
    }
  /** Stale when somebody else has reminded. */
  | { readonly kind: 'notice.reminded'; readonly id: string; readonly seen: number };
