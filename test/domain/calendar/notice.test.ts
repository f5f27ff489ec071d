import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addDays, date, type LocalDate, weekday } from '../../../src/domain/calendar/local-date.ts';
import { type Arrangement, looksLikeNotice, readNotice } from '../../../src/domain/calendar/notice.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { type EnteredDay, NOTHING_ENTERED, workCalendar } from '../../../src/domain/calendar/work-calendar.ts';
import type { Calendar } from '../../../src/domain/calendar/working-days.ts';

const calendar = statutoryCalendar();
const notice = (year: number): string =>
  readFileSync(new URL(`../../fixtures/notices/${year}.txt`, import.meta.url), 'utf8');
/** Without title and closing sentence. */
const listOf = (year: number): string =>
  notice(year)
    .split('\n')
    .filter((line) => /^[一二三四五六七]、/.test(line))
    .join('\n');
const YEARS = [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026];
const today = date('2026-11-22');

function read(text: string, year?: number): Arrangement {
  const found = readNotice(text, { today, year });
  if ('refused' in found) throw new Error(found.refused);
  return found;
}
const refusal = (text: string, year?: number): string => {
  const found = readNotice(text, { today, year });
  return 'refused' in found ? found.refused : expect.fail(`${text} was read`);
};

/** Saturdays and Sundays rest, and nothing else is known. */
const plainWeeks: Calendar = { isWorkday: (day) => weekday(day) < 6, holidayName: () => undefined, known: () => false };

function* daysOf(year: number): Generator<LocalDate> {
  for (let day = date(`${year}-01-01`); day.startsWith(String(year)); day = addDays(day, 1)) yield day;
}
/** The rest days and working days of a year by what was read, over plain weeks. */
const yearBy = (days: readonly EnteredDay[], year: number) => {
  const of = workCalendar(plainWeeks, { ...NOTHING_ENTERED, days }, 1);
  return [...daysOf(year)].filter((day) => of.isWorkday(day));
};

/** Changed by later notices: 2019 (国办发明电〔2019〕3号) a longer 劳动节, 2020 (〔2020〕1号) a longer 春节. */
const LATER: Readonly<Record<number, readonly EnteredDay[]>> = {
  2019: [
    ...['2019-05-02', '2019-05-03'].map((day): EnteredDay => ({ day: date(day), kind: 'rest', name: '劳动节' })),
    ...['2019-04-28', '2019-05-05'].map((day): EnteredDay => ({ day: date(day), kind: 'work', name: '' })),
  ],
  2020: ['2020-01-31', '2020-02-01'].map((day): EnteredDay => ({ day: date(day), kind: 'rest', name: '春节' })),
};

describe('the notices of the State Council', () => {
  test.each(YEARS)('%i is read as the package has it, day by day', (year) => {
    const { days, missing, year: readYear } = read(notice(year));
    const later = LATER[year] ?? [];
    const all = [...days.filter(({ day }) => later.every((each) => each.day !== day)), ...later];
    // The next year's notice may rest this year's last days.
    const next = YEARS.includes(year + 1) ? read(notice(year + 1)).days : [];
    expect(readYear).toBe(year);
    expect(missing).toEqual([]);
    expect(yearBy([...all, ...next], year)).toEqual([...daysOf(year)].filter((day) => calendar.isWorkday(day)));
  });

  test.each(YEARS)('%i: the rest days of the package have the name of their section', (year) => {
    for (const { day, kind, name } of read(notice(year)).days) {
      const known = calendar.holidayName(day);
      if (kind === 'rest' && known && !['国庆节', '中秋'].includes(known)) expect([day, name]).toEqual([day, known]);
    }
  });

  test.each(YEARS)('%i without its title is read for the year that is named before it', (year) => {
    expect(read(listOf(year), year)).toEqual(read(notice(year)));
  });

  test('without any year, the weekdays tell it', () => {
    expect(readNotice(listOf(2026), { today: date('2025-11-05') })).toEqual(read(notice(2026)));
    expect(refusal('元旦：1月1日放假。')).toContain('请在前面写上年份');
    expect(refusal('元旦：1月1日（周五）放假。2月30日放假。')).toContain('没有“2月30日”这一天');
  });

  test('full width, spaces and line ends are all the same', () => {
    expect(read(notice(2025).replaceAll(/\s/g, ''))).toEqual(read(notice(2025)));
    expect(read(notice(2025).normalize('NFKC').replaceAll('。', '。 \r\n'))).toEqual(read(notice(2025)));
  });

  test('advice to rest on a day is no rest day (除夕 2024)', () => {
    expect(read(notice(2024)).days.map(({ day }) => day)).not.toContain('2024-02-09');
  });

  test('a part of the list says what it leaves out', () => {
    expect(read('一、元旦：1月1日（周五）至3日（周日）放假，共3天。', 2027)).toMatchObject({
      year: 2027,
      missing: ['春节', '清明', '劳动节', '端午', '中秋', '国庆节'],
    });
  });

  test('a text is a notice when a holiday is followed by a date, and a question about one is none', () => {
    for (const year of YEARS) expect(looksLikeNotice(notice(year))).toBe(true);
    expect(looksLikeNotice('元旦：1月1日放假')).toBe(true);
    for (const text of ['国庆放几天', '春节：注意安全', '劳动节前完成整改', '日程 国庆节'])
      expect(looksLikeNotice(text), text).toBe(false);
  });
});

test.each([
  ['元旦：1月1日（周六）至3日放假，共3天。', 2027, '2027年1月1日是周五，不是通知里写的周六'],
  ['元旦：1月1日至3日放假，共4天。', 2027, '从日期数是 3 天，与所写的 4 天不符'],
  ['清明节：2月30日放假。', 2027, '没有“2月30日”这一天'],
  ['劳动节：5月5日至1日放假。', 2027, '先后反了'],
  ['国庆节：10月1日至31日放假，共31天。', 2027, '没有这么长的假期'],
  ['春节：2月5日至11日放假，共7天。2月6日（周六）上班。', 2027, '既写了放假又写了上班'],
  ['春节：2月5日至11日放假，共7天。2月12日上班。', 2027, '本来就是工作日'],
  ['元旦：1月1日放假。元旦：1月1日放假。', 2027, '写了两次'],
  ['元旦：放假三天。', 2027, '没有看到放假日期'],
  ['元旦：2026年1月1日放假。', 2027, '不在 2027年'],
  ['劳动节：从5月1日开始放假五天。', 2027, '没有看懂'],
  ['劳动节：1日至5日放假。', 2027, '没有写月份'],
  ['请注意安全', 2027, '请粘贴通知的正文'],
])('“%s” for %i is refused: %s', (text, year, reason) => {
  expect(refusal(text, year)).toContain(reason);
});
