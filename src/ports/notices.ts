import type { Instant } from '../domain/calendar/local-date.ts';
import type { Notice, NoticeReceiver } from '../domain/work/notice.ts';

export interface NoticeReads {
  nextNoticeNumber(): Promise<number>;
  notice(number: number): Promise<Notice | undefined>;
  /** Sent to this chat, by this person, or to this person; since then, the newest first. */
  notices(of: {
    readonly chatId?: string | undefined;
    readonly sender?: string | undefined;
    readonly receiver?: string | undefined;
    readonly since: Instant;
    readonly limit: number;
  }): Promise<readonly Notice[]>;
  /** By group, unit and name. */
  noticeReceivers(noticeId: string): Promise<readonly NoticeReceiver[]>;
  /** The notice whose card this message of the bot's is. */
  noticeOfMessage(messageId: string): Promise<Notice | undefined>;
  /** What is to be done by now: the members of the group `askIn` are to be asked for, or else those are to be reminded who have not confirmed. */
  noticesDue(
    now: Instant,
    limit: number,
  ): Promise<readonly { readonly notice: Notice; readonly askIn?: string | undefined }[]>;
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
    }
  /** Stale when somebody else has reminded. */
  | { readonly kind: 'notice.reminded'; readonly id: string; readonly seen: number };
