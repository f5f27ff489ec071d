import { type PlacedUnit, placeUnits } from '../../../domain/people/place-units.ts';
import type { Unit } from '../../../domain/people/unit.ts';
import type { DirectoryRecord } from '../../../excel/read-directory.ts';
import type { Change } from '../../../ports/changes.ts';
import type { Ids } from '../../../ports/ids.ts';
import type { UnitRow } from '../../../ports/rows.ts';
import { type Diff, diff } from './diff.ts';
import { districtName, districtOf, rootOf } from './find-unit.ts';

export type StandingUnit = Unit & { readonly version: number };

type Listed = Pick<DirectoryRecord, 'unit' | 'aliases' | 'kind'>;

export interface PlacedList {
  /** The id of a unit by its name as the list writes it. */
  readonly idOf: (written: string) => string | undefined;
  readonly diff: Diff<StandingUnit>;
  readonly change: Change | undefined;
  /** All units as they will stand. */
  readonly units: readonly Unit[];
  readonly remarks: readonly string[];
}

/**
 * Places the units of a list in the tree. A unit that stands keeps what the list does not say: its other names, its kind, and its parent
 * unless that was only the root for want of better.
 */
export function placeList(
  records: readonly Listed[],
  of: {
    readonly units: readonly StandingUnit[];
    /** The root's name for an empty tree. */
    readonly rootName: string;
    /** The district whose own list it is. */
    readonly district?: Unit | undefined;
    /** The list is the authority on kinds: true for a directory, false for the list beside a table. */
    readonly setsKind: boolean;
    readonly ids: Ids;
  },
): PlacedList {
  const { units, ids } = of;
  const root = rootOf(units);
  const rootName = root?.name ?? of.rootName;
  const byName = new Map(units.map((unit) => [unit.name, unit]));
  const newIds = new Map<string, string>();
  const idOf = (name: string): string => byName.get(name)?.id ?? newId(newIds, name, ids);

  const placed = placedUnits(records, rootName, of);
  const wanted: UnitRow[] = root
    ? []
    : [{ id: idOf(rootName), name: rootName, kind: '', parentId: undefined, names: [rootName] }];
  for (const { fullName, parentName, aliases, kind } of placed) {
    if (fullName === rootName) continue;
    const before = byName.get(fullName);
    const keepsParent = before && (parentName === rootName || before.parentId !== root?.id);
    wanted.push({
      id: idOf(fullName),
      name: fullName,
      kind: (of.setsKind ? kind || before?.kind : before?.kind || kind) ?? '',
      parentId: keepsParent ? before.parentId : idOf(parentName),
      names: [...new Set([...(before?.names ?? []), fullName, ...aliases])].toSorted(),
    });
  }
  const all = new Map<string, Unit>([...units, ...wanted].map((unit) => [unit.id, unit]));
  const unitDiff = diff<StandingUnit>(
    wanted,
    units.map((unit) => ({ ...unit, names: unit.names.toSorted() })),
    {
      key: ({ name }) => name,
      label: ({ name }) => name,
      words: ({ kind, parentId, names }) => ({
        类别: kind,
        上级单位: all.get(parentId ?? '')?.name ?? '',
        名称: names.join('、'),
      }),
    },
  );
  // A name before an alias, which another unit may share.
  const byAlias = placed.flatMap(({ fullName, aliases }) => aliases.map((alias) => [alias, fullName] as const));
  const fullNames = new Map([...byAlias, ...placed.map(({ name, fullName }) => [name, fullName] as const)]);
  return {
    idOf: (written) => {
      const fullName = fullNames.get(written);
      return fullName === undefined ? undefined : idOf(fullName);
    },
    diff: unitDiff,
    change: changeOf(unitDiff, all),
    units: [...all.values()],
    remarks: placed.flatMap(({ fullName, warning }) => (warning && !byName.has(fullName) ? [warning] : [])),
  };
}

/** Two districts may each have a 城关镇: one that stands in another district is not the one that this district lists. */
function placedUnits(
  records: readonly Listed[],
  rootName: string,
  { units, district }: { readonly units: readonly Unit[]; readonly district?: Unit | undefined },
): readonly PlacedUnit[] {
  const under = district && districtName(district);
  const place = { rootName, under, existing: units.map(({ name, names }) => ({ name, aliases: names })) };
  const placed = placeUnits(records, place);
  const taken = new Set(
    units
      .filter((unit) => district && ![undefined, district.id].includes(districtOf(unit, units)?.id))
      .map(({ name }) => name),
  );
  const namesakes = new Set(placed.filter(({ fullName }) => taken.has(fullName)).map(({ name }) => name));
  if (under === undefined || namesakes.size === 0) return placed;
  const distinct = records.map((record) =>
    namesakes.has(record.unit)
      ? { ...record, unit: under + record.unit, aliases: [...record.aliases, record.unit] }
      : record,
  );
  return placeUnits(distinct, place);
}

function newId(known: Map<string, string>, name: string, ids: Ids): string {
  const id = known.get(name) ?? ids.next('unit');
  known.set(name, id);
  return id;
}

function changeOf({ puts }: Diff<StandingUnit>, units: ReadonlyMap<string, Unit>): Change | undefined {
  if (puts.length === 0) return undefined;
  return { kind: 'units.put', rows: puts, closure: closureOf(units, new Set(puts.map(({ id }) => id))) };
}

/** The closure rows of every unit that is put, and of everything below such a unit. */
export function closureOf(units: ReadonlyMap<string, Pick<Unit, 'parentId'>>, put: ReadonlySet<string>) {
  return [...units.keys()].flatMap((descendantId) => {
    const chain: string[] = [];
    for (let id: string | undefined = descendantId; id && !chain.includes(id); id = units.get(id)?.parentId)
      chain.push(id);
    return chain.some((id) => put.has(id))
      ? chain.map((ancestorId, depth) => ({ ancestorId, descendantId, depth }))
      : [];
  });
}
