import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { startEmulator } from '../emulator/server.ts';
import { readConfig } from './config.ts';
import { demoClock, everyMinuteOf, ZONE } from './demo-clock.ts';
import { settle } from './demo-district.ts';
import { prompt } from './demo-prompt.ts';
import { showMessages } from './demo-screen.ts';
import { mondayMorning, STORY_BEGINS } from './demo-story.ts';
import { talkIn } from './demo-talk.ts';
import { start } from './node.ts';

/** npm run demo: the emulator and the whole bot in one process, a sample district, one Monday morning. No account, nothing is left behind. */
async function demo(once: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-demo-'));
  // However it ends, also by Ctrl-C in the middle of the story.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // npm run demo | head
  process.stdout.once('error', () => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const clock = demoClock(STORY_BEGINS);
  const emulator = await startEmulator({ time: clock });
  const bot = await start({
    config: readConfig({
      LARK_APP_ID: emulator.appId,
      LARK_APP_SECRET: emulator.appSecret,
      LARK_ENCRYPT_KEY: emulator.encryptKey,
      LARK_VERIFICATION_TOKEN: emulator.verificationToken,
      LARK_DOMAIN: emulator.url,
      DATABASE_URL: `file:${join(folder, 'dudao.db')}`,
      HOST: '127.0.0.1',
      PORT: '0',
      TIME_ZONE: ZONE,
    }),
    time: clock,
    heartbeat: everyMinuteOf(clock),
    log: pino({ level: process.env['LOG_LEVEL'] || 'warn' }, pino.destination(2)),
  });
  emulator.control.pushEventsTo(`${bot.url}/lark/events`);
  const stopClock = clock.run();
  try {
    const district = settle(emulator);
    const screen = showMessages(emulator, (text) => process.stdout.write(text));
    const talk = talkIn(emulator);
    await mondayMorning({ emulator, bot, clock, district, talk, screen });
    if (!once && process.stdin.isTTY) await prompt({ emulator, clock, district, talk, screen });
  } finally {
    await bot.close();
    await emulator.close();
    stopClock();
  }
}

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
await demo(values.once);
