import { describe, expect, test } from 'vitest';
import { type Platform, platform } from './platform.ts';

const SEND = { method: 'POST', path: '/im/v1/messages' } as const;
const send = async (p: Platform, signal?: AbortSignal) => {
  const token = await p.token();
  return fetch(`${p.url}/open-apis/im/v1/messages?receive_id_type=chat_id`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ receive_id: p.group, msg_type: 'text', content: '{"text":"a"}', uuid: 'u-1' }),
    ...(signal ? { signal } : {}),
  });
};
const stored = (p: Platform) => p.control.messages(p.group).length;

test('a status without JSON, as often as told, and then no more', async () => {
  const p = await platform();
  const fault = p.control.fault({ match: SEND, kind: 'status', status: 502, times: 2 });
  expect((await send(p)).status).toBe(502);
  expect((await send(p)).status).toBe(502);
  expect(stored(p)).toBe(0);
  expect((await send(p)).status).toBe(200);
  expect(fault.hits).toBe(2);
});

test('a Lark code', async () => {
  const p = await platform();
  p.control.fault({ match: SEND, kind: 'code', code: 230022 });
  const response = await send(p);
  expect([response.status, await response.json()]).toMatchObject([400, { code: 230022 }]);
});

test('429 with the seconds to wait', async () => {
  const p = await platform();
  p.control.fault({ match: SEND, kind: '429', resetSeconds: 7 });
  const response = await send(p);
  expect([response.status, response.headers.get('x-ogw-ratelimit-reset'), await response.json()]).toMatchObject([
    429,
    '7',
    { code: 99991400 },
  ]);
});

test('a connection reset', async () => {
  const p = await platform();
  p.control.fault({ match: SEND, kind: 'reset' });
  await expect(send(p)).rejects.toThrow('fetch failed');
  expect(stored(p)).toBe(0);
  expect(p.control.wire().at(-1)).toMatchObject({ path: '/open-apis/im/v1/messages', status: 0 });
});

test('a call that hangs is cut when let go', async () => {
  const p = await platform();
  const fault = p.control.fault({ match: SEND, kind: 'hang' });
  const sending = send(p);
  await fault.reached;
  expect(stored(p)).toBe(0);
  fault.release();
  await expect(sending).rejects.toThrow('fetch failed');
});

test('a delay is measured on the clock', async () => {
  const p = await platform();
  const fault = p.control.fault({ match: SEND, kind: 'delay', ms: 10_000 });
  const sending = send(p);
  await fault.reached;
  await p.time.advanceBy(9_999);
  expect(stored(p)).toBe(0);
  await p.time.advanceBy(1);
  expect((await sending).status).toBe(200);
  expect(p.control.wire().at(-1)).toMatchObject({ ms: 10_000 });
});

describe('after it has been stored', () => {
  test('the answer is 500, and the same uuid stores nothing more', async () => {
    const p = await platform();
    p.control.fault({ match: SEND, kind: 'storeThen500' });
    expect((await send(p)).status).toBe(500);
    expect(stored(p)).toBe(1);
    expect(await (await send(p)).json()).toMatchObject({
      code: 0,
      data: { message_id: p.control.messages(p.group)[0]?.messageId },
    });
    expect(stored(p)).toBe(1);
  });

  test('the answer never comes', async () => {
    const p = await platform();
    const fault = p.control.fault({ match: SEND, kind: 'storeThenHang' });
    const sending = send(p);
    await fault.reached;
    expect(stored(p)).toBe(1);
    fault.release();
    await expect(sending).rejects.toThrow('fetch failed');
  });

  test('the connection is reset', async () => {
    const p = await platform();
    p.control.fault({ match: SEND, kind: 'storeThenReset' });
    await expect(send(p)).rejects.toThrow('fetch failed');
    expect(stored(p)).toBe(1);
  });

  test('the answer is held until let go', async () => {
    const p = await platform();
    const fault = p.control.fault({ match: SEND, kind: 'holdAfterStore' });
    const sending = send(p);
    await fault.reached;
    expect(stored(p)).toBe(1);
    fault.release();
    expect((await sending).status).toBe(200);
  });
});

describe('held before it is stored', () => {
  test('it is stored when let go', async () => {
    const p = await platform();
    const fault = p.control.fault({ match: SEND, kind: 'holdBeforeStore' });
    const sending = send(p);
    await fault.reached;
    expect(stored(p)).toBe(0);
    fault.release();
    expect((await sending).status).toBe(200);
    expect(stored(p)).toBe(1);
  });

  test('it is lost when the caller has died meanwhile', async () => {
    const p = await platform();
    const fault = p.control.fault({ match: SEND, kind: 'holdBeforeStore' });
    const caller = new AbortController();
    const sending = send(p, caller.signal);
    await fault.reached;
    caller.abort();
    await expect(sending).rejects.toThrow('aborted');
    await p.time.advanceBy(0);
    fault.release();
    await p.control.when(() => p.control.wire().at(-1)?.status === 0);
    expect(stored(p)).toBe(0);
  });
});

test('calls that do not fit pass', async () => {
  const p = await platform();
  p.control.fault({ match: { path: /\/reply$/ }, kind: 'status' });
  expect((await send(p)).status).toBe(200);
});
