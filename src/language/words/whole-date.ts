import { DUE_CLOCK, readDueClock, TIME_SOURCE } from '../../domain/calendar/clock-phrase.ts';
import { describeDate, describeDue, describeSpan, weekdayName } from '../../domain/calendar/describe.ts';
import { dayOf, type LocalDate, type LocalTime, monthOf } from '../../domain/calendar/local-date.ts';
import { NUMERAL, TO } from '../../domain/calendar/numeral.ts';
import { halfOf, type ImpossibleDate, type ReadOptions, readWhen, type When } from '../../domain/calendar/phrase.ts';
import { isLunar } from '../../domain/calendar/phrase-lunar.ts';
import { firstWorkdayOnOrAfter, lastWorkdayBefore, lastWorkdayOf } from '../../domain/calendar/working-days.ts';
import { type Rewording, UserError } from '../errors.ts';
import type { FormContext } from '../forms/form-context.ts';
import { CUT } from './cut.ts';

/** A date of a line that changes something. `end` is behind the time of day, where one stands there. */
export interface WholeDate extends Omit<When, 'clock'> {
  readonly clock?: SaidClock;
}

/** The hour that was named with a date, in front of 前 or behind the date. */
export interface SaidClock {
  /** As written: 18:00, 下午5点, 下班. */
  readonly written: string;
  /** Up to 24:00; undefined where only a part of the day was named: 晚上. */
  readonly time?: LocalTime;
  /** It is the beginning of a range: 9点到11点. */
  readonly range?: true;
}

/**
 * An hour that is over is asked back as a day is: whoever is given it would be late before hearing of it. Without the clock nothing is said.
 */
export function overBy(
  due: { readonly date: LocalDate; readonly time?: LocalTime | undefined },
  { at, today }: { readonly at?: FormContext['at']; readonly today: LocalDate },
): string | undefined {
  const isOver = at && due.time && (due.date < at.date || (due.date === at.date && due.time <= at.time));
  return isOver ? `${describeDue(due.date, due.time, today)} 已经过了（现在 ${at.time}），请写以后的时间。` : undefined;
}

type Today = Pick<WholeDateOptions, 'today'>;

/** The sentence for whoever wrote it, and the place of what was not understood. */
export interface RefusedDate {
  readonly refused: string;
  readonly start: number;
  readonly end: number;
  /** What could have been written instead. */
  readonly mends?: readonly Rewording[];
}

interface WholeDateOptions extends Omit<ReadOptions, 'bias' | 'dotDates'> {
  /** future unless said otherwise: what is written down is to come. */
  readonly bias?: ReadOptions['bias'];
  readonly dotDates?: false;
  /** Several dates may follow each other: 2月14日、2月20日. */
  readonly list?: true;
  /** One day is meant, or days that were written from which to which: 下周 and 5月中旬 are asked back. */
  readonly day?: true;
}

/**
 * The first date of a line that changes something: read whole, or refused with the way to write it. A question may be answered on what was
 * understood of it; what is written down would be wrong for months. So nothing that belongs to the date may be left beside it (五月初五, 明后天,
 * 四月底五月初, 24点), and a day of this year that has just gone by is asked about (`justOver`). Every line that writes a date reads it here.
 */
export function readWholeDate(text: string, asked: WholeDateOptions): WholeDate | RefusedDate | undefined {
  const { bias = 'future', dotDates = true } = asked;
  const found = readWhen(text, { ...asked, bias, dotDates });
  if (!found) return asked.counts ? (unknownVacation(text) ?? clockAlone(text, asked)) : undefined;
  const { start, end } = found;
  if ('impossible' in found) return { refused: noSuchDay(found, asked), start, end };
  // 四月廿八日 is asked in everyday speech, and written of lunar days.
  if (found.text.includes('廿')) return { refused: noSuchDay({ impossible: found.text, lunar: {} }), start, end };
  const clock = found.clock === undefined ? clockAt(text, found) : { ...saidClock(found.clock), end };
  if (clock && 'refused' in clock) return { refused: clock.refused, start, end: clock.end };
  const through = clock?.end ?? end;
  const before = gluedBefore(text, start);
  const behind = unreadBehind(text, { start, through }, asked);
  if (before > 0 || behind > 0) {
    const place = { start: start - before, end: through + behind };
    return { refused: halfRead(text.slice(place.start, place.end), text.slice(start, through)), ...place };
  }
  const weekdayOff = otherWeekday(found);
  if (weekdayOff) return { refused: weekdayOff, start, end: through };
  if (found.several || (asked.day && isVague(found, asked)))
    return { refused: whichOf(found, asked), start, end: through };
  if (found.justOver) return { refused: bothYears(found, found.justOver, asked), start, end: through };
  const { clock: _within, ...day } = found;
  const whole = { ...day, ...endOfWeek(found, asked), ...(clock && { clock }), end: through };
  const rests = asked.counts && !found.week ? onRestDay(whole, found.clock !== undefined, asked) : undefined;
  return rests ? { ...rests, start, end: through } : whole;
}

