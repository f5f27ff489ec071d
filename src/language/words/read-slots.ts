import { addDays } from '../../domain/calendar/local-date.ts';
import { type ReadOptions, readWhen, type When } from '../../domain/calendar/phrase.ts';
import type { Mentioned } from '../../ports/inbound.ts';

import { CUT, cut, cutAll, pieces } from './cut.ts';
import { type Filler, withoutFiller } from './filler.ts';
import { FILTERS } from './filters.ts';
import { readCode } from './indicator-code.ts';
import type { LineParts } from './line-parts.ts';
import { type Directory, type NameSpan, namesIn } from './names.ts';
import { normalise } from './normalise.ts';
import { TITLE_AFTER, TITLE_BEFORE, TITLED_PERSON } from './people-words.ts';
import type { Slots, UnitMention } from './slots.ts';
import { mentionsOf } from './unit-mentions.ts';
import { numberedSchools, unitWordAt } from './unit-words.ts';

const ASKS = /值班|集合|集中地点|派车|用车|车辆|坐什么车|食宿|住宿|住哪|吃饭|用餐|路线(?!图)|着装/g;
const ME = /我(?![们们校区县市局园镇乡院处科室是])的?|本人|自己/g;

export interface SlotsContext extends Pick<ReadOptions, 'today' | 'calendar'> {
  readonly directory: Directory;
  readonly mentions?: readonly Mentioned[] | undefined;
}

/** How the lines of one command are read. */
export interface LineReader {
  readonly parts: LineParts;
  readonly filler: Filler;
}

const COMING = /下一?(?:次|回|趟)(?:的|是)?|接下来|什么时候|啥时候|什么时间|何时|哪一?天|几号/g;

/** Reads a command's arguments from the text around its name: dates, names, codes and fixed words first, the rest is a keyword. */
export function readSlots({ parts, filler }: LineReader, line: string, context: SlotsContext): Slots {
  const told = parts.mentions ? readMentions(line, context.mentions ?? []) : undefined;
  const dated = readDate(told?.text ?? line, parts, context);
  const code = parts.code ? readCode(dated.text) : undefined;
  const filtered = readFilter(code?.text ?? dated.text, parts);
  const coming = parts.coming ? cutAll(filtered.text, COMING) : { text: filtered.text, first: undefined };
  const named = readNames(coming.text, parts, { ...context, filtered: filtered.filter !== undefined });
  const asked = parts.asks ? cutAll(named.text, ASKS) : { text: named.text, first: undefined };
  const mine = parts.me ? cutAll(asked.text, ME) : { text: asked.text, first: undefined };
  const plain = named.checklists.length + named.programs.length > 0 ? withoutSetWords(mine.text) : mine.text;
  const left = readLeft(plain, parts, filler);

  return {
    ...dated.slots,
    ...(code && { code: code.code }),
    ...(filtered.filter && { filter: filtered.filter }),
    ...(coming.first && { coming: true }),
    ...(asked.first && { asks: asked.first }),
    ...(mine.first && { me: true }),
    ...(told && { mentions: told.mentions }),
    units: [...named.units, ...left.units],
    people: [...new Set([...named.people, ...left.people])],
    programs: named.programs,
    checklists: named.checklists,
    rest: left.rest,
  };
}

/** Of a command whose lines have no parts: the whole line, as typed. */
export const wholeLine = (line: string): Slots => ({
  units: [],
  people: [],
  programs: [],
  checklists: [],
  rest: line.trim(),
});

const UNKNOWN_MENTION = new RegExp(`@[^ @${CUT}]+`, 'g');

/**
 * A mentioned name is cut out whole before anything is looked up: one like 望海区教育局陈甲 would pass for a unit. Two accounts of one name
 * are both answered, and whoever needs one account asks back.
 */
