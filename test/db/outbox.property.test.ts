import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSqlite } from '../../src/db/sqlite.ts';
import type { Outbox } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import { message, take, work } from './district.ts';

const LEASE = 60_000;
const CHAT_GAP_MS = 230;
const KEYS = Array.from({ length: 12 }, (_, index) => `m${index}`);

type Step =
  | { readonly do: 'enqueue'; readonly key: string; readonly lane: 'reply' | 'push' }
  | { readonly do: 'claim'; readonly limit: number }
  | { readonly do: 'answer'; readonly how: 'sent' | 'again' | 'held' | 'crash' }
  | { readonly do: 'wait'; readonly ms: number };

const lane = fc.constantFrom('reply' as const, 'push' as const);
const how = fc.constantFrom('sent' as const, 'again' as const, 'held' as const, 'crash' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('enqueue' as const), key: fc.constantFrom(...KEYS), lane }),
  fc.record({ do: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ do: fc.constant('answer' as const), how }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(50, 700, 20_000, LEASE) }),
);

/** Three chats; the key decides which. */
const chatOf = (key: string) => `oc_${KEYS.indexOf(key) % 3}`;

/** What the deliverers believe: who holds what until when, what is settled, and when each chat was last written to. */
interface Beliefs {
  readonly leases: Map<string, number>;
  readonly settled: Set<string>;
  readonly lastSlot: Map<string, number>;
  readonly inHand: string[];
}

test('in whatever order things happen, a message is one deliverer’s at a time, in its chat’s pace, and never again once settled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const { store, outbox, migrate, close } = openSqlite(':memory:');
      await migrate();
      await play(steps, store, outbox);
      await close();
    }),
    { numRuns: 60 },
  );
});

async function play(steps: readonly Step[], store: Store, outbox: Outbox): Promise<void> {
  const beliefs: Beliefs = { leases: new Map(), settled: new Set(), lastSlot: new Map(), inHand: [] };
  let now = 1_000_000;
  for (const each of steps) {
    switch (each.do) {
      case 'wait':
        now += each.ms;
        break;
      case 'enqueue': {
        const added = message(each.key, { lane: each.lane, chatId: chatOf(each.key), dueAt: now, createdAt: now });
        await store.commit(work({ messages: [added] }));
        break;
      }
      case 'claim':
        await claim(each.limit, now, outbox, beliefs);
        break;
      case 'answer':
        await answer(each.how, now, outbox, beliefs);
    }
  }
}

async function claim(limit: number, now: number, outbox: Outbox, beliefs: Beliefs): Promise<void> {
  for (const { key, to, sendAt } of await take(outbox, now, limit)) {
    expect(beliefs.leases.get(key) ?? 0, key).toBeLessThanOrEqual(now);
    expect(beliefs.settled.has(key), key).toBe(false);
    expect(sendAt).toBeGreaterThanOrEqual(now);
    expect(sendAt).toBeLessThan(now + LEASE);
    const last = beliefs.lastSlot.get(to.chatId);
    if (last !== undefined) expect(sendAt - last, to.chatId).toBeGreaterThanOrEqual(CHAT_GAP_MS);
    beliefs.lastSlot.set(to.chatId, sendAt);
    beliefs.leases.set(key, now + LEASE);
    beliefs.inHand.push(key);
  }
}

async function answer(
  result: 'sent' | 'again' | 'held' | 'crash',
  now: number,
  outbox: Outbox,
  beliefs: Beliefs,
): Promise<void> {
  const key = beliefs.inHand.shift();
  if (key === undefined || result === 'crash') return;
  if (result === 'again') {
    await outbox.again({ key, taker: 'a' }, now, 'HTTP 500');
    beliefs.leases.delete(key);
    return;
  }
  if (result === 'sent') await outbox.sent(key, 'om_1', now);
  else await outbox.keep(key, 'held', undefined, 'fate unknown', now);
  beliefs.settled.add(key);
}
