import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FaultOrder } from '../../src/emulator/faults.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { systemTime } from '../../src/homes/system-time.ts';

const BOT = fileURLToPath(new URL('../support/bot-process.ts', import.meta.url));
/** Each life begins this much later than the one before: what the dead one was sending waits for no lease. */
const LATER_MS = 1_000;
const LEASE_MS = 15_000;
const SEND = { method: 'POST', path: /^\/open-apis\/im\/v1\/messages/ };
const EVENTS = '/lark/events';

let lark: Emulator;
let folder: string;
let port: number;
let bot: ChildProcess | undefined;
let aheadMs: number;
let clock: ReturnType<typeof jumpingClock>;

beforeEach(async () => {
  aheadMs = 0;
  clock = jumpingClock();
  lark = await startEmulator({ time: clock });
  folder = mkdtempSync(join(tmpdir(), 'dudao-crash-'));
  port = await freePort();
  lark.control.pushEventsTo(`http://127.0.0.1:${port}${EVENTS}`);
});

afterEach(async () => {
  await kill();
  await lark.close();
  rmSync(folder, { recursive: true });
});

/** The bot's next life, on the same file and port. */
async function live(laterMs = LATER_MS): Promise<void> {
  aheadMs += bot ? laterMs : 0;
  bot = spawnBot(port);
  await listening(bot);
  // Only now, so that what the platform pushes again finds somebody.
  clock.jumpTo(aheadMs);
}

/** The first line is the address; undefined when it ends before. */
async function listening(child: ChildProcess): Promise<string | undefined> {
  const lines = createInterface({ input: child.stdout ?? expect.fail() });
  const [line] = await Promise.race([once(lines, 'line'), once(lines, 'close')]);
  return line;
}

function spawnBot(port: number): ChildProcess {
  return spawn(process.execPath, [BOT], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      LARK_APP_ID: lark.appId,
      LARK_APP_SECRET: lark.appSecret,
      LARK_ENCRYPT_KEY: lark.encryptKey,
      LARK_VERIFICATION_TOKEN: lark.verificationToken,
      LARK_DOMAIN: lark.url,
      DATABASE_URL: `file:${join(folder, 'dudao.db')}`,
      HOST: '127.0.0.1',
      PORT: String(port),
      CLOCK_OFFSET_MS: String(aheadMs),
    },
  });
}

/** The platform's clock, which goes with the bot's: it runs, and jumps with each life. */
function jumpingClock() {
  let aheadMs = 0;
  let jumped = Promise.withResolvers<void>();
  const now = () => systemTime.now() + aheadMs;
  return {
    now,
    async until(instant: number) {
      while (now() < instant) await Promise.race([systemTime.until(instant - aheadMs), jumped.promise]);
    },
    jumpTo(ms: number) {
      aheadMs = ms;
      jumped.resolve();
      jumped = Promise.withResolvers();
    },
  };
}

async function kill(): Promise<void> {
  if (!bot || bot.exitCode !== null || bot.signalCode !== null) return;
  const gone = once(bot, 'exit');
  bot.kill('SIGKILL');
  await gone;
}

/** An official in a direct chat, and what the bot has said there. */
function official() {
  const { openId } = lark.control.addPerson({ name: '王芳' });
  const chatId = lark.control.p2p(openId);
  const heard = () => lark.control.messages(chatId).filter(({ from }) => from === 'bot');
  return { chatId, openId, heard, say: (text: string) => lark.control.say(chatId, openId, text) };
}

const hold = (kind: FaultOrder['kind']) => lark.control.fault({ kind, match: SEND });

/** What could still come has had its turn: a later question has its answer. */
async function answersAgain({ heard, say }: ReturnType<typeof official>, before: number): Promise<void> {
  await say('帮助').delivered;
  await lark.control.when(() => heard().length >= before + 1);
}

describe('kill -9', () => {
  test('twice, before Lark stored the send and before it answered: one message each after the restart', async () => {
    await live();
    const wang = official();

    const before = hold('holdBeforeStore');
    await wang.say('帮助').delivered;
    await before.reached;
    await kill();
    before.release();
    expect(wang.heard()).toEqual([]);
    await live();
    const back = clock.now();
    await lark.control.when(() => wang.heard().length === 1);
    // Not when the dead one's lease runs out.
    expect((wang.heard()[0]?.createdAt ?? 0) - back).toBeLessThan(LEASE_MS / 2);

    const after = hold('holdAfterStore');
    await wang.say('帮助').delivered;
    await after.reached;
    expect(wang.heard()).toHaveLength(2);
    await kill();
    after.release();
    const sends = () => lark.control.wire().filter(({ kind, path }) => kind === 'call' && SEND.path.test(path)).length;
    const sentBefore = sends();
    await live();
    // The bot cannot know that it was stored, so it asks again under the same uuid.
    await lark.control.when(() => sends() > sentBefore);
    await answersAgain(wang, 2);
    expect(wang.heard()).toHaveLength(3);
  });

  test('right after an event was acknowledged: its answer comes with the next life', async () => {
    await live();
    const wang = official();
    // The token is asked for before the first send: nothing has left.
    const token = lark.control.fault({ kind: 'hang', match: { path: /tenant_access_token/ }, times: 9 });
    const report = await wang.say('帮助').delivered;
    expect(report).toMatchObject({ accepted: true });
    await kill();
    token.release();
    expect(wang.heard()).toEqual([]);
    await live();
    await lark.control.when(() => wang.heard().length === 1);
    await answersAgain(wang, 1);
    expect(wang.heard()).toHaveLength(2);
  });

  test('before an event was acknowledged: Lark pushes it again, and it is answered once', async () => {
    await live();
    const wang = official();
    await kill();
    const { eventId = '', delivered } = wang.say('帮助');
    await lark.control.when(() => lark.control.wire().some((entry) => entry.eventId === eventId));
    expect(wang.heard()).toEqual([]);
    // The clock jumps past the pause of 15 s after which Lark comes again.
    await live(20_000);
    expect(await delivered).toMatchObject({ accepted: true, attempts: [{ status: 0 }, { status: 200 }] });
    await lark.control.when(() => wang.heard().length === 1);
    await lark.control.redeliver(eventId, 5);
    await answersAgain(wang, 1);
    expect(wang.heard()).toHaveLength(2);
  });
});

test('a process that is started while another one dies on the same file answers what that one had under way', async () => {
  await live();
  const wang = official();
  const before = hold('holdBeforeStore');
  await wang.say('帮助').delivered;
  await before.reached;
  const [first, second] = [bot, spawnBot(await freePort())];
  const up = listening(second);
  bot = second;
  first?.kill('SIGKILL');
  before.release();
  expect(await up).toMatch(/^http/);
  await lark.control.when(() => wang.heard().length === 1);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address !== 'object') throw new Error('no port');
  return address.port;
}
