import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import { deliverer } from '../../src/app/deliver.ts';
import { refreshed } from '../../src/app/live-cards.ts';
import { press } from '../../src/app/press.ts';
import { plainDoc } from '../../src/cards/plain.ts';
import { helpThat } from './help-that.ts';
import { failing, openPostOffice, type PostOffice, push, reply, START, sentBy } from './post-office.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** A live card of one subject, as cheap as a card can be. */
const card = helpThat(async ({ args, ids }) => {
  const shown = { ...plainDoc('好', '好'), live: ['task:1'], query: '帮助' };
  if (args.rest !== '填') return { reply: shown };
  const form = { kind: 'form', line: '帮助 填', once: ids.next('form'), fields: [], submit: '报' } as const;
  return { reply: { ...plainDoc('填', '填'), blocks: [form], query: '帮助 填' } };
});

/** So many sent cards that show task:1, each in a chat of its own. */
async function withCopies(office: PostOffice, copies: number): Promise<Core> {
  const live = { subjects: ['task:1'], query: '帮助' };
  await office.put(...many(copies, (i) => ({ ...push(`card${i}`, `oc_c${i}`), live })));
  await Promise.all(many(copies, (i) => office.database.outbox.sent(`card${i}`, `om_${i}`, START)));
  return { ...office.core, commands: [card] };
}

const change = (core: Core) =>
  core.store.commit({ changes: refreshed(core, ['task:1'], core.time.now()), messages: [], audit: [] });

const wait = (office: PostOffice, key: string, since: number) =>
  (office.calls.find((call) => call.key === key)?.at ?? Number.POSITIVE_INFINITY) - since;