/** 4月25日, 5月底, 25号, 5个自然日内, 周日, 五一: whoever writes a number or a rest day itself means it; 下周五 and 月底 were not looked up. */
const NAMES_DAY = new RegExp(`^(?:${NUMERAL}|\\d{3,}|半)|\\d|(?:周|星期|礼拜)[六日天末]|节|假`);

/** 下周五 that is a holiday: which day is meant, one before or one after? */
function onRestDay(
  { text, span, until, clock }: Pick<WholeDate, 'text' | 'span' | 'until' | 'clock'>,
  holdsClock: boolean,
  { today, calendar }: WholeDateOptions,
): Pick<RefusedDate, 'refused' | 'mends'> | undefined {
  const day = span.to;
  if (calendar.isWorkday(day) || day < today || NAMES_DAY.test(text)) return undefined;
  const before = lastWorkdayBefore(calendar, day);
  const days = [...(before >= today ? [before] : []), firstWorkdayOnOrAfter(calendar, day)];
  const words = text.trim();
  const tail = `${holdsClock ? (clock?.written ?? '') : ''}${until ? '前' : ''}`.replace('前前', '前');
  const name = calendar.holidayName(day);
  return {
    refused:
      `“${words}”是${describeDate(day, today)}，${name ? `${name}放假` : '休息日'}。` +
      `请定哪一天：${days.map((each) => describeDate(each, today)).join('，还是')}？就定休息那天的，请写明几月几日。`,
    mends: days.map((each) => ({
      words,
      instead: `${monthOf(each)}月${dayOf(each)}日${tail}`,
      label: describeDate(each, today),
    })),
  };
}

/** 暑假前 where no 校历 says when it begins. */
function unknownVacation(text: string): RefusedDate | undefined {
  const found = /^\s*(?:放)?([暑寒]假)\S*/.exec(text);
  if (!found) return undefined;
  const refused = `“${found[0].trim()}”要看校历，这里的校历还没有录入${found[1]}。请写几月几日，或先录入：校历 单位 ${found[1]} 起止日期`;
  return { refused, start: 0, end: found[0].length };
}

/** What is due 本周内 is due on the week's last working day. */
const endOfWeek = (
  { week, span, text }: When,
  { today, calendar, counts }: WholeDateOptions,
): Partial<Pick<When, 'span'>> =>
  week && (counts || text.endsWith('内'))
    ? { span: { from: span.from, to: lastWorkdayOf(span, today, calendar) } }
    : {};

const halfRead = (whole: string, read: string): string =>
  `没有看懂日期“${whole.trim()}”（只认出“${read.trim()}”）。请写一个确切的日期，例如 6月15日；后面是别的话的，请空一格。`;

/** 月底 is its last day for a deadline; what begins there begins on no day yet. */
const isEnd = ({ text }: When): boolean => /[月年][底末]/.test(text);
const isVague = (found: When, asked: WholeDateOptions): boolean =>
  !found.until && (found.span.from === found.span.to ? isEnd(found) : !isFromTo(found, asked));

