/** Where a message goes: into a chat (oc_…), or under a message (om_…) with the chat to fall back to when that message is gone. */
interface Address {
  /** A person's open id (ou_…) means the direct chat with that person, whose own id the bot need not know. */
  readonly chatId: string;
  readonly replyTo?: string;
}

export interface OutgoingMessage {
  readonly to: Address;
  readonly type: 'interactive' | 'text' | 'file';
  /** The JSON string that Lark expects as `content`; fixed when committed. */
  readonly content: string;
  /** At most 50 characters; Lark sends the same one at most once within an hour. */
  readonly uuid: string;
}

/**
 * What became of a call to Lark.
 * retry: nothing certain happened, or it may have happened (`unknown`); the same uuid makes the repetition safe within the hour.
 * orphaned: the message to be answered is gone; what was to be said can still be said in the chat, under the same uuid.
 * gone: the bot is out of the chat, or the chat is dissolved.
 * refused: Lark will never take this as it is; `code` and `reason` are for the operator.
 * misconfigured: the app lacks a scope, is disabled, or its secret is wrong: stop and tell the operator.
 */
export type Failure =
  | {
      readonly kind: 'retry';
      readonly afterMs?: number;
      /** It was called too often: this API of the app, or this chat only. */
      readonly limit?: 'api' | 'chat' | undefined;
      readonly unknown: boolean;
      readonly reason: string;
    }
  | { readonly kind: 'orphaned'; readonly code: number; readonly reason: string }
  | { readonly kind: 'gone'; readonly code: number; readonly reason: string }
  | {
      readonly kind: 'refused';
      readonly code: number;
      readonly reason: string;
      /** It is for somebody whom the card mentions and who cannot be mentioned: with plain names Lark may take it. */
      readonly mention?: boolean | undefined;
    }
  | { readonly kind: 'misconfigured'; readonly code: number; readonly reason: string };

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export interface ChatMember {
  readonly openId: string;
  readonly name: string;
  /** Whose employee the account is. */
  readonly tenantKey?: string | undefined;
}

/** What a message carries as a file. */
export interface MessageFile {
  readonly key: string;
  readonly name: string;
}

/** The bot's side of Lark's REST API. Never throws for what Lark may answer; each call has a time limit. */
export interface Messenger {
  send(message: OutgoingMessage): Promise<Result<{ readonly messageId: string }>>;
  /** Puts another card into a message of the bot's, for everybody who sees it. Repeating it does no harm. */
  update(messageId: string, content: string): Promise<Result<undefined>>;
  /** The bot's own open id (bot/v3/info). */
  botOpenId(): Promise<Result<string>>;
  /** Users of a chat (bots are left out by Lark), all pages. */
  chatMembers(chatId: string): Promise<Result<readonly ChatMember[]>>;
  /** Open ids of those who have read a message of the bot's, all pages. Lark says so for seven days. */
  readers(messageId: string): Promise<Result<readonly string[]>>;
  /** Open ids of at most 50 mobile numbers; unknown numbers are absent. */
  openIdsByMobile(mobiles: readonly string[]): Promise<Result<ReadonlyMap<string, string>>>;
  /** Puts a file with Lark, of 1 byte to 30 MB; answers the key by which a message names it. Repeating it harms nothing. */
  upload(name: string, bytes: Uint8Array): Promise<Result<string>>;
  /** The file of a message in a chat that the bot is in; undefined when the message is of another kind. */
  fileOf(messageId: string): Promise<Result<MessageFile | undefined>>;
  /** The bytes of a message's file; 'tooLarge' as soon as more than `maxBytes` came, and the rest is not read. */
  download(messageId: string, fileKey: string, maxBytes: number): Promise<Result<Uint8Array | 'tooLarge'>>;
}
