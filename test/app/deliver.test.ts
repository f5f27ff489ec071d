import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliverer } from '../../src/app/deliver.ts';
import type { NewMessage } from '../../src/ports/changes.ts';
import { type Call, failing, openPostOffice, type PostOffice, push, reply, START, sentBy } from './post-office.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** The most calls that any window of this length saw. */
function busiest(calls: readonly Call[], windowMs: number): number {
  const at = calls.map((call) => call.at).toSorted((a, b) => a - b);
  return Math.max(0, ...at.map((from, i) => at.filter((t, j) => j >= i && t < from + windowMs).length));
}

const TAKING = { taker: 'a', leaseMs: MINUTE, room: { reply: 9, send: 9, patch: 9, upload: 9 }, most: 9 };

const unreachable = failing({ kind: 'retry', unknown: false, reason: 'ECONNREFUSED' });
const vanished = failing({ kind: 'retry', unknown: true, reason: 'timed out' });

async function pass(office: PostOffice, ms: number): Promise<void> {
  office.delivery.wake();
  await office.time.advanceBy(ms);
}

describe('limits', () => {
  test('no second sees more than 50 messages, and none more than five in one chat', async () => {
    const chats = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(chats, fc.integer({ min: 0, max: 400 }), async (of, latencyMs) => {
        const office = await openPostOffice(latencyMs);
        await office.put(...of.map((chat, i) => push(`m${i}`, `oc_${chat}`)));
        await pass(office, MINUTE);
        expect(office.calls.map(({ key }) => key).toSorted()).toEqual(of.map((_, i) => `m${i}`).toSorted());
        expect(busiest(office.calls, SECOND)).toBeLessThanOrEqual(50);
        for (const chat of new Set(of)) {
          const own = office.calls.filter(({ chatId }) => chatId === `oc_${chat}`);
          expect(busiest(own, SECOND)).toBeLessThanOrEqual(5);
        }
        await office.delivery.close();
      }),
      { numRuns: 15 },
    );
  });

  test('1000 pushes to as many groups leave within little more than a minute, asked for in batches', async () => {
    const office = await openPostOffice();
    await office.put(...many(1000, (i) => push(`p${i}`, `oc_${i}`)));
    await pass(office, 70 * SECOND);
    expect(new Set(office.calls.map(({ key }) => key)).size).toBe(1000);
    expect(office.calls).toHaveLength(1000);
    expect(busiest(office.calls, MINUTE)).toBeLessThanOrEqual(1000);
    expect(office.looks()).toBeLessThan(500);
  });

  test('a reply overtakes 1000 waiting pushes within about a second, whenever it comes', async () => {
    const office = await openPostOffice();
    await office.put(...many(1000, (i) => push(`p${i}`, `oc_${i}`)));
    office.delivery.wake();
    const asked: number[] = [];
    for (const [i, pause] of [100, 730, 1_270, 3_010, 905, 40, 40, 40].entries()) {
      await office.time.advanceBy(pause);
      asked.push(office.time.now());
      await office.put(reply(`r${i}`, `oc_r${i}`, office.time.now()));
      office.delivery.wake();
    }
    await office.time.advanceBy(5 * SECOND);
    const waited = asked.map((at, i) => (office.calls.find(({ key }) => key === `r${i}`)?.at ?? Infinity) - at);
    expect(Math.max(...waited)).toBeLessThanOrEqual(1_000);
  });

  test('a flood in one chat does not hold up the others', async () => {
    const office = await openPostOffice();
    await office.put(...many(200, (i) => reply(`flood${i}`, 'oc_flood')), push('other', 'oc_other'));
    await pass(office, 1_500);
    await office.put(reply('late', 'oc_late', office.time.now()));
    await pass(office, 1_500);
    expect(office.calls.map(({ key }) => key)).toContain('late');
    await office.time.advanceBy(2 * MINUTE);
    expect(office.calls).toHaveLength(202);
  });
});

