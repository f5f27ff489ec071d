import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, date, type LocalDate, weekday } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import {
  addWorkdays,
  firstWorkdayOnOrAfter,
  type Holiday,
  holidaySpan,
  isProvisional,
  lastWorkdayBefore,
  workdaysBetween,
  workdaysOfMonth,
  workdaysOfWeek,
} from '../../../src/domain/calendar/working-days.ts';

const calendar = statutoryCalendar();
const anyDay = fc.integer({ min: 0, max: 365 * 6 }).map((days) => addDays(date('2023-01-01'), days));

describe('counting working days', () => {
  test.each([
    [10, '2026-04-01', '2026-04-16'],
    [0, '2026-05-01', '2026-05-06'],
    [-7, '2026-10-16', '2026-10-08'],
    [3, '2026-04-01', '2026-04-07'],
    [0, '2026-10-10', '2026-10-10'],
    [1, '2026-09-30', '2026-10-08'],
  ])('%i working days from %s is %s', (n, from, to) => {
    expect(addWorkdays(calendar, date(from), n)).toBe(to);
  });

  test('a 调休 Sunday counts as a working day', () => {
    expect(workdaysBetween(calendar, date('2026-09-18'), date('2026-09-21'))).toBe(2);
  });

  test('the whole of 国庆 2026 counts nothing', () => {
    expect(workdaysBetween(calendar, date('2026-09-30'), date('2026-10-07'))).toBe(0);
  });

  test('the nth working day is n working days away, both ways', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (from, n) => {
        expect(workdaysBetween(calendar, from, addWorkdays(calendar, from, n))).toBe(n);
        const start = firstWorkdayOnOrAfter(calendar, from);
        expect(workdaysBetween(calendar, start, addWorkdays(calendar, start, -n))).toBe(-n);
      }),
    );
  });

  test('counts add up over any day between', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, (a, b, c) => {
        const count = (from: LocalDate, to: LocalDate) => workdaysBetween(calendar, from, to);
        expect(count(a, b) + count(b, c)).toBe(count(a, c));
      }),
    );
  });
});

describe('weeks and months', () => {
  test('the week of 国庆 2026 begins its work on Thursday and ends it on the 调休 Saturday', () => {
    expect(workdaysOfWeek(calendar, date('2026-10-05'))).toEqual({ from: '2026-10-08', to: '2026-10-10' });
  });
  test('a 调休 Sunday is the last working day of the week that it ends', () => {
    expect(weekday(date('2026-09-20'))).toBe(7);
    expect(workdaysOfWeek(calendar, date('2026-09-20'))).toEqual({ from: '2026-09-14', to: '2026-09-20' });
  });
  test('a week that is holiday from Monday to Sunday has no working day', () => {
    expect(workdaysOfWeek(calendar, date('2026-02-18'))).toBeUndefined();
  });
  test('October 2026 is worked from the 8th to the 30th', () => {
    expect(workdaysOfMonth(calendar, date('2026-10-20'))).toEqual({ from: '2026-10-08', to: '2026-10-30' });
  });
  test('the last working day before 五一 2026 is 30 April', () => {
    expect(lastWorkdayBefore(calendar, date('2026-05-01'))).toBe('2026-04-30');
  });
});

describe('holidays', () => {
  test.each<[Holiday, string, string, string]>([
    ['元旦', '2026-04-01', '2026-01-01', '2026-01-03'],
    ['春节', '2026-04-01', '2026-02-15', '2026-02-23'],
    ['清明', '2026-04-01', '2026-04-04', '2026-04-06'],
    ['劳动节', '2026-04-01', '2026-05-01', '2026-05-05'],
    ['端午', '2026-04-01', '2026-06-19', '2026-06-21'],
    ['中秋', '2026-05-01', '2026-09-25', '2026-09-27'],
    ['国庆节', '2026-09-01', '2026-10-01', '2026-10-07'],
    ['国庆节', '2025-09-01', '2025-10-01', '2025-10-08'],
    ['中秋', '2025-09-01', '2025-10-01', '2025-10-08'],
    ['元旦', '2023-12-20', '2023-12-30', '2024-01-01'],
    ['端午', '2024-06-01', '2024-06-08', '2024-06-10'],
    ['国庆节', '2023-09-01', '2023-09-29', '2023-10-06'],
  ])('%s near %s lasts from %s to %s', (name, near, from, to) => {
    expect(holidaySpan(calendar, name, date(near))).toEqual({ from, to });
  });

  test('in December the nearest 元旦 is the coming one', () => {
    expect(holidaySpan(calendar, '元旦', date('2025-12-20'))?.from).toBe('2026-01-01');
  });

  test('every holiday of a known year is found, and is rest throughout', () => {
    const names: Holiday[] = ['元旦', '春节', '清明', '劳动节', '端午', '国庆节'];
    fc.assert(
      fc.property(fc.integer({ min: 2012, max: 2040 }), fc.constantFrom(...names), (year, name) => {
        const span = holidaySpan(calendar, name, date(`${year}-06-15`));
        expect(span).toBeDefined();
        for (let day = span?.from ?? date('1900-01-01'); day <= (span?.to ?? ''); day = addDays(day, 1)) {
          expect(calendar.isWorkday(day)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a year that is not announced', () => {
  test('makes a date in it provisional, and every span that reaches into it', () => {
    expect(isProvisional(calendar, date('2026-12-31'))).toBe(false);
    expect(isProvisional(calendar, date('2027-01-01'))).toBe(true);
    expect(isProvisional(calendar, { from: date('2026-12-28'), to: date('2027-01-04') })).toBe(true);
    expect(isProvisional(calendar, { from: date('2026-01-01'), to: date('2026-12-31') })).toBe(false);
  });
});
