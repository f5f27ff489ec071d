import * as z from 'zod';
import type { Chat } from './chats.ts';
import type { Call, LarkApi } from './lark-api.ts';
import { type MessageWorld, page } from './message-api.ts';
import type { Person } from './people.ts';
import { Refusal } from './refusals.ts';

const CHAT = ['im:chat', 'im:chat:readonly', 'im:chat:read', 'im:chat.group_info:readonly'];
const MEMBERS = ['im:chat', 'im:chat:readonly', 'im:chat.members:read', 'im:chat.group_info:readonly'];
const FILE_TYPES = new Set(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream']);
const FILES = ['im:resource', 'im:resource:upload'];

/** Groups, people, the bot itself, uploads and the addresses that pushes come from. */
export function tenantApi(api: LarkApi, world: MessageWorld): void {
  const { app, people, chats } = world;

  api.on('GET', '/im/v1/chats', CHAT, (call) => {
    const groups = chats.all().filter((chat) => chat.mode === 'group' && chat.bot && chat.status === 'normal');
    const { items, ...rest } = page(groups, call, 100);
    return { items: items.map((chat) => summary(chat, app.tenantKey)), ...rest };
  });

  api.on('GET', '/im/v1/chats/:id', CHAT, (call) => {
    const chat = chats.get(call.param('id'));
    if (!chat) throw new Refusal(232006);
    if (!chat.bot) return { name: chat.name, chat_mode: chat.mode, external: false, tenant_key: app.tenantKey };
    return {
      ...summary(chat, app.tenantKey),
      chat_mode: chat.mode,
      chat_type: 'private',
      user_count: String(chat.members.size),
      bot_count: '1',
    };
  });

  /** Bots are left out, and a page holds one user fewer than asked for: nobody may count on full pages. */
  api.on('GET', '/im/v1/chats/:id/members', MEMBERS, (call) => {
    const chat = chats.inside(call.param('id'));
    const users = [...chat.members].flatMap((openId) => people.get(openId) ?? []);
    const { items, ...rest } = page(users, call, 100, 1);
    return {
      items: items.map((person) => ({
        member_id_type: 'open_id',
        member_id: person.openId,
        name: person.name,
        tenant_key: person.tenantKey ?? app.tenantKey,
      })),
      ...rest,
      member_total: users.length,
    };
  });

  api.on('GET', '/im/v1/chats/:id/members/is_in_chat', MEMBERS, (call) => {
    const chat = chats.get(call.param('id'));
    if (!chat) throw new Refusal(232006);
    return { is_in_chat: chat.bot };
  });

  /** In the order asked; an unknown address comes back without a user_id. */
  api.on('POST', '/contact/v3/users/batch_get_id', ['contact:user.id:readonly'], (call) => {
    const list = z.array(z.string()).max(50).default([]);
    const { mobiles, emails } = call.body(z.object({ mobiles: list, emails: list }));
    const found = (person: Person | undefined) => (person ? { user_id: person.openId } : {});
    return {
      user_list: [
        ...mobiles.map((mobile) => ({ ...found(people.byMobile(mobile)), mobile })),
        ...emails.map((email) => ({ ...found(people.byEmail(email)), email })),
      ],
    };
  });

  /** Without the scope for it the name is missing; that is no error. */
  api.on('GET', '/contact/v3/users/:id', [], (call) => {
    const person = people.get(call.param('id'));
    if (!person) throw new Refusal(41012);
    const user = { open_id: person.openId, union_id: person.unionId };
    return { user: app.scopes.has('contact:user.base:readonly') ? { ...user, name: person.name } : user };
  });

  /** `bot` stands at the top level; there is no `data`. */
  api.on('GET', '/bot/v3/info', [], () =>
    Response.json({
      code: 0,
      msg: 'ok',
      bot: {
        activate_status: app.enabled ? 2 : 0,
        app_name: app.botName,
        avatar_url: '',
        ip_white_list: [],
        open_id: app.botOpenId,
      },
    }),
  );

  api.on('GET', '/event/v1/outbound_ip', ['event:ip_list'], () => ({
    ip_list: ['127.0.0.1'],
    has_more: false,
    page_token: '',
  }));

  uploads(api, world);
}

function summary(chat: Chat, tenantKey: string) {
  return {
    chat_id: chat.chatId,
    name: chat.name,
    avatar: '',
    description: '',
    owner_id: chat.ownerId ?? '',
    owner_id_type: 'open_id',
    external: false,
    tenant_key: tenantKey,
    chat_status: chat.status,
  };
}

function uploads(api: LarkApi, { files }: MessageWorld): void {
  const fields = (call: Call) => {
    const parts = call.form();
    return {
      text: (name: string) => parts.get(name)?.toString('utf8'),
      bytes: (name: string) => need(parts.get(name)),
    };
  };
  const need = (bytes: Buffer | undefined) => {
    if (!bytes) throw new Refusal(234001);
    return bytes;
  };

  api.on('POST', '/im/v1/images', FILES, (call) => {
    const { text, bytes } = fields(call);
    if (text('image_type') !== 'message') throw new Refusal(234001);
    return { image_key: files.uploadImage(bytes('image')).key };
  });

  api.on('POST', '/im/v1/files', FILES, (call) => {
    const { text, bytes } = fields(call);
    const name = text('file_name');
    if (!FILE_TYPES.has(text('file_type') ?? '') || !name) throw new Refusal(234001);
    return { file_key: files.uploadFile(name, bytes('file')).key };
  });
}
