import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import SqliteFile from 'better-sqlite3';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { openSqlite } from '../../src/db/sqlite.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { hashOfCode } from '../../src/features/people/claim-code.ts';
import { systemTime } from '../../src/homes/system-time.ts';
import type { Change } from '../../src/ports/changes.ts';
import { COMPILED } from '../support/compiled.ts';
import { freshDatabase } from '../support/postgres.ts';

const HOMES = fileURLToPath(new URL('../../src/homes/', import.meta.url));
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let file: string;
let children: ChildProcessByStdio<null, Readable, Readable>[];
let servers: Server[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dudao-operator-'));
  file = join(folder, 'dudao.db');
  [children, servers] = [[], []];
});

afterEach(async () => {
  await Promise.all(
    children.map((child) => child.exitCode ?? child.signalCode ?? (child.kill('SIGKILL') && once(child, 'exit'))),
  );
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

const environment = () => ({
  LARK_APP_ID: 'cli_a1b2c3',
  LARK_APP_SECRET: 'secret',
  LARK_ENCRYPT_KEY: 'key',
  LARK_VERIFICATION_TOKEN: 'token',
  LARK_DOMAIN: 'http://127.0.0.1:9',
  DATABASE_URL: `file:${file}`,
  HOST: '127.0.0.1',
  PORT: '0',
});

/** The program as npm starts it, with nothing of ours in its environment but what is given. */
const run = (program: 'main.ts' | 'cli.ts', env: Readonly<Record<string, string>>, ...args: string[]) =>
  listenTo(spawn(process.execPath, [join(HOMES, program), ...args], { env: { ...COMPILED, ...env }, stdio: STDIO }));

const STDIO: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];

function listenTo(child: ChildProcessByStdio<null, Readable, Readable>) {
  children.push(child);
  let [out, err] = ['', ''];
  let heard = Promise.withResolvers<void>();
  const hear = () => {
    heard.resolve();
    heard = Promise.withResolvers();
  };
  child.stdout.on('data', (chunk) => {
    out += chunk;
    hear();
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
    hear();
  });
  const ended = once(child, 'close').then(([code]) => ({ code, out, err }));
  void ended.then(hear);
  return {
    child,
    ended,
    out: () => out,
    /** Resolves once it has said this. */
    async says(pattern: RegExp): Promise<RegExpExecArray> {
      for (;;) {
        const found = pattern.exec(out);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`ended without ${pattern}: ${out}${err}`);
        await heard.promise;
      }
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

const listening = /"url":"(http:[^"]+)"/;
const claim = /认领 ([A-Z2-9]{4}-[A-Z2-9]{4})/;

async function commit(...changes: Change[]): Promise<void> {
  const database = openSqlite(file);
  await database.migrate();
  await database.store.commit({ changes, messages: [], audit: [] });
  await database.close();
}

async function claimHash(): Promise<string | undefined> {
  const database = openSqlite(file);
  const hash = await database.store.claimHash();
  await database.close();
  return hash;
}

describe('a start that cannot succeed ends with exit code 1 and the mend, without a stack', () => {
  test('without variables: every problem in one message', async () => {
    const { code, out, err } = await run('main.ts', {}).ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.trim().split('\n')).toEqual([
      'The configuration is not complete:',
      expect.stringContaining('LARK_APP_ID is missing'),
      expect.stringContaining('LARK_APP_SECRET is missing'),
      expect.stringContaining('LARK_ENCRYPT_KEY is missing'),
      expect.stringContaining('LARK_VERIFICATION_TOKEN is missing'),
      'README.md lists every variable.',
    ]);
  });

  const refused = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const { code, err } = await run('main.ts', { ...environment(), ...env }).ended;
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(1);
    return err.trim();
  };

  test('a database server that is not there', async () => {
    const line = await refused({ DATABASE_URL: 'postgres://dudao:hush@127.0.0.1:9/dudao' });
    expect(line).toMatch(/^DATABASE_URL: the database cannot be used.*ECONNREFUSED/);
    expect(line).not.toContain('hush');
  });

  test('a file that is no database, and a folder in its place', async () => {
    writeFileSync(file, 'a plain text that is long enough to be taken for a header of something else'.repeat(20));
    expect(await refused({})).toMatch(/^DATABASE_URL: .*not a database/);
    mkdirSync(join(folder, 'sub'));
    expect(await refused({ DATABASE_URL: `file:${folder}/sub` })).toMatch(/^DATABASE_URL: /);
  });

  test('a database that a newer program has migrated', async () => {
    await commit();
    const side = new SqliteFile(file);
    side.exec("INSERT INTO schema_version (name) VALUES ('9999_later')");
    side.close();
    expect(await refused({})).toMatch(/^DATABASE_URL: .*newer than this program.*9999_later/);
  });

  test('a port in use, and an address of another machine', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    expect(await refused({ PORT: String(port) })).toMatch(new RegExp(`127.0.0.1:${port}; another program.*set PORT`));
    expect(await refused({ HOST: '203.0.113.1' })).toMatch(/^HOST and PORT: .*set HOST/);
  });
});

