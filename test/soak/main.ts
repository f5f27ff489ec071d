import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmulator } from '../../src/emulator/server.ts';
import { systemTime } from '../../src/homes/system-time.ts';
import { startPostgres } from '../support/postgres.ts';
import { postgresRows, sqliteRows } from '../support/side-door.ts';
import { Bot, openDoor } from './fleet.ts';
import { apiOf, breaches, type SaidLine } from './record.ts';
import { troublesOf } from './troubles.ts';

// npm run soak: officials work while processes die and Lark fails; then every line is looked at again. Seeds repeat the order of troubles.

const { values } = parseArgs({
  options: {
    home: { type: 'string', default: 'sqlite' },
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    officials: { type: 'string', default: '12' },
  },
});
const seed = Number(values.seed);
const isPostgres = values.home === 'postgres';

/** mulberry32: the same troubles for the same seed. */
function draws(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pause = (ms: number): Promise<void> => systemTime.until(systemTime.now() + ms);
const draw = draws(seed);
const folder = mkdtempSync(join(tmpdir(), 'dudao-soak-'));
const postgres = isPostgres ? await startPostgres() : undefined;
const databaseUrl = (await postgres?.url('soak')) ?? `file:${join(folder, 'dudao.db')}`;
const lark = await startEmulator({ time: systemTime });
const officials = Array.from({ length: Number(values.officials) }, (_, at) => {
  const { openId } = lark.control.addPerson({ name: `干部${at + 1}` });
  // Answers in a group name the message that they answer.
  const chatId = lark.control.addGroup({ name: `工作群${at + 1}`, members: [openId] }).chatId;
  return { openId, chatId };
});
const env = {
  LARK_APP_ID: lark.appId,
  LARK_APP_SECRET: lark.appSecret,
  LARK_ENCRYPT_KEY: lark.encryptKey,
  LARK_VERIFICATION_TOKEN: lark.verificationToken,
  LARK_DOMAIN: lark.url,
  DATABASE_URL: databaseUrl,
  ADMIN_OPEN_IDS: officials.map(({ openId }) => openId).join(','),
};
const bots = Array.from({ length: isPostgres ? 2 : 1 }, () => new Bot(env));
for (const bot of bots) await bot.live();
const door = await openDoor(bots, draw);
lark.control.pushEventsTo(`${door.url}/lark/events`);
const side = isPostgres ? postgresRows(databaseUrl) : sqliteRows(join(folder, 'dudao.db'));
const unsent = async () => {
  const [rows = []] = await side.rows("SELECT state, count(*) AS n FROM outbox WHERE state <> 'sent' GROUP BY state");
  return rows.map(({ state, n }) => ({ state: String(state), count: Number(n) }));
};

// What they say

const said: SaidLine[] = [];
const rebirths: { readonly at: number; readonly owed: readonly string[] }[] = [];
const QUESTIONS = ['帮助', '任务', '截止', '日程', '我的', '状态'];
let isOver = false;

function nextLine(author: number): { readonly text: string; readonly title?: string } {
  if (draw() < 0.5) {
    const title = `事项${author}之${said.length}完`;
    return { text: `任务 新增 ${title} 牵头 市教育局 截止 20个工作日内`, title };
  }
  // One task, seen in all chats and changed all the time: its cards are a flood of updates.
  if (draw() < 0.1) return { text: `任务 目标 T1 ${said.length + 1} 所` };
  if (draw() < 0.3) return { text: '任务 T1' };
  return { text: QUESTIONS[Math.floor(draw() * QUESTIONS.length)] ?? '帮助' };
}

async function work({ openId, chatId }: (typeof officials)[number], author: number): Promise<void> {
  while (!isOver) {
    const line = nextLine(author);
    const { messageId, eventId, delivered } = lark.control.say(chatId, openId, line.text, { mentionBot: true });
    const kept: SaidLine = { messageId, eventId, chatId, ...line };
    said.push(kept);
    const { accepted } = await delivered;
    if (accepted) kept.acknowledgedAt = systemTime.now();
    await pause(300 + draw() * 1200);
  }
}

const answered = () =>
  new Set(officials.flatMap(({ chatId }) => lark.control.messages(chatId).map(({ parentId }) => parentId)));
const met = new Map<string, number>();
const mostWaiting = { count: 0 };
const troubles = troublesOf(lark, bots, draw, () => {
  const done = answered();
  const owed = said
    .filter(({ messageId, acknowledgedAt }) => acknowledgedAt !== undefined && !done.has(messageId))
    .map(({ messageId }) => messageId);
  return () => rebirths.push({ at: systemTime.now(), owed });
});

async function trouble(): Promise<void> {
  while (!isOver) {
    await pause(1500 + draw() * 2500);
    const next = troubles[Math.floor(draw() * troubles.length)];
    if (isOver || !next) return;
    await next.make();
    met.set(next.name, (met.get(next.name) ?? 0) + 1);
    mostWaiting.count = Math.max(mostWaiting.count, ...(await unsent()).map(({ count }) => count));
  }
}

// The office's table, in a direct chat; then a group for each of them.

const { openId = '' } = officials[0] ?? {};
const office = lark.control.p2p(openId);
const table = '云溪市单位通讯录\n序号,单位名称,类别,联络员,手机\n1,市教育局,成员单位,周丙,13900000001\n';
lark.control.say(office, openId, '', { file: { name: '单位通讯录.csv', bytes: new TextEncoder().encode(table) } });
const shown = (chatId: string, words: string) =>
  lark.control.messages(chatId).find(({ from, text }) => from === 'bot' && text.includes(words));
await lark.control.when(() => shown(office, '确认导入') !== undefined);
await lark.control.press(shown(office, '确认导入')?.messageId ?? '', openId, { buttonText: '确认导入' });
await lark.control.when(() => shown(office, '导入成功') !== undefined);
// Whatever the hour at which this runs.
lark.control.say(office, openId, '设置 免打扰 关闭');
await lark.control.when(() => shown(office, '关闭') !== undefined);
for (const { openId: by, chatId } of officials) {
  await lark.control.addBot(chatId, { by });
  lark.control.say(chatId, by, '绑定 市教育局', { mentionBot: true });
}
await lark.control.when(() =>
  officials.every(({ chatId }) => lark.control.messages(chatId).some(({ text }) => text.includes('已绑定'))),
);

const startedAt = systemTime.now();
const rounds = [...officials.map(work), trouble()];
await pause(Number(values.minutes) * 60_000);
isOver = true;
lark.control.faults().forEach((fault) => void fault.release());
await Promise.all(rounds);
for (const bot of bots) if (!bot.isAlive) await bot.live();

const QUIET_MS = 120_000;
const giveUpAt = systemTime.now() + QUIET_MS;
while ((await unsent()).some(({ state }) => state === 'waiting' || state === 'sending') && systemTime.now() < giveUpAt)
  await pause(250);

// What became of it

const answers = officials.flatMap(({ chatId: where }) =>
  lark.control.messages(where).filter(({ from }) => from === 'bot'),
);
const [tasks = [], repeated = []] = await side.rows(
  'SELECT title, count(*) AS n FROM task GROUP BY title',
  "SELECT key FROM outbox WHERE key LIKE 'reply:%' AND attempts > 1",
);
const found = breaches({
  said,
  answers,
  wire: lark.control.wire(),
  titles: new Map(tasks.map(({ title, n }) => [String(title), Number(n)])),
  putOff: new Set(repeated.map(({ key }) => String(key).slice('reply:'.length))),
  unsent: await unsent(),
});
const recoveries = rebirths
  .flatMap(({ at, owed }) =>
    owed.map((id) => Math.max(0, (answers.find(({ parentId }) => parentId === id)?.createdAt ?? giveUpAt) - at)),
  )
  .toSorted((a, b) => a - b);
const share = (part: number) => recoveries[Math.min(recoveries.length - 1, Math.floor(recoveries.length * part))] ?? 0;
const calls = lark.control.wire().filter((entry) => entry.kind === 'call' && apiOf(entry) !== undefined);
const kills = [...met].filter(([name]) => name.includes('kill')).reduce((sum, [, times]) => sum + times, 0);
const report = {
  home: values.home,
  bots: bots.length,
  seed,
  minutes: values.minutes,
  lines: said.length,
  acknowledged: said.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length,
  calls: calls.length,
  refusedByLark: calls.filter(({ status }) => status === 429).length,
  met: Object.fromEntries(met),
  mostWaiting: mostWaiting.count,
  owedAtDeaths: recoveries.length,
  recoveryMs: { p50: share(0.5), p99: share(0.99), most: recoveries.at(-1) ?? 0 },
  seconds: Math.round((systemTime.now() - startedAt) / 1000),
};
process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
// A run in which nothing went wrong proves nothing.
const empty = [
  kills === 0 && 'no process was killed',
  mostWaiting.count === 0 && 'no message ever waited',
  recoveries.length === 0 && 'no process died owing an answer',
].filter((sentence) => sentence !== false);
for (const sentence of [...found, ...empty]) process.stdout.write(`RED ${sentence}\n`);

for (const bot of bots) await bot.kill();
door.close();
await side.close();
await lark.close();
await postgres?.stop();
rmSync(folder, { recursive: true });
process.exitCode = found.length + empty.length > 0 ? 1 : 0;