describe('lanes', () => {
  test('a change of what 1,000 sent cards show delays neither a reply nor a push', async () => {
    const office = await openPostOffice();
    const core = await withCopies(office, 1_000);
    const delivery = deliverer(core);
    await change(core);
    delivery.wake();
    await office.time.advanceBy(4 * SECOND);
    expect(office.updates.length).toBeGreaterThan(50);
    const said = office.time.now();
    await office.put(
      { ...reply('answer', 'oc_a', said), replyTo: 'om_q' },
      reply('direct', 'oc_d', said),
      push('push', 'oc_p', said),
    );
    delivery.wake();
    await office.time.advanceBy(SECOND);
    for (const key of ['answer', 'direct', 'push']) expect(wait(office, key, said)).toBeLessThanOrEqual(300);
    await office.time.advanceBy(30 * SECOND);
    expect(new Set(office.updates.map(({ messageId }) => messageId)).size).toBe(1_000);
    await delivery.close();
  });

  test('300 answers of 60 chats in three seconds leave at 90 % of what Lark allows, five a second in a chat at most', async () => {
    const office = await openPostOffice(150);
    for (let i = 0; i < 300; i += 1) {
      await office.put({ ...reply(`r${i}`, `oc_${i % 60}`, office.time.now()), replyTo: `om_${i}` });
      office.delivery.wake();
      await office.time.advanceBy(10);
    }
    await office.time.advanceBy(10 * SECOND);
    const at = office.calls.map((call) => call.at);
    expect(at).toHaveLength(300);
    expect(299_000 / ((at.at(-1) ?? 0) - (at[0] ?? 0))).toBeGreaterThanOrEqual(45);
    for (const own of Map.groupBy(office.calls, ({ chatId }) => chatId).values())
      for (const [i, call] of own.entries())
        if (i > 0) expect(call.at - (own[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(200);
  });

  test('a call that hangs does not let the next message into its chat overtake it', async () => {
    const office = await openPostOffice();
    office.answerWith(async ({ uuid }) => {
      if (uuid === 'first') await office.time.until(START + 5 * SECOND);
      return sentBy;
    });
    await office.put(reply('first', 'oc_1'), reply('other', 'oc_2'));
    office.delivery.wake();
    await office.time.advanceBy(SECOND);
    await office.put(reply('second', 'oc_1', office.time.now()));
    office.delivery.wake();
    await office.time.advanceBy(3 * SECOND);
    expect(office.calls.map(({ key }) => key)).toEqual(['first', 'other']);
    await office.time.advanceBy(1_500);
    expect(office.calls.map(({ key }) => key)).toEqual(['first', 'other', 'second']);
  });

  test('a database that is slow now and then brings no chat more than five messages in a second', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 9 }), async (pauses) => {
        const office = await openPostOffice(20);
        const { outbox, time } = office.core;
        let looks = 0;
        const slow: typeof outbox.begin = async (...asked) => {
          const begun = await outbox.begin(...asked);
          await time.until(time.now() + (pauses[looks++ % pauses.length] ?? 0));
          return begun;
        };
        const delivery = deliverer({ ...office.core, outbox: { ...outbox, begin: slow } });
        await office.put(...many(8, (i) => ({ ...reply(`r${i}`, 'oc_1'), replyTo: 'om_1' })));
        await office.put(...many(8, (i) => reply(`s${i}`, 'oc_1')));
        delivery.wake();
        await office.time.advanceBy(15 * SECOND);
        const at = office.calls.map((call) => call.at);
        expect(at).toHaveLength(16);
        for (const [i, instant] of at.entries()) if (i > 4) expect(instant - (at[i - 5] ?? 0)).toBeGreaterThan(SECOND);
        await delivery.close();
      }),
      { numRuns: 8, examples: [[[0, 300]], [[0, 50]]] },
    );
  });

  test('what is stuck behind one deliverer’s call is sent by another that is alive, when the first may send no more', async () => {
    const office = await openPostOffice();
    await office.put(...many(20, (i) => reply(`r${i}`, 'oc_1')), ...many(20, (i) => reply(`p${i}`, 'ou_1')));
    const drained = many(10, () =>
      deliverer(office.core).drain({ until: START + 25 * SECOND, room: ({ taken }) => 6 - taken }),
    );
    await office.time.advanceBy(14 * SECOND);
    expect(office.calls.map(({ key }) => key).toSorted()).toEqual(
      [...many(20, (i) => `r${i}`), ...many(20, (i) => `p${i}`)].toSorted(),
    );
    expect(office.looks()).toBeLessThan(200);
    await office.time.advanceBy(20 * SECOND);
    await Promise.all(drained);
  });

  test('what answers a message that is gone is said in the chat, as a call of that API', async () => {
    const office = await openPostOffice();
    office.answerWith(({ to }) => (to.replyTo ? failing({ kind: 'orphaned', code: 230011, reason: 'gone' }) : sentBy));
    await office.put({ ...reply('a', 'oc_1'), replyTo: 'om_gone' });
    office.delivery.wake();
    await office.time.advanceBy(SECOND);
    expect(office.calls.map(({ key }) => key)).toEqual(['a', 'a']);
    expect((await office.core.store.figures(undefined)).waitingMessages).toBe(0);
  });
});

