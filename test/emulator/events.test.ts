import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { listener, MONDAY, platform, type Received } from './platform.ts';

const hang = () => new Promise<never>(() => {});
const fail = () => ({ status: 500 });
const signatureOf = ({ headers, body }: Received, key: string) =>
  createHash('sha256')
    .update(`${headers['x-lark-request-timestamp']}${headers['x-lark-request-nonce']}${key}${body}`)
    .digest('hex');

test('an event that fails is pushed again after 15 s, 5 min, 1 h and 6 h, then given up', async () => {
  const p = await platform();
  const { url, received } = await listener(p.time, fail);
  p.control.pushEventsTo(url);
  const said = p.control.say(p.group, p.teacher, '@督导助手 日程');
  await p.time.advanceBy(24 * 3_600_000);
  const seconds = [0, 15, 315, 3915, 25_515];
  expect(received.map(({ at }) => (at - MONDAY) / 1000)).toEqual(seconds);
  expect(await said.delivered).toMatchObject({ accepted: false, attempts: seconds.map(() => ({ status: 500 })) });
  expect(p.control.outcomes().at(-1)).toEqual(await said.delivered);
});

test('a retry carries the same event and a signature of its own time', async () => {
  const p = await platform({ encryptKey: 'test key' });
  const { url, received } = await listener(p.time, (_, index) => (index === 0 ? fail() : {}));
  p.control.pushEventsTo(url);
  const said = p.control.say(p.group, p.teacher, '@督导助手 日程');
  await p.time.advanceBy(15_000);
  expect(await said.delivered).toMatchObject({ accepted: true, attempts: [{ status: 500 }, { status: 200 }] });
  expect(received.map(({ headers }) => Number(headers['x-lark-request-timestamp']) - MONDAY / 1000)).toEqual([0, 15]);
  for (const got of received) expect(got.headers['x-lark-signature']).toBe(signatureOf(got, 'test key'));
});

test('retries keep the first signature when told so', async () => {
  const p = await platform();
  p.control.signRetriesAnew(false);
  const { url, received } = await listener(p.time, fail);
  p.control.pushEventsTo(url);
  p.control.say(p.group, p.teacher, '@督导助手 日程');
  await p.time.advanceBy(15_000);
  expect(received).toHaveLength(2);
  expect(received[1]?.body).toBe(received[0]?.body);
  expect(received[1]?.headers).toEqual(received[0]?.headers);
});

test('a bot that does not answer within 3 s is asked again', async () => {
  const p = await platform();
  const { url, received } = await listener(p.time, (_, index) => (index === 0 ? hang() : {}));
  p.control.pushEventsTo(url);
  const said = p.control.say(p.group, p.teacher, '@督导助手 日程');
  await p.time.advanceBy(60_000);
  expect(await said.delivered).toMatchObject({
    accepted: true,
    attempts: [{ status: 0, error: 'no answer within 3000 ms' }, { status: 200 }],
  });
  expect(received).toHaveLength(2);
});

test('a bot that is down gets the event when it is up again', async () => {
  const p = await platform();
  p.control.pushEventsTo('http://127.0.0.1:9/lark/events');
  const said = p.control.say(p.group, p.teacher, '@督导助手 日程');
  await p.time.advanceBy(15_000);
  const { url } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  await p.time.advanceBy(300_000);
  expect(await said.delivered).toMatchObject({
    accepted: true,
    attempts: [{ status: 0 }, { status: 0 }, { status: 200 }],
  });
});

test('one event can arrive in many copies at once', async () => {
  const p = await platform();
  const { url, received } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  const said = p.control.say(p.group, p.teacher, '@督导助手 日程');
  await said.delivered;
  expect(await p.control.redeliver(said.eventId ?? '', 20)).toHaveLength(20);
  expect(received).toHaveLength(21);
});

test('one message can arrive again under event ids of its copies’ own', async () => {
  const p = await platform({ encryptKey: '' });
  const { url, received } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  const said = p.control.say(p.group, p.teacher, '@督导助手 日程');
  await said.delivered;
  await p.control.redeliver(said.eventId ?? '', 2, { anew: true });
  const read = received.map(({ body }) => JSON.parse(body));
  expect(new Set(read.map(({ header }) => header.event_id)).size).toBe(3);
  expect(new Set(read.map(({ event }) => event.message.message_id)).size).toBe(1);
});

test('what mentions the bot is pushed from groups, everything from single chats', async () => {
  const p = await platform();
  const { url, received } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  const withheld = async (chatId: string, text: string, how = {}) =>
    (await p.control.say(chatId, p.teacher, text, how).delivered).withheld;
  const p2p = p.control.p2p(p.teacher);
  const file = { name: '日程.xlsx', bytes: Buffer.from('a') };
  expect(await withheld(p.group, '日程')).toBe('the bot is not mentioned');
  expect(await withheld(p.group, '@所有人 日程')).toBe('the bot is not mentioned');
  expect(await withheld(p.group, '', { file })).toBe('the bot is not mentioned');
  expect(await withheld(p.group, '日程', { mentionBot: true })).toBeUndefined();
  expect(await withheld(p2p, '日程')).toBeUndefined();
  expect(await withheld(p2p, '', { file })).toBeUndefined();
  p.control.configure({ scopes: [] });
  expect(await withheld(p.group, '@督导助手 日程')).toBe('no scope for groups');
  expect(await withheld(p2p, '日程')).toBe('no scope for single chats');
  p.control.configure({ scopes: ['im:message.group_msg'] });
  expect(await withheld(p.group, '日程')).toBeUndefined();
  expect(received).toHaveLength(4);
});

