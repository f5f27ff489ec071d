import { systemTime } from '../src/homes/system-time.ts';
import { underCopies } from './copies.ts';
import { rootPages } from './root-pages.ts';
import { serve } from './serving.ts';

// npm run bench: ratios measured in one run. No test asserts them; a run beside other work says little.

const CHATS = 60;
const LINES = 300;
const BURST_MS = 3_000;
const LARK_A_SECOND = 50;
const ROUNDS = 9;
const A_ROUND = 100;

const pause = (ms: number): Promise<void> => systemTime.until(systemTime.now() + ms);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** 300 questions in 60 direct chats within 3 s: how fast they are answered, as a share of what Lark lets through. */
async function burst(): Promise<number> {
  const people: string[] = [];
  const { lark, close } = await serve('bot', ({ control }) => {
    for (let at = 0; at < CHATS; at += 1) people.push(control.addPerson({ name: `干部${at}` }).openId);
    return people;
  });
  const chats = people.map((openId) => ({ openId, chatId: lark.control.p2p(openId) }));
  let answers = 0;
  lark.control.onMessage(({ from }, change) => {
    if (from === 'bot' && change === 'created') answers += 1;
  });
  const [first] = chats;
  if (first) await lark.control.say(first.chatId, first.openId, '帮助').delivered;
  await lark.control.when(() => answers === 1);
  const began = systemTime.now();
  for (let at = 0; at < LINES; at += 1) {
    const chat = chats[at % CHATS];
    if (chat) lark.control.say(chat.chatId, chat.openId, '帮助');
    await pause(Math.max(0, began + (at * BURST_MS) / LINES - systemTime.now()));
  }
  await lark.control.when(() => answers > LINES);
  const seconds = (systemTime.now() - began) / 1000;
  await close();
  return LINES / seconds / LARK_A_SECOND;
}

/** CPU of a whole command, verified, decided, kept with FULL and answered, ÷ that of the floor. */
async function commandOverFloor(): Promise<number> {
  const cost = async (what: 'bot' | 'floor'): Promise<number> => {
    let openId = '';
    const { lark, cpuMs, close } = await serve(what, ({ control }) => {
      openId = control.addPerson({ name: '干部' }).openId;
      return [openId];
    });
    const chatId = lark.control.p2p(openId);
    const rounds: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const before = cpuMs();
      for (let at = 0; at < A_ROUND; at += 1) await lark.control.say(chatId, openId, '任务').delivered;
      // The first one warms up.
      if (round > 0) rounds.push((cpuMs() - before) / A_ROUND);
    }
    await close();
    return median(rounds);
  };
  return (await cost('bot')) / (await cost('floor'));
}

const rows: (readonly [string, string, string])[] = [];
const row = (name: string, value: string, goal: string): void => {
  rows.push([name, value, goal]);
};
row('burst: 300 answers ÷ Lark’s 50 a second', `${Math.round((await burst()) * 100)} %`, '≥ 90 %');
row('a command: CPU ÷ floor', `${(await commandOverFloor()).toFixed(1)} ×`, '≤ 10 ×');
for (const [page, ratio] of await rootPages())
  row(`${page}: the province ÷ a county`, `${ratio.toFixed(1)} ×`, '≤ 3 ×');
const { rest, busy, updated } = await underCopies();
row(`a reply while ${updated} cards are updated ÷ at rest`, `${busy.reply} ÷ ${rest.reply} ms`, 'as at rest');
row('a message to a group meanwhile ÷ at rest', `${busy.push} ÷ ${rest.push} ms`, 'as at rest');
process.stdout.write('| measured | is | goal |\n|---|---|---|\n');
for (const [name, value, goal] of rows) process.stdout.write(`| ${name} | ${value} | ${goal} |\n`);