const JOIN = new RegExp(TO);
const COUNTED_DAYS = /[两三23][天日]$/;
const BARE_DAY = new RegExp(`^(?:${NUMERAL}|\\d{1,2})$`);
/** 4月9日至10日, 3-5日, 明后两天: whoever writes so has said which days. 5月初至中旬 has not. */
function isFromTo({ text }: When, { today, calendar }: WholeDateOptions): boolean {
  const [first = '', last] = text.trim().split(JOIN, 2);
  if (last === undefined) return /^(?:今明|明后)/.test(text) && COUNTED_DAYS.test(text);
  return [first, last].every((side) => {
    const day = readWhen(side, { today, calendar, bias: 'near', dotDates: true });
    const isOne = day && !('impossible' in day) && day.span.from === day.span.to && !isEnd(day);
    return isOne || BARE_DAY.test(side.trim());
  });
}

const whichOf = ({ text, span }: When, { today }: Today): string =>
  `“${text.trim()}”${span.from === span.to ? '不是确切的一天' : `不止一天（${describeSpan(span, today)}）`}。请写明是哪一天，例如 6月15日。`;

const bothYears = ({ text, span, until }: When, passed: When['span'], { today }: Today): string => {
  const day = ({ from, to }: When['span']) =>
    until || from === to ? describeDate(to, today) : describeSpan({ from, to }, today);
  return `“${text.trim()}”是今年的话，${day(passed)}已经过了；是明年的话，是 ${day(span)}。请核对日期，明年的请写上年份。`;
};

const NOTE = /(?<=[日号\d] ?)[(（]?(?:周|星期|礼拜)([一二三四五六日天])/g;

/** 4月24日（周四）, which is a Friday: one of the two is wrong, and nobody knows which. */
export function otherWeekday({ text, span, until }: When): string | undefined {
  const notes = [...text.matchAll(NOTE)].map(([, named = '']) => named.replace('天', '日'));
  const days = notes.length > 1 && !until ? [span.from, span.to] : [span.to];
  const wrong = days.find((day, index) => {
    const named = notes[index];
    return named !== undefined && weekdayName(day) !== `周${named}`;
  });
  return wrong && `“${text.trim()}”前后不一致：${describeDate(wrong, wrong)}。请核对日期和星期后再发。`;
}

/** Said of a date that is no day of the calendar. */
export const noSuchDay = (
  { impossible, lunar }: Pick<ImpossibleDate, 'impossible' | 'lunar'>,
  asked?: Today,
): string => {
  const written = impossible.trim();
  if (!lunar && !isLunar(written)) return `没有“${written}”这一天，请核对日期后再发。`;
  const example = lunar?.day && asked ? describeSpan({ from: lunar.day, to: lunar.day }, asked.today) : '6月15日';
  return `“${written}”像是农历。请写公历日期，例如 ${example}。`;
};

const CLOCK = new RegExp(` ?(${TIME_SOURCE})(${TO}${TIME_SOURCE})?`, 'y');

/** The time of day behind a date, or why it is none. */
function clockAt(text: string, { end, text: date }: When) {
  CLOCK.lastIndex = end;
  const [whole, first = '', second] = CLOCK.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const clock = saidClock(halfOf(date, first) + first);
  return { ...clock, end: end + whole.length, ...(second !== undefined && { range: true as const }) };
}

function saidClock(written: string): SaidClock | { readonly refused: string } {
  const time = readDueClock(written);
  if (typeof time === 'object') return time;
  return { written: written === '下班' ? '下班前' : written, ...(time && { time }) };
}

/** 下班前, 17点前, 17:00 where a deadline is meant: today's. */
const CLOCK_ALONE = new RegExp(`^ ?(${DUE_CLOCK})(?:(?:之|以)?前(?![往期夕后来])|(?=$|[\\s,，。;；]))`);

function clockAlone(text: string, { today }: WholeDateOptions): WholeDate | RefusedDate | undefined {
  const [whole = '', written] = CLOCK_ALONE.exec(text) ?? [];
  if (written === undefined) return undefined;
  const clock = saidClock(written);
  const place = { start: 0, end: whole.length };
  if ('refused' in clock) return { refused: clock.refused, ...place };
  return { ...place, text: whole, span: { from: today, to: today }, until: true, clock };
}

const FIGURE = '[\\d〇零一二两三四五六七八九十廿卅百半]';
const EDGE = '(?=$|[\\s,，。;；、)）]|(?:之|以)?[前内])';
/** 年级, 日常 and 时候 count nothing. */
const UNIT = '(?:年(?!级)|月|日(?![常程志])|号(?![楼线门])|天|周(?!边)|旬|点|时(?!候)|[./-]\\d)';
const WEEKDAY = '(?:周|星期|礼拜)';
const DATE_WORD = [
  '[今明昨]后?[天日晚早年]|大?[后前]天|[上中下]旬|[月年][底末初中]',
  `(?:上上?|本|这|下下?)一?个?(?:${WEEKDAY}|月|旬)|${WEEKDAY}[一二三四五六日天末\\d]`,
  `农历|阴历|旧历|[正腊冬闰]${FIGURE}?月|初[四五六七八九十]`,
].join('|');

const BEHIND: readonly RegExp[] = [
  new RegExp(`^(?:${DATE_WORD})`),
  new RegExp(`^${FIGURE}+(?:${EDGE}|个?(?:工作|自然)?${UNIT})`),
  /^ ?(?:左右|前后|上下(?!午)|附近|(?:之|以)?后(?![勤厨续面来期方备]))/,
  new RegExp(`^ ?(?:[至~～—–→]+(?=[^\\s${CUT}])|[到-](?=${FIGURE}|${DATE_WORD}))`),
];
/** A day, a clock or a limit is complete, so that 三所学校 behind it counts something else; behind 四月, 下周 or 底 a figure goes on with the date. */
const IS_COMPLETE = /(?:(?<!周|星期|礼拜)[日号天]|[)）晚早内前]|[点时分半刻]|:\d{2}|\d{4}[-./]\d{1,2}[-./]\d{1,2})$/;
const BEHIND_OPEN = new RegExp(`^(?:第?${FIGURE}|[底末]|初[一二三]|[初中]${EDGE})`);
/** 4月 24, 四月 二十四日. */
const DAY_APART = new RegExp(`^ ${FIGURE}+(?:${EDGE}|[日号])`);
const RUN = new RegExp(
  `^ ?(?:${FIGURE}|[第年月日号天周旬底末初今明后昨前上中下本这正腊冬闰农历至到~～—–\\-/.、或者和及与左右]|星期|礼拜|工作)+`,
);
const AND = /^ ?(?:或者?|和|及|与|、|\/) ?/;

