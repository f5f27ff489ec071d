import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { virtualTime } from '../support/virtual-time.ts';
import { MONDAY } from './stage.ts';

async function emulator(): Promise<Emulator> {
  const lark = await startEmulator({ time: virtualTime(MONDAY) });
  onTestFinished(() => lark.close());
  return lark;
}

const status = (url: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<number>((resolve, reject) => {
    request(url, { headers, method }, (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(method === 'POST' ? '{"by":60000}' : undefined);
  });

test.for(['/', '/page/main.ts', '/control/stream', '/control/wire', '/control/outbox'])(
  'another host name or origin does not get %s',
  async (path) => {
    const { url } = await emulator();
    expect(await status(url + path, { host: 'rebound.example.org' })).toBe(403);
    expect(await status(url + path, { origin: 'https://example.org' })).toBe(403);
    expect(await status(url + path, { origin: url })).toBe(200);
  },
);

test('a page of another site cannot turn the clock, not even without an Origin', async () => {
  const { url } = await emulator();
  expect(await status(`${url}/control/clock`, { origin: 'https://example.org' }, 'POST')).toBe(403);
  expect(await status(`${url}/control/clock`, { origin: 'null' }, 'POST')).toBe(403);
  expect(await status(`${url}/control/clock`, { 'sec-fetch-site': 'cross-site' }, 'POST')).toBe(403);
  expect(await status(`${url}/control/clock`, { 'sec-fetch-site': 'same-site' }, 'POST')).toBe(403);
  expect(await status(`${url}/control/clock`, { origin: url }, 'POST')).toBe(200);
});

test('it listens on loopback only', async () => {
  expect((await emulator()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('the page may load and run only what comes from its own server', async () => {
  const answer = await fetch((await emulator()).url);
  const policy = answer.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/script-src|unsafe-eval|https?:/);
  const html = await answer.text();
  expect(html).not.toMatch(/https?:\/\//);
  expect(html).not.toMatch(/<script(?![^>]*src=)|\son[a-z]+=/);
});

test.for([
  '/page/..%2fserver.ts',
  '/page/../server.ts',
  '/page/%2e%2e/server.ts',
  '/page/no-such.ts',
  '/page/index.html',
  '/page/',
])('nothing but the files of the page is served: %s', async (path) => {
  expect(await status((await emulator()).url + path, {})).toBe(404);
});

test('a clock that keeps real time cannot be turned', async () => {
  const { advanceTo: _, ...fixed } = virtualTime(MONDAY);
  const lark = await startEmulator({ time: fixed });
  onTestFinished(() => lark.close());
  const answer = await fetch(`${lark.url}/control/clock`, { method: 'POST', body: '{"by":60000}' });
  expect([answer.status, await answer.json()]).toEqual([400, { error: 'the clock cannot be moved' }]);
});
