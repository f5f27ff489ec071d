import type { ClockView, Surroundings, WholeState } from '../live.ts';
import type { MessageView } from '../message-view.ts';
import type { WireEntry } from '../wire-log.ts';
import { tell } from './api.ts';

export type Chat = Surroundings['chats'][number];
type Topic = 'whole' | 'message' | 'around' | 'wire' | 'clock' | 'me' | 'chat' | 'read' | 'online' | 'caption';

const WIRE_KEPT = 500;

/**
 * What the page knows. The emulator's part arrives by the stream and is replaced whole at each connection; who I am is this tab's, what
 * I have read this browser's.
 */
export class Store {
  whole: WholeState | undefined;
  readonly messages = new Map<string, MessageView>();
  wire: WireEntry[] = [];
  online = false;
  me = '';
  chatId = '';
  #read: Record<string, number> = {};
  readonly #listeners = new Map<Topic, ((message?: MessageView) => void)[]>();

  on(topics: readonly Topic[], listener: (message?: MessageView) => void): void {
    for (const topic of topics) this.#listeners.set(topic, [...(this.#listeners.get(topic) ?? []), listener]);
  }

  #tell(topic: Topic, message?: MessageView): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener(message);
  }

  // From the stream

  begin(whole: WholeState): void {
    this.whole = whole;
    this.online = true;
    this.messages.clear();
    for (const message of whole.messages) this.messages.set(message.messageId, message);
    this.wire = [...whole.wire];
    this.#recall(whole.run);
    this.#tell('whole');
  }

  message(message: MessageView): void {
    this.messages.set(message.messageId, message);
    this.#tell('message', message);
  }

  around(around: Surroundings): void {
    if (this.whole) this.whole = { ...this.whole, ...around };
    this.#tell('around');
  }

  clock(clock: ClockView): void {
    if (this.whole) this.whole = { ...this.whole, clock };
    this.#tell('clock');
  }

  caption(caption: string): void {
    if (this.whole) this.whole = { ...this.whole, caption };
    this.#tell('caption');
  }

  entry(entry: WireEntry): void {
    this.wire.push(entry);
    if (this.wire.length > WIRE_KEPT) this.wire = this.wire.slice(-WIRE_KEPT);
    this.#tell('wire');
  }

  setOnline(online: boolean): void {
    this.online = online;
    this.#tell('online');
  }

  // Who and where

  become(openId: string): void {
    this.me = openId;
    sessionStorage.setItem(this.#key('me'), openId);
    localStorage.setItem(this.#key('me'), openId);
    this.#tell('me');
  }

  open(chatId: string): void {
    this.chatId = chatId;
    sessionStorage.setItem(this.#key('chat'), chatId);
    this.#tell('chat');
  }

  /** A draft survives a reload. */
  get draft(): string {
    return sessionStorage.getItem(this.#key(`draft ${this.chatId}`)) ?? '';
  }

  set draft(text: string) {
    sessionStorage.setItem(this.#key(`draft ${this.chatId}`), text);
  }

  #key(name: string): string {
    return `dudao ${this.whole?.run ?? ''} ${name}`;
  }

  /** What this tab, or else this browser, knew of this run; remains of other runs are dropped. */
  #recall(run: string): void {
    for (const key of Object.keys(localStorage))
      if (key.startsWith('dudao ') && !key.includes(run)) localStorage.removeItem(key);
    this.me = sessionStorage.getItem(this.#key('me')) ?? localStorage.getItem(this.#key('me')) ?? '';
    this.chatId = sessionStorage.getItem(this.#key('chat')) ?? '';
    this.#read = readCounts(localStorage.getItem(this.#key('read')));
  }

  // Looking up

  nameOf(openId: string): string {
    if (openId === this.whole?.bot.openId || openId === 'bot') return this.whole?.bot.name ?? '';
    return this.whole?.people.find((person) => person.openId === openId)?.name ?? openId;
  }

  get chat(): Chat | undefined {
    return this.whole?.chats.find(({ chatId }) => chatId === this.chatId);
  }

  /** Mine, the one with the newest message first. */
  myChats(): readonly Chat[] {
    const mine = (this.whole?.chats ?? []).filter(({ members }) => members.includes(this.me));
    const newest = new Map([...this.messages.values()].map((message, index) => [message.chatId, index]));
    return mine.sort((a, b) => (newest.get(b.chatId) ?? -1) - (newest.get(a.chatId) ?? -1));
  }

  titleOf(chat: Chat): string {
    return chat.mode === 'p2p' ? (this.whole?.bot.name ?? '') : chat.name;
  }

  inChat(chatId: string): MessageView[] {
    return [...this.messages.values()].filter((message) => message.chatId === chatId);
  }

  // Read and unread: messages only ever come after those that are there, so a count is enough.

  unread(chatId: string): number {
    const fresh = this.inChat(chatId).slice(this.#read[`${this.me} ${chatId}`] ?? 0);
    return fresh.filter(({ from }) => from !== this.me).length;
  }

  markRead(): void {
    if (this.chatId === '' || document.hidden) return;
    const key = `${this.me} ${this.chatId}`;
    const count = this.inChat(this.chatId).length;
    if (this.#read[key] === count) return;
    this.#read = { ...readCounts(localStorage.getItem(this.#key('read'))), [key]: count };
    localStorage.setItem(this.#key('read'), JSON.stringify(this.#read));
    // The bot may ask who has read; that it is not told stops nobody from reading.
    void tell(`/chats/${this.chatId}/read`, { openId: this.me }).catch(() => undefined);
    this.#tell('read');
  }

  /** Another tab has read something. */
  readElsewhere(): void {
    this.#read = readCounts(localStorage.getItem(this.#key('read')));
    this.#tell('read');
  }
}

function readCounts(stored: string | null): Record<string, number> {
  const json: unknown = stored === null ? {} : JSON.parse(stored);
  const entries = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  return Object.fromEntries(entries.flatMap(([key, value]) => (typeof value === 'number' ? [[key, value]] : [])));
}
