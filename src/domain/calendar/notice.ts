import { weekdayName } from './describe.ts';
import { addDays, daysBetween, type LocalDate, makeDate, weekday, yearOf } from './local-date.ts';
import type { EnteredDay } from './work-calendar.ts';
import type { Holiday } from './working-days.ts';

/** What a notice of the State Council (国务院办公厅关于20××年部分节假日安排的通知) arranges. */
export interface Arrangement {
  readonly year: number;
  /** In the order of the days; weekends inside a holiday are among them. */
  readonly days: readonly EnteredDay[];
  /** Holidays of the law that the text does not name: the year is not complete without them. */
  readonly missing: readonly Holiday[];
}

/** `refused`: what is wrong with the text, in the words of whoever pasted it. */
export type ReadNotice = Arrangement | { readonly refused: string };

class Refused extends Error {}
const refuse = (sentence: string): never => {
  throw new Refused(sentence);
};

const HOLIDAYS: readonly (readonly [written: string, name: Holiday])[] = [
  ['元旦', '元旦'],
  ['春节', '春节'],
  ['清明节?', '清明'],
  ['(?:国际)?劳动节', '劳动节'],
  ['端午节?', '端午'],
  ['中秋节?', '中秋'],
  ['国庆节?', '国庆节'],
];
const NAME = `(?:${HOLIDAYS.map(([written]) => written).join('|')})`;
/** 六、国庆节、中秋节: */
const HEADING = new RegExp(`(${NAME}(?:[、和与]${NAME})*)(?:假期|放假)?(?:安排)?[:]`, 'g');

/** Written without spaces and in half width. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');

/** Whether a text is such a list at all: 元旦：1月1日（周四）至3日（周六）放假…, with or without its heading. */
export function looksLikeNotice(text: string): boolean {
  const line = plain(text);
  return [...line.matchAll(HEADING)].some(({ index, 0: heading }) =>
    /^(?:\d{4}年)?\d{1,2}月\d{1,2}日/.test(line.slice(index + heading.length, index + heading.length + 11)),
  );
}

/**
 * Reads the list as it stands on the government's site. Nothing is guessed: a weekday that does not fit its date, a count of days that
 * does not fit the dates, a sentence about days off that is not understood refuse the whole text. The year is the one that is said; else
 * the one in which all weekdays are right.
 */
export function readNotice(
  text: string,
  { today, year }: { readonly today: LocalDate; readonly year?: number | undefined },
): ReadNotice {
  const line = plain(text);
  const said = year ?? saidYear(line);
  if (said !== undefined) return arrangementOf(line, said);
  const near = [-1, 0, 1, 2].map((more) => arrangementOf(line, yearOf(today) + more));
  const fitting = near.filter((each) => 'days' in each);
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  // What is wrong in every year is told for the one that is announced next.
  if (fitting.length === 0) return arrangementOf(line, yearOf(today) + (today.slice(5) >= '10-01' ? 1 : 0));
  return { refused: '没有写明是哪一年的安排，请在前面写上年份，例如：节假日 2027 一、元旦：1月1日…' };
}

/** 2027年部分节假日, 2027年元旦; else the year of 元旦 itself: 2022年12月31日至2023年1月2日. */
function saidYear(line: string): number | undefined {
  const [, titled] = /(\d{4})年(?:全年|部分|的)?(?:法定)?(?:节假日|放假|元旦|春节)/.exec(line) ?? [];
  if (titled) return Number(titled);
  const [, newYear = ''] = /元旦:(.*?)。/.exec(line) ?? [];
  const years = [...newYear.matchAll(/(\d{4})年/g)].map(([, each]) => Number(each));
  return years.length > 0 ? Math.max(...years) : undefined;
}

