import type { Instant } from '../domain/calendar/local-date.ts';
import type { MessageFile } from './messenger.ts';

/** A person as Lark names them to this app; another app sees another open id. */
export interface Sender {
  readonly openId: string;
  /** Of another tenant than the app's own. */
  readonly foreign?: true;
}

export interface Mentioned {
  readonly openId: string;
  /** As shown in the chat; it need not be the address book's name. */
  readonly name: string;
}

/** A picture or file that stays with Lark, by its key. */
export interface Attachment {
  readonly kind: 'image' | 'file';
  readonly key: string;
  readonly name: string;
}

/** Common to all that arrives: `eventId` is the key against redelivery (of a message beside its own id), `at` the moment by Lark's clock (never the arrival). */
interface Arrived {
  readonly eventId: string;
  readonly at: Instant;
  /** The app's own tenant. */
  readonly tenantKey?: string;
}

/** What Lark tells the bot, checked and in the bot's words. */
export type Inbound =
  | (Arrived & {
      readonly kind: 'message';
      /** Its words were changed after it was sent; `at` is the moment of the change. */
      readonly edited?: true;
      readonly chatId: string;
      /** Topic groups count as groups. */
      readonly chatType: 'group' | 'p2p';
      readonly messageId: string;
      /** The message that this one answers. */
      readonly parentId?: string;
      readonly sender: Sender;
      /** Without the bot's own mention, trimmed; other mentions read '@名字'. Line breaks are kept, nothing else is normalised. */
      readonly text: string;
      /** unknown: somebody is mentioned, and neither the bot's open id nor Lark's mark says whether it is the bot. */
      readonly mentionsBot: boolean | 'unknown';
      /** Others than the bot, in the order of the message; @所有人 is nobody. */
      readonly mentions: readonly Mentioned[];
      /** Lark's own word: text, post, image, file … */
      readonly messageType: string;
      /** False for types without text and for damaged content; `text` is then empty. */
      readonly readable: boolean;
      /** Pictures and files, those in a post included. */
      readonly attachments?: readonly Attachment[];
      /** Of a message that is a file. */
      readonly file?: MessageFile;
    })
  | (Arrived & {
      readonly kind: 'botAdded';
      readonly chatId: string;
      /** Empty for a group without a name. */
      readonly chatName: string;
      readonly operator?: Sender;
    })
  | (Arrived & { readonly kind: 'botRemoved'; readonly chatId: string; readonly operator?: Sender })
  | (Arrived & { readonly kind: 'chatDisbanded'; readonly chatId: string; readonly operator?: Sender })
  | (Arrived & { readonly kind: 'chatRenamed'; readonly chatId: string; readonly name: string })
  /** They left the group, were removed, or their invitation was taken back. */
  | (Arrived & { readonly kind: 'membersGone'; readonly chatId: string; readonly openIds: readonly string[] })
  | (Arrived & {
      readonly kind: 'press';
      readonly chatId: string;
      readonly messageId: string;
      readonly operator: Sender;
      /** The button's value as it came back: the client's word, to be parsed and never trusted. */
      readonly value: Readonly<Record<string, unknown>>;
      /** What was filled in, when the button submitted a form; the client's word as well. */
      readonly form?: Readonly<Record<string, unknown>>;
      /** Good for two updates within 30 minutes, after the callback was answered. */
      readonly updateToken: string;
    })
  | (Arrived & {
      readonly kind: 'unhandled';
      readonly type: string;
      readonly why: 'unknownType' | 'malformed' | 'notFromAPerson' | 'noNewName';
    });
