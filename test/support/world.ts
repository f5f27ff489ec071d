import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Core } from '../../src/app/core.ts';
import { date, type Instant, instantAt, type LocalTime } from '../../src/domain/calendar/local-date.ts';
import type { Saying } from '../../src/emulator/control.ts';
import type { MessageView } from '../../src/emulator/message-view.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { readConfig } from '../../src/homes/config.ts';
import { start } from '../../src/homes/node.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Numbered } from '../../src/ports/numbers.ts';
import { importFile } from './import-table.ts';
import { migratedSqlite } from './migrated-sqlite.ts';
import { scratchFolder } from './scratch-folder.ts';
import { postgresRows, type Row, sqliteRows } from './side-door.ts';
import { type VirtualHeartbeat, virtualHeartbeat } from './virtual-heartbeat.ts';
import { patientTurn, type VirtualTime, virtualTime } from './virtual-time.ts';

export type HomeName = 'SQLite' | 'PostgreSQL' | 'Worker';
export const HOMES: readonly HomeName[] = ['SQLite', 'PostgreSQL', 'Worker'];

/** What is due later than this is left to the clock: a retry with a long backoff. */
const SETTLING_MS = 30_000;
/** While a call is under way the clock moves over slots and pauses that are no longer than this. */
const CALL_MS = 2_000;
const MINUTE_MS = 60_000;
const nextMinute = (instant: Instant): Instant => (Math.floor(instant / MINUTE_MS) + 1) * MINUTE_MS;
/** Real milliseconds after which what does not leave, or a beat that does not end, is a fault or waits for the clock; before, it is slow. */
const HUNG_MS = 15_000;
const ZONE = 'Asia/Shanghai';
const FIXTURES = new URL('../fixtures/workbooks/', import.meta.url);

/** The moment at which Shanghai's clocks show this. */
export const shanghai = (day: string, time: LocalTime): Instant => instantAt(date(day), time, ZONE);

