import type { Ids } from './lark-app.ts';
import { Refusal } from './refusals.ts';

export interface Chat {
  readonly chatId: string;
  readonly mode: 'group' | 'p2p';
  name: string;
  readonly ownerId: string | undefined;
  readonly members: Set<string>;
  /** Whether our bot is in it. */
  bot: boolean;
  status: 'normal' | 'dissolved';
  /** 仅指定成员可发言: sends answer 230018. */
  muted: boolean;
}

/** Groups and single chats. A single chat with the bot comes into being on first use, as on Lark. */
export class Chats {
  readonly #ids: Ids;
  readonly #byId = new Map<string, Chat>();
  readonly #p2p = new Map<string, Chat>();

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  addGroup(name: string, members: readonly string[]): Chat {
    return this.#keep({ mode: 'group', name, ownerId: members[0], members: new Set(members), bot: false });
  }

  p2p(openId: string): Chat {
    const known = this.#p2p.get(openId);
    if (known) return known;
    const chat = this.#keep({ mode: 'p2p', name: '', ownerId: undefined, members: new Set([openId]), bot: true });
    this.#p2p.set(openId, chat);
    return chat;
  }

  #keep(chat: Omit<Chat, 'chatId' | 'status' | 'muted'>): Chat {
    const kept: Chat = { ...chat, chatId: `oc_${this.#ids()}`, status: 'normal', muted: false };
    this.#byId.set(kept.chatId, kept);
    return kept;
  }

  get(chatId: string): Chat | undefined {
    return this.#byId.get(chatId);
  }

  need(chatId: string): Chat {
    const chat = this.get(chatId);
    if (!chat) throw new RangeError(`no such chat: ${chatId}`);
    return chat;
  }

  all(): Chat[] {
    return [...this.#byId.values()];
  }

  /** For the REST side: 232006 for an id that is none, 232011 when the bot is outside. */
  inside(chatId: string): Chat {
    const chat = this.get(chatId);
    if (!chat) throw new Refusal(232006);
    if (!chat.bot) throw new Refusal(232011);
    return chat;
  }
}
