import type { NameMatches } from '../../ports/store.ts';
import { CUT } from './cut.ts';

/** Longest name that is looked up, in characters; the longest official unit names of a district have about 20. */
const MAX_NAME = 20;
/** Names are looked for in so many characters of a line: 19 candidates each, one indexed query. */
const MAX_SEARCHED = 200;

const NUMERAL = /[第一二三四五六七八九十百零〇\d]/;
/** What the name of a unit ends with when it is more than a word of everyday language. */
const UNIT_END = /(?:[局委办科室处院站县区市镇乡中小幼园校]|街道|联|政府|学校|中心|集团)$/;

type Found = {
  readonly units: NameMatches['units'];
  readonly people: NameMatches['people'];
  readonly programs: NameMatches['programs'];
  readonly checklists: NameMatches['checklists'];
};

/** A name of the directory at its place in the text. */
export interface NameSpan extends Found {
  readonly start: number;
  readonly end: number;
  /** As written, inner spaces out. */
  readonly written: string;
  /** A unit's short name that is also a word: 财政, 安全, 学前教育. 财政局 is none. */
  readonly everyday: boolean;
}

/** What the directory holds of a line's substrings, by name. */
export type Directory = ReadonlyMap<string, Found>;

interface Place {
  readonly start: number;
  readonly end: number;
  readonly written: string;
}

/** All stretches of 2 to 20 letters that may be a name; one space inside is allowed (望海区 第一中学, 陈 甲). */
function places(text: string): readonly Place[] {
  const searched = text.slice(0, MAX_SEARCHED);
  const found: Place[] = [];
  for (let start = 0; start < searched.length; start += 1) {
    let written = '';
    for (let end = start; end < searched.length && written.length < MAX_NAME; end += 1) {
      const character = searched.charAt(end);
      if (/[\p{L}\p{N}()·]/u.test(character)) written += character;
      else if (character !== ' ' || written === '' || searched.charAt(end - 1) === ' ') break;
      if (character !== ' ' && written.length > 1 && /\p{L}/u.test(written))
        found.push({ start, end: end + 1, written });
    }
  }
  return found;
}

/** The candidates to look up for a line, each once. */
export const candidatesOf = (text: string): readonly string[] => [
  ...new Set(places(text).map(({ written }) => written)),
];

/** What stands behind the core of a region's name. */
const REGION_ENDS = ['区', '县', '市', '镇', '乡', '街道', '区人民政府', '县人民政府', '市人民政府'];
const REGION = new RegExp(`(?:${REGION_ENDS.join('|')})$`);

/** For questions, in which 望海 is 望海区: also the regions whose names begin with a word of the line. */
export const regionCandidatesOf = (text: string): readonly string[] => [
  ...new Set([
    ...candidatesOf(text),
    ...places(text)
      .filter(
        ({ start, written }) =>
          /^\p{Script=Han}{2,4}$/u.test(written) &&
          !REGION.test(written) &&
          !/[\p{L}\p{N}]/u.test(text.charAt(start - 1)),
      )
      .flatMap(({ written }) => REGION_ENDS.map((end) => written + end)),
  ]),
];

/** With the cores of regions as names of theirs, unless something is called so. A guess reads and never writes. */
export function withRegions(directory: Directory): Directory {
  const wide = new Map(directory);
  const cores = [...directory].flatMap(([name, { units }]) => {
    const core = name.replace(REGION, '');
    return units.length > 0 && core.length > 1 && core !== name ? [{ core, units }] : [];
  });
  for (const [core, same] of Map.groupBy(cores, (one) => one.core)) {
    const named = same.flatMap(({ units }) => units).map((match) => ({ ...match, name: core }));
    const units = [...new Map(named.map((match) => [match.unit.id, match])).values()];
    if (!directory.has(core)) wide.set(core, { units, people: [], programs: [], checklists: [] });
  }
  return wide;
}

export function directoryFrom(matches: NameMatches): Directory {
  const directory = new Map<string, { [Kind in keyof Found]: Found[Kind][number][] }>();
  const entry = (name: string) => {
    const known = directory.get(name) ?? { units: [], people: [], programs: [], checklists: [] };
    directory.set(name, known);
    return known;
  };
  for (const match of matches.units) entry(match.name).units.push(match);
  for (const match of matches.people) entry(match.name).people.push(match);
  for (const match of matches.programs) entry(match.name).programs.push(match);
  for (const match of matches.checklists) entry(match.name).checklists.push(match);
  return directory;
}

/**
 * The directory's names in the text, the longest first, none overlapping another, in the order of the text.
 * 十一中 does not contain 一中, and a short name that is an everyday word (财政, 安全) counts only where a word begins and ends.
 * 财政局 is found by the short name 财政.
 */
export function namesIn(text: string, directory: Directory): readonly NameSpan[] {
  const chosen: NameSpan[] = [];
  const spans = places(text)
    .flatMap((place) => {
      const found = directory.get(place.written);
      return found ? [extended(text, { ...place, ...found, everyday: isEverydayWord(place.written, found) })] : [];
    })
    .filter((span) => !splitsNumeral(text, span) && !splitsSchool(text, span))
    .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  for (const span of spans) if (chosen.every((other) => apart(span, other))) chosen.push(span);
  const standing = chosen.filter((span) => !span.everyday || standsAlone(text, span, chosen));
  return standing.sort((a, b) => a.start - b.start);
}

const apart = (a: Place, b: Place): boolean => a.end <= b.start || b.end <= a.start;

function extended(text: string, span: NameSpan): NameSpan {
  const next = text.charAt(span.end);
  if (!span.everyday || !/[局委办科处室]/.test(next) || text.charAt(span.end + 1) === '长') return span;
  return { ...span, end: span.end + 1, written: span.written + next, everyday: false };
}

const splitsNumeral = (text: string, span: Place): boolean =>
  NUMERAL.test(span.written.charAt(0)) &&
  NUMERAL.test(text.charAt(span.start - 1)) &&
  // 4.10一中: a figure before a numeral in characters is a date's.
  /\d/.test(span.written.charAt(0)) === /\d/.test(text.charAt(span.start - 1));

/** 中小学 is not 中小 (a 中心小学), but 一中学生 is 一中. */
const splitsSchool = (text: string, span: Place): boolean =>
  /[中小幼]$/.test(span.written) && /^(?:学(?![生校])|儿园)/.test(text.slice(span.end));

const isEverydayWord = (written: string, { units }: Found): boolean =>
  units.length > 0 && written.length <= 4 && !UNIT_END.test(written);

function standsAlone(text: string, span: Place, names: readonly Place[]): boolean {
  const before = text.charAt(span.start - 1);
  const after = text.slice(span.end);
  const begins =
    !/[\p{L}\p{N}]/u.test(before) || /[的去到和与及把查]/.test(before) || names.some((name) => name.end === span.start);
  const ends =
    !/^[\p{L}\p{N}]/u.test(after) ||
    after.startsWith(CUT) ||
    /^(?:还|有|要|的|没|未|欠|什么|哪|都|谁|今|明|本|下|督导|日程|截止|任务|逾期|前)/.test(after) ||
    names.some((name) => name.start === span.end);
  return begins && ends;
}
