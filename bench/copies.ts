import type { Database } from '../src/db/database.ts';
import { systemTime } from '../src/homes/system-time.ts';
import type { Change } from '../src/ports/changes.ts';
import { serve } from './serving.ts';
import { unit } from './unit.ts';

const COPIES = 1_000;
/** Of a chat the newest copies are kept up to date. */
const A_CHAT = 3;
const PROBES = 15;
const BETWEEN_MS = 700;

const pause = (ms: number): Promise<void> => systemTime.until(systemTime.now() + ms);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** A city with a school; the school's group is the second. */
async function fill({ store }: Database, groups: readonly string[]): Promise<void> {
  const rows = [
    unit('root', '云溪市', '市'),
    unit('bureau', '市教育局', '成员单位', 'root'),
    unit('school', '第一小学', '小学', 'bureau'),
  ];
  const bound = groups.flatMap((chatId, at): Change[] => [
    { kind: 'group.joined', chatId, name: `工作群${at}` },
    { kind: 'group.bound', chatId, unitId: at === 1 ? 'school' : 'root', seen: 1 },
  ]);
  const changes: Change[] = [{ kind: 'units.put', rows }, ...bound];
  if ((await store.commit({ changes, messages: [], audit: [] })) !== 'done') throw new Error('not kept');
}

interface Delays {
  /** Milliseconds, median. */
  readonly reply: number;
  readonly push: number;
}

/** How long a reply and a message to a group take, at rest and while the 1,000 copies of a task's card are brought up to date. */
export async function underCopies(): Promise<{
  readonly rest: Delays;
  readonly busy: Delays;
  readonly updated: number;
}> {
  const groups: string[] = [];
  let office = '';
  const { lark, close } = await serve(
    'bot',
    ({ control }) => {
      office = control.addPerson({ name: '办公室' }).openId;
      for (let at = 0; at <= COPIES / A_CHAT + 1; at += 1)
        groups.push(control.addGroup({ name: `工作群${at}`, members: [office] }).chatId);
      return [office];
    },
    (database) => fill(database, groups),
  );
  const { control } = lark;
  for (const chatId of groups) void control.addBot(chatId, { by: office });
  let [created, updated] = [0, 0];
  control.onMessage(({ from }, change) => {
    if (from !== 'bot') return;
    if (change === 'created') created += 1;
    if (change === 'updated') updated += 1;
  });
  const [desk = '', school = ''] = groups;
  const from = (chatId: string, words: string) =>
    control.messages(chatId).filter((message) => message.from === 'bot' && message.text.includes(words));
  const order = (chatId: string, line: string) => control.say(chatId, office, line, { mentionBot: true });
  const say = async (line: string, answer: string) => {
    const before = from(desk, answer).length;
    order(desk, line);
    await control.when(() => from(desk, answer).length > before);
  };
  await control.when(() => created >= groups.length);
  await say('设置 免打扰 关闭', '关闭');
  await say('任务 新增 校园安全自查 牵头 市教育局 截止 20个工作日内', '校园安全自查');
  const before = created;
  let asked = 0;
  for (let turn = 0; turn < A_CHAT; turn += 1)
    for (const chatId of groups.slice(2)) {
      await order(chatId, '任务 T1').delivered;
      asked += 1;
    }
  await control.when(() => created >= before + asked);

  const probe = async (name: string): Promise<Delays> => {
    const [replies, pushes]: [number[], number[]] = [[], []];
    const took = async (into: number[], chatId: string, line: string, answer: string, place: string) => {
      const known = from(place, answer).length;
      const began = systemTime.now();
      order(chatId, line);
      await control.when(() => from(place, answer).length > known);
      into.push(systemTime.now() - began);
    };
    for (let at = 0; at < PROBES; at += 1) {
      const title = `${name}${at}号事`;
      await took(replies, desk, '我的', '', desk);
      await took(pushes, desk, `任务 新增 ${title} 牵头 第一小学 截止 20个工作日内`, title, school);
      await pause(BETWEEN_MS);
    }
    return { reply: median(replies), push: median(pushes) };
  };
  const rest = await probe('静');
  await say('任务 目标 T1 9 所', '9');
  // The first updates leave when the changes of two seconds are gathered.
  await control.when(() => updated > 10);
  const busy = await probe('忙');
  const during = updated;
  await close();
  return { rest, busy, updated: during };
}
