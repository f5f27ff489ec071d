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
import { mondayMorning, restOfWeek, STORY_BEGINS } from './demo-story.ts';
import { talkIn } from './demo-talk.ts';
import { atReadingSpeed } from './demo-tour.ts';
import { start } from './node.ts';

interface Options {
  /** Ends after the story. */
  readonly once: boolean;
  /** Waits until the page is open, then plays the story at the speed of reading. */
  readonly tour: boolean;
}

/** npm run demo: the emulator and the whole bot in one process, a sample district, one Monday morning. No account, nothing is left behind. */
async function demo({ once, tour }: Options): Promise<void> {
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
  emulator.showOutbox(async () => {
    const { waitingMessages, sendingMessages, keptMessages, lastSentAt } = await bot.core.store.figures(undefined);
    return { waiting: waitingMessages, sending: sendingMessages, kept: keptMessages, lastSentAt };
  });
  const stopClock = clock.run();
  try {
    const district = settle(emulator);
    const screen = showMessages(emulator, (text) => process.stdout.write(text));
    const talk = talkIn(emulator);
    const address = tour ? `${emulator.url}/?follow` : emulator.url;
    screen.lines(['', `用浏览器看：${address}`]);
    const fast = { talk, clock, screen };
    if (tour) await emulator.captions.watched;
    const stage = { emulator, bot, district, ...(tour ? atReadingSpeed(fast, emulator.captions) : fast) };
    await mondayMorning(stage);
    if (tour) await restOfWeek(stage);
    emulator.captions.say('');
    if (once) return;
    screen.lines(['', `接着用浏览器试：${emulator.url}`]);
    if (process.stdin.isTTY) await prompt({ emulator, clock, district, talk, screen });
    // Without a terminal the page is all there is; a signal ends it.
    else await new Promise(() => {});
  } finally {
    await bot.close();
    await emulator.close();
    stopClock();
  }
}

const { values } = parseArgs({
  options: { once: { type: 'boolean', default: false }, tour: { type: 'boolean', default: false } },
});
await demo(values);
