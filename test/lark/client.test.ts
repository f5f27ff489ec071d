import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { larkMessenger } from '../../src/lark/client.ts';
import type { LarkApp } from '../../src/lark/session.ts';
import type { OutgoingMessage } from '../../src/ports/messenger.ts';
import { virtualTime } from '../support/virtual-time.ts';
import { NOW } from './envelopes.ts';
import { type Answer, type LarkServer, startLarkServer, TOKEN_PATH } from './lark-server.ts';

const MESSAGES = '/open-apis/im/v1/messages';
const REPLY = '/open-apis/im/v1/messages/om_parent/reply';
const SECRET = 'app-secret-that-nobody-prints';
const sent = { body: { code: 0, msg: 'success', data: { message_id: 'om_sent' } } };
const issued = (token: string, expire = 7200) => ({ body: { code: 0, msg: 'ok', tenant_access_token: token, expire } });
const refused = (code: number, msg = 'no', status = 400): Answer => ({
  status,
  body: { code, msg, error: { log_id: 'log-1' } },
});

let lark: LarkServer;
let time: ReturnType<typeof virtualTime>;
let lines: string[];

beforeEach(async () => {
  lark = await startLarkServer();
  lark.script(TOKEN_PATH, issued('t-1'), issued('t-2'), issued('t-3'));
  lark.script(MESSAGES, sent);
  time = virtualTime(NOW);
  lines = [];
});
afterEach(() => lark.close());

const messenger = (change: Partial<LarkApp> = {}) => {
  const write = (fields: Record<string, unknown>, line: string) => void lines.push(`${line} ${JSON.stringify(fields)}`);
  return larkMessenger({
    appId: 'cli_a1b2c3d4e5f60718',
    appSecret: SECRET,
    domain: lark.domain,
    time,
    log: { debug: write, info: write, warn: write, error: write },
    ...change,
  });
};
/** Short only where silence is the point: elsewhere a busy machine must not look like a silent Lark. */
const limitFor = (answer: Answer) => (answer === 'hang' ? { timeoutMs: 100 } : {});
const message = (change: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  to: { chatId: 'oc_group' },
  type: 'interactive',
  content: '{"schema":"2.0","body":{"elements":[]}}',
  uuid: 'u-1',
  ...change,
});
const reply = () => message({ to: { chatId: 'oc_group', replyTo: 'om_parent' } });

