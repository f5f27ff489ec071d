import type { Chat } from './chats.ts';
import type { DeliveryReport, Events } from './events.ts';
import type { MessageWorld } from './message-api.ts';
import type { NewPerson, Person } from './people.ts';

export interface ChatView {
  readonly chatId: string;
  readonly mode: 'group' | 'p2p';
  readonly name: string;
  readonly members: readonly string[];
  readonly bot: boolean;
  readonly status: 'normal' | 'dissolved';
}

/** Who is in the tenant and in which chats; each change is pushed to the bot as the platform would. Misuse throws RangeError. */
export class TenantControl {
  readonly #of: MessageWorld & { readonly events: Events };

  constructor(of: MessageWorld & { readonly events: Events }) {
    this.#of = of;
  }

  addPerson(person: NewPerson): { openId: string } {
    return { openId: this.#of.people.add(person).openId };
  }

  people(): readonly Person[] {
    return this.#of.people.all();
  }

  /** Takes a person out of the app's 可用范围, or back in. */
  setAvailable(openId: string, available: boolean): void {
    this.#of.people.need(openId).available = available;
  }

  addGroup({ name, members }: { name: string; members: readonly string[] }): { chatId: string } {
    for (const openId of members) this.#of.people.need(openId);
    return { chatId: this.#of.chats.addGroup(name, members).chatId };
  }

  addBot(chatId: string, { by }: { by: string }): Promise<DeliveryReport> {
    const chat = this.#of.chats.need(chatId);
    chat.bot = true;
    return this.#chatEvent('im.chat.member.bot.added_v1', chat, by);
  }

  removeBot(chatId: string, { by }: { by?: string } = {}): Promise<DeliveryReport> {
    const chat = this.#of.chats.need(chatId);
    chat.bot = false;
    return this.#chatEvent('im.chat.member.bot.deleted_v1', chat, by);
  }

  disband(chatId: string, { by }: { by?: string } = {}): Promise<DeliveryReport> {
    const chat = this.#of.chats.need(chatId);
    chat.status = 'dissolved';
    const pushed = this.#chatEvent('im.chat.disbanded_v1', chat, by);
    chat.bot = false;
    return pushed;
  }

  rename(chatId: string, name: string, { by }: { by?: string } = {}): Promise<DeliveryReport> {
    const chat = this.#of.chats.need(chatId);
    const before = chat.name;
    chat.name = name;
    return this.#chatEvent('im.chat.updated_v1', chat, by, {
      before_change: { name: before },
      after_change: { name },
      moderator_list: {},
    });
  }

  addMember(chatId: string, openId: string, { by }: { by?: string } = {}): Promise<DeliveryReport> {
    const chat = this.#of.chats.need(chatId);
    const person = this.#of.people.need(openId);
    chat.members.add(openId);
    return this.#chatEvent('im.chat.member.user.added_v1', chat, by, { users: [this.#user(person)] });
  }

  removeMember(chatId: string, openId: string, { by }: { by?: string } = {}): Promise<DeliveryReport> {
    const chat = this.#of.chats.need(chatId);
    const person = this.#of.people.need(openId);
    chat.members.delete(openId);
    return this.#chatEvent('im.chat.member.user.deleted_v1', chat, by, { users: [this.#user(person)] });
  }

  /** The person has opened the chat and seen what stands there. */
  read(chatId: string, openId: string): void {
    const chat = this.#of.chats.need(chatId);
    if (!chat.members.has(openId)) throw new RangeError(`${openId} is not in ${chatId}`);
    this.#of.messages.markRead(chatId, openId);
  }

  /** 仅指定成员可发言: the bot's sends answer 230018. */
  mute(chatId: string, muted = true): void {
    this.#of.chats.need(chatId).muted = muted;
  }

  /** The single chat of a person with the bot. */
  p2p(openId: string): string {
    this.#of.people.need(openId);
    return this.#of.chats.p2p(openId).chatId;
  }

  chats(): ChatView[] {
    return this.#of.chats.all().map(({ chatId, mode, name, members, bot, status }) => ({
      chatId,
      mode,
      name,
      bot,
      status,
      members: [...members],
    }));
  }

  #user(person: Person) {
    const user_id = { union_id: person.unionId, user_id: person.userId, open_id: person.openId };
    return { name: person.name, tenant_key: this.#of.app.tenantKey, user_id };
  }

  /** Events about a chat reach the bot only while it is inside; its own removal is the exception. */
  #chatEvent(type: string, chat: Chat, by = chat.ownerId, more: object = {}): Promise<DeliveryReport> {
    if (!chat.bot && type !== 'im.chat.member.bot.deleted_v1')
      return Promise.resolve(this.#of.events.withhold(type, 'the bot is not in the chat'));
    const operator = by === undefined ? undefined : this.#user(this.#of.people.need(by)).user_id;
    return this.pushSubscribed(type, {
      chat_id: chat.chatId,
      operator_id: operator,
      external: false,
      operator_tenant_key: this.#of.app.tenantKey,
      name: chat.name,
      i18n_names: { zh_cn: chat.name, en_us: '', ja_jp: '' },
      ...more,
    });
  }

  protected pushSubscribed(type: string, event: object): Promise<DeliveryReport> {
    const { app, events } = this.#of;
    if (!app.subscriptions.has(type)) return Promise.resolve(events.withhold(type, 'not subscribed'));
    if (app.eventsUrl === undefined) return Promise.resolve(events.withhold(type, 'no address'));
    return events.push(type, event).delivered;
  }
}