/** A running bot, whichever home it has: the same doors for all. */
export interface Bot {
  readonly heart: Pick<VirtualHeartbeat, 'sleep' | 'wake' | 'rest'>;
  /** How many messages have not left, and how many of them are just being sent. */
  unsent(): Promise<{ readonly waiting: number; readonly sending: number }>;
  readonly url: string;
  /** The store and all else that the core works with, from outside the running bot. */
  readonly core: Core;
  readonly claimCode?: string | undefined;
  /** What these statements find in the bot's database, asked past it. */
  rows(...statements: readonly string[]): Promise<readonly (readonly Row[])[]>;
  /** What the bot logged as warning or error. */
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

export interface World {
  readonly home: HomeName;
  readonly lark: Emulator;
  readonly time: VirtualTime;
  readonly bot: Bot;
  /** What a person of the address book is called in the emulator. */
  person(name: string, mobile?: string): string;
  /** A group with these people and the bot in it; greeted. */
  group(name: string, members: readonly string[]): Promise<string>;
  /** Says something and gives what the bot answered in that chat; empty when it kept silent. */
  say(chatId: string, openId: string, text: string, how?: Saying): Promise<readonly MessageView[]>;
  /** The text of the bot's one answer. */
  ask(chatId: string, openId: string, text: string): Promise<string>;
  /** Moves the clock; every minute beats, and what becomes due is delivered on the way. */
  to(instant: Instant): Promise<void>;
  /**
   * Moves the clock over days: it beats in the minutes in which a reminder is due and four times a day, not in those between. For what the
   * reminders send; `to` for all that a beat may do besides.
   */
  leap(instant: Instant): Promise<void>;
  /** Lets deliveries that are due finish, moving the clock over their slots. */
  settle(): Promise<void>;
  /** What the bot sent to a chat since the last call. */
  fresh(chatId: string): readonly MessageView[];
  /** The bot is down until `instant`: no heartbeat; it beats at once when it is back. */
  downUntil(instant: Instant): Promise<void>;
  /** The last number that was given. */
  lastNumber(of: Numbered): Promise<number>;
  /** Imports a table written as .csv text; the file's name is what an official would call it. */
  importTable(file: string, text: string): Promise<void>;
  /** Imports fixture workbooks, in this order. */
  importFixtures(...files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Warnings and errors are kept for the test to look at; nothing is printed. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (fields: Record<string, unknown>, line: string) =>
    lines.push(`${level} ${line} ${JSON.stringify(fields)}`);
  return { lines, debug: () => {}, info: () => {}, warn: keep('warn'), error: keep('error') };
}

/** The emulator and the whole bot on one movable clock. `subject` names the database. */
export async function openWorld(
  home: HomeName,
  at: Instant,
  subject: string,
  env: Readonly<Record<string, string>> = {},
): Promise<World> {
  const time = virtualTime(at);
  const lark = await startEmulator({ time });
  const environment = {
    LARK_APP_ID: lark.appId,
    LARK_APP_SECRET: lark.appSecret,
    LARK_ENCRYPT_KEY: lark.encryptKey,
    LARK_VERIFICATION_TOKEN: lark.verificationToken,
    LARK_DOMAIN: lark.url,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...env,
  };
  const bot = await openBot(home, environment, time, subject);
  lark.control.pushEventsTo(`${bot.url}/lark/events`);
  return doors(home, lark, time, bot);
}

async function openBot(
  home: HomeName,
  environment: Readonly<Record<string, string>>,
  time: VirtualTime,
  subject: string,
): Promise<Bot> {
  // Loaded when asked for: both know what Vitest has started, and a world on SQLite is opened without Vitest too.
  if (home === 'Worker') return (await import('./worker.ts')).startWorker(environment, time);
  const folder = scratchFolder('dudao-world-');
  const url =
    home === 'SQLite'
      ? await migratedSqlite(folder)
      : await (await import('./migrated-postgres.ts')).migratedPostgres(subject);
  const side = home === 'SQLite' ? sqliteRows(join(folder, 'dudao.db')) : postgresRows(url);
  const config = readConfig({ ...environment, DATABASE_URL: url });
  const log = keptLog();
  const heart = virtualHeartbeat(time);
  const running = await start({ config, time, heartbeat: heart.heartbeat, log });
  return {
    ...running,
    heart,
    warnings: log.lines,
    unsent: async () => {
      const { waitingMessages, sendingMessages } = await running.core.store.figures(undefined);
      return { waiting: waitingMessages, sending: sendingMessages };
    },
    rows: side.rows,
    async close() {
      await side.close();
      await running.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Turns of the loop, so that nothing is left behind that would keep a test alive. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let done = false;
  const end = () => {
    done = true;
  };
  work.then(end, end);
  for (const hungAt = performance.now() + ms; !done && performance.now() < hungAt; ) await patientTurn();
}

function doors(home: HomeName, lark: Emulator, time: VirtualTime, bot: Bot): World {
  const { control } = lark;
  const seen = new Map<string, number>();
  const people = new Map<string, string>();

  /**
   * Not a wait for time: turns of the loop until sockets and disk have answered, the clock moving over sending slots up to `limit`.
   * Resolves to what is still on its way when nothing has left for as long as that.
   */
  const sendAll = async (limitNow: () => Instant): Promise<number> => {
    let hungAt = performance.now() + HUNG_MS;
    for (let before = 0; ; ) {
      const { waiting, sending } = await bot.unsent();
      if (waiting === 0) return 0;
      if (waiting !== before) hungAt = performance.now() + HUNG_MS;
      if (performance.now() > hungAt) return waiting;
      before = waiting;
      const limit = limitNow();
      // A call under way renews its lease now and then, and the last one's timer is still set: no reason for the clock to hurry on.
      let soon = time.now() + CALL_MS;
      if (sending === 0) {
        const due = await bot.core.outbox.nextDue(time.now());
        // Asked again: a message that was taken between the two questions is due at the end of its lease.
        // Nothing due at all: what waits is held by a pause.
        if ((due === undefined || due > limit) && (await bot.unsent()).sending === 0) return 0;
        soon = Math.max(soon, due ?? 0);
      }
      const next = time.nextWaiter();
      if (next !== undefined && next <= Math.min(limit, soon)) await time.advanceTo(next);
      else await (home === 'SQLite' ? turnOfTheLoop() : patientTurn());
    }
  };
  const settle = async () => {
    // From wherever the clock has come to: a long queue into one chat is no retry with a long backoff.
    const left = await sendAll(() => time.now() + SETTLING_MS);
    if (left > 0) throw new Error(`${left} messages do not leave: ${bot.warnings.at(-1)}`);
  };
  const fresh = (chatId: string) => {
    const sent = control.messages(chatId).filter(({ from }) => from === 'bot');
    const from = seen.get(chatId) ?? 0;
    seen.set(chatId, sent.length);
    return sent.slice(from);
  };
  const say = async (chatId: string, openId: string, text: string, how?: Saying) => {
    fresh(chatId);
    const { delivered } = control.say(chatId, openId, text, how);
    await delivered;
    await settle();
    return fresh(chatId);
  };

  const downUntil = async (instant: Instant) => {
    bot.heart.sleep();
    await time.advanceTo(instant);
    bot.heart.wake();
    await time.advanceTo(instant);
    // A beat after a long sleep catches up with weeks: the clock that went on would leave out the next beats.
    await atMost(HUNG_MS, bot.heart.rest());
    await settle();
  };

  return {
    home,
    lark,
    time,
    bot,
    settle,
    fresh,
    say,
    person(name, mobile) {
      const key = `${name} ${mobile ?? ''}`;
      const openId = people.get(key) ?? control.addPerson({ name, mobile }).openId;
      people.set(key, openId);
      return openId;
    },
    async group(name, members) {
      const { chatId } = control.addGroup({ name, members });
      await control.addBot(chatId, { by: members[0] ?? '' });
      await settle();
      return chatId;
    },
    async ask(chatId, openId, text) {
      const answers = await say(chatId, openId, text);
      if (answers.length !== 1 || !answers[0])
        throw new Error(`${answers.length} answers to “${text}” ${bot.warnings.at(-1) ?? ''}`);
      return answers[0].text;
    },
    async to(instant) {
      // Minute by minute: on a busy machine a beat may take longer than the clock waits, and the next ones would be left out.
      while (time.now() < instant) {
        const minute = Math.min(instant, nextMinute(time.now()));
        await time.advanceTo(minute);
        await atMost(HUNG_MS, bot.heart.rest());
        // A database in another process answers when it likes: what a beat made leaves before the clock goes on.
        if (home !== 'SQLite') await sendAll(() => Math.min(instant, nextMinute(minute)));
      }
      await settle();
    },
    downUntil,
    async leap(instant) {
      while (time.now() < instant) {
        const [soonest] = await bot.core.store.dueRules(instant, 1);
        const due = Math.min(...(soonest?.rules ?? []).map(({ fireAt }) => fireAt), time.now() + 360 * MINUTE_MS);
        await downUntil(Math.min(instant, Math.max(nextMinute(due - 1), nextMinute(time.now()))));
      }
    },
    lastNumber: async (of) => (await bot.core.store.numbers.take(of, 0)) - 1,
    importTable: (file, text) => importFile(bot.core, file, text),
    async importFixtures(...files) {
      for (const file of files) await importFile(bot.core, file, readFileSync(new URL(file, FIXTURES)));
    },
    async close() {
      await bot.close();
      await lark.close();
    },
  };
}
