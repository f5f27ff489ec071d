import type { Put } from '../../ports/store.ts';

/** One changed row: what it is called, and each field that differs, old → new. */
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

interface Kept {
  readonly version: number;
}

/**
 * Compares the rows that a workbook asks for with those that stand, by natural key. A row that stands and is not asked for is left
 * alone: a new file never deletes. Fields compare by value; an absent field and an undefined one are the same.
 */
export function diff<Row extends Kept>(
  wanted: readonly Omit<Row, 'version'>[],
  standing: readonly Row[],
  by: {
    readonly key: (row: Omit<Row, 'version'>) => string;
    readonly label: (row: Omit<Row, 'version'>) => string;
    readonly ignore?: readonly (keyof Row)[];
  },
): Diff<Row> {
  const existing = new Map(standing.map((row) => [by.key(row), row]));
  const added: string[] = [];
  const changed: ChangedRow[] = [];
  const puts: Put<Row>[] = [];
  let unchanged = 0;
  for (const row of wanted) {
    const before = existing.get(by.key(row));
    if (!before) {
      added.push(by.label(row));
      puts.push({ ...row, seen: undefined });
      continue;
    }
    const fields = changedFields(before, row, [...(by.ignore ?? []), 'version']);
    if (fields.length === 0) {
      unchanged += 1;
      continue;
    }
    changed.push({ label: by.label(row), fields });
    puts.push({ ...row, seen: before.version });
  }
  return { added, changed, unchanged, puts };
}

function changedFields(before: object, after: object, ignore: readonly PropertyKey[]): ChangedRow['fields'] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => !ignore.includes(name) && written(old.get(name)) !== written(now.get(name)))
    .map((name) => ({ name, before: written(old.get(name)), after: written(now.get(name)) }));
}

/** Keys of an object in a fixed order, so that two equal values are one text. */
function written(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, field]) => field !== undefined)
            .sort(([a], [b]) => a.localeCompare(b)),
        )
      : part,
  );
}
