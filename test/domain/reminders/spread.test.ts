import fc from 'fast-check';
import { expect, test } from 'vitest';
import { date, instantAt } from '../../../src/domain/calendar/local-date.ts';
import { fireAt, LATEST_JITTER_MS } from '../../../src/domain/reminders/spread.ts';

const MINUTE = 60_000;
const nominal = instantAt(date('2026-04-01'), '08:30', 'Asia/Shanghai');
const anyNominal = fc.integer({ min: 29_000_000, max: 31_000_000 }).map((minutes) => minutes * MINUTE);
const ids = {
  'random ids': (n: number) => `oc_${((n + 1) * 2_654_435_761).toString(16).padStart(32, 'a0b1c2d3')}`,
  'ids that differ at the end': (n: number) => `oc_a0553eda9014c201e6969b478895c230${n}`,
  'ids that differ at the start': (n: number) => `oc_${String(n).padStart(4, '0')}3eda9014c201e6969b478895c230`,
};

test('a push of 08:30 leaves from 08:31:00.000 to 08:36:59.999', () => {
  fc.assert(
    fc.property(fc.string(), (chatId) => {
      const jitter = fireAt(nominal, chatId) - nominal;
      expect(jitter).toBeGreaterThanOrEqual(MINUTE);
      expect(jitter).toBeLessThan(7 * MINUTE);
    }),
  );
});

test('no push leaves in minute :00 or :30, whatever the nominal minute, nor later than is promised', () => {
  fc.assert(
    fc.property(anyNominal, fc.string(), (at, chatId) => {
      const fire = fireAt(at, chatId);
      expect(Math.floor(fire / MINUTE) % 30).not.toBe(0);
      expect(fire - at).toBeGreaterThanOrEqual(MINUTE);
      expect(fire - at).toBeLessThanOrEqual(LATEST_JITTER_MS);
    }),
  );
});

test('a group keeps its place: the same jitter on every day', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 400 }), (chatId, days) => {
      const later = nominal + days * 86_400_000;
      expect(fireAt(later, chatId) - later).toBe(fireAt(nominal, chatId) - nominal);
    }),
  );
});

test.each(Object.entries(ids))(
  '1,000 groups with %s spread over five minutes, none of which holds a quarter',
  (_, id) => {
    for (const at of [nominal, nominal - 5 * MINUTE, nominal + 28 * MINUTE]) {
      const fires = Array.from({ length: 1000 }, (__, n) => fireAt(at, id(n)));
      const perMinute = Map.groupBy(fires, (fire) => Math.floor(fire / MINUTE));
      expect(Math.max(...fires) - Math.min(...fires)).toBeGreaterThanOrEqual(5 * MINUTE);
      expect(Math.max(...[...perMinute.values()].map((group) => group.length))).toBeLessThanOrEqual(250);
    }
  },
);