describe('a message', () => {
  test('goes into the chat with its content, its uuid and the token', async () => {
    expect(await messenger().send(message())).toEqual({ ok: true, value: { messageId: 'om_sent' } });
    expect(lark.calls(TOKEN_PATH)).toMatchObject([
      { method: 'POST', body: { app_id: 'cli_a1b2c3d4e5f60718', app_secret: SECRET }, authorization: undefined },
    ]);
    expect(lark.calls()).toMatchObject([
      {
        method: 'POST',
        path: MESSAGES,
        query: '?receive_id_type=chat_id',
        authorization: 'Bearer t-1',
        contentType: 'application/json; charset=utf-8',
        userAgent: expect.stringMatching(/^oapi-node-sdk\//),
        body: { receive_id: 'oc_group', msg_type: 'interactive', content: message().content, uuid: 'u-1' },
      },
    ]);
  });

  test('goes under the message that it answers', async () => {
    lark.script(REPLY, sent);
    expect(await messenger().send(reply())).toEqual({ ok: true, value: { messageId: 'om_sent' } });
    expect(lark.calls().map(({ path }) => path)).toEqual([REPLY]);
    expect(lark.calls()[0]?.body).toEqual({ msg_type: 'interactive', content: message().content, uuid: 'u-1' });
  });

  test.each([230011, 230019, 230050, 230110, 230111, 231003])(
    'is an orphan when the answered one is gone (%i); Lark’s other API is not called',
    async (code) => {
      lark.script(REPLY, refused(code));
      expect(await messenger().send(reply())).toMatchObject({ ok: false, failure: { kind: 'orphaned', code } });
      expect(lark.calls().map(({ path }) => path)).toEqual([REPLY]);
    },
  );

  test('is not sent to the chat when the reply failed for another reason', async () => {
    lark.script(REPLY, refused(230020));
    expect(await messenger().send(reply())).toMatchObject({ ok: false, failure: { kind: 'retry' } });
    expect(lark.calls(MESSAGES)).toEqual([]);
  });

  test.each([
    { chatId: '../../contact/v3/users' },
    { chatId: 'oc_group', replyTo: 'om_x/../../../contact/v3/users' },
    { chatId: 'oc_group', replyTo: '' },
    { chatId: 'oc_a b' },
  ])('to %j is refused without a call', async (to) => {
    expect(await messenger().send(message({ to }))).toMatchObject({ ok: false, failure: { kind: 'refused' } });
    expect(lark.seen).toEqual([]);
  });

  test('reaches a domain that was written with a slash at its end', async () => {
    expect(await messenger({ domain: `${lark.domain}/` }).send(message())).toMatchObject({ ok: true });
  });
});

describe('the token', () => {
  test('is asked for once by many callers at the same time, and kept', async () => {
    const bot = messenger();
    await Promise.all(Array.from({ length: 20 }, (_, i) => bot.send(message({ uuid: `u-${i}` }))));
    await bot.send(message());
    expect(lark.calls(TOKEN_PATH)).toHaveLength(1);
    expect(lark.calls(MESSAGES)).toHaveLength(21);
  });

  test('is renewed by the given clock when less than five minutes remain', async () => {
    const bot = messenger();
    await bot.send(message());
    await time.advanceBy(6900_000 - 1);
    await bot.send(message());
    expect(lark.calls(TOKEN_PATH)).toHaveLength(1);
    await time.advanceBy(1);
    await bot.send(message());
    expect(lark.calls(MESSAGES).map((call) => call.authorization)).toEqual(['Bearer t-1', 'Bearer t-1', 'Bearer t-2']);
  });

  test.each([99991663, 99991661, 99991671])('is dropped and the call repeated once on %i', async (code) => {
    lark.script(MESSAGES, refused(code, 'token', 401), sent);
    expect(await messenger().send(message())).toMatchObject({ ok: true });
    expect(lark.calls(MESSAGES)).toMatchObject([
      { authorization: 'Bearer t-1', body: { uuid: 'u-1' } },
      { authorization: 'Bearer t-2', body: { uuid: 'u-1' } },
    ]);
  });

  test('refused twice in a row is a wrong configuration', async () => {
    lark.script(MESSAGES, refused(99991663, 'invalid', 400));
    expect(await messenger().send(message())).toMatchObject({ failure: { kind: 'misconfigured', code: 99991663 } });
    expect(lark.calls(MESSAGES)).toHaveLength(2);
  });

  test('complained about by many at once is renewed once', async () => {
    const bot = messenger();
    await bot.send(message());
    lark.script(MESSAGES, (call) => (call.authorization === 'Bearer t-1' ? refused(99991663) : sent));
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => bot.send(message({ uuid: `u-${i}` }))));
    expect(all.every((result) => result.ok)).toBe(true);
    expect(lark.calls(TOKEN_PATH)).toHaveLength(2);
  });

  test.each<[string, Answer]>([
    ['10014 with 200', { body: { code: 10014, msg: 'app secret invalid' } }],
    ['10003 with 400', refused(10003)],
    ['an unknown code', refused(4711)],
  ])('that Lark will not give (%s) is a wrong configuration', async (_, answer) => {
    lark.script(TOKEN_PATH, answer);
    expect(await messenger().send(message())).toMatchObject({ failure: { kind: 'misconfigured' } });
    expect(lark.calls()).toEqual([]);
  });

  test.each<[string, Answer]>([
    ['500', { status: 500, body: 'oops' }],
    ['a reset', 'reset'],
    ['silence', 'hang'],
    ['an answer without a token', { body: { code: 0, msg: 'ok' } }],
  ])('that did not come because of %s leaves nothing unknown, and is asked for again', async (_, answer) => {
    lark.script(TOKEN_PATH, answer, issued('t-9'));
    const bot = messenger(limitFor(answer));
    expect(await bot.send(message())).toMatchObject({ failure: { kind: 'retry', unknown: false } });
    expect(await bot.send(message())).toMatchObject({ ok: true });
  });
});