describe('failures', () => {
  test('the pauses between attempts grow, and end at five to seven and a half minutes', async () => {
    const office = await openPostOffice();
    office.answerWith(() => unreachable);
    await office.put(reply('a', 'oc_1'));
    await pass(office, 90 * MINUTE);
    const pauses = office.calls.slice(1).map(({ at }, i) => at - (office.calls[i]?.at ?? 0));
    expect(pauses.slice(0, 8).every((pause, i) => pause >= SECOND * 2 ** i && pause <= 1.6 * SECOND * 2 ** i)).toBe(
      true,
    );
    expect(pauses.length).toBeGreaterThan(12);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(7.6 * MINUTE);
    expect(Math.min(...pauses.slice(9))).toBeGreaterThanOrEqual(5 * MINUTE);
  });

  test('what certainly never reached Lark is tried for hours, then given up with its reason', async () => {
    const office = await openPostOffice();
    office.answerWith(() => unreachable);
    await office.put(reply('a', 'oc_1'));
    await pass(office, 3 * 60 * MINUTE);
    expect(await office.fates()).toEqual({});
    await office.time.advanceBy(24 * 60 * MINUTE);
    expect(await office.fates()).toEqual({ a: '试了 100 次没有送达：ECONNREFUSED' });
    expect(office.calls).toHaveLength(100);
  });

  test('a send of unknown fate is held within the hour of its uuid, never repeated after it', async () => {
    const office = await openPostOffice();
    office.answerWith(() => vanished);
    await office.put(reply('a', 'oc_1'));
    await pass(office, 5 * 60 * MINUTE);
    expect(await office.fates()).toEqual({ a: '是否送达不明：timed out' });
    expect((office.calls.at(-1)?.at ?? 0) - START).toBeLessThanOrEqual(55 * MINUTE);
  });

  test('once the fate is unknown, later attempts that surely failed do not make it known', async () => {
    const office = await openPostOffice();
    office.answerWith(() => (office.calls.length === 1 ? vanished : unreachable));
    await office.put(reply('a', 'oc_1'));
    await pass(office, 5 * 60 * MINUTE);
    expect(await office.fates()).toEqual({ a: '是否送达不明：ECONNREFUSED' });
  });

  test('a send that a crash interrupted is repeated within the hour and held after it', async () => {
    for (const [downFor, calls, fates] of [
      [10 * MINUTE, 1, {}],
      [2 * 60 * MINUTE, 0, { a: '发送被中断，是否送达不明' }],
    ] as const) {
      const office = await openPostOffice();
      await office.put(reply('a', 'oc_1'));
      const [taken = expect.fail()] = (await office.database.outbox.take(START, TAKING)).messages;
      await office.database.outbox.begin(taken, START, MINUTE);
      await office.time.advanceBy(downFor);
      await pass(office, MINUTE);
      expect(office.calls).toHaveLength(calls);
      expect(await office.fates()).toEqual(fates);
    }
  });

  test('a message that was taken, but whose call a crash or an outage never let begin, leaves by itself hours later', async () => {
    const office = await openPostOffice();
    await office.put(reply('a', 'oc_1'));
    await office.database.outbox.take(START, TAKING);
    await office.time.advanceBy(3 * 60 * MINUTE);
    await pass(office, MINUTE);
    expect(office.calls.map(({ key }) => key)).toEqual(['a']);
    expect(await office.fates()).toEqual({});
  });

  test('after a 429 nothing of the app leaves before the reset, then everything does', async () => {
    const office = await openPostOffice();
    office.answerWith(() =>
      office.calls.length === 3
        ? failing({ kind: 'retry', unknown: false, afterMs: 20 * SECOND, limit: 'api', reason: '99991400' })
        : sentBy,
    );
    await office.put(...many(40, (i) => push(`p${i}`, `oc_${i}`)));
    await pass(office, MINUTE);
    const paused = office.calls[2]?.at ?? 0;
    expect(office.calls.filter(({ at }) => at > paused && at < paused + 20 * SECOND)).toEqual([]);
    expect(office.calls).toHaveLength(41);
  });

  test('the limit of one chat pauses that chat only', async () => {
    const office = await openPostOffice();
    office.answerWith((message) =>
      message.to.chatId === 'oc_full' && office.time.now() < START + 20 * SECOND
        ? failing({ kind: 'retry', unknown: false, afterMs: 30 * SECOND, limit: 'chat', reason: '230020' })
        : sentBy,
    );
    await office.put(reply('full', 'oc_full'));
    await pass(office, SECOND);
    await office.put(reply('full2', 'oc_full', office.time.now()), reply('free', 'oc_free', office.time.now()));
    await pass(office, SECOND);
    expect(office.calls.map(({ key }) => key)).toEqual(['full', 'free']);
    await office.time.advanceBy(MINUTE);
    expect(office.calls.map(({ key }) => key).toSorted()).toEqual(['free', 'full', 'full', 'full2']);
  });

  test('a reset that is already over does not turn retries into a storm', async () => {
    const office = await openPostOffice();
    office.answerWith(() => failing({ kind: 'retry', unknown: false, afterMs: 0, limit: 'api', reason: '99991400' }));
    await office.put(reply('a', 'oc_1'));
    await pass(office, MINUTE);
    expect(office.calls.length).toBeLessThan(8);
  });

  test('what Lark refuses is kept with its reason, and a misconfigured app holds its messages', async () => {
    const office = await openPostOffice();
    office.answerWith(({ uuid }) =>
      failing({ kind: uuid === 'bad' ? 'refused' : 'misconfigured', code: 1, reason: `no ${uuid}` }),
    );
    await office.put(reply('bad', 'oc_1'), reply('scope', 'oc_2'));
    await pass(office, MINUTE);
    expect(await office.fates()).toEqual({ bad: 'no bad', scope: 'no scope' });
    expect(office.calls).toHaveLength(2);
  });

  test('a group that has put the bot out is marked, and nothing more is sent there', async () => {
    const office = await openPostOffice();
    await office.database.store.commit({
      changes: [{ kind: 'group.joined', chatId: 'oc_1', name: '群' }],
      messages: [],
      audit: [],
    });
    office.answerWith(() => failing({ kind: 'gone', code: 230002, reason: 'the bot is not in the chat' }));
    await office.put(push('a', 'oc_1'), push('b', 'oc_1', START + MINUTE));
    await pass(office, 10 * MINUTE);
    expect(office.calls.map(({ key }) => key)).toEqual(['a']);
    expect(await office.database.store.group('oc_1')).toMatchObject({ state: 'left' });
  });

  test('a direct chat that is gone for a while is no group, and is written to again', async () => {
    const office = await openPostOffice();
    office.answerWith(() => failing({ kind: 'gone', code: 230002, reason: 'gone' }));
    await office.put(reply('a', 'oc_p2p'));
    await pass(office, MINUTE);
    expect(await office.database.store.group('oc_p2p')).toBeUndefined();
    office.answerWith(() => sentBy);
    await office.put(reply('b', 'oc_p2p', office.time.now()));
    await pass(office, MINUTE);
    expect(office.calls.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  test('messages that fail, hang or hit a bug do not stop the others', async () => {
    const office = await openPostOffice();
    office.answerWith(async ({ uuid }) => {
      if (uuid === 'hangs') await office.time.until(START + 9 * SECOND);
      if (uuid === 'bug') throw new TypeError('ours');
      return uuid.startsWith('p') ? sentBy : unreachable;
    });
    await office.put(reply('hangs', 'oc_h'), reply('bug', 'oc_b'), reply('fails', 'oc_f'));
    await pass(office, 5 * SECOND);
    // The retries of the one go on while the other hangs.
    expect(office.calls.filter(({ key }) => key === 'fails').length).toBeGreaterThan(2);
    await office.put(...many(50, (i) => push(`p${i}`, `oc_${i}`, office.time.now())));
    await pass(office, 5 * SECOND);
    expect(office.calls.filter(({ key }) => key.startsWith('p'))).toHaveLength(50);
    expect(office.log.filter((line) => line.includes('not settled'))).toHaveLength(1);
  });

  test('a database that fails ends the loop with a line in the log, and the next wake goes on', async () => {
    const office = await openPostOffice();
    let broken = true;
    const core = {
      ...office.core,
      outbox: {
        ...office.core.outbox,
        take: (...asked: Parameters<typeof office.core.outbox.take>) =>
          broken ? Promise.reject(new Error('disk')) : office.core.outbox.take(...asked),
      },
    };
    const delivery = deliverer(core);
    await office.put(reply('a', 'oc_1'));
    delivery.wake();
    await office.time.advanceBy(SECOND);
    expect(office.log).toEqual([expect.stringContaining('delivery stopped')]);
    broken = false;
    delivery.wake();
    await office.time.advanceBy(SECOND);
    expect(office.calls).toHaveLength(1);
  });
});

describe('the loop', () => {
  test('a wake is never lost, at whatever moment it comes', async () => {
    const moments = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 5, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(moments, async (turns) => {
        const office = await openPostOffice(0);
        for (const [i, pause] of turns.entries()) {
          await office.put(reply(`m${i}`, `oc_${i}`, office.time.now()));
          office.delivery.wake();
          for (let turn = 0; turn < pause; turn += 1) await Promise.resolve();
        }
        await office.time.advanceBy(10 * SECOND);
        expect(office.calls).toHaveLength(turns.length);
        await office.delivery.close();
      }),
      { numRuns: 20 },
    );
  });

  test('a wake that comes while the loop is ending starts it again', async () => {
    const office = await openPostOffice(0);
    const { outbox } = office.core;
    let late: NewMessage | undefined = reply('late', 'oc_2');
    const delivery = deliverer({
      ...office.core,
      outbox: {
        ...outbox,
        // Committed and woken after the look at what is due next, before the loop knows the answer.
        take: async (...asked) => {
          const taken = await outbox.take(...asked);
          const { next } = taken;
          if (late && next === undefined) {
            await office.put(late);
            late = undefined;
            delivery.wake();
          }
          return taken;
        },
      },
    });
    delivery.wake();
    await office.time.advanceBy(SECOND);
    expect(office.calls).toHaveLength(1);
  });

  test('nothing is asked of the database while nothing waits, and little while something waits for later', async () => {
    const office = await openPostOffice();
    await pass(office, 60 * MINUTE);
    expect(office.looks()).toBe(1);
    await office.put(push('later', 'oc_1', office.time.now() + 30 * MINUTE));
    await pass(office, 29 * MINUTE);
    expect(office.looks()).toBe(2);
    await office.time.advanceBy(2 * MINUTE);
    expect(office.calls).toHaveLength(1);
    expect(office.looks()).toBeLessThan(6);
  });

  test('a call that outlives its lease and ends while the next claim is answered is not made again', async () => {
    const office = await openPostOffice(0);
    const { outbox } = office.core;
    const call = Promise.withResolvers<void>();
    office.answerWith(async () => {
      await call.promise;
      return sentBy;
    });
    const delivery = deliverer({
      ...office.core,
      outbox: {
        ...outbox,
        renew: () => Promise.reject(new Error('disk')),
        take: async (...asked) => {
          const taken = await outbox.take(...asked);
          if (taken.messages[0]?.attempts === 1) {
            call.resolve();
            await office.time.until(office.time.now() + 1);
          }
          return taken;
        },
      },
    });
    await office.put(push('slow', 'oc_1'));
    delivery.wake();
    await office.time.advanceBy(5 * MINUTE);
    await delivery.close();
    expect(office.calls).toHaveLength(1);
    expect((await office.core.store.figures(undefined)).waitingMessages).toBe(0);
  });

  test('a thousand wakes at once are one look', async () => {
    const office = await openPostOffice();
    for (const _ of many(1000, (i) => i)) office.delivery.wake();
    await office.time.advanceBy(SECOND);
    expect(office.looks()).toBeLessThan(4);
  });

  test('two deliverers on one database send each message once', async () => {
    const office = await openPostOffice();
    const other = deliverer(office.core);
    await office.put(...many(300, (i) => (i % 3 ? push(`m${i}`, `oc_${i % 40}`) : reply(`m${i}`, `oc_${i % 40}`))));
    other.wake();
    await pass(office, 2 * MINUTE);
    expect(office.calls).toHaveLength(300);
    expect(new Set(office.calls.map(({ key }) => key)).size).toBe(300);
    expect(busiest(office.calls, MINUTE)).toBeLessThanOrEqual(1000);
  });

  test('drain sends no more than it may, and stops at its time; what is left goes with the next call', async () => {
    const office = await openPostOffice();
    await office.put(...many(100, (i) => push(`p${i}`, `oc_${i}`)));
    const first = office.delivery.drain({ until: START + 50 * SECOND, room: ({ taken }) => 20 - taken });
    await office.time.advanceBy(10 * SECOND);
    await first;
    expect(office.calls).toHaveLength(20);
    const began = office.time.now();
    const second = office.delivery.drain({ until: began + 2 * SECOND, room: ({ taken }) => 800 - taken });
    await office.time.advanceBy(10 * SECOND);
    await second;
    expect(office.calls.length).toBeLessThan(20 + 16 * 4);
    expect(Math.max(...office.calls.map(({ at }) => at))).toBeLessThan(began + 4 * SECOND);
    const third = office.delivery.drain({ until: office.time.now() + 50 * SECOND, room: ({ taken }) => 800 - taken });
    await office.time.advanceBy(20 * SECOND);
    await third;
    expect(office.calls).toHaveLength(100);
  });

  test('drain ends at once when nothing is due before its time', async () => {
    const office = await openPostOffice();
    await office.put(push('later', 'oc_1', START + 10 * MINUTE));
    const drained = office.delivery.drain({ until: START + MINUTE, room: ({ taken }) => 10 - taken });
    await office.time.advanceBy(1);
    await drained;
    expect(office.calls).toEqual([]);
  });

  test('closing takes nothing more, waits for what is under way, and does not wait for what is due later', async () => {
    const office = await openPostOffice(5 * SECOND);
    await office.put(reply('now', 'oc_1'), reply('later', 'oc_2', START + 10 * MINUTE));
    await pass(office, SECOND);
    let closed = false;
    const closing = office.delivery.close().then(() => {
      closed = true;
    });
    await office.put(reply('after', 'oc_3', office.time.now()));
    office.delivery.wake();
    await office.time.advanceBy(SECOND);
    expect(closed).toBe(false);
    await office.time.advanceBy(5 * SECOND);
    await closing;
    expect(office.calls.map(({ key }) => key)).toEqual(['now']);
  });
});

describe('files', () => {
  const file = (key: string): NewMessage => ({
    ...reply(key, 'oc_1'),
    type: 'file',
    content: '',
    file: { name: '日程.xlsx', bytes: Uint8Array.of(1, 2, 3) },
  });

  test('are uploaded once, however often the message is tried, and are forgotten when it was sent', async () => {
    const office = await openPostOffice();
    office.answerWith(() => unreachable);
    await office.put(file('f'));
    await pass(office, 20 * SECOND);
    office.answerWith(() => sentBy);
    await pass(office, MINUTE);
    expect(office.calls.length).toBeGreaterThan(2);
    expect(new Set(office.calls.map(({ content }) => content))).toEqual(new Set(['{"file_key":"file_1"}']));
    expect(office.uploads).toEqual(['日程.xlsx']);
    expect(await office.database.outbox.file('f')).toBeUndefined();
  });
});
