import { request } from 'node:http';
import { expect, test } from 'vitest';
import { listener, platform } from './platform.ts';

const control =
  (url: string) =>
  async (method: string, path: string, body?: unknown, headers = {}) => {
    const response = await fetch(`${url}/control${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };

test('a script can do over HTTP what a test does in process', async () => {
  const p = await platform();
  const ask = control(p.url);
  const { url } = await listener(p.time, () => ({}));
  expect((await ask('POST', '/events-url', { url })).body).toMatchObject({ accepted: false });
  const { openId } = (await ask('POST', '/people', { name: '李四' })).body;
  const { chatId } = (await ask('POST', '/groups', { name: '城西小学群', members: [openId] })).body;
  expect((await ask('POST', `/chats/${chatId}/bot`, { by: openId })).body).toMatchObject({ accepted: true });
  const said = await ask('POST', '/say?wait=1', { chatId, openId, text: '@督导助手 日程' });
  expect(said.body).toMatchObject({ report: { accepted: true } });
  const fault = (await ask('POST', '/faults', { kind: '429', match: { path: 'messages' }, resetSeconds: 3 })).body;
  expect((await p.text('a')).status).toBe(429);
  expect((await ask('GET', '/faults')).body).toMatchObject([{ id: fault.id, hits: 1 }]);
  await p.text('答', { receive_id: chatId });
  expect((await ask('GET', `/chats/${chatId}/messages`)).body).toMatchObject([
    { from: openId, fromName: '李四', text: '@督导助手 日程' },
    { from: 'bot', fromName: '督导助手', text: '答' },
  ]);
  expect((await ask('GET', '/wire')).body.at(-1)).toMatchObject({ kind: 'call', status: 200 });
});

test('misuse is told with 400', async () => {
  const ask = control((await platform()).url);
  expect(await ask('POST', '/people', { nom: '李四' })).toMatchObject({ status: 400 });
  expect(await ask('GET', '/chats/oc_0/messages')).toEqual({ status: 400, body: { error: 'no such chat: oc_0' } });
});

test('another origin and another host name are refused', async () => {
  const p = await platform();
  const ask = control(p.url);
  expect((await ask('GET', '/people', undefined, { origin: 'https://example.org' })).status).toBe(403);
  expect((await ask('GET', '/people', undefined, { origin: p.url })).status).toBe(200);
  const status = await new Promise((resolve) =>
    request(`${p.url}/control/people`, { headers: { host: 'rebound.example.org' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end(),
  );
  expect(status).toBe(403);
});
