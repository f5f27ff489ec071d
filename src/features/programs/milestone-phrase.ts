import { TIME_SOURCE } from '../../domain/calendar/clock-phrase.ts';
import { describeSpan } from '../../domain/calendar/describe.ts';
import { addDays, endOfMonth, type LocalDate, startOfMonth } from '../../domain/calendar/local-date.ts';
import { type ReadOptions, readWhen, type When } from '../../domain/calendar/phrase.ts';
import type { Span } from '../../domain/calendar/span.ts';
import { daysAround, type Milestone } from '../../domain/programs/program.ts';
import { readWholeDate } from '../../language/words/whole-date.ts';
import { strayDate, strayDuty } from './stray-words.ts';

/** `refused` is the sentence for whoever wrote the line: what is wrong, and how to write it. */
export type MilestonePhrase = { readonly milestone: Milestone } | { readonly refused: string };

type Days = Pick<ReadOptions, 'today' | 'calendar'>;

const EXAMPLE = '例如：专项 节点 两项督导 市级核查 4月初';
const MAX_NAME = 30;
/** A name and a time, with room for what is wrong with them: a date is looked for at each place of the line. */
const MAX_LINE = 120;
/** What is no day and still says when: 待定, 暑假后, 下学期, 另行通知. Any other last word was meant for something else. */
const VAGUE =
  /^(?:(?:日期|时间|具体)*(?:待定|未定|暂定|另定|不定|待通知|另行通知|听通知|等通知|择期|适时|近期|视情况)|\S{0,12}(?:[后前底末初旬]|左右|期间|学期|季度|[寒暑]假|假期|期中|开学|放假|年内|[上下]半年|[年月周节]))$/;
const HOUR = new RegExp(`^\\s*${TIME_SOURCE}`);
const oneALine = (unread: string): string =>
  `没有办理。没看懂“${(unread.replace(HOUR, '') || unread).replace(/^[\s,，;；、。]+/, '')}”。一行一个节点，只写名称和时间，${EXAMPLE}`;
/** What stands between the name and its time, or leads to it. */
const LINK =
  /(?:的?(?:时间|日期))?(?:[:,，;；]|(?:改|调整|推迟|提前|延|确定|定|移)(?:为|到|至|成|于|在)|为|是|在|于)?$/;
const ROUGHLY = /(?:左右|前后|上下|附近)$/;
/** The hour and the words beside it: kept in the office's own words, since a milestone has a day only. */
const BEGINS =
  /(?:\s*(?:上午|下午|晚上|中午)?\s*(?:\d{1,2}(?:点半?|时|:\d{2}))?\s*(?:开始|起|进行|举行|开展)|\s*(?:上午|下午|晚上|中午)\s*(?:\d{1,2}(?:点半?|时|:\d{2}))?|\s*(?<!\d)(?:1?\d|2[0-3])(?:点半?|时|:\d{2}))$/;

/** Reads 省级评估 6月中旬, 市级核查 4月8日, 国家认定 待定: a name, and the time as the office says it. */
export function readMilestone(line: string, days: Days): MilestonePhrase {
  const text = line.trim();
  if (text.length > MAX_LINE)
    return { refused: `没有办理。一行一个节点，只写名称和时间，名称最多 ${MAX_NAME} 个字，${EXAMPLE}` };
  // 4月8日左右 and 4月8日后 are said in words; 今天24点 and 四月底五月初 are dates of which only a part would be kept.
  const half = readWholeDate(text.replace(/(?:左右|前后|上下|附近|(?:之|以)?后)(?=\s|$)/g, ''), {
    ...days,
    bias: 'near',
  });
  if (half && 'refused' in half) return { refused: half.refused };
  const dated = datedEnd(text, days);
  const stray = strayDate(dated ? withoutWords(dated, days) : text, days);
  // 复查 4月8日后 is a time in words, and the last one.
  if (stray && !(dated === undefined && /^(?:之|以)?[后前]$/.test(text.slice(stray.end))))
    return { refused: oneALine(unreadFrom(text, stray, dated?.words)) };
  const duty = strayDuty(text);
  if (duty !== undefined) return { refused: oneALine(duty) };
  if (dated) return named(withoutWords(dated, days), readDays(dated.words, days, dated.hour));
  // What is no date stands behind the last space: 待定, 暑假后.
  const [, name = '', words = ''] = /^(.+?)\s+(\S+)$/.exec(text) ?? [];
  if (name === '') return { refused: `请写明节点和时间，${EXAMPLE}。时间没定，可以写：市级核查 待定` };
  if (/^(?:\d+|[\d.\-/]+)$/.test(words)) return { refused: `没有看懂“${words}”这个时间，${EXAMPLE}` };
  if (!VAGUE.test(words)) return { refused: `没有看懂“${words}”这个时间，${EXAMPLE}。时间没定，请写：待定` };
  return named(name, { dueText: words });
}

