import type { Indicator } from '../../domain/checklists/checklist.ts';
import type { IndicatorQuery, Reads } from '../../ports/store.ts';

/** What narrows a search beside its words. */
export type Narrowed = Omit<IndicatorQuery, 'code' | 'keyword' | 'level'>;

/** Of pairs of characters, only one that meets this few is a hint and not noise. */
const FEW = 20;
/** A longer keyword is a sentence; its pairs would cost a query each. */
const MAX_PAIRED = 12;

/**
 * The indicators that words mean: those of a level of this name; else those that contain the words; else those that contain the longest
 * of them; else those that share a pair of characters with them (师生比 is written nowhere, 师生 is).
 */
export async function findIndicators(read: Reads, narrowed: Narrowed, words: string): Promise<readonly Indicator[]> {
  if (words === '') return read.indicators(narrowed);
  const level = await read.indicators({ ...narrowed, level: words });
  if (level.length > 0) return level;
  const whole = await read.indicators({ ...narrowed, keyword: words });
  if (whole.length > 0) return whole;
  const [longest] = words
    .split(/[\s、，,]+/)
    .filter((word) => word.length >= 2)
    .toSorted((a, b) => b.length - a.length);
  if (longest && longest !== words) return read.indicators({ ...narrowed, keyword: longest });
  return sharingAPair(read, narrowed, words);
}

async function sharingAPair(read: Reads, narrowed: Narrowed, words: string): Promise<readonly Indicator[]> {
  const characters = [...words].slice(0, MAX_PAIRED);
  for (const [index, character] of characters.entries()) {
    if (index === 0) continue;
    const found = await read.indicators({ ...narrowed, keyword: `${characters[index - 1]}${character}` });
    if (found.length > 0 && found.length <= FEW) return found;
  }
  return [];
}
