import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alertsOn, type DayUnit, daysLeft, describeDaysLeft } from '../../../src/domain/calendar/due.ts';
import { addDays, date, daysBetween, type LocalDate } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';

const calendar = statutoryCalendar();
const anyDay = fc.integer({ min: 0, max: 365 * 4 }).map((days) => addDays(date('2023-06-01'), days));
const anyUnit = fc.constantFrom<DayUnit>('working', 'natural');

/** The days of a push, with what each says, from `from` to `to`. */
function alerts(due: string, unit: DayUnit, from: string, to: string): string[] {
  const found: string[] = [];
  for (let day: LocalDate = date(from); day <= to; day = addDays(day, 1)) {
    const alert = alertsOn(calendar, day, date(due), unit);
    if (alert) found.push(`${day.slice(5)} ${alert.daysLeft}`);
  }
  return found;
}

describe('days left', () => {
  test.each<[string, string, DayUnit, number]>([
    ['2026-04-01', '2026-04-07', 'working', 3],
    ['2026-04-01', '2026-04-07', 'natural', 6],
    ['2026-04-07', '2026-04-07', 'working', 0],
    ['2026-09-18', '2026-09-21', 'working', 2],
    ['2026-09-30', '2026-10-09', 'working', 2],
    ['2026-10-10', '2026-10-08', 'working', -2],
    ['2026-10-10', '2026-09-30', 'natural', -10],
  ])('on %s a deadline of %s has %s days: %i', (today, due, unit, left) => {
    expect(daysLeft(calendar, date(today), date(due), unit)).toBe(left);
  });

  test('a working deadline on a Sunday is at 0 on the Friday before, and not overdue before Monday', () => {
    const left = (today: string) => daysLeft(calendar, date(today), date('2026-05-31'), 'working');
    expect(['2026-05-29', '2026-05-30', '2026-05-31', '2026-06-01'].map(left)).toEqual([0, 0, 0, -1]);
  });

  test('the rest day after a deadline is overdue by one working day', () => {
    expect(daysLeft(calendar, date('2026-05-30'), date('2026-05-29'), 'working')).toBe(-1);
  });

  test('is negative exactly when the day is over, in either unit', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyUnit, (today, due, unit) => {
        expect(daysLeft(calendar, today, due, unit) < 0).toBe(today > due);
      }),
    );
  });

  test('is said in the unit it was set in', () => {
    expect(describeDaysLeft(3, 'working')).toBe('还剩 3 个工作日');
    expect(describeDaysLeft(3, 'natural')).toBe('还剩 3 天');
    expect(describeDaysLeft(0, 'working')).toBe('今天截止');
    expect(describeDaysLeft(-2, 'working')).toBe('逾期 2 个工作日');
    expect(describeDaysLeft(-2, 'natural')).toBe('逾期 2 天');
    expect(describeDaysLeft(0, 'working', 2)).toBe('还剩 2 天，其间无工作日');
  });
});

describe('alerts', () => {
  test('a working deadline of Friday 9 October 2026 counts over 中秋 and 国庆', () => {
    expect(alerts('2026-10-09', 'working', '2026-09-14', '2026-10-12')).toEqual([
      '09-22 7',
      '09-29 3',
      '10-08 1',
      '10-09 0',
      '10-10 -1',
      '10-12 -2',
    ]);
  });

  test('the natural alert days that fall into 国庆 merge on 30 September', () => {
    expect(alerts('2026-10-09', 'natural', '2026-09-20', '2026-10-12')).toEqual([
      '09-30 9',
      '10-08 1',
      '10-09 0',
      '10-10 -1',
      '10-12 -3',
    ]);
  });

  test('a deadline inside 国庆 is alerted on the last working day before it, and from the first one after it', () => {
    expect(alerts('2026-10-03', 'natural', '2026-09-20', '2026-10-08')).toEqual(['09-24 9', '09-30 3', '10-08 -5']);
    expect(alerts('2026-10-03', 'working', '2026-09-20', '2026-10-08')).toEqual([
      '09-21 6',
      '09-28 2',
      '09-30 0',
      '10-08 -1',
    ]);
  });

  test('a 调休 Sunday is a push day', () => {
    expect(alertsOn(calendar, date('2026-09-20'), date('2026-09-20'), 'working')).toEqual({ daysLeft: 0 });
  });

  test('fall on working days only, one a day at most, and every deadline is alerted on its last working day', () => {
    fc.assert(
      fc.property(anyDay, anyUnit, (due, unit) => {
        let last: LocalDate | undefined;
        for (let day = addDays(due, -20); day <= due; day = addDays(day, 1)) {
          const alert = alertsOn(calendar, day, due, unit);
          if (alert) expect(calendar.isWorkday(day)).toBe(true);
          if (calendar.isWorkday(day)) last = alert && day;
        }
        expect(last && daysBetween(last, due)).toBeLessThan(10);
      }),
    );
  });
});
