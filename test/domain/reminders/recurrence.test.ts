import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { date, type Instant, instantAt, wallClock } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { meantDay, nextOccurrence } from '../../../src/domain/reminders/recurrence.ts';
import { DEFAULT_RULES, type Recurrence } from '../../../src/domain/reminders/reminder.ts';

const calendar = statutoryCalendar();
const zone = 'Asia/Shanghai';
const at = (day: string, time: `${number}:${number}` = '08:30', inZone = zone) => instantAt(date(day), time, inZone);
const shown = (instant: Instant, inZone = zone) => {
  const { date: day, time } = wallClock(instant, inZone);
  return `${day} ${time}`;
};
type Plain = Exclude<Recurrence['kind'], 'weekdays' | 'monthDays' | 'yearDays'>;
const next = (kind: Plain, after: Instant) => shown(nextOccurrence({ kind }, '08:30', after, zone, calendar));

describe('working days', () => {
  test('an occurrence is strictly after: at 08:30 of a working day the next one is tomorrow', () => {
    expect(next('workdays', at('2026-04-01'))).toBe('2026-04-02 08:30');
    expect(next('workdays', at('2026-04-01') - 1)).toBe('2026-04-01 08:30');
  });
  test('the working day after 30 September 2026 is 8 October', () => {
    expect(next('workdays', at('2026-09-30'))).toBe('2026-10-08 08:30');
  });
  test('a 调休 Sunday and a 调休 Saturday have occurrences', () => {
    expect(next('workdays', at('2026-09-19'))).toBe('2026-09-20 08:30');
    expect(next('workdays', at('2026-10-09'))).toBe('2026-10-10 08:30');
  });
  test('the year ends into one that is not announced: 元旦 is rest, by the law alone', () => {
    expect(next('workdays', at('2026-12-31'))).toBe('2027-01-04 08:30');
  });
});

describe('the first working day of the week', () => {
  test.each([
    ['2026-03-30', '2026-04-07', 'Tuesday after 清明'],
    ['2026-09-28', '2026-10-08', 'Thursday, when 国庆 takes the days before'],
    ['2026-02-09', '2026-02-24', 'after 春节, which takes a whole week'],
    ['2023-01-16', '2023-01-28', 'a 调休 Saturday, when 春节 takes Monday to Friday'],
    ['2026-12-28', '2027-01-04', 'the first Monday of an unannounced year'],
  ])('after the one of %s comes %s: %s', (after, day) => {
    expect(next('firstWorkdayOfWeek', at(after))).toBe(`${day} 08:30`);
  });
  test('a 调休 Sunday ends its week, so that the next plan comes on Monday', () => {
    expect(next('firstWorkdayOfWeek', at('2026-09-14'))).toBe('2026-09-21 08:30');
  });
});

describe('the first working day of the month', () => {
  test.each([
    ['2026-09-01', '2026-10-08'],
    ['2026-10-08', '2026-11-02'],
    ['2026-12-01', '2027-01-04'],
    ['2026-04-01', '2026-05-06'],
    ['2024-01-15', '2024-02-01'],
  ])('after the one of %s comes %s', (after, day) => {
    expect(next('firstWorkdayOfMonth', at(after))).toBe(`${day} 08:30`);
  });
});

test('the time is the zone’s own, on either side of a clock change', () => {
  const berlin = 'Europe/Berlin';
  const after = at('2026-03-27', '08:30', berlin);
  const found = nextOccurrence({ kind: 'workdays' }, '08:30', after, berlin, calendar);
  expect(shown(found, berlin)).toBe('2026-03-30 08:30');
  expect(found - after).toBe(3 * 86_400_000 - 3_600_000);
});

test('occurrences go forward, on working days, at most one a week or a month, and none is skipped', () => {
  const anyInstant = fc.integer({ min: at('2023-01-01'), max: at('2027-06-01') });
  const kinds = DEFAULT_RULES.map(({ recurrence }) => recurrence);
  fc.assert(
    fc.property(anyInstant, fc.constantFrom(...kinds), (after, kind) => {
      const found = nextOccurrence(kind, '08:30', after, zone, calendar);
      expect(found).toBeGreaterThan(after);
      expect(calendar.isWorkday(wallClock(found, zone).date)).toBe(true);
      expect(nextOccurrence(kind, '08:30', found - 1, zone, calendar)).toBe(found);
      expect(nextOccurrence(kind, '08:30', Math.floor((after + found) / 2), zone, calendar)).toBe(found);
    }),
  );
});

test.each<[Recurrence, string, string]>([
  [{ kind: 'monthDays', days: [1], restDays: 'back' }, '2026-09-30', '2026-10-01'],
  [{ kind: 'monthDays', days: [1], restDays: 'back' }, '2026-09-01', '2026-09-01'],
  [{ kind: 'monthDays', days: [1], restDays: 'forward' }, '2026-10-08', '2026-10-08'],
  [{ kind: 'weekdays', days: [1], restDays: 'back' }, '2026-04-30', '2026-05-04'],
  [{ kind: 'yearDays', days: ['10-01'], restDays: 'back' }, '2026-09-30', '2026-10-01'],
  [{ kind: 'workdays' }, '2026-09-30', '2026-09-30'],
])('%j on %s means %s', (recurrence, day, meant) => {
  expect(meantDay(recurrence, date(day), statutoryCalendar())).toBe(meant);
});
