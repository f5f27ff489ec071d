import { expect, test } from 'vitest';
import { virtualTime } from '../support/virtual-time.ts';

test('waiters wake in the order of time, not of asking, and see the moment they asked for', async () => {
  const time = virtualTime(1000);
  const seen: [string, number][] = [];
  const wait = async (name: string, at: number) => {
    await time.until(at);
    seen.push([name, time.now()]);
  };
  void wait('b', 3000);
  void wait('a', 2000);
  void wait('now', 500);
  await time.advanceTo(5000);
  expect(seen).toEqual([
    ['now', 1000],
    ['a', 2000],
    ['b', 3000],
  ]);
  expect(time.now()).toBe(5000);
});

test('a moment asked for on the way is stopped at too', async () => {
  const time = virtualTime(0);
  const seen: number[] = [];
  const eachMinute = async () => {
    for (let i = 1; i <= 3; i++) {
      await time.until(i * 60_000);
      seen.push(time.now());
    }
  };
  void eachMinute();
  expect(time.nextWaiter()).toBe(60_000);
  await time.advanceBy(150_000);
  expect(seen).toEqual([60_000, 120_000]);
  expect(time.nextWaiter()).toBe(180_000);
});

test('the clock stands still while work is under way, but passes work that hangs', async () => {
  const time = virtualTime(0);
  const work = Promise.withResolvers<void>();
  let finishedAt: number | undefined;
  void time.during(work.promise).then(() => {
    finishedAt = time.now();
  });
  void time.during(new Promise(() => {}));
  queueMicrotask(() => setImmediate(work.resolve));
  await time.advanceTo(1000);
  expect(finishedAt).toBe(0);
  expect(time.now()).toBe(1000);
});

test('time does not run backwards', async () => {
  await expect(virtualTime(10).advanceTo(9)).rejects.toThrow(RangeError);
});
