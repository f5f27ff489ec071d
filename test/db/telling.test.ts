import { expect, test } from 'vitest';
import { openD1 } from '../../src/db/d1.ts';
import type { NewMessage } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, message, work } from './district.ts';

const NOW = 1_000_000;
const MANY = 120;
const live = { subjects: ['task:1'], query: '任务 T1' };
const room = { reply: 0, send: 0, patch: 0, upload: 0 };

/** What one change says to so many groups. */
const told = (count: number, more: Partial<NewMessage> = {}): NewMessage[] =>
  Array.from({ length: count }, (_, i) =>
    message(`notice:e:${String(i).padStart(3, '0')}`, {
      uuid: `u${i}`,
      lane: 'push',
      alert: true,
      chatId: `oc_${i}`,
      content: '{"text":"通知"}',
      dueAt: NOW,
      createdAt: NOW,
      live,
      ...more,
    }),
  );

/** The same once more, as another message. */
const again =
  (mark: string) =>
  (one: NewMessage): NewMessage => ({ ...one, key: `${one.key}${mark}`, uuid: `${one.uuid}${mark}` });

onEveryHome('what is told to many', (home) => {
  const look = (now = NOW) => home().outbox.take(now, { taker: 'a', leaseMs: 60_000, room, most: 0 });
  const messages = async () =>
    (await home().rows('SELECT key FROM outbox ORDER BY created_at, place')).map(({ key }) => key);
  const given120 = (more: Partial<NewMessage> = {}) => home().store.commit(work({ messages: told(MANY, more) }));

  test('is written down once, and becomes messages in steps, in the order of the decision', async () => {
    expect(await given120()).toBe('done');
    expect(await messages()).toEqual([]);
    expect(await home().rows('SELECT content FROM telling')).toEqual([{ content: '{"text":"通知"}' }]);
    expect((await home().store.figures(undefined)).waitingMessages).toBe(MANY);
    expect(await home().outbox.nextDue(NOW)).toBe(NOW);
    expect((await look()).next).toBe(NOW);
    expect(await messages()).toEqual(told(50).map(({ key }) => key));
    await look();
    await look();
    expect(await messages()).toEqual(told(MANY).map(({ key }) => key));
    expect(await home().rows("SELECT message_key FROM card_copy WHERE subject = 'task:1'")).toHaveLength(MANY);
    expect(
      await home().rows("SELECT DISTINCT lane, queue, chat_key, content FROM outbox WHERE chat_id = 'oc_7'"),
    ).toEqual([{ lane: 1, queue: 2, chat_key: 'oc_7', content: '{"text":"通知"}' }]);
    await look();
    expect(await messages()).toHaveLength(MANY);
    expect(await given120()).toBe('already');
  });

  test('is told once, however many tell it at the same time', async () => {
    await given120();
    for (let round = 0; round < 4; round += 1) await Promise.all([look(), look(), look()]);
    expect((await messages()).toSorted()).toEqual(told(MANY).map(({ key }) => key));
    expect((await home().store.figures(undefined)).waitingMessages).toBe(MANY);
  });

  test('a few are messages at once, and an answer always is', async () => {
    await home().store.commit(work({ messages: [message('answer', { replyTo: 'om' }), ...told(20)] }));
    expect(await messages()).toHaveLength(21);
    await home().store.commit(
      work({
        messages: [message('next', { replyTo: 'om' }), ...told(21).map(again('b'))],
      }),
    );
    expect(await messages()).toHaveLength(22);
  });

  test('may be withdrawn before it is a message: by what it shows, or by its group', async () => {
    await given120();
    const { waitingMessages } = home().store;
    const [one, ...more] = await waitingMessages({ chatId: 'oc_3' });
    expect([one, more]).toEqual([
      { key: 'notice:e:003', chatId: 'oc_3', dueAt: NOW, group: undefined, openId: 'oc_3', subjects: ['task:1'] },
      [],
    ]);
    const withdraw = (keys: readonly string[]) =>
      given(home(), { kind: 'message.withdrawn', keys, at: NOW, reason: '保密' });
    await withdraw(['notice:e:003']);
    await look();
    expect(await messages()).not.toContain('notice:e:003');
    await withdraw((await waitingMessages({ subject: 'task:1' })).map(({ key }) => key));
    await look();
    expect(await waitingMessages({ subject: 'task:1' })).toEqual([]);
    expect(await home().rows("SELECT key FROM outbox WHERE state = 'waiting'")).toEqual([]);
  });

  test('a group that was bound to another unit meanwhile is not told', async () => {
    await given(
      home(),
      district,
      { kind: 'group.joined', chatId: 'oc_1', name: '群' },
      { kind: 'group.bound', chatId: 'oc_1', unitId: 'wanghai', seen: 1 },
    );
    await given120();
    await given(home(), { kind: 'group.bound', chatId: 'oc_1', unitId: 'chengguan', seen: 2 });
    for (let step = 0; step < 3; step += 1) await look();
    expect(await messages()).toEqual(told(MANY).flatMap(({ key, chatId }) => (chatId === 'oc_1' ? [] : [key])));
  });

  test('what its cards show is brought up to date behind it when it has changed before it was told', async () => {
    await given120();
    await look();
    await given(home(), { kind: 'cards.refreshed', subjects: ['task:1'], revision: 'v1', at: NOW + 1, dueAt: NOW + 1 });
    expect(await home().rows("SELECT key FROM outbox WHERE key LIKE 'update:%'")).toHaveLength(50);
    await look();
    expect(await home().rows("SELECT key FROM outbox WHERE key LIKE 'update:%'")).toHaveLength(100);
    await home().store.commit(
      work({ messages: told(21, { live: { subjects: ['task:11'], query: '任务 T11' } }).map(again('c')) }),
    );
    for (let step = 0; step < 2; step += 1) await look();
    expect(await home().rows("SELECT key FROM outbox WHERE key LIKE 'update:%'")).toHaveLength(MANY);
  });

  test('a later message into the same chat waits for it, an answer and other chats do not', async () => {
    // The first of them wait for the morning: there is room for whatever else may leave.
    const atNight = ({ chatId }: NewMessage) => Number(chatId.slice(3)) < 60;
    await home().store.commit(
      work({ messages: told(MANY).map((one) => (atNight(one) ? { ...one, dueAt: NOW + 3_600_000 } : one)) }),
    );
    const later = (key: string, more: Partial<NewMessage>) =>
      message(key, { uuid: key, chatId: 'oc_119', lane: 'push', dueAt: NOW, createdAt: NOW + 1, ...more });
    await home().store.commit(
      work({
        messages: [
          later('alert', { alert: true }),
          later('push', {}),
          later('answer', { lane: 'reply', replyTo: 'om', chatId: 'oc_118' }),
          later('elsewhere', { alert: true, chatId: 'oc_other' }),
        ],
      }),
    );
    const left: string[][] = [];
    for (let now = NOW + 1; left.flat().length < 64 && now < NOW + 60_000; now += 1_000) {
      const most = { taker: 'a', leaseMs: 60_000, room: { reply: 64, send: 64, patch: 64, upload: 64 }, most: 64 };
      const { messages: taken } = await home().outbox.take(now, most);
      for (const { key } of taken) await home().outbox.sent(key, `om_${key}`, now);
      left.push(taken.map(({ key }) => key));
    }
    expect(left[0]).toEqual(['answer', 'elsewhere']);
    const inChat = left.flat().filter((key) => ['notice:e:119', 'alert', 'push'].includes(key));
    expect(inChat).toEqual(['notice:e:119', 'alert', 'push']);
    expect(left.flat()).toHaveLength(64);
  });

  test('none is overlooked by who looks what waits while it is told', async () => {
    await given120();
    for (let round = 0; round < 4; round += 1) {
      const [waiting] = await Promise.all([home().store.waitingMessages({ subject: 'task:1' }), look()]);
      expect(new Set(waiting.map(({ key }) => key)).size).toBe(MANY);
      expect(waiting).toHaveLength(MANY);
    }
  });

  test('a group that the bot has left meanwhile is not told when it comes back', async () => {
    await given(home(), { kind: 'group.joined', chatId: 'oc_1', name: '群' });
    await given120();
    await given(home(), { kind: 'group.gone', chatId: 'oc_1', state: 'left' });
    await given(home(), { kind: 'group.joined', chatId: 'oc_1', name: '群' });
    for (let step = 0; step < 3; step += 1) await look();
    expect(await messages()).not.toContain('notice:e:001');
    expect(await messages()).toHaveLength(MANY - 1);
  });

  test('what was said while everything is paused is held when the pause ends, told or not', async () => {
    await given(home(), { kind: 'pushes.paused', by: 'ou', at: NOW });
    await given120();
    await look();
    expect((await home().store.missedByPause(0, 10)).waiting).toBe(MANY);
    await given(home(), { kind: 'pushes.resumed', since: NOW, at: NOW + 1, reason: '暂停' });
    await look();
    expect(await home().rows('SELECT DISTINCT state, reason FROM outbox')).toEqual([{ state: 'held', reason: '暂停' }]);
    expect(await messages()).toHaveLength(MANY);
    expect(await home().rows("SELECT message_key FROM card_copy WHERE subject = 'task:1'")).toHaveLength(MANY);
  });

  test('quiet hours that are lifted hold back nothing of it', async () => {
    await given120({ dueAt: NOW + 3_600_000 });
    await look();
    await given(home(), { kind: 'quiet.lifted', chatId: undefined, until: NOW + 3_600_000, by: 'ou', at: NOW + 1 });
    for (let step = 0; step < 2; step += 1) await look();
    expect(await home().rows(`SELECT key FROM outbox WHERE due_at <> ${NOW + 1}`)).toEqual([]);
    expect(await messages()).toHaveLength(MANY);
  });

  test('what cannot be told stops nothing else, and is reported', async () => {
    await given120();
    await home().run(['UPDATE telling SET lane = 7']);
    await home().store.commit(work({ messages: [message('answer', { replyTo: 'om', dueAt: NOW, createdAt: NOW })] }));
    const taken = await home().outbox.take(NOW, { taker: 'a', leaseMs: 60_000, room: { ...room, reply: 1 }, most: 1 });
    expect(taken.messages.map(({ key }) => key)).toEqual(['answer']);
    expect(String(taken.fault)).toMatch(/constraint/i);
    expect((await look(NOW + 1)).next).toBeGreaterThan(NOW + 1_000);
  });

  test('is forgotten with the messages', async () => {
    await given120();
    for (let step = 0; step < 3; step += 1) await look();
    await home().store.purge({ inbox: 0, sent: NOW + 1, pace: 0 }, 1_000, { id: 'x', at: NOW });
    expect(await home().rows('SELECT key FROM to_tell')).toEqual([]);
    expect(await home().rows('SELECT id FROM telling')).toEqual([]);
  });
});

test('for 3,000 groups with words of their own it is as few statements', async () => {
  const units: number[] = [];
  const statement = { bind: () => statement, all: async () => ({ results: [] }) };
  const binding = { prepare: () => statement, batch: async (all: readonly unknown[]) => units.push(all.length) };
  const own = told(3_000).map((one, i) => ({ ...one, content: `{"text":"${i}"}` }));
  expect(await openD1(binding).store.commit(work({ messages: own }))).toBe('done');
  expect(units[0]).toBeLessThanOrEqual(5);
});

test('for 3,000 groups it is four statements in the unit of the change', async () => {
  const units: number[] = [];
  const statement = { bind: () => statement, all: async () => ({ results: [] }) };
  const binding = { prepare: () => statement, batch: async (all: readonly unknown[]) => units.push(all.length) };
  expect(await openD1(binding).store.commit(work({ messages: told(3_000) }))).toBe('done');
  expect(units[0]).toBeLessThanOrEqual(4);
});
