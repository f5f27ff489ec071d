import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Database } from '../src/db/database.ts';
import { openSqlite } from '../src/db/sqlite.ts';
import { type Emulator, startEmulator } from '../src/emulator/server.ts';
import { systemTime } from '../src/homes/system-time.ts';

const HERE = new URL('./', import.meta.url);
const BOT = fileURLToPath(new URL('../test/support/bot-process.ts', HERE));
const FLOOR = fileURLToPath(new URL('./floor.ts', HERE));
const TICKS_A_SECOND = 100;

interface Serving {
  readonly lark: Emulator;
  /** Milliseconds of work that the process has done. Linux only: elsewhere NaN. */
  cpuMs(): number;
  close(): Promise<void>;
}

/** Lark, and the bot or the floor behind it as a process of its own, over a database that `fill` has filled. */
export async function serve(
  what: 'bot' | 'floor',
  administrators: (lark: Emulator) => readonly string[],
  fill?: (database: Database) => Promise<void>,
): Promise<Serving> {
  const lark = await startEmulator({ time: systemTime });
  const folder = mkdtempSync(join(tmpdir(), 'dudao-bench-'));
  const adminOpenIds = administrators(lark);
  const file = join(folder, 'dudao.db');
  if (fill) {
    const database = openSqlite(file);
    await database.migrate();
    await fill(database);
    await database.close();
  }
  const child = spawn(process.execPath, [what === 'bot' ? BOT : FLOOR], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      LARK_APP_ID: lark.appId,
      LARK_APP_SECRET: lark.appSecret,
      LARK_ENCRYPT_KEY: lark.encryptKey,
      LARK_VERIFICATION_TOKEN: lark.verificationToken,
      LARK_DOMAIN: lark.url,
      DATABASE_URL: `file:${file}`,
      ADMIN_OPEN_IDS: adminOpenIds.join(','),
      HOST: '127.0.0.1',
      PORT: '0',
    },
  });
  const [address] = await once(createInterface({ input: child.stdout }), 'line');
  lark.control.pushEventsTo(`${address}/lark/events`);
  return {
    lark,
    cpuMs: () => cpuOf(child),
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      await lark.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function cpuOf({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_A_SECOND;
  } catch {
    return Number.NaN;
  }
}
