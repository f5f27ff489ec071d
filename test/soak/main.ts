import { parseArgs } from 'node:util';
import { systemTime } from '../../src/homes/system-time.ts';
import { keptForEver } from './forgotten.ts';
import { type Bad, pushBreaches } from './pushes.ts';
import { apiOf, breaches, type SaidLine, takenOver } from './record.ts';
import { type Official, openScene, prepare } from './scene.ts';
import { type Frozen, troublesOf } from './troubles.ts';

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
const scene = await openScene(isPostgres, Number(values.officials), draw);
const { lark, bots, officials, sent } = scene;
const unsent = async () => {
  const [rows = []] = await scene.rows("SELECT state, count(*) AS n FROM outbox WHERE state <> 'sent' GROUP BY state");
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

async function work({ openId, chatId }: Official, author: number): Promise<void> {
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
const frozen: Frozen[] = [];
const bad: Bad[] = [];
const died = () => {
  const done = answered();
  const owed = said
    .filter(({ messageId, acknowledgedAt }) => acknowledgedAt !== undefined && !done.has(messageId))
    .map(({ messageId }) => messageId);
  return () => rebirths.push({ at: systemTime.now(), owed });
};
const troubles = troublesOf({ lark, bots, draw, died, frozen });

async function trouble(): Promise<void> {
  while (!isOver) {
    await pause(1500 + draw() * 2500);
    const next = troubles[Math.floor(draw() * troubles.length)];
    if (isOver || !next) return;
    const from = systemTime.now();
    await next.make();
    bad.push({ from, to: systemTime.now() });
    met.set(next.name, (met.get(next.name) ?? 0) + 1);
    mostWaiting.count = Math.max(mostWaiting.count, ...(await unsent()).map(({ count }) => count));
  }
}

const ordered = await prepare(scene, Number(values.minutes));

const startedAt = systemTime.now();
const rounds = [...officials.map(work), trouble()];
await pause(Number(values.minutes) * 60_000);
isOver = true;
lark.control.faults().forEach((fault) => void fault.release());
await Promise.all(rounds);
for (const bot of bots) if (!bot.isAlive) await bot.live();

const endedAt = systemTime.now();
const QUIET_MS = 120_000;
const giveUpAt = systemTime.now() + QUIET_MS;
while ((await unsent()).some(({ state }) => state === 'waiting' || state === 'sending') && systemTime.now() < giveUpAt)
  await pause(250);

// What became of it

const answers = officials.flatMap(({ chatId: where }) =>
  lark.control.messages(where).filter(({ from }) => from === 'bot'),
);
const [tasks = [], repeated = [], pushed = []] = await scene.rows(
  'SELECT title, count(*) AS n FROM task GROUP BY title',
  "SELECT key FROM outbox WHERE key LIKE 'reply:%' AND attempts > 1",
  `SELECT n.chat_id, n.nominal_at, n.outcome, o.message_id FROM notification AS n
    LEFT JOIN outbox AS o ON o.key = 'push:' || n.chat_id || ':' || n.nominal_at`,
);
const arrivals = new Map(answers.map(({ messageId, createdAt }) => [messageId, createdAt]));
const pushes = pushBreaches(
  ordered,
  pushed.map((row) => ({
    chatId: String(row['chat_id']),
    nominalAt: Number(row['nominal_at']),
    outcome: String(row['outcome']),
    arrivedAt: arrivals.get(String(row['message_id'])),
  })),
  bad,
  endedAt,
);
const linesFound = breaches({
  said,
  answers,
  wire: lark.control.wire(),
  titles: new Map(tasks.map(({ title, n }) => [String(title), Number(n)])),
  putOff: new Set(repeated.map(({ key }) => String(key).slice('reply:'.length))),
  unsent: await unsent(),
  sent,
  frozen,
});
for (const bot of bots) await bot.kill();
const passing = await keptForEver(scene.databaseUrl, systemTime.now(), async (table) => {
  const [rows = []] = await scene.rows(`SELECT count(*) AS n FROM ${table}`);
  return Number(rows[0]?.['n']);
});
const found = [...linesFound, ...pushes.late, ...passing.kept];
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
  takenOverFromFrozen: takenOver(sent, frozen),
  pushes: pushes.counted,
  pushMostLateMs: pushes.mostLateMs,
  purgedRows: passing.before,
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
  pushes.counted === 0 && 'no push was due',
  frozen.length === 0 && 'no process was frozen',
  isPostgres && report.takenOverFromFrozen === 0 && 'no lease ran out',
].filter((sentence) => sentence !== false);
for (const sentence of [...found, ...empty]) process.stdout.write(`RED ${sentence}\n`);

await scene.close();
process.exitCode = found.length + empty.length > 0 ? 1 : 0;
