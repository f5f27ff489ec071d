import { COUNTED, countedIn } from '../../domain/calendar/day-count.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { NUMERAL, numeralOf, TO } from '../../domain/calendar/numeral.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { limitRefusal } from '../../domain/findings/decide.ts';
import type { Limit } from '../../domain/findings/finding.ts';
import { UserError } from '../../language/errors.ts';
import type { OwnContext } from '../../language/forms/form.ts';
import { dateVerbLength } from '../../language/words/date-verbs.ts';
import { overBy, readWholeDate, type WholeDate } from '../../language/words/whole-date.ts';

/** A deadline found in a text, and the text without it. */
export interface SaidLimit {
  readonly limit?: Limit;
  /** 立行立改. */
  readonly immediate?: true;
  /** A day was named and not understood: the sentence for whoever wrote it. */
  readonly refused?: string;
  /** The words that name it. */
  readonly written?: string;
  readonly text: string;
}

interface MeantLimit {
  readonly limit: Limit;
  readonly immediate: boolean;
}

const IMMEDIATE = /立行立改|立即整改|当场整改|即知即改|立查立改|马上整改/;
/** A sign and a fraction are read so that they can be refused: -5, 1.5. A dash inside a word (通道-5个工作日) is none. */
const COUNT = `(?:(?<=^|[\\s,，])-)?\\d{1,9}(?:\\.\\d{1,3})?|${NUMERAL}`;
/** Of 5-10个工作日 the later end is the deadline. */
const RANGE = `(?:(?<=^|[\\s,，])\\d{1,3}${TO})?`;
const EDGE = '(?=$|[ ,，。;；、])';
/** 三天内整改完; 10日内整改方案 is about a plan. */
const TAIL = `(?:(?:整改|完成|改好|改完|改正|办结|落实|到位|完毕|完)+${EDGE})`;
const START = '(?<=^|[\\s,，。;；、])';
const LABELS = '(?:整改)?(?:期限|时限|限期|限)(?:整改|完成)?(?:[在于为是至到:：]|\\s)*';
/** The words that lead to a limit. One of its own makes whatever follows one; 权限, 保质期限 and 有限 are others. */
const LEAD = `(?:${START}(?<label>${LABELS})|(?<![权界局有极上下门受年无期质])(?:${LABELS})|${START}(?:请|要求|必?须|务必|应当?)[在于]?\\s*)`;
const LEADS = new RegExp(`${LEAD}$`);
const COUNTS = new RegExp(
  `${LEAD}?(?<![\\d月年第一二三四五六七八九十廿百千])(?:${RANGE}|(?<=[限期至到为是:：])\\d{1,3}${TO})?(?<count>${COUNT}) ?(?<unit>${COUNTED})(?:(?<within>(?:之|以)?内)${TAIL}?|${TAIL}|)`,
  'g',
);
const BEFORE_TOKEN = /(?:^|[ ,，。;；、])$/;
const DAY_TAIL = new RegExp(`^ ?${TAIL}`);
const UNREAD_LABEL = new RegExp(`${START}(?:整改)?(?:期限|时限)[为是:：\\s]+([^\\s,，。;；]+)`);
const AFTER_TOKEN = /^(?:$|[ ,，。;；、])|^(?:整改|完成|改好|改完|前|内)/;

const KNOCKS_OFF = '17:30';

/** 4月24日18:00, with the day. */
const timeOf = ({ clock }: WholeDate) => (clock?.time && !clock.range ? { time: clock.time } : {});

interface On {
  readonly today: LocalDate;
  readonly calendar: Calendar;
  readonly at?: OwnContext['at'];
}

/** The deadline that a text names: 立行立改, 10个工作日, 15日内, 6月30日. */
export function readLimit(text: string, on: On): SaidLimit {
  const immediate = IMMEDIATE.exec(text);
  if (immediate)
    return {
      immediate: true,
      limit: { kind: 'date', date: on.today },
      written: immediate[0],
      text: without(text, immediate.index, immediate[0].length),
    };
  return readCount(text) ?? readDay(text, on);
}

/**
 * The one deadline of a line that writes it down, as an own part of a form. Throws UserError for what is none, for two, and for one that
 * cannot be set.
 */
export function limitIn(text: string, on: On): { readonly value: MeantLimit; readonly rest: string } | undefined {
  const { limit, immediate = false, refused, written, text: rest } = readLimit(text, on);
  if (refused) throw new UserError(refused);
  if (!limit) return undefined;
  const tooFar = immediate ? undefined : limitRefusal(limit, on.today);
  if (tooFar) throw new UserError(`${tooFar}。`);
  const over = limit.kind === 'date' && !immediate ? overBy(limit, on) : undefined;
  if (over) throw new UserError(`期限 ${over}`);
  const second = readLimit(rest, on);
  // A day that is over is one of the facts: 4月10日 检查发现.
  if (second.limit && !second.refused)
    throw new UserError(`写了“${written}”和“${second.written}”两个期限，请只写一个。`);
  return { value: { limit, immediate }, rest };
}

