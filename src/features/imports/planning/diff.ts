import type { Put } from '../../../ports/changes.ts';

/** One changed row: what it is called, and each thing that reads differently, old → new. */
export interface ChangedRow {
  readonly label: string;
  readonly fields: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

export interface Diff<Row> {
  readonly added: readonly string[];
  readonly changed: readonly ChangedRow[];
  readonly unchanged: number;
  /** Rows to write; unchanged ones are left out. */
  readonly puts: readonly Put<Row>[];
}

/** How rows of one kind are told apart, and how an official reads them. */
export interface Reading<Row> {
  readonly key: (row: Omit<Row, 'version'>) => string;
  readonly label: (row: Omit<Row, 'version'>) => string;
  /** The row under the words of the officials' own tables. What follows from other fields, and ids, are left out. */
  readonly words: (row: Omit<Row, 'version'>) => Readonly<Record<string, string>>;
}

/**
 * Compares the rows that a workbook asks for with those that stand, by key; of two with one key the later is asked for. A row that stands
 * and is not asked for is left alone: a new file never deletes. Values are compared, not their words, so that a row whose words are
 * the same may still have changed; an absent value and an empty one are the same.
 */
export function diff<Row extends { readonly version: number }>(
  wanted: readonly Omit<Row, 'version'>[],
  standing: readonly Row[],
  { key, label, words }: Reading<Row>,
): Diff<Row> {
  const existing = new Map(standing.map((row) => [key(row), row]));
  const added: string[] = [];
  const changed: ChangedRow[] = [];
  const puts: Put<Row>[] = [];
  let unchanged = 0;
  for (const row of new Map(wanted.map((each) => [key(each), each])).values()) {
    const before = existing.get(key(row));
    if (before && isSame(before, row)) {
      unchanged += 1;
    } else {
      puts.push({ ...row, seen: before?.version });
      if (before) changed.push({ label: label(row), fields: changedWords(words(before), words(row)) });
      else added.push(label(row));
    }
  }
  return { added, changed, unchanged, puts };
}

/** The ids of the rows that stand, by key; a row that does not stand gets a new one. */
export function idsOf<Row extends { readonly id: string }, Key extends Partial<Row>>(
  standing: readonly Row[],
  key: (row: Key | Row) => string,
  next: () => string,
): (row: Key) => string {
  const known = new Map(standing.map((row) => [key(row), row.id]));
  return (row) => known.get(key(row)) ?? next();
}

function isSame(before: object, after: object): boolean {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = new Set([...old.keys(), ...now.keys()]);
  names.delete('version');
  return [...names].every((name) => canonical(old.get(name)) === canonical(now.get(name)));
}

/** A text that two equal values share: the keys of an object in one order, an absent value as an empty one. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? '', (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, field]) => field !== undefined)
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}

const changedWords = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) =>
  Object.entries(after)
    .map(([name, text]) => ({ name, before: before[name] ?? '', after: text }))
    .filter((field) => field.before !== field.after);