describe('the first administrator', () => {
  test('every start prints a code that is good, as long as there is none; dudao claim makes another', async () => {
    const codes: string[] = [];
    for (const start of [1, 2]) {
      const program = run('main.ts', environment());
      await program.says(listening);
      const { code: exit, out, err } = await program.stop();
      expect({ exit, err }).toEqual({ exit: 0, err: '' });
      const [code = '', ...others] = [...out.matchAll(new RegExp(claim, 'g'))].map(([, each]) => each);
      expect(others).toEqual([]);
      expect(await claimHash(), `start ${start}: “${code}”`).toBe(await hashOfCode(code));
      codes.push(code);
    }
    const { code: exit, out } = await run('cli.ts', { DATABASE_URL: `file:${file}` }, 'claim').ended;
    const [, anew = ''] = claim.exec(out) ?? [];
    expect(exit).toBe(0);
    expect(new Set([...codes, anew]).size).toBe(3);
    expect(await claimHash()).toBe(await hashOfCode(anew));
  });

  test('no code is made when ADMIN_OPEN_IDS names one, or when there is one', async () => {
    const named = run('main.ts', { ...environment(), ADMIN_OPEN_IDS: 'ou_1' });
    await named.says(listening);
    expect((await named.stop()).out).not.toMatch(claim);
    expect(await claimHash()).toBeUndefined();

    await commit({ kind: 'role.granted', openId: 'ou_2', role: 'administrator', by: 'ou_2', at: 1 });
    const granted = run('main.ts', environment());
    await granted.says(listening);
    expect((await granted.stop()).out).not.toMatch(claim);
    expect(await claimHash()).toBeUndefined();
  });
});

/** A bot that hears of this Lark. */
async function connected(lark: Emulator, env: Readonly<Record<string, string>> = {}) {
  const bot = run('main.ts', {
    ...environment(),
    LARK_APP_ID: lark.appId,
    LARK_APP_SECRET: lark.appSecret,
    LARK_ENCRYPT_KEY: lark.encryptKey,
    LARK_VERIFICATION_TOKEN: lark.verificationToken,
    LARK_DOMAIN: lark.url,
    ...env,
  });
  const [, url] = await bot.says(listening);
  lark.control.pushEventsTo(`${url}/lark/events`);
  return bot;
}

test('SIGTERM to npm start reaches the program, which ends with 0 and leaves nothing behind', async () => {
  const npm = spawn('npm', ['start'], {
    cwd: PROJECT,
    env: { ...COMPILED, PATH: process.env['PATH'], HOME: folder, ...environment() },
    stdio: STDIO,
  });
  const { says } = listenTo(npm);
  const pid = Number((await says(/"pid":(\d+)/))[1]);
  await says(listening);
  npm.kill('SIGTERM');
  const [code] = await once(npm, 'exit');
  const orphan = isAlive(pid);
  if (orphan) process.kill(pid, 'SIGKILL');
  expect({ code, orphan }).toEqual({ code: 0, orphan: false });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a PostgreSQL connection lost inside a unit fails that unit only: Lark comes again, and the program goes on', async () => {
  const lark = await startEmulator({ time: systemTime });
  const url = await freshDatabase(inject('postgresUrl'), 'homes_lost');
  const bot = await connected(lark, { DATABASE_URL: url });
  const side = new pg.Client(url);
  await side.connect();
  await side.query('BEGIN; LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE');
  const { openId } = lark.control.addPerson({ name: '王芳' });
  const chatId = lark.control.p2p(openId);
  const heard = () => lark.control.messages(chatId).filter(({ from }) => from === 'bot');

  const { eventId = '' } = lark.control.say(chatId, openId, '帮助');
  const waiting = "FROM pg_locks WHERE relation = 'inbox'::regclass AND NOT granted";
  while ((await side.query(`SELECT pg_terminate_backend(pid) ${waiting}`)).rowCount === 0);
  await lark.control.when(() => lark.control.wire().some((entry) => entry.eventId === eventId));
  expect(lark.control.wire().find((entry) => entry.eventId === eventId)).toMatchObject({ status: 503 });

  await side.query('ROLLBACK');
  await side.end();
  expect(await lark.control.redeliver(eventId)).toMatchObject([{ status: 200 }]);
  await lark.control.when(() => heard().length === 1);
  expect(await bot.stop()).toMatchObject({ code: 0, err: '' });
  await lark.close();
});

test('SIGTERM, and npm’s echo of it, let a send that is under way finish, and exit with 0', async () => {
  const lark = await startEmulator({ time: systemTime });
  const bot = await connected(lark);
  const held = lark.control.fault({ kind: 'holdAfterStore', match: { path: /\/im\/v1\/messages/ } });
  const { openId } = lark.control.addPerson({ name: '王芳' });
  await lark.control.say(lark.control.p2p(openId), openId, '帮助').delivered;
  await held.reached;
  bot.child.kill('SIGTERM');
  while (await lark.control.handshake().then(({ status }) => status === 200));
  bot.child.kill('SIGTERM');
  held.release();
  expect(await bot.ended).toMatchObject({ code: 0, err: '' });
  await lark.close();

  const database = openSqlite(file);
  expect(await database.store.figures(undefined)).toMatchObject({ waitingMessages: 0, lastSentAt: expect.any(Number) });
  await database.close();
});
