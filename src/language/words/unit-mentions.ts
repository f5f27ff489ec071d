import type { UnitRef } from '../../domain/people/unit.ts';
import type { NameSpan } from './names.ts';

interface Mention {
  readonly start: number;
  readonly end: number;
  readonly written: string;
  readonly candidates: readonly UnitRef[];
}

const REGION = /[县区市镇乡]$/;
/** Our own county, without its name. */
const OWN_REGION = /^(?:我|我们|本|全|咱们?)?(?:市)$|^(?:我|我们|本|咱们?)[县区镇乡]$/;

/**
 * The units named, a region and a short name behind it taken together: 望海区一中 is one of the four 一中, and 岱山县教育局 is not the
 * only 教育局 that the directory knows but none at all.
 */
export function mentionsOf(text: string, spans: readonly NameSpan[]): readonly Mention[] {
  const mentions: Mention[] = [];
  for (const span of spans) {
    const mention = {
      start: span.start,
      end: span.end,
      written: span.written,
      candidates: distinct(span.units.map(({ unit }) => unit)),
    };
    const last = mentions.at(-1);
    const between = last && text.slice(last.end, span.start);
    if (last && between !== undefined && between.trim() === '' && isRegionOf(last.written, mention, between === '')) {
      const joined = within(last.written, mention, between === '');
      if (joined) {
        mentions[mentions.length - 1] = { ...joined, start: last.start };
        continue;
      }
    }
    mentions.push(unnamedRegion(text, shortRegion(text, mention, last?.end ?? 0), last?.end ?? 0));
  }
  return mentions;
}

const distinct = (units: readonly UnitRef[]): readonly UnitRef[] => [
  ...new Map(units.map((unit) => [unit.id, unit])).values(),
];

/** 望海区一中, 望海区 一中; and 望海一中, where the directory calls the county 望海 for short. */
const isRegionOf = (region: string, { candidates }: Mention, glued: boolean): boolean =>
  REGION.test(region) || (glued && region.length > 1 && candidates.some(({ name }) => name.startsWith(region)));

/** A short name that several units share, behind the beginning of a county's name: 望海一中 is the one of 望海区. */
function shortRegion(text: string, mention: Mention, from: number): Mention {
  if (mention.candidates.length < 2) return mention;
  for (const length of [4, 3, 2]) {
    const start = mention.start - length;
    const region = start < from ? '' : text.slice(start, mention.start);
    const there = /^\p{Script=Han}+$/u.test(region)
      ? mention.candidates.filter(({ name }) => name.startsWith(region))
      : [];
    if (there.length > 0) return { ...mention, start, written: region + mention.written, candidates: there };
  }
  return mention;
}

/** The mention read as a unit of the region; undefined when it is a full name of its own, or of no unit there and merely stands beside it. */
function within(region: string, mention: Mention, glued: boolean): Mention | undefined {
  const { written, candidates } = mention;
  if (
    candidates.some(({ name }) => name.startsWith(written)) &&
    !candidates.some(({ name }) => name.startsWith(region))
  )
    return undefined;
  const there = candidates.filter(({ name }) => name.startsWith(region) && !REGION.test(written));
  if (there.length === 0 && !glued) return undefined;
  return { ...mention, written: region + written, candidates: there };
}

/** A region before the name that the directory does not know: 岱山县教育局. */
function unnamedRegion(text: string, mention: Mention, from: number): Mention {
  const before = /\p{Script=Han}{1,6}[县区市镇乡]$|[县区]$/u.exec(text.slice(from, mention.start))?.[0] ?? '';
  const region = before.replace(/^.*(?:去|到|来|在|查|看|的|和|与|及)(?=.)/, '');
  if (region === '' || OWN_REGION.test(region) || mention.written.startsWith(region)) return mention;
  return {
    ...mention,
    start: mention.start - region.length,
    written: region + mention.written,
    candidates: mention.candidates.filter(({ name }) => name.startsWith(region)),
  };
}
