import { randomBytes } from 'node:crypto';

/** The self-built app that the bot is: what the developer's console holds about it. */
export interface LarkApp {
  readonly appId: string;
  readonly appSecret: string;
  /** Empty: events are pushed in plain text and unsigned. */
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly tenantKey: string;
  readonly botName: string;
  readonly botOpenId: string;
  /** 停用 in the admin console: every call answers 99991662. */
  enabled: boolean;
  /** 机器人能力: off, messages answer 230006. */
  botAbility: boolean;
  scopes: ReadonlySet<string>;
  subscriptions: ReadonlySet<string>;
  eventsUrl: string | undefined;
  /** Undefined: the same address as the events'. */
  callbacksUrl: string | undefined;
}

/** What README.md asks an administrator to grant. `im:message.group_msg` is left out on purpose: it needs special approval. */
export const GRANTED_SCOPES = [
  'im:message:send_as_bot',
  'im:message.group_at_msg:readonly',
  'im:message.p2p_msg:readonly',
  'im:chat:readonly',
  'im:message:readonly',
  'im:resource',
  'contact:user.id:readonly',
  'contact:user.base:readonly',
  'event:ip_list',
];

export const SUBSCRIPTIONS = [
  'im.message.receive_v1',
  'im.message.recalled_v1',
  'im.message.updated_v1',
  'im.chat.member.bot.added_v1',
  'im.chat.member.bot.deleted_v1',
  'im.chat.disbanded_v1',
  'im.chat.updated_v1',
  'im.chat.member.user.added_v1',
  'im.chat.member.user.deleted_v1',
  'application.bot.menu_v6',
  'card.action.trigger',
];

/** Unique strings of 32 lower-case letters and digits; ids of every kind are made of them. */
export type Ids = () => string;
export const randomIds: Ids = () => randomBytes(16).toString('hex');
