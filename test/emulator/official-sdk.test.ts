import { createDecipheriv, createHash } from 'node:crypto';
import { Client, DefaultCache, EventDispatcher, generateChallenge } from '@larksuiteoapi/node-sdk';
import { expect, test } from 'vitest';
import { encrypt, sign } from '../../src/emulator/seal.ts';
import { listener, type Platform, platform, type Received } from './platform.ts';

const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
const client = ({ appId, appSecret, url }: Platform) =>
  new Client({ appId, appSecret, domain: url, cache: new DefaultCache(), logger: quiet });

/** What an adapter of the SDK hands to the dispatcher: headers on the prototype, the parsed body as own properties. */
const asRequest = ({ body, headers }: Received) => Object.assign(Object.create({ headers }), JSON.parse(body));

test('the Client sends, replies, patches, recalls', async () => {
  const p = await platform();
  const lark = client(p);
  const card = (text: string) =>
    JSON.stringify({ schema: '2.0', body: { elements: [{ tag: 'markdown', content: text }] } });
  const sent = await lark.im.message.create({
    params: { receive_id_type: 'chat_id' },
    data: { receive_id: p.group, msg_type: 'interactive', content: card('早'), uuid: 'u-1' },
  });
  expect(sent).toMatchObject({ code: 0, data: { chat_id: p.group, msg_type: 'interactive', deleted: false } });
  const message_id = sent.data?.message_id ?? '';
  const reply = await lark.im.message.reply({
    path: { message_id },
    data: { msg_type: 'text', content: '{"text":"收到"}', uuid: 'u-2' },
  });
  expect(reply.data?.parent_id).toBe(message_id);
  expect(await lark.im.message.patch({ path: { message_id }, data: { content: card('晚') } })).toMatchObject({
    code: 0,
  });
  expect((await lark.im.message.get({ path: { message_id } })).data?.items).toHaveLength(1);
  expect(await lark.im.message.delete({ path: { message_id } })).toMatchObject({ code: 0 });
  expect(p.control.messages(p.group).map(({ text, recalled }) => [text, recalled])).toEqual([
    ['晚', true],
    ['收到', false],
  ]);
});

test('the Client reads chats, members, people and the bot', async () => {
  const p = await platform();
  const lark = client(p);
  expect((await lark.im.chat.list({})).data?.items).toMatchObject([{ chat_id: p.group, name: '城东小学群' }]);
  expect((await lark.im.chat.get({ path: { chat_id: p.group } })).data).toMatchObject({ user_count: '1' });
  expect((await lark.im.chatMembers.get({ path: { chat_id: p.group } })).data?.items).toMatchObject([
    { member_id: p.teacher, name: '张三' },
  ]);
  expect((await lark.im.chatMembers.isInChat({ path: { chat_id: p.group } })).data).toEqual({ is_in_chat: true });
  const ids = await lark.contact.user.batchGetId({
    params: { user_id_type: 'open_id' },
    data: { mobiles: ['+8613800000001', '13800000002'] },
  });
  expect(ids.data?.user_list).toEqual([{ user_id: p.teacher, mobile: '+8613800000001' }, { mobile: '13800000002' }]);
  const bot = await lark.request({ method: 'GET', url: '/open-apis/bot/v3/info' });
  expect(bot).toMatchObject({ code: 0, bot: { open_id: p.botOpenId, app_name: '督导助手', activate_status: 2 } });
});

test('the Client uploads a file, and downloads what a person attached', async () => {
  const p = await platform();
  const lark = client(p);
  const uploaded = await lark.im.file.create({
    data: { file_type: 'xls', file_name: '日程.xlsx', file: Buffer.from('bot') },
  });
  const sent = await lark.im.message.create({
    params: { receive_id_type: 'open_id' },
    data: { receive_id: p.teacher, msg_type: 'file', content: JSON.stringify(uploaded) },
  });
  expect(sent.code).toBe(0);
  const file = { name: '通讯录.xlsx', bytes: Buffer.from('人') };
  const { messageId } = p.control.say(p.control.p2p(p.teacher), p.teacher, '', { file });
  const key = JSON.parse(p.control.message(messageId).content).file_key;
  const resource = await lark.im.messageResource.get({
    path: { message_id: messageId, file_key: key },
    params: { type: 'file' },
  });
  const chunks: Buffer[] = [];
  for await (const chunk of resource.getReadableStream()) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('人');
});

