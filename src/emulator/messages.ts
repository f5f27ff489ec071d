import type { Chat, Chats } from './chats.ts';
import type { Clock } from './clock.ts';
import { checkContent, type Known } from './content.ts';
import type { Ids, LarkApp } from './lark-app.ts';
import type { RateLimits } from './rate-limits.ts';
import { Refusal } from './refusals.ts';

const DAY_MS = 86_400_000;
/** Cards can be updated, and pressed, for 14 days. */
export const CARD_LIFE_MS = 14 * DAY_MS;
const READERS_KNOWN_MS = 7 * DAY_MS;
const UUID_LIFE_MS = 3_600_000;
export const MAX_EDITS = 20;

export interface MentionOnWire {
  readonly key: string;
  readonly openId: string;
  readonly name: string;
  readonly bot: boolean;
}

export interface Message {
  readonly messageId: string;
  readonly chatId: string;
  /** 'bot', or a person's open id. */
  readonly from: string;
  readonly type: string;
  content: string;
  mentions: readonly MentionOnWire[];
  readonly createdAt: number;
  updatedAt: number | undefined;
  readonly parentId: string | undefined;
  readonly rootId: string | undefined;
  /** Withdrawn (230011). */
  recalled: boolean;
  /** Gone altogether (231003). */
  deleted: boolean;
  edits: number;
}

export type MessageChange = 'created' | 'updated' | 'recalled';
type Listener = (message: Message, change: MessageChange) => void;

interface Sending {
  readonly type: string;
  readonly content: string;
  readonly uuid: string | undefined;
  /** Size of the whole request. */
  readonly bytes: number;
}

/** Every message of every chat, and what the bot may do with them. */
export class Messages {
  readonly #byId = new Map<string, Message>();
  readonly #sent = new Map<string, { readonly messageId: string; readonly at: number }>();
  readonly #readBy = new Map<string, Map<string, number>>();
  readonly #listeners = new Set<Listener>();
  readonly #of: { app: LarkApp; clock: Clock; ids: Ids; chats: Chats; limits: RateLimits } & Known;

  constructor(of: { app: LarkApp; clock: Clock; ids: Ids; chats: Chats; limits: RateLimits } & Known) {
    this.#of = of;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(messageId: string): Message | undefined {
    return this.#byId.get(messageId);
  }

