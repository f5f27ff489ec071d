import { describe, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import type { Core } from '../../src/app/core.ts';
import { deliverer } from '../../src/app/deliver.ts';
import { receive } from '../../src/app/receive.ts';
import type { MigratingDatabase } from '../../src/db/database.ts';
import type { Change } from '../../src/ports/changes.ts';
import { person } from '../db/district.ts';
import { sqliteD1 } from '../support/sqlite-d1.ts';
import { openPostOffice, type PostOffice, reply, START } from './post-office.ts';

const SECOND = 1_000;
const ADMINISTRATOR = 'ou_admin';

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

/** A province: a bureau with its group, and schools, each with a group of its own; and more that have none. */
const province = (schools: number, more: number): readonly Change[] => {
  const all = numbers(0, schools);
  const bound = (chatId: string, unitId: string): Change[] => [
    { kind: 'group.joined', chatId, name: `${unitId}群` },
    { kind: 'group.bound', chatId, unitId, seen: 1 },
  ];
  return [
    {
      kind: 'units.put',
      rows: [
        { id: 'root', name: '海州市教育局', kind: '教育局', parentId: undefined, names: ['海州市教育局'] },
        ...numbers(0, schools + more).map((i) => ({
          id: `u${i}`,
          name: `第${i}小学`,
          kind: '小学',
          parentId: 'root',
          names: [`第${i}小学`],
        })),
      ],
    },
    { kind: 'people.put', rows: [person('p', 'root', '吕壬')] },
    { kind: 'person.linked', personId: 'p', openId: ADMINISTRATOR, by: 'administrator', seen: 1 },
    ...bound('oc_root', 'root'),
    ...all.flatMap((i) => bound(`oc_${i}`, `u${i}`)),
  ];
};

/** Who speaks for the schools that have no group. */
const liaisons = (schools: number, more: number): readonly Change[] => {
  const all = numbers(schools, more);
  return [
    { kind: 'people.put', rows: all.map((i) => person(`p${i}`, `u${i}`, `人${i}`)) },
    ...all.flatMap((i): Change[] => [
      { kind: 'person.linked', personId: `p${i}`, openId: `ou_${i}`, by: 'administrator', seen: 1 },
      { kind: 'role.granted', openId: `ou_${i}`, role: 'liaison', unitId: `u${i}`, by: 'test', at: START },
    ]),
  ];
};

const line = (text: string, eventId: string) =>
  ({
    kind: 'message',
    eventId,
    at: START,
    chatId: 'oc_root',
    chatType: 'group',
    messageId: `om_${eventId}`,
    sender: { openId: ADMINISTRATOR },
    text,
    mentionsBot: true,
    mentions: [],
    messageType: 'text',
    readable: true,
  }) as const;

async function openProvince(schools: number, people = 0, database?: MigratingDatabase): Promise<PostOffice> {
  const office = await openPostOffice(50, START, database);
  const changes = [...province(schools, people), ...liaisons(schools, people)];
  await office.database.store.commit({ changes, messages: [], audit: [] });
  return { ...office, core: { ...office.core, commands: registry, adminOpenIds: new Set([ADMINISTRATOR]) } };
}

const TASK = '任务 新增 报送安全台账 牵头 各学校 截止 6月15日';
const NOTICE = '通知 确认 全部群：明天停课';

describe('a task for 3,000 schools', () => {
  test('is answered at once, with how many are told; all of them are on their way in seconds, and other answers in between', async () => {
    const office = await openProvince(3_000);
    await receive(office.core, line(TASK, 'e1'));
    expect((await office.database.store.figures(undefined)).waitingMessages).toBe(3_001);
    await office.time.advanceBy(300);
    expect(office.calls[0]?.content).toContain('已告知 3000 个群：');
    expect(office.calls[0]?.content).toMatch(/u\d+群 等。/);
    for (let i = 0; i < 5; i += 1) {
      await office.put({ ...reply(`in between ${i}`, `oc_x${i}`, office.time.now()), replyTo: 'om_q' });
      office.delivery.wake();
      await office.time.advanceBy(300);
      expect(office.calls.map(({ key }) => key)).toContain(`in between ${i}`);
    }
    await office.time.advanceBy(SECOND);
    const last = await office.database.outbox.card('notice:e1:2999');
    expect(last).toMatchObject({ state: 'coming', query: '任务 T1' });
    const told = office.calls.filter(({ content }) => content.includes('新任务')).map(({ chatId }) => chatId);
    const waiting = (await office.database.store.waitingMessages({ subject: 'task:1' })).map(({ chatId }) => chatId);
    expect(told.length).toBeGreaterThan(20);
    expect(new Set([...told, ...waiting]).size).toBe(3_000);
  });
});

describe('on D1, which counts statements', () => {
  test('what is said to 600 is a unit of twenty and a turn of a quarter of what a Worker may ask', async () => {
    const charged: number[] = [];
    const office = await openProvince(300, 300, sqliteD1(charged));
    const lines = [
      line(TASK, 'e1'),
      line('任务 改期 T1 6月20日 原因 台风', 'e2'),
      { ...line(NOTICE, 'e3'), chatId: ADMINISTRATOR, chatType: 'p2p' as const },
    ];
    for (const one of lines) {
      charged.length = 0;
      await receive({ ...office.core, wake: () => {} }, one);
      expect(Math.max(...charged), one.text).toBeLessThanOrEqual(20);
      expect(
        charged.reduce((sum, count) => sum + count, 0),
        one.text,
      ).toBeLessThanOrEqual(250);
    }
    // The answer of the task is a card of it, too.
    const [answers, updates] = [3, 1];
    expect((await office.database.store.figures(undefined)).waitingMessages).toBe(answers + updates + 600 + 600 + 301);
  });
});

test('a question back names as many as anybody reads, and says how many there are', async () => {
  const office = await openProvince(200);
  await receive(office.core, { ...line('通知 全部群：明天停课', 'e1'), chatId: ADMINISTRATOR, chatType: 'p2p' });
  await office.time.advanceBy(SECOND);
  expect(office.calls).toHaveLength(1);
  expect(office.calls[0]?.content).toMatch(/将发到 201 个群：(?:[^、]+群、){79}[^、]+群 等 201 个。/);
});

describe('200 groups', () => {
  test('are told of a notice once each, though the process is killed in the middle of telling them', async () => {
    const office = await openProvince(200);
    const dead = deliverer(dyingCore(office, 3));
    await receive(
      { ...office.core, wake: dead.wake },
      { ...line(NOTICE, 'e1'), chatId: ADMINISTRATOR, chatType: 'p2p' },
    );
    await office.time.advanceBy(5 * SECOND);
    expect(await office.database.outbox.card('notice:e1:100')).toBeDefined();
    expect(await office.database.outbox.card('notice:e1:199')).toBeUndefined();
    deliverer(office.core).wake();
    await office.time.advanceBy(40 * SECOND);
    const byChat = Map.groupBy(office.calls, ({ chatId }) => chatId);
    expect([...byChat.keys()].filter((chatId) => chatId.startsWith('oc_'))).toHaveLength(201);
    for (const [chatId, own] of byChat) expect([...new Set(own.map(({ key }) => key))], chatId).toHaveLength(1);
    expect((await office.database.store.figures(undefined)).waitingMessages).toBe(0);
  });
});

test('whom the answer names, groups and people, is who is told in the end, once each, though the process is killed in between', async () => {
  const office = await openProvince(39, 39);
  await receive({ ...office.core, wake: deliverer(dyingCore(office, 1)).wake }, line(TASK, 'e1'));
  await office.time.advanceBy(5 * SECOND);
  expect(await office.database.outbox.card('notice:e1:49')).toBeDefined();
  expect(await office.database.outbox.card('notice:e1:50')).toBeUndefined();
  deliverer(office.core).wake();
  await office.time.advanceBy(40 * SECOND);
  const answerCall = office.calls.find(({ content }) => content.includes('已告知'));
  const [answer = '', named = ''] = /已告知 39 个群、39 人：([^。]*)。/.exec(answerCall?.content ?? '') ?? [];
  expect(answer).not.toBe('');
  const places = named
    .split('、')
    .map((name) => name.replace(/^u(\d+)群$/, 'oc_$1').replace(/^人(\d+)（.*）$/, 'ou_$1'));
  const told = office.calls.filter(({ content }) => content.includes('新任务'));
  const byKey = new Map(told.map(({ key, chatId }) => [key, chatId]));
  expect([...byKey.values()].toSorted()).toEqual(places.toSorted());
});

/** After so many looks nothing that it asks is ever answered again. */
function dyingCore(office: PostOffice, looks: number): Core {
  const { outbox } = office.core;
  const never = new Promise<never>(() => {});
  let left = looks;
  const whileAlive =
    <Given extends readonly unknown[], Answer>(ask: (...given: Given) => Promise<Answer>) =>
    (...given: Given): Promise<Answer> =>
      left > 0 ? ask(...given) : never;
  return {
    ...office.core,
    outbox: {
      ...outbox,
      begin: whileAlive(outbox.begin),
      sent: whileAlive(outbox.sent),
      renew: whileAlive(outbox.renew),
      take: async (...asked) => {
        const taken = await whileAlive(outbox.take)(...asked);
        left -= 1;
        return left > 0 ? taken : never;
      },
    },
  };
}
