import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encrypt, sign } from '../../src/emulator/seal.ts';
import { HOMES, openWorld, shanghai, type World } from '../support/world.ts';
import { type People, people } from './district.ts';

const HOUR_MS = 3_600_000;

describe.each(HOMES)('what else comes to the webhook, on %s', (home) => {
  let world: World;
  let who: People;
  let chatId: string;

  beforeAll(async () => {
    world = await openWorld(home, shanghai('2026-04-20', '08:00'), 'journey_webhook');
    who = people(world);
    chatId = world.lark.control.p2p(who.stranger);
  });
  afterAll(() => world.close());

  const post = async (
    body: string | Uint8Array<ArrayBuffer> | ReadableStream,
    headers: Record<string, string> = {},
  ) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body, duplex: 'half' };
    const answer = await fetch(`${world.bot.url}/lark/events`, init);
    return { status: answer.status, text: await answer.text() };
  };
  /** Who is refused while still writing may find the connection closed before having read why, and comes again. */
  const untilAnswered = async (ask: () => ReturnType<typeof post>, attempts = 20): ReturnType<typeof post> => {
    try {
      return await ask();
    } catch (error) {
      if (attempts === 1) throw error;
      return untilAnswered(ask, attempts - 1);
    }
  };
  const metric = async (line: RegExp) => {
    const text = await (await fetch(`${world.bot.url}/metrics`)).text();
    return text.split('\n').filter((each) => line.test(each));
  };

  /** A message as Lark would send it, with one thing changed. */
  const envelope = (header: object = {}) => ({
    schema: '2.0',
    header: {
      event_id: crypto.randomUUID(),
      event_type: 'im.message.receive_v1',
      create_time: String(world.time.now()),
      token: world.lark.verificationToken,
      app_id: world.lark.appId,
      tenant_key: 'tenant',
      ...header,
    },
    event: {
      sender: { sender_id: { open_id: who.stranger }, sender_type: 'user' },
      message: {
        message_id: 'om_1',
        chat_id: chatId,
        chat_type: 'p2p',
        message_type: 'text',
        create_time: String(world.time.now()),
        content: JSON.stringify({ text: '帮助' }),
      },
    },
  });
  const sealed = (text: string, { at = world.time.now(), cut = 0, key = world.lark.encryptKey } = {}) => {
    const cipher = encrypt(key, text);
    const body = JSON.stringify({ encrypt: cipher.slice(0, cipher.length - cut) });
    return { body, headers: signed(body, at, key) };
  };
  const signed = (body: string, at = world.time.now(), key = world.lark.encryptKey) => {
    const timestamp = String(Math.floor(at / 1000));
    return {
      'X-Lark-Request-Timestamp': timestamp,
      'X-Lark-Request-Nonce': 'nonce',
      'X-Lark-Signature': sign(timestamp, 'nonce', key, body),
    };
  };
  const message = () => JSON.stringify(envelope());

  const bad: Record<string, readonly [status: number, send: () => ReturnType<typeof post>]> = {
    'a wrong signature': [
      401,
      () => {
        const { body, headers } = sealed(message());
        return post(body, { ...headers, 'X-Lark-Signature': headers['X-Lark-Signature'].replace(/^./, 'x') });
      },
    ],
    'no signature': [401, () => post(sealed(message()).body)],
    'a signature by another key': [
      401,
      () => {
        const { body } = sealed(message());
        return post(body, signed(body, world.time.now(), 'another'));
      },
    ],
    'an event of 25 hours ago': [
      401,
      () => {
        const { body, headers } = sealed(message(), { at: world.time.now() - 25 * HOUR_MS });
        return post(body, headers);
      },
    ],
    'an event of tomorrow': [
      401,
      () => {
        const { body, headers } = sealed(message(), { at: world.time.now() + 25 * HOUR_MS });
        return post(body, headers);
      },
    ],
    'plain text': [401, () => post(message(), signed(message()))],
    'a wrong verification token': [
      401,
      () => {
        const { body, headers } = sealed(JSON.stringify(envelope({ token: 'wrong' })));
        return post(body, headers);
      },
    ],
    'another app’s event': [
      401,
      () => {
        const { body, headers } = sealed(JSON.stringify(envelope({ app_id: 'cli_0000000000000000' })));
        return post(body, headers);
      },
    ],
    'another key’s ciphertext, signed with ours': [
      400,
      () => {
        const { body } = sealed(message(), { key: 'another' });
        return post(body, signed(body));
      },
    ],
    'truncated ciphertext': [
      400,
      () => {
        const { body, headers } = sealed(message(), { cut: 40 });
        return post(body, headers);
      },
    ],
    '5 MB': [413, () => untilAnswered(() => post(JSON.stringify({ encrypt: 'A'.repeat(5_000_000) })))],
    '5 MB without a length': [413, () => untilAnswered(() => post(new Blob(['A'.repeat(5_000_000)]).stream()))],
    'JSON 100,000 deep': [400, () => post('['.repeat(100_000) + ']'.repeat(100_000))],
    'JSON 100,000 deep, sealed': [
      400,
      () => {
        const deep = `{"schema":"2.0","event":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
        const { body, headers } = sealed(deep);
        return post(body, headers);
      },
    ],
    'no JSON': [400, () => post('hello')],
    'no UTF-8': [400, () => post(new Uint8Array([0xff, 0xfe, 0x00]))],
    nothing: [400, () => post('')],
  };

  test.each(Object.keys(bad))('%s is refused with a line of JSON, and nothing is sent', async (name) => {
    const [status, send] = bad[name] ?? [0, () => post('')];
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.text.split('\n').filter(Boolean)).toHaveLength(1);
    expect(Object.keys(JSON.parse(answer.text))).toEqual(['error']);
    await world.settle();
    expect(world.fresh(chatId)).toEqual([]);
    expect(await world.ask(chatId, who.stranger, '帮助')).toContain('督导助手能做什么');
  });

  test('the same message, unharmed, is answered', async () => {
    const { body, headers } = sealed(message());
    world.fresh(chatId);
    expect(await post(body, headers)).toEqual({ status: 200, text: '{}' });
    await world.settle();
    expect(world.fresh(chatId)).toHaveLength(1);
  });

  test('url_verification is answered encrypted and plain, and not with a wrong token', async () => {
    const { control, verificationToken } = world.lark;
    expect((await control.handshake()).accepted).toBe(true);
    expect((await control.handshake(undefined, 'wrong')).status).toBe(401);
    const asked = (token: string) => JSON.stringify({ type: 'url_verification', token, challenge: 'c-1' });
    expect(await post(asked(verificationToken))).toEqual({ status: 200, text: '{"challenge":"c-1"}' });
    expect((await post(asked('wrong'))).status).toBe(401);
  });

  test('an event of an unknown type is acknowledged and counted', async () => {
    const { delivered } = world.lark.control.pushEvent('contact.user.deleted_v3', {});
    expect((await delivered).accepted).toBe(true);
    expect(await metric(/unhandled.*contact\.user\.deleted_v3/)).toMatchObject([expect.stringMatching(/ 1$/)]);
    expect(await metric(/refused_total/)).not.toEqual([]);
  });

  test('health, readiness and unknown addresses', async () => {
    const status = async (path: string) => (await fetch(`${world.bot.url}${path}`)).status;
    await world.to(world.time.now() + 60_000);
    expect([await status('/healthz'), await status('/readyz'), await status('/')]).toEqual([200, 200, 404]);
  });
});