describe('a send that fails', () => {
  test.each<[string, Answer, object]>([
    [
      '429 with a reset',
      {
        status: 429,
        headers: { 'x-ogw-ratelimit-reset': '7' },
        body: { code: 99991400, msg: 'request trigger frequency limit' },
      },
      { kind: 'retry', unknown: false, afterMs: 7000 },
    ],
    ['429 without anything', { status: 429, body: 'slow down' }, { kind: 'retry', unknown: false }],
    ['230020', refused(230020), { kind: 'retry', unknown: false }],
    ['500', { status: 500, body: { code: 1500, msg: 'internal' } }, { kind: 'retry', unknown: true }],
    ['502 from a gateway', { status: 502, body: '<html>' }, { kind: 'retry', unknown: true }],
    ['silence', 'hang', { kind: 'retry', unknown: true, reason: expect.stringContaining('timed out') }],
    ['a reset', 'reset', { kind: 'retry', unknown: true }],
    ['success without an id', { body: { code: 0, data: {} } }, { kind: 'retry', unknown: true }],
    ["a gateway's page with 200", { body: '<html>' }, { kind: 'retry', unknown: true }],
    ['230002', refused(230002, 'Bot/User can NOT be out of the chat.'), { kind: 'gone', code: 230002 }],
    [
      'a refused card',
      refused(230099, 'Failed to create card content, ext=ErrCode: 200621; ErrMsg: unknown property'),
      { kind: 'refused', code: 230099, reason: expect.stringContaining('200621') },
    ],
    ['a refusal with 200', { body: { code: 230013, msg: 'no' } }, { kind: 'refused', code: 230013 }],
    ['a missing scope', refused(99991672), { kind: 'misconfigured', code: 99991672 }],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' }, body: '' }, { kind: 'refused', code: 302 }],
  ])('by %s', async (_, answer, failure) => {
    lark.script(MESSAGES, answer);
    expect(await messenger(limitFor(answer)).send(message())).toEqual({
      ok: false,
      failure: expect.objectContaining(failure),
    });
    expect(lark.calls()).toHaveLength(1);
  });

  test('because nobody listens certainly did nothing', async () => {
    const gone = await startLarkServer();
    await gone.close();
    const away: typeof fetch = (input, init) => fetch(String(input).includes(MESSAGES) ? gone.domain : input, init);
    const failure = { kind: 'retry', unknown: false, reason: expect.stringContaining('ECONNREFUSED') };
    expect(await messenger({ fetch: away }).send(message())).toMatchObject({ failure });
    expect(lark.calls()).toEqual([]);
  });

  test('over a network that swallows every connection did nothing, while one that was cut is unknown', async () => {
    const fault = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall });
    const none =
      (cause: unknown): typeof fetch =>
      (input, init) =>
        String(input).includes(MESSAGES)
          ? Promise.reject(new TypeError('fetch failed', { cause }))
          : fetch(input, init);
    const unknownOf = async (cause: unknown) => {
      const sent = await messenger({ fetch: none(cause) }).send(message());
      return !sent.ok && sent.failure.kind === 'retry' && sent.failure.unknown;
    };
    const never = [fault('ETIMEDOUT', 'connect'), fault('EHOSTDOWN', 'connect')];
    for (const cause of [
      ...never,
      new AggregateError(never),
      Object.assign(new Error(), { code: 'UND_ERR_CONNECT_TIMEOUT' }),
    ])
      expect(await unknownOf(cause)).toBe(false);
    for (const cause of [
      fault('ETIMEDOUT', 'read'),
      new AggregateError([...never, fault('EPIPE', 'write')]),
      undefined,
    ])
      expect(await unknownOf(cause)).toBe(true);
  });

  test('leaves a line with ids and codes, and neither secret, token nor text', async () => {
    const quiet = { content: '{"text":"机密内容"}', type: 'text' as const };
    const bot = messenger();
    lark.script(TOKEN_PATH, 'reset', refused(10014), issued('t-secret'));
    lark.script(MESSAGES, refused(230001, 'invalid 机密内容'), 'reset', { status: 500, body: '机密内容' });
    for (let i = 0; i < 5; i += 1) await bot.send(message(quiet));
    expect(lines).toHaveLength(5);
    expect(lines[2]).toBe(
      'a call to Lark failed {"api":"message.create","kind":"refused","code":230001,"status":400,"logId":"log-1"}',
    );
    expect(lines.join('\n')).not.toMatch(new RegExp(`${SECRET}|t-secret|机密`));
  });
});

