import { readDueClock } from '../../domain/calendar/clock-phrase.ts';
import { type Instant, instantAt, type LocalDate, type LocalTime } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { UserError } from '../../language/errors.ts';
import { type FormArgs, may, mayRead, mustRead, type OwnReader } from '../../language/forms/form.ts';
import { fillerWords, withoutFiller } from '../../language/words/filler.ts';
import { readWholeDate, refusalOf } from '../../language/words/whole-date.ts';
import { PUSH_TIME, readPushTime } from './push-time.ts';
import { type SaidOfNotice, saidOfNotice } from './taking-back.ts';

/** What the lines of 通知 hold, and how their forms are told. */

const NUMBER = '(?:第 ?)?\\d{1,6} ?(?:号|条)? ?(?:通知)?';
/** 3, 4月20日 08:30: a notice or a push and nothing else. */
export const ONE = new RegExp(`(?=(?:${NUMBER}|${PUSH_TIME})$)`);
export const LIST = /(?:列表|清单|记录|有哪些|全部|情况)?$/;

const WHO = '谁|哪些人|哪些单位|哪些|哪个单位|几个单位|还有谁|名单';
const NOT_YET = '(?:没有?|未) ?有? ?(?:收到|签收|回复|确认|已读|看) ?(?:的|通知)?';
/** 谁没收到 4月20日; with more behind it, it is the beginning of a notice. */
export const MISSING = new RegExp(
  `(?:(?:${WHO}) ?(?:还|都)? ?${NOT_YET}|未? ?(?:收到|签收|确认) ?情况|未 ?(?:收到|签收|确认) ?(?:名单|的人)?|催 ?(?:签收|收到)?) *(?:通知)?(?= *(?:${NUMBER}|${PUSH_TIME})?$)`,
);

/** A notice by its number, or as a push is named. */
export type SaidNotice = { readonly number: number } | { readonly push: string };

function saidNotice(written: string, today: LocalDate): SaidNotice | undefined {
  // Whether it is one does not depend on the zone.
  if (readPushTime(written, { today, zone: 'UTC' })) return { push: written };
  const number = new RegExp(`^${NUMBER}$`).test(written) ? /\d+/.exec(written)?.[0] : undefined;
  return number === undefined ? undefined : { number: Number(number) };
}

const readOne: OwnReader<SaidNotice> = (text, { today }) => {
  const value = saidNotice(text.trim(), today);
  return value && { value, rest: '' };
};

export const ONE_PARTS = { one: mayRead(readOne) } as const;

/** 好的,收到: what is said before the word itself. */
export const POLITELY =
  '好的?|行|嗯+|明白|知道|了解|谢谢|感谢|辛苦|领导|您好|您|老师|我们?|本?单位|[我本][校园局区县办]|已经?';
const BEFORE = `(?:(?:${POLITELY})了?[\\s,、。;!]*)+`;
/** A sentence that says it: 好的,收到; 我校已收到. */
export const SAYS_RECEIVED = new RegExp(`^${BEFORE}(?:收到|签收|已阅)(?!的|情况|通知的)`);
const SAID_BEFORE = new RegExp(`^${BEFORE}(?:收到|签收|已阅)`);

/** What may stand right behind it: 收到了, 收到通知, 收到请放心. Else what is glued to it makes another word of it: 收到一中的报告了没有. */
const BEHIND = /^(?:了|啦|哈)?(?:通知|您的通知|领导的通知)?(?=$|[\s,，。;；、!！:：\d第]|谢谢|感谢|好的|马上|立即)/;
/** Of others it is asked, or it is asked whether it is so. */
const ASKS = /请(?:大家|各位|尽快|及时)?(?:回复|确认|签收|收到)|(?:没有?|否)$|^(?:没|吗|人|情况|率)/;
const NUMBERED = new RegExp(`^(${NUMBER})(?=$|[\\s,，。;；、!！])`);
const PUSHED = new RegExp(`^(${PUSH_TIME})(?=$|[\\s,，。;；、!！])`);
/** A number, a day or a time that could name another one; 参会 3 人 does not. */
const ANOTHER = new RegExp(
  `(?:^|[\\s,，])(?:${NUMBER}|${PUSH_TIME}|\\d{1,2}:\\d{2})(?=$|[\\s,，。;；](?! ?[人名位个份所]))`,
);
const EDGES = /^[\s,，。;；、!！:：~]+|[\s,，;；、~]+$/g;

