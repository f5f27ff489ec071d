import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Tamper } from '../../src/emulator/events.ts';
import type { FaultOrder } from '../../src/emulator/faults.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { larkMessenger } from '../../src/lark/client.ts';
import { normalise } from '../../src/lark/normalise.ts';
import { type Opened, openEnvelope } from '../../src/lark/verify.ts';
import type { Inbound } from '../../src/ports/inbound.ts';
import type { Messenger, OutgoingMessage } from '../../src/ports/messenger.ts';
import { type VirtualTime, virtualTime } from '../support/virtual-time.ts';
import { NOW } from './envelopes.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const CARD = JSON.stringify({ schema: '2.0', body: { elements: [{ tag: 'markdown', content: '今日督导' }] } });

let time: VirtualTime;
let lark: Emulator;
let bot: Messenger;
let sender: string;
let chatId: string;

beforeEach(async () => {
  time = virtualTime(NOW);
  lark = await startEmulator({ time });
  bot = messenger();
  sender = lark.control.addPerson({ name: '李四', mobile: '13800000001' }).openId;
  chatId = lark.control.addGroup({ name: '岱山县教育局工作群', members: [sender] }).chatId;
  void lark.control.addBot(chatId, { by: sender });
});
afterEach(() => lark.close());

const messenger = (change: { appSecret?: string; timeoutMs?: number } = {}) =>
  larkMessenger({ ...lark, domain: lark.url, time, log: silent, ...change });
const message = (change: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  to: { chatId },
  type: 'interactive',
  content: CARD,
  uuid: 'u-1',
  ...change,
});
const shown = () => lark.control.messages(chatId).filter(({ from }) => from === 'bot');

