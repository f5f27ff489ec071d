import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../../src/emulator/server.ts';
import { readConfig } from '../../src/homes/config.ts';
import { demoClock, everyMinuteOf } from '../../src/homes/demo-clock.ts';
import { settle } from '../../src/homes/demo-district.ts';
import { mondayMorning, STORY_BEGINS } from '../../src/homes/demo-story.ts';
import { talkIn } from '../../src/homes/demo-talk.ts';
import { start } from '../../src/homes/node.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const nothingOnScreen = { heading: () => {}, lines: () => {} };

/** A demonstration that goes on. */
export interface Demonstration {
  readonly url: string;
  readonly stage: Parameters<typeof mondayMorning>[0];
  /** Of its SQLite database. */
  readonly file: string;
  close(): Promise<void>;
}

/** The demonstration after its Monday morning, 云溪市 and the whole bot, for whoever looks at it in a browser. */
export async function demonstration(): Promise<Demonstration> {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-demonstration-'));
  const file = join(folder, 'dudao.db');
  const clock = demoClock(STORY_BEGINS);
  const emulator = await startEmulator({ time: clock });
  const config = readConfig({
    LARK_APP_ID: emulator.appId,
    LARK_APP_SECRET: emulator.appSecret,
    LARK_ENCRYPT_KEY: emulator.encryptKey,
    LARK_VERIFICATION_TOKEN: emulator.verificationToken,
    LARK_DOMAIN: emulator.url,
    DATABASE_URL: `file:${file}`,
    HOST: '127.0.0.1',
    PORT: '0',
  });
  const bot = await start({ config, time: clock, heartbeat: everyMinuteOf(clock), log: silent });
  emulator.control.pushEventsTo(`${bot.url}/lark/events`);
  const stopClock = clock.run();
  const [district, talk] = [settle(emulator), talkIn(emulator)];
  const stage = { emulator, bot, clock, district, talk, screen: nothingOnScreen };
  await mondayMorning(stage);
  return {
    url: emulator.url,
    stage,
    file,
    async close() {
      await bot.close();
      await emulator.close();
      stopClock();
      rmSync(folder, { recursive: true });
    },
  };
}
