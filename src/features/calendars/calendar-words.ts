import { addDays, daysBetween, type LocalDate, makeDate, parseDate } from '../../domain/calendar/local-date.ts';
import { type Arrangement, readNotice } from '../../domain/calendar/notice.ts';
import { readWhen } from '../../domain/calendar/phrase.ts';
import { saidYear, YEAR } from '../../domain/calendar/phrase-years.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { EnteredDay } from '../../domain/calendar/work-calendar.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { UserError } from '../../language/errors.ts';
import type { OwnReader } from '../../language/forms/form.ts';
import { readWholeDate } from '../../language/words/whole-date.ts';

/** What a question is about; no year: the current one. */
export type CalendarQuestion =
  | { readonly year: number | undefined }
  | { readonly span: Span; readonly written: string };

/** Days that are taken back; `year`: all of it. */
export interface Withdrawn {
  readonly span: Span;
  readonly year?: number | undefined;
}

/** What a preview's button says. */
export interface Confirmed {
  readonly version: number;
  readonly year: number;
  /** All holidays of the year are in it. */
  readonly complete: boolean;
  readonly days: readonly EnteredDay[];
}

const HOW_TO_ENTER =
  '写法：节假日 2027-02-05 至 2027-02-12 休；节假日 2027-02-14 班；节假日 取消 2027-02-14。也可以直接粘贴国务院办公厅放假通知的正文。';

/** 休 or 班 as a word of its own: 上班 and 放假 are what questions are made of, since 吗 is cut off before. */
const MARK = /(?<![调公轮双单])(?<rest>休息?)(?![日假])|(?<![上值加跟夜早晚])(?<work>补?班)(?![级额])/g;
const HOLIDAY = /元旦|春节|清明|劳动节|端午|中秋|国庆节/;
const ONLY_YEAR = new RegExp(`^${YEAR}$`, 'i');

/** A line that enters days. */
export const MARKED = new RegExp(MARK.source);

/** 哪天补班 asks, though it holds the word. */
export const WHETHER = /哪几?天|几号|什么时候|要不要|用不用|是不是|是否/;

/** 放假安排, 节假日查询: what is asked for, said once more. */
const OVERVIEW =
  /^(?:放假|休假)?(?:安排|情况|时间|日历|列表|查询)+\s*|\s*(?:放假|调休|休假)?(?:的?(?:安排|情况|时间|日历|列表|查询|通知))+$/g;
/** What a question about days is made of, beside the days. */
const ASKING =
  /(?:要不要|用不用|需不需要|是不是|是否|算不算|还是|哪几?天|几号|什么时候|多少天|几天假?|多久)|(?:照常|正常)?(?:上班|上课|休息|工作|放假|调休|补班|休假)日?|工作日|节假日|假期|周末|法定|[的要得是算有还都也放吗呢在不该]|我们|大家/g;

export const readQuestion: OwnReader<CalendarQuestion> = (text, { today, calendar }) => {
  const said = text.replace(OVERVIEW, '').trim();
  if (said.replaceAll(ASKING, '').trim() === '') return { value: { year: undefined }, rest: '' };
  const year = yearIn(said, today);
  if (year !== undefined) return { value: { year }, rest: '' };
  const when = readWhen(said, { today, calendar, bias: 'near', dotDates: true });
  if (!when) throw notUnderstood(said);
  if ('impossible' in when) throw impossible(when.impossible);
  const left = `${said.slice(0, when.start)} ${said.slice(when.end)}`.replaceAll(ASKING, ' ');
  return { value: { span: when.span, written: when.text.trim() }, rest: left.trim() };
};

const notUnderstood = (text: string): UserError => new UserError(`没有看懂“${text.slice(0, 40)}”。${HOW_TO_ENTER}`);

/** 2027, 2027年, 明年; undefined when something else is said. */
function yearIn(text: string, today: LocalDate): number | undefined {
  if (/^(?:19|20|21)\d\d$/.test(text)) return Number(text);
  const [, written = '', word = ''] = ONLY_YEAR.exec(text.replace(/度?(?:全年)?$/, '')) ?? [];
  return saidYear(written, word, today);
}

