import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, date, dayOf, monthOf, yearOf } from '../../src/domain/calendar/local-date.ts';
import { dateOfSerial } from '../../src/excel/workbook.ts';
import { readDateText, readWrittenDate } from '../../src/excel/written-date.ts';

const read = (value: string | number) => readWrittenDate({ value }, 2026);

test.each([
  '2026-04-08',
  '2026.4.8',
  '2026/4/8',
  '2026年4月8日',
  '2026 年 4 月 8 日',
  '20260408',
  '26.4.8',
  '4月8日',
  '4月8号',
  '4.8',
  '4/8',
  '４月８日',
  ' 4月8日（三） ',
  '4月8日星期三',
  '4月8日18:00',
])('%s is 8 April 2026', (text) => {
  expect(read(text)).toMatchObject({ kind: 'day', date: '2026-04-08' });
});

test('a bare number is a serial, and says so', () => {
  expect(read(46115)).toMatchObject({ kind: 'day', date: '2026-04-03', fromSerial: true, yearInferred: false });
});
test('a date that names no year takes the table’s, and says so', () => {
  expect(read('4.9')).toMatchObject({ date: '2026-04-09', yearInferred: true });
  expect(read('2025.4.9')).toMatchObject({ date: '2025-04-09', yearInferred: false });
});
test('4.9 that Excel took for a number is 9 April; 4.1 may be the 10th and is asked back', () => {
  expect(read(4.9)).toMatchObject({ kind: 'day', date: '2026-04-09' });
  expect(read(4.15)).toMatchObject({ kind: 'day', date: '2026-04-15' });
  expect(read(4.1)).toEqual({ kind: 'ambiguous' });
});
test.each([
  ['4月13日-15日', '2026-04-13', '2026-04-15'],
  ['4月13日—4月15日', '2026-04-13', '2026-04-15'],
  ['4.13-4.15', '2026-04-13', '2026-04-15'],
  ['4.13-15', '2026-04-13', '2026-04-15'],
  ['2026年4月30日至5月6日', '2026-04-30', '2026-05-06'],
  ['12月30日～1月2日', '2026-12-30', '2027-01-02'],
])('%s is a range', (text, from, to) => {
  expect(read(text)).toMatchObject({ kind: 'range', from, to });
});
test.each([
  ['4月上旬', '2026-04-01', '2026-04-10'],
  ['4月中旬', '2026-04-11', '2026-04-20'],
  ['2月下旬', '2026-02-21', '2026-02-28'],
  ['4月底', '2026-04-21', '2026-04-30'],
  ['4月份', '2026-04-01', '2026-04-30'],
  ['2025年12月', '2025-12-01', '2025-12-31'],
])('%s is a part of a month', (text, from, to) => {
  expect(read(text)).toEqual({ kind: 'fuzzy', from, to });
});
test.each(['2026.4.31', '4月31日', '2月30日', '13月1日', '4月13日-31日'])('%s does not exist', (text) => {
  expect(read(text)).toEqual({ kind: 'impossible' });
});
test.each(['', '待定', '另行通知', '/'])('“%s” is no date', (text) => {
  expect(read(text)).toEqual({ kind: 'none' });
});
test.each(['开学第一周', '省督导组进驻后', '4月8日、9日'])('%s is not guessed', (text) => {
  expect(read(text)).toEqual({ kind: 'unreadable' });
});

describe('for any day', () => {
  const day = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays(date('2000-03-01'), days));

  test('every spelling with a year reads back as that day', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('-', '.', '/'), (of, sign) => {
        const written = `${yearOf(of)}${sign}${monthOf(of)}${sign}${dayOf(of)}`;
        expect(readDateText(written, 1999)).toMatchObject({ kind: 'day', date: of, yearInferred: false });
      }),
    );
  });
  test('its serial is one more than the day before’s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 36_526, max: 73_049 }), (serial) => {
        const on = dateOfSerial(serial);
        expect(on && addDays(on, 1)).toBe(dateOfSerial(serial + 1));
      }),
    );
  });
});
