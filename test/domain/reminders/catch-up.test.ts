import fc from 'fast-check';
import { expect, test } from 'vitest';
import { date, instantAt, type LocalTime } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { catchUp, restsUntil } from '../../../src/domain/reminders/catch-up.ts';
import type { ReminderContent } from '../../../src/domain/reminders/contents.ts';
import { fireAt } from '../../../src/domain/reminders/spread.ts';

const calendar = statutoryCalendar();
const zone = 'Asia/Shanghai';
const at = (day: string, time: LocalTime) => instantAt(date(day), time, zone);
const fate = (content: ReminderContent, nominal: string, day: string, time: LocalTime) =>
  catchUp({ nominal: at(nominal, '08:30'), now: at(day, time), content, zone, calendar });

test.each<[ReminderContent, string, string, LocalTime, string]>([
  ['day', '2026-04-01', '2026-04-01', '08:31', 'onTime'],
  ['day', '2026-04-01', '2026-04-01', '08:47', 'onTime'],
  ['day', '2026-04-01', '2026-04-01', '08:48', 'late'],
  ['day', '2026-04-01', '2026-04-01', '17:59', 'late'],
  ['day', '2026-04-01', '2026-04-01', '18:00', 'missed'],
  ['day', '2026-04-01', '2026-04-02', '08:00', 'missed'],
  ['deadline', '2026-04-01', '2026-04-01', '12:00', 'late'],
  ['deadline', '2026-04-01', '2026-04-01', '23:00', 'missed'],
  ['week', '2026-03-30', '2026-04-01', '17:59', 'late'],
  ['week', '2026-03-30', '2026-04-01', '18:00', 'missed'],
  ['week', '2026-04-07', '2026-04-09', '10:00', 'late'],
  ['week', '2026-04-07', '2026-04-10', '10:00', 'missed'],
  ['week', '2023-01-28', '2023-01-29', '10:00', 'late'],
  ['week', '2023-01-28', '2023-01-30', '08:00', 'missed'],
  ['month', '2026-10-08', '2026-10-12', '17:00', 'late'],
  ['month', '2026-10-08', '2026-10-13', '08:00', 'missed'],
  // Sunday 11 October rests, Saturday the 10th is worked.
  ['month', '2026-10-08', '2026-10-10', '10:00', 'late'],
  ['month', '2026-10-08', '2026-10-11', '10:00', 'missed'],
])('the %s push of %s at %s %s is %s', (content, nominal, day, time, expected) => {
  expect(fate(content, nominal, day, time)).toBe(expected);
});

test('every group is on time until ten minutes after its own minute', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 29_000_000, max: 31_000_000 }), (chatId, minutes) => {
      const nominal = minutes * 60_000;
      const now = fireAt(nominal, chatId) + 600_000;
      expect(catchUp({ nominal, now, content: 'day', zone, calendar })).toBe('onTime');
    }),
  );
});

test('what comes minutes after its own, past midnight on a Saturday, is on time', () => {
  const [nominal, now] = [at('2026-04-10', '23:58'), at('2026-04-11', '00:05')];
  expect(catchUp({ nominal, now, content: 'day', zone, calendar })).toBe('onTime');
});

test('what is missed stays missed: a later tick never makes it late', () => {
  const order = ['onTime', 'late', 'missed'];
  const contents: ReminderContent[] = ['day', 'week', 'month', 'deadline'];
  const nominal = at('2026-04-01', '08:30');
  const anyDelay = fc.integer({ min: 0, max: 10 * 86_400_000 });
  fc.assert(
    fc.property(fc.constantFrom(...contents), anyDelay, anyDelay, (content, a, b) => {
      const rank = (delay: number) =>
        order.indexOf(catchUp({ nominal, now: nominal + delay, content, zone, calendar }));
      expect(rank(Math.max(a, b))).toBeGreaterThanOrEqual(rank(Math.min(a, b)));
    }),
  );
});

test.each<[ReminderContent, string, string, string | undefined]>([
  ['month', '2026-10-08', '2026-10-11', '2026-10-12'],
  ['month', '2026-10-08', '2026-10-10', undefined],
  ['week', '2026-04-30', '2026-05-02', undefined],
  ['month', '2026-04-30', '2026-05-02', undefined],
  ['day', '2026-05-02', '2026-05-02', undefined],
])('the %s push of %s, late on %s, waits for %s', (content, nominal, day, waits) => {
  const of = { nominal: at(nominal, '08:30'), now: at(day, '10:00'), contents: [content], zone, calendar };
  expect(restsUntil(of)).toBe(waits && at(waits, '08:30'));
});