test('the EventDispatcher accepts a signed and encrypted push', async () => {
  const p = await platform();
  const events: unknown[] = [];
  const dispatcher = new EventDispatcher({ encryptKey: p.encryptKey, logger: quiet }).register({
    'im.message.receive_v1': (data) => void events.push(data),
  });
  const { url, received } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  const said = p.control.say(p.group, p.teacher, '@督导助手 日程 明天');
  expect(await said.delivered).toMatchObject({ accepted: true, attempts: [{ status: 200 }] });
  for (const got of received) await dispatcher.invoke(asRequest(got));
  expect(events).toMatchObject([
    {
      event_id: said.eventId,
      app_id: p.appId,
      sender: { sender_id: { open_id: p.teacher } },
      message: {
        message_id: said.messageId,
        chat_type: 'group',
        content: '{"text":"@_user_1 日程 明天"}',
        mentions: [{ key: '@_user_1', id: { open_id: p.botOpenId }, mentioned_type: 'bot', name: '督导助手' }],
      },
    },
  ]);
});

test.each(['signature', 'wrongKey'] as const)('the EventDispatcher refuses a push with tampered %s', async (tamper) => {
  const p = await platform();
  const events: unknown[] = [];
  const dispatcher = new EventDispatcher({ encryptKey: p.encryptKey, logger: quiet }).register({
    'im.message.receive_v1': (data) => void events.push(data),
  });
  const { url, received } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  await p.control.pushEvent('im.message.receive_v1', {}, { tamper }).delivered;
  for (const got of received) await dispatcher.invoke(asRequest(got));
  expect(received).toHaveLength(1);
  expect(events).toEqual([]);
});

test('the handshake answers with generateChallenge, unsigned and encrypted', async () => {
  const p = await platform();
  const { url, received } = await listener(p.time, ({ body }) => {
    const { challenge } = generateChallenge(JSON.parse(body), { encryptKey: p.encryptKey });
    return { body: JSON.stringify(challenge) };
  });
  expect(await p.control.handshake(url)).toMatchObject({ accepted: true });
  expect(received[0]?.headers).not.toHaveProperty('x-lark-signature');
  expect(JSON.parse(received[0]?.body ?? '')).toHaveProperty('encrypt');
});

test('a pressed button reaches the EventDispatcher, and its answer replaces the card', async () => {
  const p = await platform();
  const card = (...elements: unknown[]) => ({ schema: '2.0', body: { elements } });
  const button = {
    tag: 'button',
    text: { tag: 'plain_text', content: '下一页' },
    behaviors: [{ type: 'callback', value: { v: 1, page: 2 } }],
  };
  const sent = await p.call('POST', '/im/v1/messages?receive_id_type=chat_id', {
    receive_id: p.group,
    msg_type: 'interactive',
    content: JSON.stringify(card({ tag: 'markdown', content: '第一页' }, button)),
  });
  const answer = {
    toast: { type: 'success', content: '好' },
    card: { type: 'raw', data: card({ tag: 'markdown', content: '第二页' }) },
  };
  const seen: unknown[] = [];
  const dispatcher = new EventDispatcher({ encryptKey: p.encryptKey, logger: quiet }).register({
    'card.action.trigger': (data: unknown) => seen.push(data),
  });
  const { url, received } = await listener(p.time, () => ({ body: JSON.stringify(answer) }));
  p.control.pushCallbacksTo(url);
  const result = await p.control.press(String(sent.data['message_id']), p.teacher, { buttonText: '下一页' });
  expect(result).toMatchObject({ status: 'done', toast: { type: 'success', content: '好' } });
  expect(p.control.messages(p.group).at(-1)?.text).toBe('第二页');
  for (const got of received) await dispatcher.invoke(asRequest(got));
  expect(seen).toMatchObject([
    {
      action: { tag: 'button', value: { v: 1, page: 2 } },
      operator: { open_id: p.teacher },
      context: { open_chat_id: p.group },
    },
  ]);
});

test('the vectors of lark-platform 1.5', () => {
  const decipher = createDecipheriv(
    'aes-256-cbc',
    createHash('sha256').update('test key').digest(),
    Buffer.from('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'base64').subarray(0, 16),
  );
  const cipher = Buffer.from('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'base64').subarray(16);
  expect(decipher.update(cipher, undefined, 'utf8') + decipher.final('utf8')).toBe('hello world');

  const iv = Uint8Array.from({ length: 16 }, (_, i) => i);
  const sealed = encrypt('test key', '{"challenge":"ch-1","token":"vt-1","type":"url_verification"}', iv);
  expect(sealed).toBe(
    'AAECAwQFBgcICQoLDA0OD9f9wT+9irvSOo90S3ts0qaJ8ALeszRWMPjBZAcGZDe+iI6HN5YSF1+E7icjR6929DdFd6o6sSqhWgk7vQTGJrI=',
  );
  expect(sign('1700000000', 'nonce-1', 'test key', JSON.stringify({ encrypt: sealed }))).toBe(
    '2e02204deb6023fc9e1e7d27c8c4bdc6b95e4339d97121c8201e40fc818768f7',
  );
});
