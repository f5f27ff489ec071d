import type { Unit } from '../../domain/work/unit.ts';
import type { TableTitle } from '../../excel/table-title.ts';
import type { IndexedUnit } from '../../excel/unit-index.ts';

/** The directory as the readers want it. */
export const indexed = (units: readonly Unit[]): readonly IndexedUnit[] =>
  units.map(({ id, name, names }) => ({ id, name, aliases: names.filter((alias) => alias !== name) }));

/** The unit above all others. */
export const rootOf = (units: readonly Unit[]): Unit | undefined =>
  units.find(({ parentId }) => parentId === undefined);

/** 市教育督导室, 市政府教育督导室 and 市教育局督导室 are one office in officials' mouths. */
const loose = (name: string): string => name.replace(/人民政府|政府|局|（.*）|\s/g, '');

/** The unit that issued a table: by name, else by a name that differs only in the words that offices leave out. */
export function issuerOf(title: TableTitle, units: readonly Unit[]): Unit | undefined {
  for (const written of title.issuers) {
    const exact = units.filter(({ names }) => names.includes(written));
    const near =
      exact.length > 0 ? exact : units.filter(({ names }) => names.some((name) => loose(name) === loose(written)));
    const [only, second] = near;
    if (only && !second) return only;
  }
  return undefined;
}

/** The unit that a title begins with (望海区迎接2026年…): the longest name that fits. */
export function titleUnit(title: TableTitle, units: readonly Unit[]): Unit | undefined {
  const fitting = units.flatMap((unit) =>
    unit.names.filter((name) => title.text.startsWith(name)).map((name) => ({ unit, name })),
  );
  return fitting.toSorted((a, b) => b.name.length - a.name.length)[0]?.unit;
}