/** How many characters behind a date belong to it and were not read. */
function unreadBehind(text: string, { start, through }: Through, asked: WholeDateOptions): number {
  const tail = text.slice(through);
  const read = text.slice(start, through).trimEnd();
  const and = asked.list ? undefined : AND.exec(tail)?.[0];
  const second = and === undefined ? undefined : readWhen(tail.slice(and.length), { ...asked, bias: 'near' });
  if (and !== undefined && second?.start === 0) return and.length + second.end;
  const goesOn =
    BEHIND.some((pattern) => pattern.test(tail)) ||
    (!IS_COMPLETE.test(read) && BEHIND_OPEN.test(tail)) ||
    (/月份?$/.test(read) && DAY_APART.test(tail));
  return goesOn ? (RUN.exec(tail)?.[0].length ?? 1) : 0;
}

interface Through {
  readonly start: number;
  /** Where the date ends, with its time of day. */
  readonly through: number;
}

const BEFORE_ANY = new RegExp(
  `(?:农历|阴历|旧历|闰|\\d{1,2}[-./]\\d{1,2}|(?:${NUMERAL}月)?(?:${NUMERAL}|\\d{1,2})[日号天月周][前后内]?|${WEEKDAY}[一二三四五六日天]|[今明后昨前]天|[月年][底末初]|[上中下]旬)(?:或者?|和|及|与|、|/)?$`,
);
/** 声明 before 4月8日 is a word of its own. */
const BEFORE_DAY_WORD = /[今明昨前后大]$/;

/** How many characters before a date belong to it and were not read: 大 of 大大后天, 农历: of 农历:4月8日, 后三天 of what is not guessed. */
function gluedBefore(text: string, start: number): number {
  const head = text.slice(0, start);
  const isDayWord = /^大?[今明昨前后]天/.test(text.slice(start));
  return (BEFORE_ANY.exec(head) ?? (isDayWord ? BEFORE_DAY_WORD.exec(head) : null))?.[0].length ?? 0;
}

/** The refusal as it is thrown, with its mends. */
export const refusalOf = ({ refused, mends }: RefusedDate): UserError => new UserError(refused, mends);
