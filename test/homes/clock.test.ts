import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cronHeartbeat } from '../../src/homes/heartbeat.ts';
import { randomIds } from '../../src/homes/ids.ts';
import { systemTime } from '../../src/homes/system-time.ts';
import { keptLog } from '../support/world.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 2, 16, 0, 0, 30) }));
afterEach(() => vi.useRealTimers());

describe('the heartbeat', () => {
  test('beats at each full minute until it is stopped', async () => {
    const beats: number[] = [];
    const stop = cronHeartbeat(systemTime, keptLog())(async (now) => void beats.push(now));
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(beats.map((now) => Math.floor(now / MINUTE) % 60)).toEqual([1, 2, 3, 4, 5]);
    await stop();
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(beats).toHaveLength(5);
  });

  test('a beat that takes longer than a minute is not overlapped', async () => {
    let [now, most, count] = [0, 0, 0];
    const stop = cronHeartbeat(
      systemTime,
      keptLog(),
    )(async () => {
      now += 1;
      count += 1;
      most = Math.max(most, now);
      await systemTime.until(systemTime.now() + 2.5 * MINUTE);
      now -= 1;
    });
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(most).toBe(1);
    expect(count).toBeGreaterThan(2);
    await stop();
  });
});

test('the clock waits for longer than a timer can', async () => {
  let woken = false;
  void systemTime.until(systemTime.now() + 40 * DAY).then(() => {
    woken = true;
  });
  await vi.advanceTimersByTimeAsync(39 * DAY);
  expect(woken).toBe(false);
  await vi.advanceTimersByTimeAsync(2 * DAY);
  expect(woken).toBe(true);
});

test('ids fit Lark’s uuid, codes can be read from a screen, and none comes twice', () => {
  const many = Array.from({ length: 2_000 }, () => [randomIds.next('audit'), randomIds.code()] as const);
  expect(new Set(many.flat()).size).toBe(4_000);
  for (const [id, code] of many) {
    expect(id).toMatch(/^audit_[0-9a-f]{20}$/);
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{8}$/);
  }
});
