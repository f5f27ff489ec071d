import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstSlot,
  grant,
  type Lane,
  OPEN_LANE,
  refusedBare,
  shutUntil,
  type Want,
} from '../../../src/domain/delivery/lane.ts';

const START = Date.UTC(2026, 2, 16, 0, 0);

/** The most slots that any window of this length holds; they come in order. */
function busiest(slots: readonly number[], windowMs: number): number {
  let most = 0;
  for (let first = 0, last = 0; last < slots.length; last += 1) {
    while ((slots[last] ?? 0) - (slots[first] ?? 0) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Asks for all of these, each so long after the one before. */
function play(asked: readonly (Want & { readonly after: number })[], from: Lane = OPEN_LANE) {
  let lane = from;
  let now = START;
  const slots: number[] = [];
  for (const { after, ...want } of asked) {
    now += after;
    // Nobody asks for slots that are far away.
    if (firstSlot(lane, want.bulk, now) > now + 30_000) continue;
    const granted = grant(lane, want, now);
    lane = granted.lane;
    expect(granted.slots).toHaveLength(want.calls);
    for (const slot of granted.slots) expect(slot).toBeGreaterThanOrEqual(now);
    slots.push(...granted.slots);
  }
  return { lane, slots, now };
}

const asked = fc.array(
  fc.record({
    calls: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 100, max: 700 })),
    bulk: fc.boolean(),
    after: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 70_000 })),
  }),
  { maxLength: 40 },
);

describe('the slots of one API', () => {
  test('are never more than 50 in any second nor 1,000 in any 61, whatever is asked when', () => {
    fc.assert(
      fc.property(asked, (all) => {
        const { slots } = play(all);
        expect(slots).toEqual(slots.toSorted((a, b) => a - b));
        expect(busiest(slots, 1_000)).toBeLessThanOrEqual(50);
        expect(busiest(slots, 61_000)).toBeLessThanOrEqual(1_000);
      }),
      { numRuns: 300 },
    );
  });

  test('let 300 leave in a burst at 45 a second at least, and 3,000 at very nearly 1,000 a minute', () => {
    const burst = play([{ calls: 300, bulk: false, after: 0 }]).slots;
    expect(299_000 / ((burst.at(-1) ?? 0) - START)).toBeGreaterThanOrEqual(45);
    const many = play([{ calls: 3_000, bulk: false, after: 0 }]).slots;
    const full = many.filter((slot) => slot < START + 124_000).length;
    expect(full).toBe(2_000);
    expect((many.at(-1) ?? 0) - START).toBeLessThan(150_000);
  });

  test('of what can wait are 12,000 at no less than 95 % of 1,000 a minute', () => {
    const { slots } = play(Array.from({ length: 1_500 }, () => ({ calls: 8, bulk: true, after: 504 })));
    expect(slots).toHaveLength(12_000);
    expect((slots.at(-1) ?? 0) - START).toBeLessThanOrEqual((12 * 60_000) / 0.95);
  });

  test('are found within a second by whoever waits, however long pushes have been leaving', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000 }), fc.integer({ min: 1, max: 16 }), (pushes, waiting) => {
        let { lane, now } = play([]);
        for (let left = pushes; left > 0; left -= 8) {
          ({ lane } = grant(lane, { calls: Math.min(8, left), bulk: true }, now));
          now = Math.max(now, firstSlot(lane, true, now) - 500);
        }
        const { slots } = grant(lane, { calls: waiting, bulk: false }, now);
        expect((slots.at(-1) ?? 0) - now).toBeLessThanOrEqual(1_000);
      }),
      { numRuns: 40 },
    );
  });

  test('that nobody used are not saved up', () => {
    const { lane, now } = play([
      { calls: 10, bulk: false, after: 0 },
      { calls: 0, bulk: false, after: 30_000 },
    ]);
    const { slots } = grant(lane, { calls: 100, bulk: false }, now);
    expect(slots[0]).toBe(now);
    expect(busiest(slots, 1_000)).toBeLessThanOrEqual(50);
  });

  test('begin again where Lark’s reset header says, and a later one that says less opens nothing', () => {
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 3_000_000 }), (all, waitMs) => {
        const { lane, now } = play(all);
        const shut = shutUntil(shutUntil(lane, now + waitMs), now + 1);
        expect(firstSlot(shut, false, now)).toBeGreaterThanOrEqual(now + waitMs);
      }),
      { numRuns: 50 },
    );
  });

  test('are wider apart after each storm, up to a second, and half as wide after ten quiet seconds', () => {
    const gapOf = (lane: Lane, now: number) => {
      const [first = 0, second = 0] = grant(lane, { calls: 2, bulk: false }, now).slots;
      return second - first;
    };
    const storm = (lane: Lane, now: number) => [0, 1, 2].reduce((state, ms) => refusedBare(state, now + ms), lane);
    const twice = refusedBare(refusedBare(OPEN_LANE, START), START + 5_000);
    expect(gapOf(twice, START + 5_000)).toBe(21);
    expect(gapOf(refusedBare(twice, START + 11_000), START + 11_000)).toBe(21);
    expect(gapOf(refusedBare(twice, START + 9_000), START + 9_000)).toBe(42);
    let lane = OPEN_LANE;
    for (let round = 0; round < 9; round += 1) lane = storm(lane, START + round);
    expect(gapOf(lane, START + 100)).toBe(1_000);
    expect(gapOf(lane, START + 10_100)).toBe(500);
    expect(gapOf(lane, START + 60_100)).toBe(21);
  });

  test('are found at once by a clock that was set back by hours', () => {
    const { lane, now } = play([{ calls: 900, bulk: true, after: 0 }]);
    const back = now - 5 * 3_600_000;
    expect(firstSlot(refusedBare(shutUntil(lane, now), now), true, back)).toBe(back);
  });
});
