import { COUNTED, type Counted, countedIn } from './day-count.ts';
import { addDays, addMonths, type LocalDate, makeDate, monthOf, yearOf } from './local-date.ts';
import { NOT_INSIDE_NUMBER, NUMERAL, numeralOf } from './numeral.ts';
import { type Atom, type AtomReader, type Context, day, fixed, reader } from './phrase-atom.ts';
import { inYears, saidYear, YEAR } from './phrase-years.ts';
import type { Span } from './span.ts';
import {
  addWorkdays,
  type Calendar,
  firstWorkdayOnOrAfter,
  type Holiday,
  holidayOfYear,
  lastWorkdayBefore,
} from './working-days.ts';

const HOLIDAYS: Readonly<Record<string, Holiday>> = {
  元旦: '元旦',
  春节: '春节',
  清明: '清明',
  五一: '劳动节',
  劳动: '劳动节',
  端午: '端午',
  中秋: '中秋',
  国庆: '国庆节',
  十一: '国庆节',
};
/** 五一小学 is a school, 十一月 a month, 劳动 alone a school subject. */
const NAME =
  '(元旦|春节|清明|五一(?![中小]学|学校|路|村|街)|劳动(?=节)|端午|中秋|国庆|(?<![一二三四五六七八九第])十一(?=前|之前|期间|假期|长假|黄金周|放假|后))';
const SUFFIX = '(?:节(?!目))?(?:放假|假期|假日|小长假|长假|黄金周|期间)*';

/** 后第一个工作日, 后第一天, 后上班第一天: vacations of the law end with a working day. */
const FIRST_DAY = '后的?(?:(?:第一个|首个)工作日|(?:上班)?(?:第一天|首日)(?:上班)?)';

/** 清明假期, 国庆期间, 明年春节, 五一 (五一前 is read by the caller), 国庆后第一个工作日. */
const holiday = reader(
  `(?:${YEAR})?${NAME}${SUFFIX}(${FIRST_DAY})?`,
  ([, written = '', word = '', name = '', after = ''], { today, calendar }) => {
    const named = HOLIDAYS[name];
    if (!named) return undefined;
    return {
      ...inYears(saidYear(written, word, today), (year) => {
        const span = holidayOfYear(calendar, named, year);
        return span && (after ? day(addDays(span.to, 1)) : span);
      }),
      statutory: true,
      ...(after ? {} : { before: 'workday' as const }),
    };
  },
);

/** The holiday that `today` is in, or the next one. */
function nextHoliday(calendar: Calendar, today: LocalDate): LocalDate {
  let found = today;
  while (calendar.holidayName(found) === undefined) found = addDays(found, 1);
  return found;
}

/** 节后第一个工作日, 节后第一天: after the holiday that is on or comes next. */
const afterHoliday = reader(`(?<!\\p{Script=Han})(?:节|节假日|假期?)${FIRST_DAY}`, (_, { today, calendar }) => ({
  ...fixed(day(firstWorkdayOnOrAfter(calendar, nextHoliday(calendar, today)))),
  statutory: true,
}));

/** 节前: until the last working day before the next holiday; 环节前 and 春节前 are something else. */
const beforeHoliday = reader('(?<!\\p{Script=Han})节前', (_, { today, calendar }) => {
  let coming = today;
  while (!calendar.isWorkday(coming)) coming = addDays(coming, 1);
  return {
    ...fixed(day(lastWorkdayBefore(calendar, nextHoliday(calendar, coming)))),
    until: true,
    statutory: true,
  };
});

/** The first day is not counted (民法典 art. 201); 一个月 is the same day of the next month. */
function limit(count: string, unit: Counted, { today, calendar }: Context): LocalDate {
  const n = count === '半' ? 0.5 : numeralOf(count);
  switch (unit) {
    case 'workday':
      return addWorkdays(calendar, today, n);
    case 'day':
      return addDays(today, n);
    case 'week':
      return addDays(today, 7 * n);
    case 'month':
      return n === 0.5 ? addDays(today, 15) : addMonths(today, n);
    case 'year':
      return addMonths(today, 12 * n);
  }
}

