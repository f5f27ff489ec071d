import * as z from 'zod';
import type { Chat, Chats } from './chats.ts';
import type { Files } from './files.ts';
import type { Call, LarkApi } from './lark-api.ts';
import type { LarkApp } from './lark-app.ts';
import type { Message, Messages } from './messages.ts';
import type { People } from './people.ts';
import { Refusal } from './refusals.ts';

const SEND = ['im:message:send_as_bot', 'im:message', 'im:message:send'];
const UPDATE = ['im:message:send_as_bot', 'im:message', 'im:message:update'];
const READ = ['im:message:readonly', 'im:message', 'im:message.history:readonly'];
const READERS = ['im:message', 'im:message:readonly', 'im:message:basic'];

const uuid = z.string().max(50).optional();
const outgoing = { msg_type: z.string(), content: z.string() };

export interface MessageWorld {
  readonly app: LarkApp;
  readonly people: People;
  readonly chats: Chats;
  readonly messages: Messages;
  readonly files: Files;
}

export function messageApi(api: LarkApi, world: MessageWorld): void {
  const { messages, chats, files, people, app } = world;
  const wire = (message: Message, raw = false) => onWire(message, app, raw);

  api.on('POST', '/im/v1/messages', SEND, (call) => {
    const body = call.body(z.object({ receive_id: z.string().min(1), ...outgoing, uuid }));
    const chat = receiver(world, call.query('receive_id_type'), body.receive_id);
    const sending = { type: body.msg_type, content: body.content, uuid: body.uuid, bytes: call.bytes };
    return wire(messages.create(chat, sending));
  });

  api.on('POST', '/im/v1/messages/:id/reply', SEND, (call) => {
    const body = call.body(z.object({ ...outgoing, uuid, reply_in_thread: z.boolean().optional() }));
    const sending = { type: body.msg_type, content: body.content, uuid: body.uuid, bytes: call.bytes };
    return wire(messages.reply(call.param('id'), sending));
  });

  api.on('PATCH', '/im/v1/messages/:id', UPDATE, (call) => {
    messages.patch(call.param('id'), call.body(z.object({ content: z.string() })).content);
  });

  api.on('PUT', '/im/v1/messages/:id', UPDATE, (call) => {
    const body = call.body(z.object(outgoing));
    const sending = { type: body.msg_type, content: body.content, uuid: undefined, bytes: call.bytes };
    return wire(messages.edit(call.param('id'), sending));
  });

  api.on('DELETE', '/im/v1/messages/:id', UPDATE, (call) => messages.recallOwn(call.param('id')));

  /** `items` is an array though it holds one. */
  api.on('GET', '/im/v1/messages/:id', READ, (call) => {
    const message = visible(world, call.param('id'));
    return { items: [wire(message, call.query('card_msg_content_type') === 'user_card_content')] };
  });

  api.on('GET', '/im/v1/messages', READ, (call) => {
    const chat = chats.get(call.query('container_id') ?? '');
    if (call.query('container_id_type') !== 'chat' || !chat) throw new Refusal(230001, { ext: 'invalid container_id' });
    if (!chat.bot) throw new Refusal(230002);
    if (chat.mode === 'group' && !app.scopes.has('im:message.group_msg')) throw new Refusal(230027);
    const from = Number(call.query('start_time') ?? 0) * 1000;
    const to = Number(call.query('end_time') ?? Number.MAX_SAFE_INTEGER) * 1000;
    const found = messages.inChat(chat.chatId).filter((m) => m.createdAt >= from && m.createdAt <= to);
    if (call.query('sort_type') === 'ByCreateTimeDesc') found.reverse();
    const { items, ...rest } = page(found, call, 50);
    return { items: items.map((message) => wire(message)), ...rest };
  });

  api.on('GET', '/im/v1/messages/:id/read_users', READERS, (call) => {
    const type = call.query('user_id_type');
    if (type !== 'open_id' && type !== 'user_id' && type !== 'union_id')
      throw new Refusal(99992402, { error: missing('user_id_type') });
    const { items, ...rest } = page(messages.readers(call.param('id')), call, 100);
    return {
      items: items.map(({ openId, at }) => ({
        user_id_type: type,
        user_id: people.need(openId)[ID_FIELDS[type]],
        timestamp: String(at),
        tenant_key: app.tenantKey,
      })),
      ...rest,
    };
  });

  api.on('GET', '/im/v1/messages/:id/resources/:key', READ, (call) => {
    const message = visible(world, call.param('id'));
    const key = call.param('key');
    if (!['image', 'file'].includes(call.query('type') ?? '')) throw new Refusal(234001);
    if (message.type === 'interactive' || message.type === 'merge_forward') throw new Refusal(234043);
    const file = files.get(key);
    if (!file || !message.content.includes(key)) throw new Refusal(234003);
    return new Response(Buffer.from(file.bytes), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      },
    });
  });
}