function readMentions(line: string, mentions: readonly Mentioned[]) {
  let text = line;
  const found: Mentioned[] = [];
  const named = mentions.map((mention) => ({ mention, written: `@${normalise(mention.name)}` }));
  for (const { mention, written } of named.toSorted((a, b) => b.written.length - a.written.length)) {
    const again = found.some(({ name }) => name === mention.name);
    if (written === '@' || !(again || text.includes(written))) continue;
    for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written)) text = cut(text, at, at + written.length);
    if (found.every(({ openId }) => openId !== mention.openId)) found.push(mention);
  }
  return { text: cutAll(text, UNKNOWN_MENTION).text, mentions: found };
}

/** The first date that is no part of a name: 五一小学 is a school, whether the directory knows it or not. */
function readDate(line: string, { dates, names }: LineParts, { today, calendar, directory }: SlotsContext) {
  if (!dates) return { text: line, slots: {} };
  const longer = names ? [...namesIn(line, directory), ...numberedSchools(line)] : [];
  let searched = line;
  for (;;) {
    const found = readWhen(searched, { today, calendar, bias: dates, dotDates: true });
    if (!found) return { text: line, slots: {} };
    const { start, end } = found;
    if (longer.some((name) => name.start <= start && name.end >= end && name.end - name.start > end - start)) {
      searched = cut(searched, start, end);
      continue;
    }
    const joined =
      'impossible' in found || found.until ? undefined : nextDay(line, found, { today, calendar, bias: dates });
    if (joined) {
      const { span, provisional } = joined;
      return { text: cut(line, start, joined.end), slots: { when: span, ...(provisional && { provisional }) } };
    }
    const text = cut(line, start, end);
    if ('impossible' in found) return { text, slots: { impossibleDate: found.text.trim() } };
    const { span, until, provisional } = found;
    return { text, slots: { when: span, ...(until && { until }), ...(provisional && { provisional }) } };
  }
}

const AND = /^(?:和|与|及|跟|、|,|还有|以及|或者?)\s*/;

/** 今天和明天: days that follow one another, or lie in one another, are one span. Of others the second is said to be unused. */
function nextDay(line: string, { span, end, provisional }: When, options: Omit<ReadOptions, 'dotDates'>) {
  if (options.bias === 'future') return undefined;
  const behind = line.slice(end);
  const and = AND.exec(behind.trimStart())?.[0];
  const rest = and === undefined ? '' : behind.trimStart().slice(and.length);
  const second = rest === '' ? undefined : readWhen(rest, { ...options, dotDates: true });
  if (
    !second ||
    'impossible' in second ||
    second.start > 0 ||
    second.until ||
    second.span.from > addDays(span.to, 1) ||
    second.span.to < span.from
  )
    return undefined;
  const days = [span.from, span.to, second.span.from, second.span.to].toSorted();
  return {
    span: { from: days[0] ?? span.from, to: days.at(-1) ?? span.to },
    end: line.length - rest.length + second.end,
    provisional: provisional || second.provisional,
  };
}

function readFilter(text: string, { filters = [] }: LineParts) {
  for (const filter of filters) {
    const found = cutAll(text, FILTERS[filter]);
    if (found.first) return { text: found.text, filter };
  }
  return { text, filter: undefined };
}