function counted(count: string, written: string, context: Context): Omit<Atom, 'end'> {
  const unit = countedIn(written);
  return {
    ...fixed({ from: context.today, to: limit(count, unit, context) }),
    statutory: unit === 'workday',
    ...((unit === 'workday' || unit === 'day') && { unit: unit === 'workday' ? 'working' : 'natural' }),
  };
}

const COUNT = `(${NUMERAL}|\\d{3}(?= ?[个天日工上])|半(?=个月|年)) ?(${COUNTED})`;

/** 3个工作日内, 30日内, 一个月内, 两周之内. */
const within = reader(`${NOT_INSIDE_NUMBER}${COUNT}(?:之|以)?内(?!容|部)`, ([, count = '', unit = ''], context) => ({
  ...counted(count, unit, context),
  until: true,
}));
/** 未来7天, 接下来两周: today included, as the default horizon of 截止. */
const ahead = reader(`(?:未来|今后|接下来)的?${COUNT}内?`, ([, count = '', unit = ''], context) =>
  counted(count, unit, context),
);
/** 10个工作日, 15天, 两周 without 内, as a word of its own. 15日 is the 15th. Only for callers that know a deadline is meant. */
export const bareCount = reader(
  `(?<=^|[\\s,，:：;；。、(（]|截止|[时期]限|[为在到至])(?<!前 ?)(?!(?:${NUMERAL}) ?日)${COUNT}(?=$|[\\s,，。;；、]|(?:整改|完成|上报|报送|提交)(?:到位|完)?(?:$|[\\s,，。;；、]))`,
  ([, count = '', unit = ''], context) => ({ ...counted(count, unit, context), until: true }),
);

/** 年内, 今年内, 年底前: until 31 December. */
const withinYear = reader('(?<![\\d一二两三四五半今明去本])年内(?!容)|今年(?:年)?内(?!容)', (_, { today }) => {
  const end = makeDate(yearOf(today), 12, 31);
  return end && { ...fixed({ from: today, to: end }), until: true };
});

/** No vacation of a term that was entered is further away. */
const VACATION_WITHIN_DAYS = 400;

/** 暑假, 寒假后第一天, and 暑假前 (read by the caller): as 校历 has it for the asking unit; where none is entered, not guessed. */
const vacation = reader(
  `(?<!\\p{Script=Han})(?:放)?(暑|寒)假(?:期间)?(${FIRST_DAY})?(?![前后]后|安排|作业|工作|活动|放假)`,
  ([, which = '', after = ''], { today, calendar }) => {
    const span = vacationFrom(calendar, which === '暑' ? [6, 7, 8] : [12, 1, 2], today);
    if (!span) return undefined;
    if (!after) return { ...fixed(span), before: 'workday' };
    return { ...fixed(day(firstWorkdayOnOrAfter(calendar, addDays(span.to, 1)))), statutory: true };
  },
);

/** The vacation that begins in one of these months and is on or comes next. */
function vacationFrom(calendar: Calendar, begins: readonly number[], today: LocalDate): Span | undefined {
  if (!calendar.isVacation) return undefined;
  const isVacation = (of: LocalDate) => calendar.isVacation?.(of) === true;
  let from = today;
  while (isVacation(from) && isVacation(addDays(from, -1))) from = addDays(from, -1);
  for (const last = addDays(today, VACATION_WITHIN_DAYS); from <= last; from = addDays(from, 1)) {
    if (!isVacation(from)) continue;
    let to = from;
    while (isVacation(addDays(to, 1))) to = addDays(to, 1);
    if (begins.includes(monthOf(from))) return { from, to };
    from = to;
  }
  return undefined;
}

export const limitReaders: readonly AtomReader[] = [
  holiday,
  afterHoliday,
  beforeHoliday,
  within,
  ahead,
  withinYear,
  vacation,
];