const ID_FIELDS = { open_id: 'openId', user_id: 'userId', union_id: 'unionId', email: 'email' } as const;
const missing = (field: string) => ({ field_violations: [{ field, description: 'required' }] });

/** Whom `receive_id` means. An unknown one is 230001, one outside the app's availability 230013. */
function receiver({ people, chats }: MessageWorld, type: string | undefined, id: string): Chat {
  if (type === 'chat_id') {
    const chat = chats.get(id);
    if (!chat) throw new Refusal(230001, { ext: 'invalid receive_id' });
    return chat;
  }
  if (type !== 'open_id' && type !== 'user_id' && type !== 'union_id' && type !== 'email')
    throw new Refusal(99992402, { error: missing('receive_id_type') });
  const person = people.all().find((candidate) => candidate[ID_FIELDS[type]] === id);
  if (!person) throw new Refusal(230001, { ext: 'invalid receive_id' });
  if (!person.available) throw new Refusal(230013);
  return chats.p2p(person.openId);
}

function visible({ messages, chats }: MessageWorld, messageId: string): Message {
  const message = messages.get(messageId);
  if (!message) throw new Refusal(230001, { ext: 'invalid message_id' });
  if (!chats.need(message.chatId).bot) throw new Refusal(230002);
  return message;
}

export function page<T>(all: readonly T[], call: Call, max: number, shrink = 0) {
  const size = Math.min(max, Math.max(1, Number(call.query('page_size') ?? 20)));
  const from = Number(call.query('page_token') || 0);
  const to = from + Math.max(1, size - shrink);
  const has_more = to < all.length;
  return { items: all.slice(from, to), has_more, page_token: has_more ? String(to) : '' };
}

/** A card comes back in a converted form, not as it was sent, unless the raw one is asked for. */
function onWire(message: Message, app: LarkApp, raw: boolean) {
  const { content, from } = message;
  const converted =
    message.type === 'interactive' && !raw
      ? JSON.stringify({ title: null, elements: [[{ tag: 'text', text: '请升级至最新版本客户端，以查看内容' }]] })
      : content;
  return {
    message_id: message.messageId,
    root_id: message.rootId ?? '',
    parent_id: message.parentId ?? '',
    msg_type: message.type,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt ?? message.createdAt),
    deleted: message.recalled || message.deleted,
    updated: message.updatedAt !== undefined,
    chat_id: message.chatId,
    sender: {
      id: from === 'bot' ? app.appId : from,
      id_type: from === 'bot' ? 'app_id' : 'open_id',
      sender_type: from === 'bot' ? 'app' : 'user',
      tenant_key: app.tenantKey,
    },
    body: { content: message.recalled || message.deleted ? '{"text":"This message was recalled"}' : converted },
    mentions: message.mentions.map(({ key, openId, name }) => ({
      key,
      id: openId,
      id_type: 'open_id',
      name,
      tenant_key: app.tenantKey,
    })),
  };
}