function readNames(
  line: string,
  { names, people, mentions, keywords }: LineParts,
  { directory, filtered }: SlotsContext & { readonly filtered: boolean },
) {
  const none = { text: line, units: [], people: [], programs: [], checklists: [] };
  if (!names) return none;
  const forKeywords = keywords !== undefined;
  const used = namesIn(line, directory).filter(
    (span) => isUnit(span, forKeywords, filtered) || isSet(span) || (people === true && span.people.length > 0),
  );
  const unitSpans = used.filter((span) => isUnit(span, forKeywords, filtered) && !(forKeywords && isSet(span)));
  const personSpans = people ? used.filter((span) => span.people.length > 0 && !unitSpans.includes(span)) : [];
  const sets = used.filter((span) => isSet(span) && !unitSpans.includes(span));
  const units = mentionsOf(line, unitSpans);

  let text = line;
  for (const { start, end } of [...units, ...sets]) {
    // 我市教育局: our city's, not mine.
    const ours = text.charAt(start - 1) === '我' && /[县区市]/.test(text.charAt(start));
    text = cut(text, ours ? start - 1 : start, end);
  }
  for (const { start, end } of personSpans) {
    // Where roles are given, 联络员 beside a name is the role.
    if (mentions) {
      text = cut(text, start, end);
      continue;
    }
    const before = TITLE_BEFORE.exec(text.slice(0, start))?.[0].length ?? 0;
    const after = TITLE_AFTER.exec(text.slice(end))?.[0].length ?? 0;
    text = cut(text, start - before, end + after);
  }
  return {
    text,
    units: units.map(({ written, candidates }): UnitMention => ({ written, candidates })),
    people: personSpans.map(({ written }) => written),
    programs: sets.flatMap((span) => span.programs),
    checklists: sets.flatMap((span) => span.checklists),
  };
}

const isSet = (span: NameSpan): boolean => span.programs.length > 0 || span.checklists.length > 0;

/** 责任督学八项督导, 幼儿园保教质量评估: what stands glued to a checklist's name belongs to it. */
const SET_WORDS = '(?:责任督学|幼儿园|县域|义务教育|学前教育|国家|督导|评估|评价|创建|工作|发展)+';
const SET_WORDS_BESIDE = new RegExp(`(?<![^ ${CUT}])${SET_WORDS}(?=${CUT})|(?<=${CUT})${SET_WORDS}(?![^ ${CUT}])`, 'g');
const withoutSetWords = (text: string): string => cutAll(text, SET_WORDS_BESIDE).text;

/** Among keywords 财政, 安全 and 学前教育 are subjects, unless the line asks how far a unit is. */
const isUnit = (span: NameSpan, forKeywords: boolean, filtered: boolean): boolean =>
  span.units.length > 0 && (!forKeywords || filtered || !span.everyday);

/** Unit-like and titled words that the directory does not know are still named in the answer; the rest is a keyword. */
/** 市级核查前要交的: the event with its 前, whatever words of a question end it, and what stands behind. */
function readBefore(piece: string, { before }: LineParts, filler: Filler): readonly [event: string, behind: string] {
  const [whole = '', event = ''] = (before && /^(.*?[^之以])(?:之|以)?前/.exec(piece)) || [];
  const named = withoutFiller(event, { ...filler, tail: [] });
  return withoutFiller(event, filler).length > 1 ? [`${named}前`, piece.slice(whole.length)] : ['', piece];
}

function readLeft(line: string, parts: LineParts, filler: Filler) {
  const { names, people, keywords } = parts;
  const units: UnitMention[] = [];
  const persons: string[] = [];
  const rest: string[] = [];
  for (const piece of pieces(line)) {
    const [event, behind] = readBefore(piece, parts, filler);
    if (event !== '') rest.push(event);
    let word = withoutFiller(behind, filler);
    const unit = names && unknownUnit(word, keywords !== undefined);
    if (unit) {
      units.push({ written: unit, candidates: [] });
      word = withoutFiller(word.slice(unit.length), filler);
    }
    const titled = people ? TITLED_PERSON.exec(word) : null;
    if (titled) {
      persons.push(titled[1] ?? titled[2] ?? '');
      word = withoutFiller(word.slice(titled[0].length), filler);
    }
    if (word !== '') rest.push(keywords ? stageApart(word) : word);
  }
  return { units, people: persons, rest: rest.join(' ') };
}

function unknownUnit(word: string, keywords: boolean): string | undefined {
  const numbered = numberedSchools(word)[0];
  return numbered?.start === 0 ? word.slice(0, numbered.end) : unitWordAt(word, keywords);
}

/** 小学生均… is 小学 and 生均…: the stage is a word of its own, or no indicator would be found by the whole. */
const stageApart = (word: string): string => word.replace(/^(小学|初中)(?=生均|每百名|师生比|班额|教师|体育)/, '$1 ');
