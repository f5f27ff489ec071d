import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { readConfig } from '../../src/homes/config.ts';
import { openDatabase, serveAlone } from '../../src/homes/database.ts';
import { type Running, start } from '../../src/homes/node.ts';
import { freshDatabase } from '../support/postgres.ts';
import { type VirtualTime, virtualTime } from '../support/virtual-time.ts';
import { keptLog } from '../support/world.ts';

const MINUTE = 60_000;

let folder: string;
let time: VirtualTime;
let running: Running | undefined;
let beat: (now: number) => Promise<void>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dudao-server-'));
  time = virtualTime(Date.UTC(2026, 2, 16));
});

afterEach(async () => {
  await running?.close();
  running = undefined;
  rmSync(folder, { recursive: true });
});

async function serve(
  databaseUrl = `file:${join(folder, 'dudao.db')}`,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const config = readConfig({
    LARK_APP_ID: 'cli_a1b2c3',
    LARK_APP_SECRET: 'secret',
    LARK_ENCRYPT_KEY: 'key',
    LARK_VERIFICATION_TOKEN: 'token',
    LARK_DOMAIN: 'http://127.0.0.1:9',
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    ...more,
  });
  const heartbeat = (given: typeof beat) => {
    beat = given;
    return () => {};
  };
  running = await start({ config, time, heartbeat, log: keptLog() });
}

async function get(path: string): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`${running?.url}${path}`);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

test('/metrics is answered by the server, or at an address of its own and by the server no more', async () => {
  await serve();
  expect(await get('/metrics')).toMatchObject({ status: 200 });
  await running?.close();
  await serve(undefined, { METRICS_PORT: '0' });
  expect(await get('/metrics')).toMatchObject({ status: 404 });
  expect((await fetch(`${running?.metricsUrl}/metrics`)).status).toBe(200);
  expect((await fetch(`${running?.metricsUrl}/readyz`)).status).toBe(404);
});

describe('/healthz and /readyz', () => {
  test('are well after the start', async () => {
    await serve();
    expect(await get('/healthz')).toMatchObject({ status: 200 });
    expect(await get('/readyz')).toMatchObject({ status: 200, text: 'ready\n' });
  });

  test('a heartbeat that is silent for minutes makes it not ready, until it beats again', async () => {
    await serve();
    await time.advanceBy(4 * MINUTE);
    expect(await get('/readyz')).toMatchObject({ status: 503, text: 'the heartbeat is silent\n' });
    expect(await get('/healthz')).toMatchObject({ status: 200 });
    await beat(time.now());
    expect(await get('/readyz')).toMatchObject({ status: 200 });
  });

  test('a heartbeat that has not beaten since the clock was set back by hours makes it not ready', async () => {
    await serve();
    let back = 0;
    const now = time.now;
    Object.assign(time, { now: () => now() - back });
    back = 3 * 60 * MINUTE;
    expect(await get('/readyz')).toMatchObject({ status: 503, text: 'the heartbeat is silent\n' });
    await beat(time.now());
    expect(await get('/readyz')).toMatchObject({ status: 200 });
  });

  test('a beat that fails still beats', async () => {
    await serve('file::memory:');
    await time.advanceBy(4 * MINUTE);
    await beat(time.now());
    expect(await get('/readyz')).toMatchObject({ status: 200 });
  });

  test('a database that is gone makes it not ready; the process stays alive', async () => {
    const admin = inject('postgresUrl');
    await serve(await freshDatabase(admin, 'homes_gone'));
    expect(await get('/readyz')).toMatchObject({ status: 200 });
    const client = new pg.Client(admin);
    await client.connect();
    await client.query('DROP DATABASE homes_gone WITH (FORCE)');
    await client.end();
    expect(await get('/readyz')).toMatchObject({
      status: 503,
      text: 'the database does not answer, or is not migrated\n',
    });
    expect(await get('/healthz')).toMatchObject({ status: 200 });
    await beat(time.now());
  });
});

describe('a SQLite file', () => {
  test('is served by one process: another one waits for its end, and then says what is wrong', async () => {
    const url = `file:${join(folder, 'dudao.db')}`;
    await serve(url);
    await expect(serveAlone(url, 100)).rejects.toThrow(
      `DATABASE_URL: another process is serving ${join(folder, 'dudao.db')}. End that one first, or set DATABASE_URL to another database.`,
    );
    const waiting = serveAlone(url);
    await running?.close();
    running = undefined;
    (await waiting)?.release();
    await serve(url);
  });

  test('is open to the command line meanwhile', async () => {
    const url = `file:${join(folder, 'dudao.db')}`;
    await serve(url);
    const database = await openDatabase(url);
    await database.ready();
    await database.close();
  });

  test('that could not be used is free again for the next try', async () => {
    const url = `file:${join(folder, 'dudao.db')}`;
    writeFileSync(
      join(folder, 'dudao.db'),
      'no database at all, but long enough to be read as the head of one'.repeat(20),
    );
    await expect(serve(url)).rejects.toThrow('DATABASE_URL');
    rmSync(join(folder, 'dudao.db'));
    await serve(url);
  });
});

describe('/metrics', () => {
  test('is Prometheus’ text, each series under its type', async () => {
    await serve();
    const refused = () => fetch(`${running?.url}/lark/events`, { method: 'POST', body: '{"a":1}' });
    expect((await refused()).status).toBeGreaterThanOrEqual(400);
    await refused();
    const { status, type, text } = await get('/metrics');
    expect({ status, type }).toEqual({ status: 200, type: 'text/plain; version=0.0.4' });
    const lines = text.trimEnd().split('\n');
    expect(lines).toContain('# TYPE dudao_requests_refused_total counter');
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual([
      expect.stringMatching(/^dudao_requests_refused_total\{reason="[^"\n]+"\} 2$/),
    ]);
    for (const line of lines)
      expect(line).toMatch(/^(# TYPE [a-z_]+ counter|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? \d+)$/);
  });
});

test('any other address is a plain 404', async () => {
  await serve();
  expect(await get('/')).toMatchObject({ status: 404 });
  expect(await get('/lark/events')).toMatchObject({ status: 404 });
});
