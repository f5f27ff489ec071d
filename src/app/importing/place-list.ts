import { placeUnits } from '../../domain/work/place-units.ts';
import type { Unit } from '../../domain/work/unit.ts';
import type { DirectoryRecord } from '../../excel/read-directory.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Change, UnitRow } from '../../ports/store.ts';
import { type Diff, diff } from './diff.ts';
import { rootOf } from './find-unit.ts';

export type StandingUnit = Unit & { readonly version: number };

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
  records: readonly Pick<DirectoryRecord, 'unit' | 'aliases' | 'kind'>[],
  of: {
    readonly units: readonly StandingUnit[];
    /** The root's name for an empty tree. */
    readonly rootName: string;
    /** The district whose own list it is, as its units' names begin: 望海区. */
    readonly under?: string | undefined;
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

  const existing = units.map(({ name, names }) => ({ name, aliases: names }));
  const placed = placeUnits(records, { rootName, under: of.under, existing });
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
  const fullNames = new Map(placed.map(({ name, fullName }) => [name, fullName]));
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
function closureOf(units: ReadonlyMap<string, Unit>, put: ReadonlySet<string>) {
  return [...units.keys()].flatMap((descendantId) => {
    const chain: string[] = [];
    for (let id: string | undefined = descendantId; id && !chain.includes(id); id = units.get(id)?.parentId)
      chain.push(id);
    return chain.some((id) => put.has(id))
      ? chain.map((ancestorId, depth) => ({ ancestorId, descendantId, depth }))
      : [];
  });
}