describe('the messenger against the emulator, with the real SDK', () => {
  test('sends a card once for one uuid', async () => {
    const first = await bot.send(message());
    expect(first).toMatchObject({ ok: true });
    expect(await bot.send(message())).toEqual(first);
    expect(shown()).toHaveLength(1);
  });

  test('renews a token that was revoked between two sends', async () => {
    await bot.send(message());
    lark.control.revokeTokens();
    expect(await bot.send(message({ uuid: 'u-2' }))).toMatchObject({ ok: true });
  });

  test('renews a token that ran out between two sends', async () => {
    await bot.send(message());
    await time.advanceBy(3 * 3_600_000);
    expect(await bot.send(message({ uuid: 'u-2' }))).toMatchObject({ ok: true });
  });

  test.each<[string, Omit<FaultOrder, 'match'>, object]>([
    ['429 with a reset', { kind: '429', resetSeconds: 7 }, { kind: 'retry', unknown: false, afterMs: 7000 }],
    ['230020', { kind: 'code', code: 230020 }, { kind: 'retry', unknown: false }],
    ['500', { kind: 'status', status: 500 }, { kind: 'retry', unknown: true }],
    ['silence', { kind: 'hang' }, { kind: 'retry', unknown: true }],
    ['a reset', { kind: 'reset' }, { kind: 'retry', unknown: true }],
    ['500 after it was stored', { kind: 'storeThen500' }, { kind: 'retry', unknown: true }],
    ['a reset after it was stored', { kind: 'storeThenReset' }, { kind: 'retry', unknown: true }],
    ['silence after it was stored', { kind: 'storeThenHang' }, { kind: 'retry', unknown: true }],
  ])('after %s the same uuid brings exactly one message', async (_, fault, failure) => {
    lark.control.fault({ ...fault, match: { method: 'POST', path: '/im/v1/messages$' } });
    // Short only where silence is the point: elsewhere a busy machine must not look like a silent Lark.
    const silence = fault.kind === 'hang' || fault.kind === 'storeThenHang';
    const first = await messenger(silence ? { timeoutMs: 300 } : {}).send(message());
    expect(first).toMatchObject({ ok: false, failure });
    expect(await bot.send(message())).toMatchObject({ ok: true });
    expect(shown()).toHaveLength(1);
  });

  test('is slowed by the limit of five a second in a group', async () => {
    const sends = Array.from({ length: 6 }, (_, i) => bot.send(message({ uuid: `u-${i}` })));
    const failures = (await Promise.all(sends)).flatMap((result) => (result.ok ? [] : [result.failure]));
    expect(failures).toMatchObject([{ kind: 'retry', unknown: false, reason: expect.stringContaining('230020') }]);
  });

  test('learns that it is out of the chat', async () => {
    void lark.control.removeBot(chatId, { by: sender });
    expect(await bot.send(message())).toMatchObject({ failure: { kind: 'gone' } });
    expect(await bot.chatMembers(chatId)).toMatchObject({ failure: { kind: 'gone' } });
  });

  test('learns why a card was refused', async () => {
    const content = JSON.stringify({ schema: '2.0', body: { elements: [{ tag: 'note', elements: [] }] } });
    expect(await bot.send(message({ content }))).toMatchObject({
      failure: { kind: 'refused', code: 230099, reason: expect.stringContaining('ErrCode') },
    });
  });

  test('learns which scope is missing', async () => {
    lark.control.configure({ scopes: [] });
    expect(await bot.send(message())).toMatchObject({ failure: { kind: 'misconfigured', code: 99991672 } });
  });

  test('learns that its secret is wrong', async () => {
    expect(await messenger({ appSecret: 'wrong' }).botOpenId()).toMatchObject({
      failure: { kind: 'misconfigured', code: 10014 },
    });
  });

  test('replies under a message, and beside it once it was withdrawn', async () => {
    const said = lark.control.say(chatId, sender, '@督导助手 日程');
    const to = { chatId, replyTo: said.messageId };
    expect(await bot.send(message({ to }))).toMatchObject({ ok: true });
    void lark.control.recall(said.messageId);
    const orphan = message({ to, uuid: 'u-2' });
    expect(await bot.send(orphan)).toMatchObject({ ok: false, failure: { kind: 'orphaned' } });
    expect(await bot.send({ ...orphan, to: { chatId } })).toMatchObject({ ok: true });
    expect(shown().map(({ parentId }) => parentId)).toEqual([said.messageId, undefined]);
  });

  test('uploads a file and sends it; who reads the chat gets its name and its bytes', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 251);
    const uploaded = await bot.upload('督导日程（4月）.xlsx', bytes);
    const content = JSON.stringify({ file_key: uploaded.ok && uploaded.value });
    expect(await bot.send(message({ type: 'file', content }))).toMatchObject({ ok: true });
    const [sent] = shown();
    expect(sent).toMatchObject({ type: 'file', text: '[文件] 督导日程（4月）.xlsx' });
    const file = lark.control.file(sent?.messageId ?? '');
    expect(file.name).toBe('督导日程（4月）.xlsx');
    expect(Buffer.from(file.bytes).equals(bytes)).toBe(true);
    const page = await fetch(`${lark.url}/control/files/${sent?.messageId}`);
    expect(page.headers.get('content-disposition')).toContain(encodeURIComponent('督导日程（4月）.xlsx'));
    expect(Buffer.from(await page.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('does not upload an empty file or one above 30 MB, and learns that the scope is missing', async () => {
    expect(await bot.upload('空.xlsx', new Uint8Array())).toMatchObject({ ok: false, failure: { kind: 'refused' } });
    const large = new Uint8Array(30 * 1024 * 1024 + 1);
    expect(await bot.upload('大.xlsx', large)).toMatchObject({ ok: false, failure: { kind: 'refused' } });
    lark.control.configure({ scopes: ['im:message:send_as_bot'] });
    expect(await bot.upload('表.xlsx', new Uint8Array(9))).toMatchObject({
      ok: false,
      failure: { kind: 'misconfigured', reason: expect.stringContaining('im:resource') },
    });
  });

  test('knows itself, the people of a chat over several pages, and who has a mobile number', async () => {
    expect(await bot.botOpenId()).toEqual({ ok: true, value: lark.botOpenId });
    const people = Array.from({ length: 150 }, (_, i) => lark.control.addPerson({ name: `人${i}` }).openId);
    const large = lark.control.addGroup({ name: '大群', members: people }).chatId;
    void lark.control.addBot(large, { by: people[0] ?? '' });
    const members = await bot.chatMembers(large);
    expect(members.ok && members.value.map(({ openId }) => openId)).toEqual(people);
    const card = await bot.send(message({ to: { chatId: large }, uuid: 'u-large' }));
    const messageId = card.ok ? card.value.messageId : '';
    expect(await bot.readers(messageId)).toEqual({ ok: true, value: [] });
    for (const openId of people.slice(1)) lark.control.read(large, openId);
    expect(await bot.readers(messageId)).toEqual({ ok: true, value: people.slice(1) });
    expect(() => lark.control.read(large, sender)).toThrow('is not in');
    await time.advanceBy(7 * 86_400_000 + 1);
    expect(await bot.readers(messageId)).toMatchObject({ failure: { kind: 'refused', code: 230033 } });
    expect(await bot.readers('../x')).toMatchObject({ failure: { kind: 'refused' } });
    expect(await bot.openIdsByMobile(['13800000001', '13900000000'])).toEqual({
      ok: true,
      value: new Map([['13800000001', sender]]),
    });
  });
});

describe('what the emulator pushes', () => {
  let opened: Opened[];
  let stop: () => Promise<void>;

  beforeEach(async () => {
    opened = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const headers = { get: (name: string) => [request.headers[name]].flat()[0] };
      const config = { ...lark, allowPlaintext: false };
      const answer = openEnvelope({ body: Buffer.concat(chunks), headers }, config, time.now());
      opened.push(answer);
      response.writeHead(answer.kind === 'refused' ? answer.status : 200);
      response.end(answer.kind === 'challenge' ? JSON.stringify({ challenge: answer.challenge }) : '{}');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    lark.control.pushEventsTo(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/lark/events`);
    stop = async () => {
      await new Promise((closed) => server.close(closed));
    };
  });
  afterEach(() => stop());

  const inbound = (): Inbound[] =>
    opened.flatMap((answer) =>
      answer.kind === 'event' ? [normalise(answer.event, { botOpenId: lark.botOpenId })] : [],
    );

  test('is saved as an address, unsigned, when the token is right', async () => {
    expect(await lark.control.handshake()).toMatchObject({ accepted: true });
    expect(await lark.control.handshake(undefined, 'another')).toMatchObject({ accepted: false });
  });

  test.each(['text', 'post'])('a mention in a group as %s', async (type) => {
    const said = lark.control.say(chatId, sender, '@督导助手 日程 明天 @李四', { type });
    expect(await said.delivered).toMatchObject({ accepted: true });
    expect(inbound()).toEqual([
      {
        kind: 'message',
        eventId: said.eventId,
        at: NOW,
        chatId,
        chatType: 'group',
        messageId: said.messageId,
        sender: { openId: sender },
        text: '日程 明天 @李四',
        mentionsBot: true,
        mentions: [{ openId: sender, name: '李四' }],
        messageType: type,
        readable: true,
      },
    ]);
  });

  test('joining, renaming, leaving and disbanding of a group', async () => {
    const other = lark.control.addGroup({ name: '新群', members: [sender] }).chatId;
    await lark.control.addBot(other, { by: sender });
    await lark.control.rename(other, '县教育局', { by: sender });
    await lark.control.removeBot(other, { by: sender });
    await lark.control.disband(chatId, { by: sender });
    expect(inbound()).toMatchObject([
      { kind: 'botAdded', chatId: other, chatName: '新群', operator: { openId: sender } },
      { kind: 'chatRenamed', chatId: other, name: '县教育局' },
      { kind: 'botRemoved', chatId: other },
      { kind: 'chatDisbanded', chatId },
    ]);
  });

  test.each<[Tamper, 400 | 401]>([
    ['signature', 401],
    ['unsigned', 401],
    ['plaintext', 401],
    ['wrongKey', 401],
    ['wrongToken', 401],
    ['wrongApp', 401],
    ['truncated', 400],
    [{ agedMs: 25 * 3_600_000 }, 401],
    [{ agedMs: -6 * 60_000 }, 401],
  ])('is refused when tampered with: %j', async (tamper, status) => {
    const pushed = lark.control.pushEvent('im.chat.disbanded_v1', { chat_id: chatId }, { tamper });
    expect(await pushed.delivered).toMatchObject({ accepted: false, attempts: [{ status }] });
    expect(opened).toMatchObject([{ kind: 'refused', status }]);
  });

  test.each<Tamper>(['whitespace', { agedMs: 7.5 * 3_600_000 }])('is accepted when only %j', async (tamper) => {
    const pushed = lark.control.pushEvent('im.chat.disbanded_v1', { chat_id: chatId }, { tamper });
    expect(await pushed.delivered).toMatchObject({ accepted: true });
  });

  test('a pressed button', async () => {
    const value = { v: 1, op: 'show', query: '日程', page: 2 };
    const button = {
      tag: 'button',
      text: { tag: 'plain_text', content: '下一页' },
      behaviors: [{ type: 'callback', value }],
    };
    const sent = await bot.send(message({ content: JSON.stringify({ schema: '2.0', body: { elements: [button] } }) }));
    const messageId = sent.ok ? sent.value.messageId : '';
    await lark.control.press(messageId, sender, { buttonText: '下一页' });
    expect(inbound()).toMatchObject([
      {
        kind: 'press',
        chatId,
        messageId,
        operator: { openId: sender },
        value,
        updateToken: expect.stringMatching(/^c-/),
      },
    ]);
  });
});
