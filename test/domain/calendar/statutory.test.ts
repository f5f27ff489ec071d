import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import chineseDays from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { addDays, date, type LocalDate, weekday } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';

const calendar = statutoryCalendar();
const daysOf = (year: number): LocalDate[] => {
  const days: LocalDate[] = [];
  for (let day = date(`${year}-01-01`); day.startsWith(`${year}`); day = addDays(day, 1)) days.push(day);
  return days;
};
const short = (day: string) => day.slice(5);

describe('the announced years', () => {
  test.each([
    [2023, '01-28 01-29 04-23 05-06 06-25 10-07 10-08'],
    [2024, '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12'],
    [2025, '01-26 02-08 04-27 09-28 10-11'],
    [2026, '01-04 02-14 02-28 05-09 09-20 10-10'],
  ])('%i has exactly its 调休 working weekends', (year, worked) => {
    const found = daysOf(year).filter((day) => weekday(day) > 5 && calendar.isWorkday(day));
    expect(found.map(short).join(' ')).toBe(worked);
  });

  test.each([
    [
      2023,
      '01-02 01-23 01-24 01-25 01-26 01-27 04-05 05-01 05-02 05-03 06-22 06-23 09-29 10-02 10-03 10-04 10-05 10-06',
    ],
    [
      2024,
      '01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 10-01 10-02 10-03 10-04 10-07',
    ],
    [
      2025,
      '01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08',
    ],
    [
      2026,
      '01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07',
    ],
  ])('%i rests on exactly these weekdays', (year, rested) => {
    const found = daysOf(year).filter((day) => weekday(day) <= 5 && !calendar.isWorkday(day));
    expect(found.map(short).join(' ')).toBe(rested);
  });

  test('are those of the package, no more', () => {
    const years = Array.from({ length: 60 }, (_, n) => 1990 + n).filter((year) => calendar.known(year));
    expect([years[0], years.at(-1), years.length]).toEqual([2004, 2026, 23]);
  });

  test('name the holiday on rest days only', () => {
    expect(calendar.holidayName(date('2026-10-07'))).toBe('国庆节');
    expect(calendar.holidayName(date('2026-10-10'))).toBeUndefined();
    expect(calendar.holidayName(date('2026-10-17'))).toBeUndefined();
  });
});

describe('2027, which is not announced', () => {
  test('is not known although the package answers for it', () => {
    expect(calendar.known(2027)).toBe(false);
    expect(chineseDays.isWorkday('2027-10-01')).toBe(true);
  });

  test('counts the fixed festivals of the law and weekends', () => {
    const named = daysOf(2027).flatMap((day) => {
      const name = calendar.holidayName(day);
      return name ? [`${short(day)} ${name}`] : [];
    });
    expect(named).toEqual([
      '01-01 元旦',
      '02-05 春节',
      '02-06 春节',
      '02-07 春节',
      '02-08 春节',
      '04-05 清明',
      '05-01 劳动节',
      '05-02 劳动节',
      '06-09 端午',
      '09-15 中秋',
      '10-01 国庆节',
      '10-02 国庆节',
      '10-03 国庆节',
    ]);
    expect(
      daysOf(2027)
        .filter((day) => weekday(day) > 5)
        .some((day) => calendar.isWorkday(day)),
    ).toBe(false);
  });
});

test('the computed festivals agree with every announced year: each is a rest day of that name', () => {
  for (let year = 2008; year <= 2026; year += 1) {
    const computed = [
      [chineseDays.getSolarDateFromLunar(new Date(year, 4, 5, 12)).date, '端午'],
      [chineseDays.getSolarDateFromLunar(new Date(year, 0, 1, 12)).date, '春节'],
      [`${year}-04-0${Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4)}`, '清明'],
    ] as const;
    for (const [day, name] of computed) {
      // The package lists the Friday and the Sunday of 端午 2012, not its Saturday.
      if (day !== '2012-06-23') expect([day, calendar.holidayName(date(day))]).toEqual([day, name]);
    }
  }
});

test('the calendar is the same in every time zone of the process', () => {
  const file = fileURLToPath(new URL('../../../src/domain/calendar/statutory.ts', import.meta.url));
  const script = `
    const { statutoryCalendar } = await import(process.argv[1]);
    const c = statutoryCalendar();
    console.log(['2026-10-01', '2026-10-07', '2026-10-08', '2026-10-10', '2027-02-05', '2027-04-05', '2027-06-09', '2027-09-15']
      .map((d) => c.isWorkday(d) + ' ' + c.holidayName(d)).join());`;
  const run = (zone: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script, file], { env: { TZ: zone } })
      .toString()
      .trim();
  const shown = 'false 国庆节,false 国庆节,true undefined,true undefined,false 春节,false 清明,false 端午,false 中秋';
  expect(run('America/Los_Angeles')).toBe(shown);
  expect(run('Asia/Shanghai')).toBe(shown);
  expect(run('Pacific/Kiritimati')).toBe(shown);
});
