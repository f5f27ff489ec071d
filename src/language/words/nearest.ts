import type { CommandCard } from '../command.ts';

const MOST = 3;

/** How many single characters must be changed, added or taken away. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** At least half of a word must be right: of two characters one, of schedule four. */
const near = (typed: string, word: string): number => {
  const distance = editDistance(typed, word);
  return distance * 2 <= word.length && distance < typed.length ? distance / word.length : Number.POSITIVE_INFINITY;
};

/** The commands whose name, English word or initials resemble what the line begins with, the most similar first; at most three. */
export function nearestCommands(line: string, commands: readonly CommandCard[]): readonly string[] {
  const typed = (/^[a-z']+|^[^\s\d,;:]+/i.exec(line)?.[0] ?? '').toLowerCase();
  return commands
    .map(({ name, aliases }) => {
      // Glued lines have no first word: the beginning of the same length as the name is compared too.
      // A beginning that equals a name was read already and meant something else (功能教室).
      const scores = [name, ...aliases].flatMap((word) => {
        const begins = typed.slice(0, word.length);
        return [near(typed, word), begins === word ? Number.POSITIVE_INFINITY : near(begins, word)];
      });
      return { name, score: Math.min(...scores) };
    })
    .filter(({ score }) => Number.isFinite(score))
    .sort((a, b) => a.score - b.score)
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** 望海一种 for 望海区第一中学: a short form with at most one wrong character, told by how much more than its missing ones would cost. */
const shortOf = (typed: string, word: string): boolean =>
  typed.length > 2 && word.length > typed.length && editDistance(typed, word) - (word.length - typed.length) <= 1;

/** Of these words the ones most like the one typed, or that hold it or are held by it; at most three. */
export function nearestWords(typed: string, words: readonly string[]): readonly string[] {
  const lower = typed.toLowerCase();
  return [...new Set(words)]
    .map((word) => {
      const other = word.toLowerCase();
      const holds = other.length > 1 && lower.length > 1 && (other.includes(lower) || lower.includes(other));
      const alike = holds || shortOf(lower, other);
      return { word, score: Math.min(near(lower, other), alike ? 0.5 : Number.POSITIVE_INFINITY) };
    })
    .filter(({ score }) => Number.isFinite(score))
    .toSorted((a, b) => a.score - b.score || a.word.length - b.word.length)
    .slice(0, MOST)
    .map(({ word }) => word);
}
