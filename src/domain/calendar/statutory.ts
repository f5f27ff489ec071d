import chineseDays from 'chinese-days';
import arranged from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { addDays, type LocalDate, makeDate, parseDate, weekday, yearOf } from './local-date.ts';
import type { Calendar, Holiday } from './working-days.ts';

/**
 * Rest days and 调休 working days of the years 2004 to 2026, after the yearly notices of the General Office of the State Council
 * (2023: 国办发明电〔2022〕16号, 2024: 〔2023〕7号, 2025: 〔2024〕12号, 2026: 〔2025〕7号; for earlier years the package is the source).
 * Values are 'National Day,国庆节,3'. We read the data and not the package's functions: its table is built in the process's zone and
 * is a day off west of Greenwich, and its functions call every weekday of an unknown year a working day.
 */
const rested: Readonly<Record<string, string>> = arranged.holidays;
const worked: Readonly<Record<string, string>> = arranged.workdays;

/** 国庆 is a holiday of every arranged year, and no other year's notice touches it. */
const known = (year: number): boolean => `${year}-10-01` in rested;

/**
 * The statutory calendar. A year is announced in the October or November before it; until the package has it, the year counts the
 * fixed festivals of 全国年节及纪念日放假办法 (2024 revision) and weekends: `known` is false, and what depends on it is 暂按周末推算.
 */
export function statutoryCalendar(): Calendar {
  const festivals = new Map<number, ReadonlyMap<LocalDate, Holiday>>();
  const festivalAt = (date: LocalDate): string | undefined => {
    const year = yearOf(date);
    const named = festivals.get(year) ?? new Map(festivalsOf(year));
    festivals.set(year, named);
    return named.get(date);
  };
  // A notice may rest the last days of the year before it (2022-12-31), so the data is asked before the year is.
  const holidayName = (date: LocalDate): string | undefined =>
    rested[date]?.split(',')[1] ?? (known(yearOf(date)) ? undefined : festivalAt(date));
  return {
    holidayName,
    isWorkday: (date) => date in worked || (weekday(date) <= 5 && holidayName(date) === undefined),
    known,
  };
}

/** 全国年节及纪念日放假办法 (2024) art. 2; 中秋 last, so that it keeps its name when it falls into 国庆 (2028). */
function* festivalsOf(year: number): Generator<[LocalDate, Holiday]> {
  yield* daysFrom(makeDate(year, 1, 1), 1, '元旦');
  const firstOfLunarYear = lunar(year, 1, 1);
  yield* daysFrom(firstOfLunarYear && addDays(firstOfLunarYear, -1), 4, '春节');
  yield* daysFrom(makeDate(year, 4, qingming(year)), 1, '清明');
  yield* daysFrom(makeDate(year, 5, 1), 2, '劳动节');
  yield* daysFrom(lunar(year, 5, 5), 1, '端午');
  yield* daysFrom(makeDate(year, 10, 1), 3, '国庆节');
  yield* daysFrom(lunar(year, 8, 15), 1, '中秋');
}

function* daysFrom(first: LocalDate | undefined, count: number, name: Holiday): Generator<[LocalDate, Holiday]> {
  if (first) for (let n = 0; n < count; n += 1) yield [addDays(first, n), name];
}

/**
 * Local noon, because the function reads the date in the process's zone. The package's lunar table ends with 2100. It takes the lunar day as
 * a Date, so that one whose month is too short for it (二月廿九) would silently become another.
 */
const lunar = (year: number, month: number, day: number): LocalDate | undefined =>
  year > 2100 || !makeDate(year, month, day)
    ? undefined
    : parseDate(chineseDays.getSolarDateFromLunar(new Date(year, month - 1, day, 12)).date);

/** Day of April, by the usual formula, right for 2000 to 2099. The package has the same one, but writes it in the process's zone. */
const qingming = (year: number): number => Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4);

/** The public days of a lunar day in the years around a day, in order; none for the 30th, which only some lunar months have. */
export const solarDaysOf = (month: number, day: number, near: LocalDate): readonly LocalDate[] =>
  month > 12 || day > 29 ? [] : [-1, 0, 1].flatMap((years) => lunar(yearOf(near) + years, month, day) ?? []);