/** 10个工作日 is never anything but a limit. 15日 and 两周 are one when 内 follows, or when they stand alone: 连续3天 is a fact. */
function readCount(text: string): SaidLimit | undefined {
  const all = [...text.matchAll(COUNTS)].map((match) => ({ match, unit: countedIn(match.groups?.['unit'] ?? '') }));
  const isAlone = ({ match: { index, 0: whole } }: (typeof all)[number]) =>
    BEFORE_TOKEN.test(text.slice(0, index)) && /^(?:$|[ ,，。;；])/.test(text.slice(index + whole.length));
  const isSaid = (each: (typeof all)[number]) =>
    each.match.groups?.['label'] !== undefined || each.match.groups?.['within'] !== undefined || isAlone(each);
  const found = all.find(({ unit }) => unit === 'workday') ?? all.find((each) => each.unit !== 'year' && isSaid(each));
  if (!found) return undefined;
  const { match, unit } = found;
  const [roughly] = /^ ?(?:左右|上下|以上|以后|之后|后)/.exec(text.slice(match.index + match[0].length)) ?? [];
  if (roughly !== undefined)
    return {
      refused: `没有看懂期限“${match[0].trim()}${roughly}”，请写确切的期限，例如 ${match[0].trim()}内。`,
      text: without(text, match.index, match[0].length + roughly.length),
    };
  const written = match.groups?.['count'] ?? '';
  const count = /\d$/.test(written) ? Number(written) : numeralOf(written);
  return {
    limit: { kind: 'days', days: count * DAYS_IN[unit], unit: unit === 'workday' ? 'working' : 'natural' },
    written: match[0].trim(),
    text: without(text, match.index, match[0].length),
  };
}

const DAYS_IN = { workday: 1, day: 1, week: 7, month: 30, year: 365 } as const;

/** The last day that stands as a word of its own or with 前: a day inside a sentence (4月10日检查发现) is a fact. */
function readDay(text: string, { today, calendar }: On): SaidLimit {
  let found: SaidLimit | undefined;
  for (let from = 0; from < text.length; ) {
    const when = readWholeDate(text.slice(from), { today, calendar, dotDates: false });
    if (!when) break;
    const [at, end] = [from + when.start, from + when.end];
    const start = at - dateVerbLength(text.slice(0, at));
    from = end;
    const until = !('refused' in when) && when.until === true;
    const lead = LEADS.exec(text.slice(0, start));
    const alone = BEFORE_TOKEN.test(text.slice(0, start)) && AFTER_TOKEN.test(text.slice(end));
    if (!until && !alone && lead?.groups?.['label'] === undefined) continue;
    const tail = DAY_TAIL.exec(text.slice(end))?.[0].length ?? 0;
    const begins = start - (lead?.[0].length ?? 0);
    const left = without(text, begins, end - begins + tail);
    found =
      'refused' in when
        ? { refused: when.refused, text: left }
        : {
            limit: { kind: 'date', date: when.span.to, ...timeOf(when) },
            written: text.slice(begins, end + tail).trim(),
            text: left,
          };
  }
  return found ?? readKnockOff(text, today) ?? unreadLabel(text);
}

/** 期限 尽快: a limit was meant, and none is understood. */
function unreadLabel(text: string): SaidLimit {
  const found = UNREAD_LABEL.exec(text);
  if (!found) return { text };
  return { refused: `没有看懂期限“${found[1]}”，请写确切的期限，例如 10个工作日 或 4月30日。`, text };
}

const KNOCK_OFF =
  /(?<=^|[ ,，。;；、])下班(?:之|以)?前(?=$|[ ,，。;；、]|整改|完成|改好|改完)(?:(?:整改|完成|改好|改完)(?:到位)?)?/;

/** 下班前 as a word of its own is today; 下班前未锁门 is a fact. */
function readKnockOff(text: string, today: LocalDate): SaidLimit | undefined {
  const found = KNOCK_OFF.exec(text);
  return found
    ? {
        limit: { kind: 'date', date: today, time: KNOCKS_OFF },
        written: found[0],
        text: without(text, found.index, found[0].length),
      }
    : undefined;
}

/** Marks and spaces that stood around what was cut out go with it. */
const without = (text: string, start: number, length: number): string =>
  `${text.slice(0, start).replace(/[\s,，;；、]+$/, '')} ${text.slice(start + length).replace(/^[\s,，;；、。]+/, '')}`.trim();