const notUnderstood = (text: string): UserError =>
  new UserError(`没有看懂“${text.slice(0, 20)}”。确认通知请发送：收到，或 收到 编号；确认推送请发送：收到 日期。`);

/** 收到 itself and what is said around it. Throws UserError for what says something else than that it was received. */
const readHeard: OwnReader<true> = (typed) => {
  const finding = /^w ?(\d{1,6})$/i.exec(typed)?.[1];
  if (finding !== undefined) throw new UserError(`签收问题请发送：整改 W${finding} 签收`);
  const text = typed.replace(SAID_BEFORE, '').replace(EDGES, '');
  const said = text.slice(BEHIND.exec(text)?.[0].length).replace(EDGES, '');
  if (ASKS.test(said)) throw notUnderstood(text);
  return { value: true, rest: said };
};

/** Which notice or push somebody has got. */
const readWhich: OwnReader<SaidNotice> = (said, { today }) => {
  const written = PUSHED.exec(said)?.[1] ?? NUMBERED.exec(said)?.[1];
  const value = written === undefined ? undefined : saidNotice(written, today);
  const rest = value ? said.slice(written?.length).replace(EDGES, '') : said;
  if (ANOTHER.test(rest)) throw notUnderstood(said);
  return value && { value, rest };
};

const MAX_REPLY = 200;

/** What else is said with it is kept as typed: 由副主任李某代参加. */
const readReply: OwnReader<string> = (text) => (text === '' ? undefined : { value: text, rest: '' });

export const RECEIVED_PARTS = {
  heard: mayRead(readHeard),
  which: mayRead(readWhich),
  words: mayRead(readReply, { free: true, max: MAX_REPLY }),
} as const;

const readSure: OwnReader<true> = (text) => {
  const [sure] = /^确认(?:发送)?\s+/.exec(text) ?? [];
  return sure === undefined ? undefined : { value: true, rest: text.slice(sure.length) };
};

const readHere: OwnReader<true> = (text) => {
  const [here] = /^(?:只发(?:在|到)?本群\s*[:：]?|本群\s*[:：])\s*/.exec(text) ?? [];
  return here === undefined ? undefined : { value: true, rest: text.slice(here.length) };
};

/** A group or unit before the colon, as written with what stands around it. */
export interface Addressee {
  readonly name: string;
  readonly written: string;
}

/** 9:00 has no colon that ends a list of groups. */
const TO = /^(?:发?给|发到|到)?\s*[^:：,，。\n]{1,60}?\s*(?:(?<!\d)[:：]|[:：](?!\d))\s*(?=\S)/;
const EACH = /[^、和\s:：]+[、和\s:：]*/g;

/** The groups or units before the colon; in a group, which is then whom it is sent to, they are the first words. */
const readTo: OwnReader<readonly Addressee[]> = (text) => {
  const [whole] = TO.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const value = (whole.match(EACH) ?? []).map((written, at) => ({
    written,
    name: written.replace(/[、和\s:：]+$/, '').replace(at === 0 ? /^(?:发?给|发到|到)/ : '', ''),
  }));
  return { value: value.filter(({ name }) => name !== ''), rest: text.slice(whole.length) };
};

/** To the end of its line: what stands on the next one is not of the deadline. */
const DEADLINE = /[\s,，。;；!]截止(?:时间)?[ \t]*[:：]?[ \t]*([^\s].*)$/gm;