  inChat(chatId: string): Message[] {
    return [...this.#byId.values()].filter((message) => message.chatId === chatId);
  }

  /** A message as it is, with no rule applied: what people write. */
  put(message: Pick<Message, 'chatId' | 'from' | 'type' | 'content'> & Partial<Message>): Message {
    const whole: Message = {
      mentions: [],
      updatedAt: undefined,
      parentId: undefined,
      rootId: undefined,
      recalled: false,
      deleted: false,
      edits: 0,
      ...message,
      messageId: `om_${this.#of.ids()}`,
      createdAt: this.#of.clock.now(),
    };
    this.#byId.set(whole.messageId, whole);
    this.#tell(whole, 'created');
    return whole;
  }

  create(chat: Chat, sending: Sending): Message {
    return this.#send(chat, sending, undefined);
  }

  /** 230011 when the parent was recalled, 231003 when it is gone: the caller then creates in the chat. */
  reply(parentId: string, sending: Sending): Message {
    const parent = this.#byId.get(parentId);
    if (!parent) throw new Refusal(230001, { ext: 'invalid message_id' });
    const chat = this.#of.chats.need(parent.chatId);
    this.speakable(chat);
    if (parent.recalled) throw new Refusal(230011);
    if (parent.deleted) throw new Refusal(231003);
    return this.#send(chat, sending, parent);
  }

  /** Whether the bot may write here: 230006, 232009 dissolved, 230002 outside, 230018 muted, 230013 not available. */
  speakable(chat: Chat): void {
    const { app, people } = this.#of;
    if (!app.botAbility) throw new Refusal(230006);
    if (chat.status === 'dissolved') throw new Refusal(232009);
    if (!chat.bot) throw new Refusal(230002);
    if (chat.muted) throw new Refusal(230018);
    if (chat.mode === 'p2p' && ![...chat.members].every((openId) => people.get(openId)?.available))
      throw new Refusal(230013);
  }

  /**
   * The same uuid to the same chat within an hour sends nothing and answers with the first message's data. (That it answers
   * code 0 is a choice of this emulator; no page says what Lark returns.)
   */
  #send(chat: Chat, { type, content, uuid, bytes }: Sending, parent: Message | undefined): Message {
    const { clock, limits } = this.#of;
    this.speakable(chat);
    const key = `${chat.chatId} ${uuid}`;
    const before = uuid ? this.#sent.get(key) : undefined;
    const first = before && clock.now() - before.at < UUID_LIFE_MS ? this.#byId.get(before.messageId) : undefined;
    if (first) return first;
    checkContent(type, content, bytes, this.#of);
    limits.target(chat.chatId);
    const shown = type === 'file' ? this.#named(content) : content;
    const message = this.put({
      chatId: chat.chatId,
      from: 'bot',
      type,
      content: shown,
      parentId: parent?.messageId,
      rootId: parent && (parent.rootId ?? parent.messageId),
    });
    if (uuid) this.#sent.set(key, { messageId: message.messageId, at: clock.now() });
    return message;
  }

  /** Readers find the name under which the file was uploaded beside its key. */
  #named(content: string): string {
    const { file_key } = JSON.parse(content);
    return JSON.stringify({ file_key, file_name: this.#of.files.get(file_key)?.name ?? '' });
  }

  /** 更新卡片: own, interactive, not recalled, at most 14 days old, 5 a second per message; the whole card is replaced. */
  patch(messageId: string, content: string): Message {
    const message = this.#own(messageId);
    if (message.type !== 'interactive') throw new Refusal(230054);
    if (this.#of.clock.now() - message.createdAt > CARD_LIFE_MS) throw new Refusal(230031);
    checkContent('interactive', content, 0, this.#of);
    this.#of.limits.target(messageId);
    return this.replace(message, content);
  }

  /** 编辑: own text or post, at most 20 times. */
  edit(messageId: string, { type, content, bytes }: Sending): Message {
    const message = this.#own(messageId);
    if (type !== 'text' && type !== 'post') throw new Refusal(230054);
    if (message.type !== type) throw new Refusal(230054);
    if (message.edits >= MAX_EDITS) throw new Refusal(230072);
    checkContent(type, content, bytes, this.#of);
    message.edits += 1;
    return this.replace(message, content);
  }

  replace(message: Message, content: string): Message {
    message.content = content;
    message.updatedAt = this.#of.clock.now();
    this.#tell(message, 'updated');
    return message;
  }

  recallOwn(messageId: string): void {
    this.recall(this.#own(messageId));
  }

  recall(message: Message): void {
    message.recalled = true;
    this.#tell(message, 'recalled');
  }

  /** A person has seen all that stands in the chat by now. */
  markRead(chatId: string, openId: string): void {
    for (const { messageId, from } of this.inChat(chatId)) {
      const readBy = this.#readBy.get(messageId) ?? new Map<string, number>();
      if (from !== openId && !readBy.has(openId)) readBy.set(openId, this.#of.clock.now());
      this.#readBy.set(messageId, readBy);
    }
  }

  /** 查询消息已读信息: own, at most 7 days old. */
  readers(messageId: string): { readonly openId: string; readonly at: number }[] {
    const message = this.#own(messageId);
    if (this.#of.clock.now() - message.createdAt > READERS_KNOWN_MS) throw new Refusal(230033);
    return [...(this.#readBy.get(messageId) ?? [])].map(([openId, at]) => ({ openId, at }));
  }

  #own(messageId: string): Message {
    const message = this.#byId.get(messageId);
    if (!message) throw new Refusal(230001, { ext: 'invalid message_id' });
    if (message.from !== 'bot') throw new Refusal(230012);
    if (message.recalled) throw new Refusal(230011);
    if (message.deleted) throw new Refusal(231003);
    const chat = this.#of.chats.need(message.chatId);
    if (chat.status === 'dissolved') throw new Refusal(232009);
    if (!chat.bot) throw new Refusal(230002);
    return message;
  }

  #tell(message: Message, change: MessageChange): void {
    for (const listener of this.#listeners) listener(message, change);
  }
}