function arrangementOf(line: string, year: number): ReadNotice {
  try {
    const found = [...line.matchAll(HEADING)];
    if (found.length === 0) refuse('没有看到“元旦：…”“春节：…”这样的内容，请粘贴通知的正文。');
    const days = new Map<LocalDate, EnteredDay>();
    const named = new Set<Holiday>();
    for (const [index, heading] of found.entries()) {
      const names = HOLIDAYS.filter(([written]) => new RegExp(written).test(heading[1] ?? '')).map(([, name]) => name);
      for (const name of names) {
        if (named.has(name)) refuse(`“${name}”写了两次，请只留一份通知。`);
        named.add(name);
      }
      const body = line.slice(heading.index + heading[0].length, found[index + 1]?.index);
      for (const day of daysIn(body, names, year)) {
        const known = days.get(day.day);
        if (known && known.kind !== day.kind) refuse(`${shown(day.day)}既写了放假又写了上班，请核对后再发。`);
        if (!known) days.set(day.day, day);
      }
    }
    return {
      year,
      days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
      missing: HOLIDAYS.map(([, name]) => name).filter((name) => !named.has(name)),
    };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

const DATE = '(?:\\d{4}年)?(?:\\d{1,2}月)?\\d{1,2}日(?:\\([^)]*\\))?';
const SPANS = `${DATE}(?:(?:至|到|[-~—–]+)${DATE})?`;
const LIST = `${SPANS}(?:[、和,]${SPANS})*`;
const REST = new RegExp(`^(${LIST}),?(?:放假|调休|休息|休假)(?:调休)?(?:,?共?(\\d{1,2})天)?`);
const WORK = new RegExp(`^(${LIST})(?:,?(?:照常|正常))?上班`);
/** A sentence that speaks of days off, and is none of the two, must not be passed over; 鼓励…安排职工在除夕（2月9日）休息 is advice. */
const UNREAD = /\d日.*(?:放假|上班|调休|休息)/;

function daysIn(body: string, names: readonly Holiday[], year: number): readonly EnteredDay[] {
  const [first] = names;
  const days: EnteredDay[] = [];
  for (const sentence of body.split(/[。;]/)) {
    const [, rested, count] = REST.exec(sentence) ?? [];
    const [, worked] = WORK.exec(sentence) ?? [];
    if (rested) {
      const off = datesOf(rested, year, first);
      if (count !== undefined && off.length !== Number(count))
        refuse(`“${sentence}”：从日期数是 ${off.length} 天，与所写的 ${Number(count)} 天不符，请核对后再发。`);
      days.push(...off.map((day): EnteredDay => ({ day, kind: 'rest', name: nameOf(day, names) })));
    } else if (worked) {
      for (const day of datesOf(worked, year, first)) {
        if (weekday(day) < 6) refuse(`${shown(day)}本来就是工作日，不用写上班，请核对日期和年份。`);
        days.push({ day, kind: 'work', name: '' });
      }
    } else if (UNREAD.test(sentence) && !/鼓励|结合带薪/.test(sentence)) {
      refuse(`没有看懂“${sentence.slice(0, 40)}”，请只粘贴通知中的放假和上班日期。`);
    }
  }
  if (days.length === 0) refuse(`“${first ?? ''}”后面没有看到放假日期，请粘贴完整的一条。`);
  return days;
}

/** 国庆 and 中秋 in one holiday: the first three days of October are 国庆, as everybody says; the day of 中秋 is not computed here. */
const nameOf = (day: LocalDate, names: readonly Holiday[]): Holiday | '' =>
  (names.includes('国庆节') && day.slice(5) >= '10-01' ? '国庆节' : names[0]) ?? '';

const ONE = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?/g;
/** No holiday is longer; a range in the wrong order or year would be. */
const LONGEST = 15;

function datesOf(list: string, year: number, holiday: Holiday | undefined): readonly LocalDate[] {
  const dates: LocalDate[] = [];
  let month: number | undefined;
  for (const span of list.split(/(?<=日|\))[、和,]/)) {
    const [from, to, ...more] = [...span.matchAll(ONE)].map(([written, inYear, inMonth, day, note = '']) => {
      month = inMonth ? Number(inMonth) : month;
      if (month === undefined) return refuse(`“${written}”没有写月份，请补上后再发。`);
      // 元旦's holiday may begin in the December before.
      const its = inYear ? Number(inYear) : holiday === '元旦' && month === 12 ? year - 1 : year;
      return checked(written, makeDate(its, month, Number(day)), note);
    });
    if (!from || more.length > 0) return refuse(`没有看懂“${span}”这几天。`);
    const last = to ?? from;
    const count = daysBetween(from, last) + 1;
    if (count < 1) refuse(`“${span}”的先后反了，请核对后再发。`);
    if (count > LONGEST) refuse(`“${span}”有 ${count} 天，没有这么长的假期，请核对后再发。`);
    if (yearOf(last) !== year && !(yearOf(last) === year - 1 && last.slice(5) > '12-20'))
      refuse(`“${span}”不在 ${year}年，请核对年份。`);
    for (let n = 0; n < count; n += 1) dates.push(addDays(from, n));
  }
  return dates;
}

function checked(written: string, day: LocalDate | undefined, note: string): LocalDate {
  if (!day) return refuse(`没有“${written}”这一天，请核对后再发。`);
  const [, said] = /(?:周|星期)([一二三四五六日天])/.exec(note) ?? [];
  if (said && `周${said.replace('天', '日')}` !== weekdayName(day))
    refuse(`${shown(day)}，不是通知里写的周${said}，请核对年份和日期。`);
  return day;
}

const shown = (day: LocalDate): string =>
  `${yearOf(day)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日是${weekdayName(day)}`;