/** What stands behind the first time of a line; and it, where nothing but a second time does, or the name. */
const unreadFrom = (
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  last = '',
): string => (start === 0 || text.slice(end).trim() === last.trim() ? text.slice(start) : text.slice(end));

/** When a milestone is. */
export type Time = Omit<Milestone, 'name'>;
type SaidTime = Time | { readonly refused: string };

function named(written: string, time: SaidTime): MilestonePhrase {
  if ('refused' in time) return time;
  const name = written.replace(LINK, '').trim();
  if (name === '') return { refused: `请写明节点的名称，${EXAMPLE}` };
  if (name.length > MAX_NAME) return { refused: `节点名称最多 ${MAX_NAME} 个字。` };
  return { milestone: { name, ...time } };
}

/** 市级核查 4月初 2026-04-08: whoever fills in both fields of the form has a day by now. Of what is typed both are asked about. */
function withoutWords({ name, words }: { readonly name: string; readonly words: string }, days: Days): string {
  const before = /^\d{4}-\d\d-\d\d$/.test(words.trim()) ? datedEnd(name, days) : undefined;
  return before && before.name !== '' && name.startsWith(`${before.name} `) ? before.name : name;
}

/** The longest words at the end of the line that are a date; the name stands before them, or the other way round. */
function datedEnd(
  text: string,
  days: Days,
): { readonly name: string; readonly words: string; readonly hour?: string } | undefined {
  const bare = text.replace(BEGINS, '');
  const core = bare.replace(ROUGHLY, '');
  for (let start = 0; start < core.length; start += 1) {
    // A figure before the date belongs to it, and a month: 14月5日 is neither 4月5日 nor the 5th.
    if (
      /[\d一二三四五六七八九十月]/.test(core.charAt(start - 1)) &&
      /[\d一二三四五六七八九十]/.test(core.charAt(start))
    )
      continue;
    const found = read(core.slice(start), days);
    if (found?.start !== 0 || found.end !== core.length - start) continue;
    return { name: core.slice(0, start).trim(), words: bare.slice(start), hour: text.slice(bare.length) };
  }
  // 4月8日 市级核查: the time first, and a space behind it.
  const first = read(text, days);
  if (first?.start !== 0) return undefined;
  const [, tail = '', name = ''] = /^((?:左右|前后|上下)?)\s+(\S.*)$/.exec(text.slice(first.end)) ?? [];
  return name === '' ? undefined : { name, words: text.slice(0, first.end) + tail };
}

const read = (words: string, days: Days) => readWhen(words, { ...days, bias: 'future', dotDates: true });

/** The end of a month or a year is its last third, as 下旬 is; a day that is only roughly known, three days around it. */
function readDays(words: string, days: Days, hour = ''): SaidTime {
  const dueText = words.trim();
  const roughly = ROUGHLY.test(dueText);
  const found = readWholeDate(dueText.replace(ROUGHLY, ''), days);
  if (!found) return { dueText };
  if ('refused' in found) return { refused: found.refused };
  const { from, to } = found.span;
  if (found.until) return { dueText: `${dueText}${hour}`, due: to };
  if (/[底末]/.test(found.text)) return vague(dueText, { from: lastThird(to), to }, days);
  if (roughly) return vague(dueText, { from: daysAround(from).from, to: daysAround(to).to }, days);
  return isExact(found) ? { dueText: `${dueText}${hour}`, due: from } : vague(dueText, { from, to }, days);
}

/** 下周 is kept as its days: next month it would mean others. */
const vague = (dueText: string, period: Span, { today }: Days): Time => ({
  dueText: /^[本下上明今这后年月]/.test(dueText) ? describeSpan(period, today) : dueText,
  period,
});

const lastThird = (day: LocalDate): LocalDate => addDays(startOfMonth(endOfMonth(day)), 20);

/** A day, or days from which to which (4月8日—10日): the milestone begins with the first. */
const isExact = ({ span, text }: Omit<When, 'clock'>): boolean =>
  span.from === span.to || /\d\s*[日号]?\s*(?:[-~–−―〜至到→]|—{1,2})\s*(?:\d|[一二三四五六七八九十]+[日号])/.test(text);
