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

  test('goes on each minute while a beat hangs: who beats decides what becomes of it', async () => {
    let count = 0;
    const stop = cronHeartbeat(
      systemTime,
      keptLog(),
    )(() => {
      count += 1;
      return new Promise(() => {});
    });
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(count).toBe(5);
    await stop();
  });

  test.each([
    ['set back by three hours', -3 * 60],
    ['set forward by three hours, as after a night asleep', 3 * 60],
    ['set back by two minutes', -2],
  ])('a clock that is %s beats in the next minute, once a minute', async (_, minutes) => {
    const beats: number[] = [];
    const log = keptLog();
    const stop = cronHeartbeat(systemTime, log)(async (now) => void beats.push(now));
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    vi.setSystemTime(Date.now() + minutes * MINUTE);
    const set = Date.now();
    beats.length = 0;
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(beats.map((now) => Math.floor(now / MINUTE) - Math.floor(set / MINUTE))).toEqual([1, 2, 3, 4, 5]);
    expect(log.lines.length).toBeLessThan(3);
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