test('an edited message is pushed as it is now, to a bot that it mentions now', async () => {
  const p = await platform({ encryptKey: '' });
  const { url, received } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  await p.control.addBot(p.group, { by: p.teacher });
  const said = p.control.say(p.group, p.teacher, '日程');
  await p.time.advanceTo(MONDAY + 60_000);
  await p.control.edit(said.messageId, p.teacher, '@督导助手 日程').delivered;
  await p.control.edit(said.messageId, p.teacher, '算了').delivered;
  const [, event, ...more] = received.map(({ body }) => JSON.parse(body));
  expect(event).toMatchObject({
    header: { event_type: 'im.message.updated_v1' },
    event: {
      sender: { sender_id: { open_id: p.teacher }, sender_type: 'user' },
      message: {
        message_id: said.messageId,
        create_time: String(MONDAY),
        update_time: String(MONDAY + 60_000),
        content: '{"text":"@_user_1 日程"}',
        mentions: [{ key: '@_user_1', mentioned_type: 'bot' }],
      },
    },
  });
  expect(more).toEqual([]);
  expect(() => p.control.edit(said.messageId, 'ou_somebody', '日程')).toThrow('not the own message');
});

test('the group’s life is pushed while the bot is in it, and its own removal', async () => {
  const p = await platform({ encryptKey: '' });
  const { url, received } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  await p.control.addBot(p.group, { by: p.teacher });
  await p.control.rename(p.group, '新名');
  await p.control.removeBot(p.group, { by: p.teacher });
  await p.control.rename(p.group, '无人知');
  await p.control.addBot(p.group, { by: p.teacher });
  await p.control.disband(p.group);
  const events = received.map(({ body }) => JSON.parse(body));
  expect(events.map(({ header, event }) => [header.event_type, event.name])).toEqual([
    ['im.chat.member.bot.added_v1', '城东小学群'],
    ['im.chat.updated_v1', '新名'],
    ['im.chat.member.bot.deleted_v1', '新名'],
    ['im.chat.member.bot.added_v1', '无人知'],
    ['im.chat.disbanded_v1', '无人知'],
  ]);
  expect(events[0]).toMatchObject({
    schema: '2.0',
    header: { app_id: p.appId, token: p.verificationToken, create_time: String(MONDAY) },
    event: { chat_id: p.group, operator_id: { open_id: p.teacher }, external: false },
  });
});

test('without an Encrypt Key events go out in plain text and unsigned', async () => {
  const p = await platform({ encryptKey: '' });
  const { url, received } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  await p.control.say(p.group, p.teacher, '@督导助手 日程').delivered;
  expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ header: { event_type: 'im.message.receive_v1' } });
  expect(received[0]?.headers).not.toHaveProperty('x-lark-signature');
});

test('blanks in the outer body are signed as they are sent', async () => {
  const p = await platform({ encryptKey: 'k' });
  const { url, received } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  await p.control.pushEvent('im.message.receive_v1', {}, { tamper: 'whitespace' }).delivered;
  const [got] = received;
  expect(got?.body).toContain('\n');
  expect(got?.headers['x-lark-signature']).toBe(got && signatureOf(got, 'k'));
});

test('an aged push bears the time it pretends to be of, rightly signed', async () => {
  const p = await platform({ encryptKey: 'k' });
  const { url, received } = await listener(p.time, () => ({}));
  p.control.pushEventsTo(url);
  await p.control.pushEvent('im.message.receive_v1', {}, { tamper: { agedMs: 25 * 3_600_000 } }).delivered;
  const [got] = received;
  expect(Number(got?.headers['x-lark-request-timestamp'])).toBe(MONDAY / 1000 - 25 * 3600);
  expect(got?.headers['x-lark-signature']).toBe(got && signatureOf(got, 'k'));
});

test('a handshake has one second and must echo the challenge', async () => {
  const p = await platform({ encryptKey: '' });
  const silent = await listener(p.time, hang);
  const late = p.control.handshake(silent.url);
  await p.time.advanceBy(1000);
  expect(await late).toMatchObject({ accepted: false, error: 'no answer within 1000 ms' });
  const wrong = await listener(p.time, () => ({ body: '{"challenge":"x"}' }));
  expect(await p.control.handshake(wrong.url)).toMatchObject({ accepted: false, status: 200 });
});

test('raw bytes are pushed as they are', async () => {
  const p = await platform();
  const { url, received } = await listener(p.time, () => ({ status: 400 }));
  p.control.pushEventsTo(url);
  expect(await p.control.pushRaw({ body: '{"a":', headers: { 'x-a': 'b' } })).toMatchObject({ status: 400 });
  expect(received).toMatchObject([{ body: '{"a":', headers: { 'x-a': 'b' } }]);
});
