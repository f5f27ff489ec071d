import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FaultOrder } from '../../src/emulator/faults.ts';
import { HOMES, openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

const MINUTE_MS = 60_000;
const SENDS = { method: 'POST', path: '^/open-apis/im/v1/messages' } as const;

/** Each befalls the send of an answer, once. */
const MISHAPS: readonly (FaultOrder & { readonly name: string })[] = [
  { name: '429 with five seconds to wait', kind: '429', resetSeconds: 5 },
  { name: '230020, too many messages in the chat', kind: 'code', code: 230020 },
  { name: '1500, an internal error of Lark', kind: 'code', code: 1500 },
  { name: 'HTTP 502 before it was stored', kind: 'status', status: 502 },
  { name: 'HTTP 500 after it was stored', kind: 'storeThen500' },
  { name: 'a connection cut before it was stored', kind: 'reset' },
  { name: 'a connection cut after it was stored', kind: 'storeThenReset' },
];

describe.each(HOMES)('when Lark fails, on %s', (home) => {
  let world: World;
  let who: People;
  let group: string;
  const { say, sent } = {
    say: (text: string) => world.lark.control.say(group, who.wanghai, `@督导助手 ${text}`),
    sent: () => world.lark.control.messages(group).filter(({ from }) => from === 'bot'),
  };
  const calls = () => world.lark.control.wire().filter(({ kind, path }) => kind === 'call' && /messages/.test(path));

  beforeAll(async () => {
    world = await openWorld(home, shanghai('2026-04-18', '09:00'), 'journey_faults');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    group = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
    await world.to(shanghai('2026-04-18', '09:03'));
  });
  afterEach(async () => {
    for (const fault of world.lark.control.faults()) fault.release();
    await world.settle();
  });
  afterAll(() => world.close());

  test.each(MISHAPS)('$name: exactly one answer in the end', async ({ name: _, ...order }) => {
    const [before, callsBefore, at] = [sent().length, calls().length, world.time.now()];
    const fault = world.lark.control.fault({ match: SENDS, ...order });
    await say('帮助').delivered;
    await world.settle();
    await world.to(world.time.now() + 2 * MINUTE_MS);
    expect(fault.hits).toBe(1);
    expect(sent().slice(before)).toHaveLength(1);
    expect(calls().slice(callsBefore)).toHaveLength(2);
    if (order.kind === '429') expect(sent().at(-1)?.createdAt).toBeGreaterThanOrEqual(at + 5000);
  });

  test('a token that is revoked under way is asked for anew', async () => {
    const before = sent().length;
    world.lark.control.revokeTokens();
    await world.ask(group, who.wanghai, '@督导助手 帮助');
    expect(sent().slice(before)).toHaveLength(1);
  });

  test('with every call to Lark taking 10 s an event is acknowledged before any of them returns', async () => {
    const before = sent().length;
    world.lark.control.fault({ kind: 'delay', ms: 10_000, times: 1000 });
    const at = world.time.now();
    const report = await say('帮助').delivered;
    expect(report.attempts.map(({ status }) => status)).toEqual([200]);
    expect(world.time.now()).toBeLessThan(at + 3000);
    expect(sent()).toHaveLength(before);
    for (const fault of world.lark.control.faults()) fault.release();
    await world.to(at + 2 * MINUTE_MS);
    expect(sent().slice(before)).toHaveLength(1);
  });

  test('what Lark refuses for good is kept with its reason, and administrators see it', async () => {
    const before = sent().length;
    world.lark.control.mute(group);
    await say('帮助').delivered;
    await world.to(world.time.now() + 2 * MINUTE_MS);
    world.lark.control.mute(group, false);
    await world.to(world.time.now() + 2 * MINUTE_MS);
    expect(sent()).toHaveLength(before);
    const status = await world.ask(world.lark.control.p2p(who.director), who.director, '状态');
    expect(status).toContain('未送达 1 条');
    expect(status).toContain('230018');
  });

  test('a reply does not wait behind pushes', async () => {
    const before = sent().length;
    const now = world.time.now();
    const content = JSON.stringify({ text: 'push' });
    await world.bot.core.store.commit({
      changes: [],
      messages: Array.from({ length: 40 }, (_, n) => ({
        ...({
          key: `push:test:${n}`,
          uuid: `push-test-${n}`,
          lane: 'push',
          chatId: group,
          type: 'text',
          content,
        } as const),
        dueAt: now,
        createdAt: now,
      })),
      audit: [],
    });
    await say('帮助').delivered;
    await world.to(now + 2 * MINUTE_MS);
    const [first, ...rest] = sent().slice(before);
    expect(first?.text).toContain('督导助手能做什么');
    expect(rest.map(({ text }) => text)).toEqual(Array(40).fill('push'));
  });
});
