import { createServer, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/server.ts';
import { type VirtualTime, virtualTime } from '../support/virtual-time.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly code: number;
  readonly msg: string;
  readonly data: Record<string, unknown>;
  readonly body: Record<string, unknown>;
}

export interface Platform extends Emulator {
  readonly time: VirtualTime;
  readonly teacher: string;
  readonly group: string;
  token(): Promise<string>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Sends a text to the group; each its own uuid unless given. */
  text(text: string, more?: object): Promise<Reply>;
}

/** 2026-11-23, a Monday, 08:00 in Beijing. */
export const MONDAY = Date.UTC(2026, 10, 23, 0, 0);

/** An emulator with one group, 城东小学群, in which the bot and one person are. Stops with the test. */
export async function platform(options: Partial<EmulatorOptions> = {}): Promise<Platform> {
  const time = virtualTime(MONDAY);
  const emulator = await startEmulator({ time, ...options });
  onTestFinished(() => emulator.close());
  const { control, url, appId, appSecret } = emulator;
  const { openId: teacher } = control.addPerson({ name: '张三', mobile: '13800000001' });
  const { chatId: group } = control.addGroup({ name: '城东小学群', members: [teacher] });
  void control.addBot(group, { by: teacher });

  const call: Platform['call'] = async (method, path, body, headers) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const json = await response.json();
    return {
      status: response.status,
      headers: response.headers,
      code: json.code,
      msg: json.msg,
      data: json.data,
      body: json,
    };
  };
  const token = async () => {
    const { body } = await call('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
      app_id: appId,
      app_secret: appSecret,
    });
    return String(body['tenant_access_token']);
  };
  const authorised: Platform['call'] = async (method, path, body, headers) =>
    call(method, `/open-apis${path}`, body, { authorization: `Bearer ${await token()}`, ...headers });
  return {
    ...emulator,
    time,
    teacher,
    group,
    token,
    call: authorised,
    text: (text, more = {}) =>
      authorised('POST', '/im/v1/messages?receive_id_type=chat_id', {
        receive_id: group,
        msg_type: 'text',
        content: JSON.stringify({ text }),
        ...more,
      }),
  };
}

export interface Received {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
}

interface Answer {
  readonly status?: number;
  readonly body?: string;
}

/** An address for pushes. `answer` decides per request; a promise that never settles is a bot that hangs. */
export async function listener(
  time: VirtualTime,
  answer: (received: Received, index: number) => Answer | Promise<Answer>,
): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const got = { body: Buffer.concat(chunks).toString(), headers: request.headers, at: time.now() };
    received.push(got);
    const { status = 200, body = '{}' } = await answer(got, received.length - 1);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/lark/events`, received };
}