export const readPastedNotice: OwnReader<Arrangement> = (text, { today }) => {
  const [, year] = /^(\d{4})年?(?=\D)/.exec(text) ?? [];
  const read = readNotice(text, { today, year: year ? Number(year) : undefined });
  if ('refused' in read) throw new UserError(read.refused);
  return { value: read, rest: '' };
};

/** 取消5月18日的休: what the days were entered as. */
const ENTERED_AS = /^\s*的?(?:休息?|补?班|放假|上班|调休|假期|录入|安排)$/;

export const readWithdrawn: OwnReader<Withdrawn> = (text, { today, calendar }) => {
  const year = yearIn(text, today);
  const [first, last] = year === undefined ? [] : [makeDate(year, 1, 1), makeDate(year, 12, 31)];
  if (first && last) return { value: { span: { from: first, to: last }, year }, rest: '' };
  const { span, rest } = spanIn(text, today, calendar);
  if (isDated(rest, today, calendar))
    throw new UserError(`一次只能取消一段日子，写了“${text.trim().slice(0, 60)}”，请分成几行。`);
  return { value: { span }, rest: rest.replace(ENTERED_AS, '') };
};

/** 2027-02-05 至 2027-02-12 休，2027-02-14 班. */
export const readMarkedDays: OwnReader<readonly EnteredDay[]> = (text, { today, calendar }) => {
  const said = text.replace(OVERVIEW, '').trim();
  if (/^\d{4}年?(?:的?放假)?$/.test(said)) throw new UserError(`请把放假通知的正文粘贴在一条消息里。${HOW_TO_ENTER}`);
  const marked = [...said.matchAll(MARK)];
  if (marked.length === 0) throw said === '' ? new UserError(`请写明日期。${HOW_TO_ENTER}`) : notUnderstood(said);
  return { value: daysMarked(said, marked, today, calendar), rest: '' };
};

/** The dates before each mark have it: 2027-02-05 至 2027-02-12 休，2027-02-14、2027-02-20 班. A name after 休 is the holiday's. */
function daysMarked(
  text: string,
  marks: readonly RegExpExecArray[],
  today: LocalDate,
  calendar: Calendar,
): readonly EnteredDay[] {
  const days = new Map<LocalDate, EnteredDay>();
  let from = 0;
  for (const [index, mark] of marks.entries()) {
    const end = mark.index + mark[0].length;
    const [name = ''] =
      HOLIDAY.exec(text.slice(end, marks[index + 1]?.index).slice(0, 5)) ??
      HOLIDAY.exec(text.slice(from, mark.index)) ??
      [];
    const kind = mark.groups?.['rest'] === undefined ? 'work' : 'rest';
    for (const day of datesBefore(text.slice(from, mark.index), today, calendar)) {
      const known = days.get(day);
      if (known && known.kind !== kind) throw new UserError(`${day} 既写了休又写了班，请只写一种。`);
      days.set(day, { day, kind, name: kind === 'rest' ? name : '' });
    }
    from = end;
  }
  const left = text
    .slice(from)
    .replace(HOLIDAY, '')
    .replace(/^节?[\s,，。;、]*/, '');
  if (left !== '') throw notUnderstood(left);
  return [...days.values()];
}

/** More is a vacation of schools, or a slip. */
const MAX_DAYS = 31;

function datesBefore(text: string, today: LocalDate, calendar: Calendar): readonly LocalDate[] {
  // 春节 2月5日至12日: the days are meant that are written, not those that are known of 春节.
  let left = /\d/.test(text) ? text.replace(new RegExp(`(?:${HOLIDAY.source})节?(?:假期)?[::\\s]*`), '') : text;
  const dates: LocalDate[] = [];
  while (left.replaceAll(/[\s,，、和及:()]|放|假|调|是|改为?|改成|设为/g, '') !== '') {
    const { span, rest } = spanIn(left, today, calendar);
    const more = daysOf(span);
    if (dates.length + more.length > MAX_DAYS)
      throw new UserError(`一次最多 ${MAX_DAYS} 天。录入学校的寒暑假，请发送：校历 寒假 起止日期`);
    dates.push(...more);
    left = rest;
  }
  if (dates.length === 0) throw new UserError(`请写明日期。${HOW_TO_ENTER}`);
  return dates;
}

/** A day without its year is one to come, or one of the last weeks. The answer repeats the year. */
const RECENT_DAYS = 31;