describe('a reset header', () => {
  test('holds in every process from the moment it came, for what was taken before too, and for that API only', async () => {
    const office = await openPostOffice();
    const other = deliverer(office.core);
    let shutAt = 0;
    office.answerWith(({ uuid }) => {
      if (uuid.startsWith('r') || shutAt > 0 || office.calls.length < 40) return sentBy;
      shutAt = office.time.now();
      return failing({ kind: 'retry', unknown: false, afterMs: 20 * SECOND, limit: 'api', reason: '99991400' });
    });
    await office.put(...many(300, (i) => reply(`s${i}`, `oc_${i}`)));
    await office.put(...many(300, (i) => ({ ...reply(`r${i}`, `oc_r${i}`), replyTo: `om_${i}` })));
    other.wake();
    office.delivery.wake();
    await office.time.advanceBy(MINUTE);
    const during = office.calls.filter(({ at }) => at > shutAt && at < shutAt + 20 * SECOND).map(({ key }) => key[0]);
    expect(shutAt).toBeGreaterThan(0);
    expect(during.filter((api) => api === 's')).toEqual([]);
    expect(during.length).toBeGreaterThan(200);
    expect(new Set(office.calls.map(({ key }) => key)).size).toBe(600);
    await other.close();
  });

  test('of an update pauses the updates', async () => {
    const office = await openPostOffice();
    const core = await withCopies(office, 100);
    let shutAt = 0;
    office.answerUpdatesWith(() => {
      if (shutAt > 0 || office.updates.length < 10) return sentBy;
      shutAt = office.time.now();
      return failing({ kind: 'retry', unknown: false, afterMs: 10 * SECOND, limit: 'api', reason: '99991400' });
    });
    await change(core);
    const [one, two] = [deliverer(core), deliverer(core)];
    one.wake();
    two.wake();
    await office.time.advanceBy(MINUTE);
    expect(office.updates.filter(({ at }) => at > shutAt && at < shutAt + 10 * SECOND)).toEqual([]);
    expect(new Set(office.updates.map(({ messageId }) => messageId)).size).toBe(100);
    await one.close();
    await two.close();
  });
});

describe('a card', () => {
  test('that is refused for a mention is sent once more with plain names', async () => {
    const office = await openPostOffice();
    const mention = { kind: 'refused', code: 230099, reason: 'invalid user resource', mention: true } as const;
    office.answerWith(({ content, uuid }) => (content.includes('<at') || uuid === 'never' ? failing(mention) : sentBy));
    const content = '{"text":"请 <at id=ou_1></at>、<at id=all></at> 到会 \\n"}';
    await office.put({ ...push('a', 'oc_1'), content }, { ...push('never', 'oc_2'), content });
    office.delivery.wake();
    await office.time.advanceBy(MINUTE);
    const [, again] = office.calls.filter(({ key }) => key === 'a');
    expect(JSON.parse(again?.content ?? '')).toEqual({ text: '请 **有关同志**、**所有人** 到会 \n' });
    expect(office.calls.filter(({ key }) => key === 'never')).toHaveLength(2);
    expect(await office.fates()).toEqual({ never: 'invalid user resource' });
  });
});

describe('an update', () => {
  test('that is refused for a mention is made once more with plain names', async () => {
    const office = await openPostOffice();
    const calling = helpThat(async () => ({
      reply: {
        ...plainDoc('好', '好'),
        blocks: [{ kind: 'text', text: [{ mention: { name: '陈甲', openId: 'ou_1' } }] }],
        live: ['task:1'],
        query: '帮助',
      },
    }));
    const core = { ...(await withCopies(office, 1)), commands: [calling] };
    const contents: string[] = [];
    const { update } = core.messenger;
    const messenger = {
      ...core.messenger,
      update: (messageId: string, content: string) => {
        contents.push(content);
        return update(messageId, content);
      },
    };
    const mention = { kind: 'refused', code: 230099, reason: 'invalid user resource', mention: true } as const;
    office.answerUpdatesWith(() => (contents.at(-1)?.includes('<at') ? failing(mention) : sentBy));
    const delivery = deliverer({ ...core, messenger });
    for (const times of [1, 2]) {
      await change(core);
      delivery.wake();
      await office.time.advanceBy(MINUTE);
      expect(contents).toHaveLength(2 * times);
      expect(contents.at(-2)).toContain('<at');
      expect(contents.at(-1)).not.toContain('<at');
      expect(contents.at(-1)).toContain('有关同志');
    }
    await delivery.close();
  });
});

