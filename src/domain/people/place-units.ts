/** A unit as a directory names it. */
export interface ListedUnit {
  readonly unit: string;
  readonly aliases: readonly string[];
  readonly kind: string;
}

export interface PlacedUnit {
  /** As the directory writes it: 区教育局. */
  readonly name: string;
  /** As it is kept, unlike any other unit's: 望海区教育局. The same as `name` but in a district's own directory. */
  readonly fullName: string;
  /** Other names in use, `name` among them when it is not the full one. */
  readonly aliases: readonly string[];
  readonly kind: string;
  /** Full name of the unit above it. */
  readonly parentName: string;
  /** Set when the name says nothing about what is above it: it was put under the root, and somebody should look. */
  readonly warning?: string | undefined;
}

interface Names {
  readonly name: string;
  readonly aliases: readonly string[];
}

/**
 * Finds the unit above each unit, for an address book has no such column. It is the longest other known name that the unit's name begins
 * with, a county's short name included (望海区第一中学 → 望海区人民政府; 市教育局督导室 → 市教育局). Names of the root's own level
 * (市…, 团市委) and county governments stand under the root without a question; what is left does with a warning.
 *
 * `under` reads a district's own directory: 区教育局 becomes 望海区教育局 and keeps 区教育局 as an alias, and the district takes the
 * root's place. A unit listed twice is placed once, with the names of both rows. The order is the directory's, so a parent may follow.
 */
export function placeUnits(
  listed: readonly ListedUnit[],
  place: { readonly rootName: string; readonly under?: string | undefined; readonly existing: readonly Names[] },
): readonly PlacedUnit[] {
  const units = merge(listed.map((unit) => ({ ...unit, fullName: fullNameOf(unit.unit, place.under) })));
  const known = [...place.existing, ...units.map(({ fullName, aliases }) => ({ name: fullName, aliases }))];
  const prefixes = known.flatMap(({ name }) => prefixesOf(name));
  const top = place.under === undefined ? place.rootName : ownerOf(place.under, known);
  return units.map(({ unit, fullName, aliases, kind }) => {
    const parent = prefixes
      .filter(({ prefix, name }) => fullName.startsWith(prefix) && name !== fullName)
      .toSorted((a, b) => b.prefix.length - a.prefix.length)[0];
    const names = new Set(fullName === unit ? aliases : [unit, ...aliases]);
    const isPlain = parent !== undefined || place.under !== undefined || belongsToRoot(fullName, place.rootName);
    return {
      name: unit,
      fullName,
      aliases: [...names],
      kind,
      parentName: parent?.name ?? top,
      ...(!isPlain && { warning: `看不出“${fullName}”的上级单位，暂归${place.rootName}` }),
    };
  });
}

const GOVERNMENT = /(?<=[县区市旗])人民政府$/;

/** A unit's name, and the short name of the county that it governs. */
const prefixesOf = (name: string): readonly { readonly prefix: string; readonly name: string }[] =>
  [name, name.replace(GOVERNMENT, '')].map((prefix) => ({ prefix, name }));

const ownerOf = (under: string, known: readonly Names[]): string =>
  known.find(({ name, aliases }) => name === under || name === `${under}人民政府` || aliases.includes(under))?.name ??
  under;

/** 区教育局 and 团区委 of 望海区 say whose they are only within it. */
function fullNameOf(name: string, under: string | undefined): string {
  const level = under?.at(-1) ?? '';
  if (under === undefined || name.startsWith(under)) return name;
  if (name.startsWith(level)) return under + name.slice(1);
  return name.slice(1).startsWith(`${level}委`) ? under + name : name;
}

function belongsToRoot(name: string, rootName: string): boolean {
  const level = rootName.at(-1) ?? '';
  return (
    name.startsWith(rootName) ||
    name.startsWith(level) ||
    name.slice(1).startsWith(`${level}委`) ||
    GOVERNMENT.test(name)
  );
}

function merge<Unit extends ListedUnit & { readonly fullName: string }>(units: readonly Unit[]): readonly Unit[] {
  const byName = new Map<string, Unit>();
  for (const unit of units) {
    const first = byName.get(unit.fullName);
    if (!first) byName.set(unit.fullName, unit);
    else {
      const aliases = [...new Set([...first.aliases, ...unit.aliases])];
      byName.set(unit.fullName, { ...first, aliases, kind: first.kind || unit.kind });
    }
  }
  return [...byName.values()];
}