/** The first date of a text, which must begin with it. */
function spanIn(text: string, today: LocalDate, calendar: Calendar): { readonly span: Span; readonly rest: string } {
  const { span, before, rest } = spanWithin(text, today, calendar, HOW_TO_ENTER);
  const unread = before.replaceAll(/[\s,，、和及:()从把将]/g, '');
  if (unread !== '') throw notUnderstood(unread);
  return { span, rest };
}

/** The first date of a text, with what stands before and behind it. `how`: what is said when there is none. */
export function spanWithin(
  text: string,
  today: LocalDate,
  calendar: Calendar,
  how: string,
): { readonly span: Span; readonly before: string; readonly rest: string } {
  const past = readWhen(text, { today, calendar, bias: 'past', dotDates: true });
  if (past && 'impossible' in past && !past.lunar) throw impossible(past.impossible);
  const isRecent = past && 'span' in past && past.span.from <= today && daysBetween(past.span.to, today) <= RECENT_DAYS;
  const when = readWholeDate(text, { today, calendar, bias: isRecent ? 'past' : 'future', list: true });
  if (!when && text.trim() === '') throw new UserError(`请写上日期。${how}`);
  if (!when) throw new UserError(`没有看懂日期“${text.trim().slice(0, 40)}”。${how}`);
  if ('refused' in when) throw new UserError(when.refused);
  return { span: when.span, before: text.slice(0, when.start), rest: text.slice(when.end) };
}

/** Whether another date stands behind the one that was read. */
export const isDated = (rest: string, today: LocalDate, calendar: Calendar): boolean =>
  readWhen(rest, { today, calendar, bias: 'near', dotDates: true }) !== undefined;

function impossible(written: string): UserError {
  const [first, last, ...more] = [...written.matchAll(/\d{4}-\d{1,2}-\d{1,2}/g)].map(([day]) =>
    parseDate(day.replace(/-(\d)(?!\d)/g, '-0$1')),
  );
  if (!first || !last || more.length > 0) return new UserError(`没有“${written}”这样的日期，请核对日期后再发。`);
  // Two days of the calendar, which are no span.
  return new UserError(
    first > last
      ? `“${written}”的起止日期写反了，请把早的写在前面再发。`
      : `“${written}”太长了，请核对年份，或分几段写。`,
  );
}

function daysOf({ from, to }: Span): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = from; day <= to && days.length <= MAX_DAYS; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * The whole arrangement in one line, so that nothing has to be kept between the preview and its confirmation. 全年: all holidays of the law
 * are in it, so that the year is known from then on.
 */
export function confirmLine(
  version: number,
  year: number,
  complete: boolean,
  runs: readonly (Span & { readonly first: EnteredDay })[],
): string {
  const digits = (day: LocalDate) => day.replaceAll('-', '');
  const parts = runs.map(
    ({ from, to, first }) =>
      `${first.kind === 'work' ? '班' : `休${first.name}`}${digits(from)}${to === from ? '' : `-${digits(to)}`}`,
  );
  return `节假日 确认 ${version} ${year}${complete ? '全年' : ''} ${parts.join(' ')}`;
}

const CONFIRMED = /^(\d{1,9}) (\d{4})(全年)?((?: [休班]\D*\d{8}(?:-\d{8})?)+)$/;

export const readConfirmed: OwnReader<Confirmed> = (text) => {
  const incomplete = new UserError('这条确认不完整，请重新粘贴通知。');
  const [, version = '', year = '', complete, list] = CONFIRMED.exec(text) ?? [];
  if (!list) throw incomplete;
  const days = list
    .trim()
    .split(' ')
    .flatMap((part): readonly EnteredDay[] => {
      const [, kind = '', name = '', first = '', last = first] = /^([休班])(\D*)(\d{8})(?:-(\d{8}))?$/.exec(part) ?? [];
      const [from, to] = [first, last].map((each) => parseDate(each.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')));
      if (!from || !to) throw incomplete;
      return daysOf({ from, to }).map((day) => ({ day, kind: kind === '班' ? 'work' : 'rest', name }));
    });
  const value = { version: Number(version), year: Number(year), complete: complete !== undefined, days };
  return { value, rest: '' };
};