describe('a form that somebody has opened in a card', () => {
  const pressed = (query: string, eventId: string): Parameters<typeof press>[1] => ({
    kind: 'press',
    eventId,
    at: START,
    chatId: 'oc_c0',
    messageId: 'om_0',
    operator: { openId: 'ou_1' },
    value: { v: 1, op: 'show', query, page: 1 },
    updateToken: 't',
  });
  const opened = async () => {
    const office = await openPostOffice();
    const core = await withCopies(office, 2);
    await core.store.commit({
      changes: [{ kind: 'group.joined', chatId: 'oc_c0', name: '群' }],
      messages: [],
      audit: [],
    });
    const delivery = deliverer(core);
    return { office, core, delivery, updated: () => office.updates.map(({ messageId }) => messageId) };
  };

  test('is not taken away by an update that was on its way, nor by a later one for ten minutes', async () => {
    const { office, core, delivery, updated } = await opened();
    await change(core);
    delivery.wake();
    await office.time.advanceBy(SECOND);
    expect(JSON.stringify(await press(core, pressed('帮助 填', 'e1')))).toContain('填');
    await office.time.advanceBy(5 * SECOND);
    expect(updated()).toEqual(['om_1']);
    await change(core);
    delivery.wake();
    await office.time.advanceBy(9 * MINUTE);
    expect(updated()).toEqual(['om_1', 'om_1']);
    await office.time.advanceBy(2 * MINUTE);
    expect(updated()).toEqual(['om_1', 'om_1', 'om_0']);
  });

  test('and is left by a button that leads back lets the next change through at once', async () => {
    const { office, core, delivery, updated } = await opened();
    await press(core, pressed('帮助 填', 'e1'));
    await press(core, pressed('帮助', 'e2'));
    await change(core);
    delivery.wake();
    await office.time.advanceBy(5 * SECOND);
    expect(updated().toSorted()).toEqual(['om_0', 'om_1']);
  });
});

describe('a lease', () => {
  test('of a process that was frozen is another’s, and the frozen one makes no call when it goes on', async () => {
    const office = await openPostOffice();
    const thaw = Promise.withResolvers<void>();
    const frozen = deliverer({
      ...office.core,
      time: { ...office.time, until: async (at) => (at <= office.time.now() ? undefined : thaw.promise) },
    });
    await office.put(reply('a', 'oc_1'), reply('b', 'oc_2'));
    frozen.wake();
    await office.time.advanceBy(1);
    expect(office.calls.map(({ key }) => key)).toEqual(['a']);
    office.delivery.wake();
    await office.time.advanceBy(14 * SECOND);
    expect(office.calls).toHaveLength(1);
    await office.time.advanceBy(2 * SECOND);
    expect(office.calls.map(({ key }) => key)).toEqual(['a', 'b']);
    thaw.resolve();
    await office.time.advanceBy(MINUTE);
    expect(office.calls.map(({ key }) => key)).toEqual(['a', 'b']);
    await frozen.close();
  });

  test('is kept as long as its call runs', async () => {
    const office = await openPostOffice(2 * MINUTE);
    const other = deliverer(office.core);
    await office.put(reply('slow', 'oc_1'));
    office.delivery.wake();
    await office.time.advanceBy(SECOND);
    for (let waited = 0; waited < 2 * MINUTE; waited += 10 * SECOND) {
      other.wake();
      await office.time.advanceBy(10 * SECOND);
    }
    await office.time.advanceBy(MINUTE);
    expect(office.calls).toHaveLength(1);
    await other.close();
  });
});

test('while something waits for the morning, no timers gather', async () => {
  const office = await openPostOffice();
  let pending = 0;
  const time = {
    ...office.time,
    until: async (at: number) => {
      pending += 1;
      await office.time.until(at);
      pending -= 1;
    },
  };
  const delivery = deliverer({ ...office.core, time });
  await office.put(push('morning', 'oc_m', START + 9 * 60 * MINUTE), push('later', 'oc_n', START + 10 * 60 * MINUTE));
  for (let i = 0; i < 60; i += 1) {
    await office.put(
      reply(`r${i}`, `oc_${i}`, office.time.now()),
      reply(`s${i}`, `oc_${i}`, office.time.now() + 3 * SECOND),
    );
    delivery.wake();
    await office.time.advanceBy(10 * SECOND);
  }
  expect(office.calls).toHaveLength(120);
  expect(pending).toBeLessThanOrEqual(3);
});
