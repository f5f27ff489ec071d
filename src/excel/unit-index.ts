import type { UnitRef } from '../domain/people/unit.ts';
import { keyOf } from './cell-text.ts';

/** A unit as the index needs it. */
export interface IndexedUnit extends UnitRef {
  /** Short names in use; the full name may be among them. */
  readonly aliases: readonly string[];
}

type UnitMatch =
  | { readonly kind: 'one'; readonly unit: UnitRef }
  /** A short name that several units share: asked back, never guessed. */
  | { readonly kind: 'many'; readonly units: readonly UnitRef[] }
  | { readonly kind: 'none' };

export interface UnitIndex {
  find(name: string): UnitMatch;
}

/**
 * Finds units by full or short name, whatever the width and the spaces. A short name that two units share may also mean the namesakes
 * that the address book gives none: 中幼 is 中心幼儿园 of any county once two counties call theirs so.
 */
export function unitIndex(units: readonly IndexedUnit[]): UnitIndex {
  const counties = countyNames(units);
  const byName = new Map(units.map((unit) => [keyOf(unit.name), unit]));
  const byAlias = new Map<string, Set<IndexedUnit>>();
  const byStem = new Map<string, Set<IndexedUnit>>();
  for (const unit of units) {
    for (const alias of unit.aliases) add(byAlias, keyOf(alias), unit);
    const stem = stemOf(unit, counties);
    if (stem !== '') add(byStem, stem, unit);
  }
  const namesakes = (unit: IndexedUnit) => byStem.get(stemOf(unit, counties)) ?? [];
  return {
    find(name) {
      const key = keyOf(name);
      const exact = byName.get(key);
      if (exact) return one(exact);
      const owners = [...(byAlias.get(key) ?? byStem.get(key) ?? [])];
      const [first] = owners;
      if (!first) return { kind: 'none' };
      if (owners.length === 1) return one(first);
      const all = new Set(owners.flatMap((unit) => [unit, ...namesakes(unit)]));
      return { kind: 'many', units: [...all].map(({ id, name: unitName }) => ({ id, name: unitName })) };
    },
  };
}

const one = ({ id, name }: IndexedUnit): UnitMatch => ({ kind: 'one', unit: { id, name } });

function add(map: Map<string, Set<IndexedUnit>>, key: string, unit: IndexedUnit): void {
  const set = map.get(key) ?? new Set();
  map.set(key, set.add(unit));
}

const GOVERNMENT = /人民政府$/;

/** 望海区 of 望海区人民政府. */
const countyNames = (units: readonly IndexedUnit[]): readonly string[] =>
  units.filter((unit) => GOVERNMENT.test(unit.name)).map((unit) => keyOf(unit.name).replace(GOVERNMENT, ''));

/** 中心幼儿园 of 望海区中心幼儿园; '' for a unit that belongs to no county. */
function stemOf(unit: IndexedUnit, counties: readonly string[]): string {
  const name = keyOf(unit.name);
  const county = counties.find((prefix) => name.startsWith(prefix));
  return county === undefined || GOVERNMENT.test(name) ? '' : name.slice(county.length);
}