describe('what the bot asks', () => {
  test('its own open id', async () => {
    lark.script('/open-apis/bot/v3/info', {
      body: { code: 0, msg: 'ok', bot: { open_id: 'ou_bot', activate_status: 2 } },
    });
    expect(await messenger().botOpenId()).toEqual({ ok: true, value: 'ou_bot' });
    expect(lark.calls()).toMatchObject([{ method: 'GET', authorization: 'Bearer t-1', text: '' }]);
  });

  const MEMBERS = '/open-apis/im/v1/chats/oc_group/members';
  const page = (ids: string[], next?: string) => ({
    body: {
      code: 0,
      data: {
        items: ids.map((id) => ({ member_id_type: 'open_id', member_id: id, name: id.toUpperCase(), tenant_key: 't' })),
        has_more: next !== undefined,
        page_token: next ?? '',
        member_total: 3,
      },
    },
  });
  test("a chat's members, over all pages, each once, without a body on GET", async () => {
    lark.script(MEMBERS, page(['ou_1', 'ou_2'], 'p2'), page(['ou_2', 'ou_3']));
    expect(await messenger().chatMembers('oc_group')).toEqual({
      ok: true,
      value: [
        { openId: 'ou_1', name: 'OU_1', tenantKey: 't' },
        { openId: 'ou_2', name: 'OU_2', tenantKey: 't' },
        { openId: 'ou_3', name: 'OU_3', tenantKey: 't' },
      ],
    });
    expect(lark.calls().map(({ query, text }) => [query, text])).toEqual([
      ['?member_id_type=open_id&page_size=100', ''],
      ['?member_id_type=open_id&page_size=100&page_token=p2', ''],
    ]);
  });
  test('a listing that breaks off is no listing', async () => {
    lark.script(MEMBERS, page(['ou_1'], 'p2'), refused(232011));
    expect(await messenger().chatMembers('oc_group')).toMatchObject({ ok: false, failure: { kind: 'gone' } });
  });
  test('a chat id that would walk elsewhere is not asked for', async () => {
    expect(await messenger().chatMembers('../../contact/v3/users')).toMatchObject({ failure: { kind: 'refused' } });
    expect(lark.seen).toEqual([]);
  });

  const BATCH = '/open-apis/contact/v3/users/batch_get_id';
  test('open ids of mobile numbers, unknown ones left out', async () => {
    const user_list = [{ mobile: '13800000001', user_id: 'ou_1' }, { mobile: '13800000002' }];
    lark.script(BATCH, { body: { code: 0, data: { user_list } } });
    const found = await messenger().openIdsByMobile(['13800000001', '13800000002']);
    expect(found).toEqual({ ok: true, value: new Map([['13800000001', 'ou_1']]) });
    expect(lark.calls()).toMatchObject([
      { method: 'POST', query: '?user_id_type=open_id', body: { mobiles: ['13800000001', '13800000002'] } },
    ]);
  });
  test('nothing about no number, and never more than 50', async () => {
    expect(await messenger().openIdsByMobile([])).toEqual({ ok: true, value: new Map() });
    await expect(messenger().openIdsByMobile(Array.from({ length: 51 }, String))).rejects.toThrow(RangeError);
    expect(lark.seen).toEqual([]);
  });
});

test('two apps of one id on two domains do not share a token', async () => {
  const other = await startLarkServer();
  other.script(TOKEN_PATH, issued('t-other'));
  other.script(MESSAGES, sent);
  await messenger().send(message());
  await messenger({ domain: other.domain }).send(message());
  expect(other.calls(MESSAGES)).toMatchObject([{ authorization: 'Bearer t-other' }]);
  await other.close();
});

test('the given fetch is used, with a time limit on it', async () => {
  const signals: (AbortSignal | null | undefined)[] = [];
  const counting: typeof fetch = (input, init) => {
    signals.push(init?.signal);
    return fetch(input, init);
  };
  await messenger({ fetch: counting }).send(message());
  expect(signals).toHaveLength(2);
  expect(signals.every((signal) => signal instanceof AbortSignal)).toBe(true);
});