/** Until when it is to be confirmed, as written in the line and as the office's clock shows it. */
interface SaidDeadline {
  readonly written: string;
  readonly date: LocalDate;
  readonly time: LocalTime;
}

const readUntil: OwnReader<SaidDeadline> = (text, on) => {
  const [found, second] = text.matchAll(DEADLINE);
  if (!found) return undefined;
  if (second)
    throw new UserError(`写了两个截止时间（还有“${(second[1] ?? '').slice(0, 20)}”），请只写一个。没有发送。`);
  const { 0: written, 1: said = '', index } = found;
  const rest = `${text.slice(0, index)}${text.slice(index + written.length)}`;
  return { value: { written, ...readDeadline(said, on) }, rest };
};

const MAX_WORDS = 1_000;

export const SEND_PARTS = {
  confirmed: mayRead(readSure),
  /** In a group: to this one, whatever stands before a colon. */
  here: mayRead(readHere),
  to: mayRead(readTo),
  until: mayRead(readUntil),
  words: may('text', { max: MAX_WORDS }),
} as const;
export type SendArgs = FormArgs<typeof SEND_PARTS>;

const readOfNotice: OwnReader<Omit<SaidOfNotice, 'words'>> = (text) => {
  const found = saidOfNotice(text);
  return found && { value: { does: found.does, number: found.number }, rest: found.words };
};

/** 撤回通知 3, 通知 更正 3 …, and in a direct chat or a group 写错了. */
export const isOfNotice = (text: string): boolean => saidOfNotice(text) !== undefined;

/** What a line says of a notice that was sent, and until when its corrected words are to be confirmed. */
export const OF_NOTICE_PARTS = {
  until: mayRead(readUntil),
  said: mustRead(readOfNotice, { asks: '请写通知的编号。' }),
  words: mayRead(readReply, { free: true }),
} as const;

/** A day without a time ends with the office's day. */
const LAST_HOUR = '18:00';
const EXAMPLE = '例如：截止 明天 17:00；截止 4月25日。';

/** Words around a deadline that say nothing more of it. */
const AROUND = fillerWords('前 之前 以前 请 确认 回复 收到 报送 报 为止 止 谢谢');

/** Read whole: what would be left out of a deadline is asked back. Throws UserError. */
export function readDeadline(
  text: string,
  { today, calendar }: { readonly today: LocalDate; readonly calendar: Calendar },
): Omit<SaidDeadline, 'written'> {
  const when = readWholeDate(text, { today, calendar, counts: true });
  if (when && 'refused' in when) throw refusalOf(when);
  if (!when) throw new UserError(`没有看懂截止时间“${text.slice(0, 20)}”。${EXAMPLE}`);
  const left = withoutFiller(`${text.slice(0, when.start)} ${text.slice(when.end)}`, AROUND);
  const read = left === '' ? undefined : readDueClock(left);
  if (typeof read === 'object') throw new UserError(read.refused);
  if (left !== '' && (read === undefined || when.clock !== undefined))
    throw new UserError(`截止后面的“${text.slice(0, 40)}”没有看懂，没有发送。通知的内容请写在“截止”前面。${EXAMPLE}`);
  const { clock } = when;
  const isVague = clock ? clock.range || !clock.time : /[早晚]$/.test(when.text.trim());
  if (!read && isVague) throw new UserError(`“${text.slice(0, 20)}”请写明到几点。${EXAMPLE}`);
  return { date: when.span.to, time: read ?? when.clock?.time ?? LAST_HOUR };
}

/** The moment until which it is to be confirmed. Throws UserError where that is over. */
export function confirmBy(
  { date, time }: Omit<SaidDeadline, 'written'>,
  { now, zone }: { readonly now: Instant; readonly zone: string },
): Instant {
  const at = instantAt(date, time, zone);
  if (at <= now) throw new UserError('确认的截止时间已经过了，请写现在以后的时间。');
  return at;
}
