import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, date, instantAt, wallClock } from '../../src/domain/calendar/local-date.ts';
import { quietEnd } from '../../src/domain/reminders/quiet-hours.ts';
import { LIFTED, SETTING_KEYS, SETTINGS, type SettingKey, settingOf, waitsUntil } from '../../src/domain/settings.ts';

const ZONE = 'Asia/Shanghai';
const at = (day: string, time: `${number}:${number}`) => instantAt(date(day), time, ZONE);
const written = (key: SettingKey, value: string, chatId = '') => ({ key, chatId, value });

/** What is written down for a text, in the words in which it is read again. */
function kept<Key extends SettingKey>(key: Key, text: string): string | undefined {
  const found = SETTINGS[key].read(text);
  return found && SETTINGS[key].write(found.value);
}

test('every setting has a name of its own, and its example and default are in its range', () => {
  const names = SETTING_KEYS.flatMap((key) => [SETTINGS[key].name, ...SETTINGS[key].aliases]);
  expect(new Set(names).size).toBe(names.length);
  expect(SETTING_KEYS.toSorted()).toEqual(Object.keys(SETTINGS).toSorted());
  for (const key of SETTING_KEYS) {
    expect(kept(key, SETTINGS[key].example), key).toBeDefined();
    expect(settingOf([], key)).toEqual(SETTINGS[key].usual);
  }
});

test.each([
  ['quietHours', '22:00-07:00', '22:00–次日07:00'],
  ['quietHours', '21:30到次日06:00', '21:30–次日06:00'],
  ['quietHours', '关闭', '关闭'],
  ['quietHours', '12:00-14:00', undefined],
  ['quietHours', '22:00-11:00', undefined],
  ['quietHours', '22:00', undefined],
  ['alertDays', '1、3，7', '7、3、1'],
  ['alertDays', '提前5天、2天、当天', '5、2、0'],
  ['alertDays', '61', undefined],
  ['alertDays', '七天', undefined],
  ['alertDays', '9、8、7、6、5、4、3、2、1', undefined],
  ['progressDay', '每月25日', '25'],
  ['progressDay', '29', undefined],
  ['progressDay', '关闭', '关闭'],
  ['selfAlarm', '09:30', '09:30'],
  ['selfAlarm', '不设', '关闭'],
  ['selfAlarm', '07:55', undefined],
  ['selfAlarm', '09:01', undefined],
  ['selfAlarm', '18:00', undefined],
  ['importMinutes', '60分钟', '60'],
  ['importMinutes', '4', undefined],
  ['importMinutes', '1441', undefined],
  ['importMinutes', '30天', undefined],
  ['vacationPushes', '不发', '不发'],
  ['vacationPushes', '照常', '照发'],
  ['vacationPushes', '一半', undefined],
  ['province', '浙江省', '浙江'],
  ['province', '江苏', undefined],
  ['ladder', '约谈在前', '约谈在前'],
  ['ladder', '随意', undefined],
] as const)('%s: “%s” is kept as %s', (key, text, result) => {
  expect(kept(key, text)).toBe(result);
  if (result !== undefined) expect(kept(key, result)).toBe(result);
});

test('a group’s own value holds before the district’s, and that before the default; nonsense counts as not set', () => {
  const rows = [written('alertDays', '5', 'oc_1'), written('alertDays', '10、2')];
  expect(settingOf(rows, 'alertDays', 'oc_1')).toEqual([5]);
  expect(settingOf(rows, 'alertDays', 'oc_2')).toEqual([10, 2]);
  expect(settingOf(rows, 'alertDays')).toEqual([10, 2]);
  expect(settingOf([written('alertDays', '很多')], 'alertDays', 'oc_1')).toEqual([7, 3, 1, 0]);
  expect(settingOf([{ key: 'alertDays', chatId: '', value: undefined }], 'alertDays')).toEqual([7, 3, 1, 0]);
});

describe('quiet hours', () => {
  test.each([
    ['2026-04-20', '21:59', undefined],
    ['2026-04-20', '22:00', '2026-04-21 07:00'],
    ['2026-12-31', '23:30', '2027-01-01 07:00'],
    ['2026-04-21', '00:00', '2026-04-21 07:00'],
    ['2026-04-21', '06:59', '2026-04-21 07:00'],
    ['2026-04-21', '07:00', undefined],
  ] as const)('on %s at %s a push waits until %s', (day, time, end) => {
    const until = waitsUntil([], 'oc_1', at(day, time), ZONE);
    expect(until && Object.values(wallClock(until, ZONE)).join(' ')).toBe(end);
  });

  test('are a group’s own, may be off, and do not hold while they are lifted', () => {
    const night = at('2026-04-20', '23:00');
    expect(waitsUntil([written('quietHours', '关闭', 'oc_1')], 'oc_1', night, ZONE)).toBeUndefined();
    expect(waitsUntil([written('quietHours', '关闭', 'oc_1')], 'oc_2', night, ZONE)).toBeDefined();
    const lifted = (chatId: string) => [{ key: LIFTED, chatId, value: String(at('2026-04-21', '07:00')) }];
    expect(waitsUntil(lifted('oc_1'), 'oc_1', night, ZONE)).toBeUndefined();
    expect(waitsUntil(lifted(''), 'oc_1', night, ZONE)).toBeUndefined();
    expect(waitsUntil(lifted('oc_2'), 'oc_1', night, ZONE)).toBeDefined();
    expect(waitsUntil(lifted('oc_1'), 'oc_1', at('2026-04-21', '22:00'), ZONE)).toBeDefined();
  });

  test('end within the day after, outside themselves', () => {
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 400 });
    fc.assert(
      fc.property(
        minutes,
        fc.constantFrom('18:00', '22:00', '23:59'),
        fc.constantFrom('05:00', '07:00', '10:00'),
        (n, from, to) => {
          const instant =
            instantAt(addDays(date('2026-01-01'), Math.floor(n / 1440)), '00:00', ZONE) + (n % 1440) * 60_000;
          const end = quietEnd({ from, to }, instant, ZONE);
          if (end === undefined) return;
          expect(end - instant).toBeGreaterThan(0);
          expect(end - instant).toBeLessThanOrEqual(16 * 3_600_000);
          expect(quietEnd({ from, to }, end, ZONE)).toBeUndefined();
        },
      ),
    );
  });
});
