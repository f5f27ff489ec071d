import { collectivesOf, type Unit, type UnitRef } from '../../../domain/people/unit.ts';
import type { TableTitle } from '../../../excel/table-title.ts';
import { type IndexedUnit, type UnitIndex, unitIndex } from '../../../excel/unit-index.ts';

/** The unit above all others. */
export const rootOf = (units: readonly Unit[]): Unit | undefined =>
  units.find(({ parentId }) => parentId === undefined);

/** The unit and those above it, the nearest first. */
export function ancestry(unit: Unit, units: readonly Unit[]): readonly Unit[] {
  const byId = new Map(units.map((each) => [each.id, each]));
  const chain: Unit[] = [];
  for (let at: Unit | undefined = unit; at && !chain.includes(at); at = at.parentId ? byId.get(at.parentId) : undefined)
    chain.push(at);
  return chain;
}

/** The county or district that a unit belongs to; undefined for the root and for what stands under it without being a county. */
export function districtOf(unit: Unit, units: readonly Unit[]): Unit | undefined {
  const branch = ancestry(unit, units).at(-2);
  return branch && collectivesOf(branch.kind).includes('counties') ? branch : undefined;
}

/** 望海区 of 望海区人民政府: what the names of its units begin with. */
export const districtName = ({ name }: UnitRef): string =>
  name.replace(/(?<=[县区市旗])(人民政府|教育(和?体育)?局)$/, '');

const indexed = (units: readonly Unit[]): readonly IndexedUnit[] =>
  units.map(({ id, name, names }) => ({ id, name, aliases: names.filter((alias) => alias !== name) }));

/** The names of a district's own units before those of all others: 教育局 in 望海区's table is 望海区教育局. */
export function indexFor(own: readonly IndexedUnit[], units: readonly Unit[]): UnitIndex {
  const [near, all] = [unitIndex(own), unitIndex(indexed(units))];
  return {
    find(name) {
      const match = near.find(name);
      return match.kind === 'none' ? all.find(name) : match;
    },
  };
}

/** The units of a district, for `indexFor`; none when there is no district. */
export const unitsOf = (district: Unit | undefined, units: readonly Unit[]): readonly IndexedUnit[] =>
  indexed(district ? units.filter((unit) => districtOf(unit, units)?.id === district.id) : []);

/** The unit of this name, by which an operator says whose a workbook is; else why there is none, in Chinese. */
export function namedUnit(name: string, units: readonly Unit[]): Unit | string {
  const match = unitIndex(indexed(units)).find(name);
  if (match.kind === 'many')
    return `“${name}”有${match.units.length}个（${match.units.map((unit) => unit.name).join('、')}），请写全称。`;
  const found = match.kind === 'one' ? units.find(({ id }) => id === match.unit.id) : undefined;
  return found ?? `通讯录中没有单位“${name}”，请核对名称，或先导入包含它的单位通讯录。`;
}

/** 市教育督导室, 市政府教育督导室 and 市教育局督导室 are one office in officials' mouths. */
const loose = (name: string): string => name.replace(/人民政府|政府|局|（.*）|\s/g, '');

/** The unit that issued a table: by name, else by a name that differs only in the words that offices leave out. */
export function issuerOf(title: TableTitle, units: readonly Unit[]): Unit | undefined {
  for (const written of title.issuers) {
    const exact = units.filter(({ names }) => names.includes(written));
    const near = () => units.filter(({ names }) => names.some((name) => loose(name) === loose(written)));
    const [only, second] = exact.length > 0 ? exact : near();
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
