import type { Callbacks, PressResult } from './callbacks.ts';
import type { CardPress } from './card-press.ts';
import type { Chat } from './chats.ts';
import type { DeliveryReport, Events, Tamper } from './events.ts';
import type { Fault, FaultOrder, Faults } from './faults.ts';
import type { StoredFile } from './files.ts';
import type { MessageWorld } from './message-api.ts';
import { type MessageView, viewOf } from './message-view.ts';
import { MAX_EDITS, type Message, type MessageChange } from './messages.ts';
import { receiveEvent, spoken } from './say.ts';
import { TenantControl } from './tenant-control.ts';
import type { Tokens } from './tokens.ts';
import type { WireEntry, WireLog } from './wire-log.ts';

export interface Saying {
  readonly mentionBot?: boolean;
  readonly mentions?: readonly string[];
  readonly mentionAll?: boolean;
  readonly replyTo?: string;
  /** text unless told; of another kind than text, post, file and image, `text` is the content's JSON. */
  readonly type?: string;
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
}

export interface Said {
  readonly messageId: string;
  /** Undefined when the platform pushes nothing for it. */
  readonly eventId: string | undefined;
  readonly delivered: Promise<DeliveryReport>;
}

interface Parts extends MessageWorld {
  readonly events: Events;
  readonly callbacks: Callbacks;
  readonly faults: Faults;
  readonly tokens: Tokens;
  readonly log: WireLog;
}

/** What people, administrators and mishaps do; the bot never meets this side. Misuse throws RangeError. */
export class Control extends TenantControl {
  readonly #of: Parts;

  constructor(parts: Parts) {
    super(parts);
    this.#of = parts;
  }

  // Messages

  /**
   * A person writes. `@督导助手` (the bot's name), `@所有人` and the names of the chat's members become mentions; of two namesakes the one
   * in `mentions` is meant. In a group the platform pushes only what mentions the bot, in a single chat everything.
   */
  say(chatId: string, openId: string, text: string, how: Saying = {}): Said {
    const { chats, messages } = this.#of;
    const chat = chats.need(chatId);
    if (!chat.members.has(openId)) throw new RangeError(`${openId} is not in ${chatId}`);
    const parent = how.replyTo === undefined ? undefined : messages.get(how.replyTo);
    const type = how.file ? (how.type ?? 'file') : (how.type ?? 'text');
    const message = messages.put({
      chatId,
      from: openId,
      type,
      ...this.#content(chat, type, text, how),
      parentId: parent?.messageId,
      rootId: parent && (parent.rootId ?? parent.messageId),
    });
    return this.#tell('im.message.receive_v1', chat, message);
  }

  /**
   * A person changes what they wrote: a text or a post, at most 20 times. What the app may hear of is decided by the words as they are now, so that
   * a mention that is added brings the message for the first time.
   */
  edit(messageId: string, openId: string, text: string, how: Saying = {}): Said {
    const { chats, messages } = this.#of;
    const message = this.#needMessage(messageId);
    if (message.from !== openId) throw new RangeError('not the own message');
    if (message.type !== 'text' && message.type !== 'post') throw new RangeError('only a text or a post is edited');
    if (message.recalled || message.deleted) throw new RangeError('the message is gone');
    if (message.edits >= MAX_EDITS) throw new RangeError(`edited ${MAX_EDITS} times already`);
    const chat = chats.need(message.chatId);
    const { content, mentions } = this.#content(chat, message.type, text, how);
    message.edits += 1;
    message.mentions = mentions;
    messages.replace(message, content);
    return this.#tell('im.message.updated_v1', chat, message);
  }

  #tell(type: 'im.message.receive_v1' | 'im.message.updated_v1', chat: Chat, message: Message): Said {
    const { people, events, app } = this.#of;
    const { messageId, from } = message;
    const withheld = this.#withheld(type, chat, message);
    if (withheld !== undefined)
      return { messageId, eventId: undefined, delivered: Promise.resolve(events.withhold(type, withheld)) };
    const everybody = new Map(people.all().map((person) => [person.openId, person]));
    return { messageId, ...events.push(type, receiveEvent(message, chat.mode, people.need(from), app, everybody)) };
  }

  #content(chat: Chat, type: string, text: string, how: Saying): Pick<Message, 'content' | 'mentions'> {
    const { people, files, app } = this.#of;
    if (how.file) {
      const { key, name } = files.attach(type === 'image' ? 'image' : 'file', how.file.name, how.file.bytes);
      const content = type === 'image' ? { image_key: key } : { file_key: key, file_name: name };
      return { content: JSON.stringify(content), mentions: [] };
    }
    if (type !== 'text' && type !== 'post') return { content: text, mentions: [] };
    const members = [...chat.members].flatMap((openId) => people.get(openId) ?? []);
    const must = [...(how.mentionBot ? [app.botOpenId] : []), ...(how.mentions ?? [])];
    const words = how.mentionAll && !text.includes('@所有人') ? `@所有人 ${text}` : text;
    return spoken(words, type, app, members, must);
  }

  #withheld(type: string, chat: Chat, message: Message): string | undefined {
    const { app } = this.#of;
    const may = (...scopes: string[]) =>
      scopes.some((scope) => app.scopes.has(scope) || app.scopes.has(`${scope}:readonly`));
    if (!app.subscriptions.has(type)) return 'not subscribed';
    if (app.eventsUrl === undefined) return 'no address';
    if (!chat.bot || chat.status === 'dissolved') return 'the bot is not in the chat';
    if (chat.mode === 'p2p') return may('im:message.p2p_msg') ? undefined : 'no scope for single chats';
    if (may('im:message.group_msg')) return undefined;
    if (!message.mentions.some((mention) => mention.bot)) return 'the bot is not mentioned';
    return may('im:message.group_at_msg') ? undefined : 'no scope for groups';
  }

  messages(chatId: string): MessageView[] {
    this.#of.chats.need(chatId);
    return this.#of.messages.inChat(chatId).map((message) => this.#view(message));
  }

  message(messageId: string): MessageView {
    return this.#view(this.#needMessage(messageId));
  }

  /** The file of a message, as whoever reads the chat gets it. */
  file(messageId: string): StoredFile {
    const { type, content } = this.#needMessage(messageId);
    const file = type === 'file' ? this.#of.files.get(JSON.parse(content).file_key) : undefined;
    if (!file) throw new RangeError('not a file');
    return file;
  }

  #view(message: Message): MessageView {
    return viewOf(message, this.#of.app, this.#of.people);
  }

  /** Called for each message created, changed or recalled; the answer stops it. */
  onMessage(listener: (message: MessageView, change: MessageChange) => void): () => void {
    return this.#of.messages.listen((message, change) => listener(this.#view(message), change));
  }

  /** Resolves once `ready` holds; asked again at each message and each entry of the wire log. */
  when(ready: () => boolean): Promise<void> {
    if (ready()) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (!ready()) return;
      for (const stop of stops) stop();
      resolve();
    };
    const stops = [this.#of.messages.listen(look), this.#of.log.listen(look)];
    return promise;
  }

  /** A person withdraws a message: replies to it answer 230011. */
  recall(messageId: string): Promise<DeliveryReport> {
    const message = this.#needMessage(messageId);
    this.#of.messages.recall(message);
    return this.pushSubscribed('im.message.recalled_v1', {
      message_id: messageId,
      chat_id: message.chatId,
      recall_time: String(message.createdAt),
      recall_type: 'message_owner',
    });
  }

  /** A message vanishes altogether: replies to it answer 231003. */
  delete(messageId: string): void {
    this.#needMessage(messageId).deleted = true;
  }

  /** A person uses a control of a card. Whoever is not in the chat cannot see it. */
  press(messageId: string, openId: string, what: CardPress): Promise<PressResult> {
    const message = this.#needMessage(messageId);
    if (!this.#of.chats.need(message.chatId).members.has(openId)) throw new RangeError(`${openId} is not in the chat`);
    if (message.type !== 'interactive') throw new RangeError('not a card');
    return this.#of.callbacks.press(message, openId, what);
  }

  // Pushes

  pushEventsTo(url: string): void {
    this.#of.app.eventsUrl = url;
  }

  /** Card callbacks have an address of their own when told; otherwise they go where the events go. */
  pushCallbacksTo(url: string): void {
    this.#of.app.callbacksUrl = url;
  }

  /** What the console does when an address is saved; `token` other than the app's shows what the bot makes of a stranger. */
  handshake(url = this.#of.app.eventsUrl, token?: string) {
    if (url === undefined) throw new RangeError('no address');
    return this.#of.events.handshake(url, token);
  }

  pushEvent(type: string, event: object, { tamper }: { tamper?: Tamper } = {}) {
    return this.#of.events.push(type, event, tamper);
  }

  pushRaw({ body, headers }: { body: string; headers?: Readonly<Record<string, string>> }) {
    return this.#of.events.raw(body, headers);
  }

  redeliver(eventId: string, copies = 1, { anew }: { readonly anew?: boolean } = {}) {
    return this.#of.events.redeliver(eventId, copies, anew);
  }

  /** Whether retries carry a new timestamp and signature (the documents do not say; anew unless told). */
  signRetriesAnew(anew: boolean): void {
    this.#of.events.signAnew = anew;
  }

  /** Every event's end: accepted, given up or withheld. */
  outcomes(): readonly DeliveryReport[] {
    return this.#of.events.reports;
  }

  wire(): readonly WireEntry[] {
    return this.#of.log.entries;
  }

  // Mishaps and the console

  fault(order: FaultOrder): Fault {
    return this.#of.faults.add(order);
  }

  faults(): readonly Fault[] {
    return this.#of.faults.all();
  }

  /** Whatever was issued answers 99991663 from now on. */
  revokeTokens(): void {
    this.#of.tokens.revokeAll();
  }

  configure(app: {
    scopes?: readonly string[];
    subscriptions?: readonly string[];
    enabled?: boolean;
    botAbility?: boolean;
  }): void {
    const known = this.#of.app;
    if (app.scopes) known.scopes = new Set(app.scopes);
    if (app.subscriptions) known.subscriptions = new Set(app.subscriptions);
    known.enabled = app.enabled ?? known.enabled;
    known.botAbility = app.botAbility ?? known.botAbility;
  }

  #needMessage(messageId: string): Message {
    const message = this.#of.messages.get(messageId);
    if (!message) throw new RangeError(`no such message: ${messageId}`);
    return message;
  }
}
