import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { placeUnits } from '../../domain/work/place-units.ts';
import type { Unit } from '../../domain/work/unit.ts';
import { faultyRows } from '../../excel/issue.ts';
import { type DirectoryRecord, readDirectory } from '../../excel/read-directory.ts';
import type { Recognised } from '../../excel/recognise.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Change, PersonRow, UnitRow } from '../../ports/store.ts';
import type { Core } from '../core.ts';
import { type Diff, diff } from './diff.ts';
import { rootOf } from './directory.ts';
import { counted, type ImportPlan } from './plan.ts';

type StandingUnit = Unit & { readonly version: number };

/** 单位通讯录 → units with their place in the tree, and the people who answer for them. */
export async function planDirectory(
  core: Core,
  { table }: Recognised,
  today: LocalDate,
  under: string | undefined,
): Promise<ImportPlan> {
  const { units, people } = await core.store.directory();
  const reading = readDirectory(table, { today });
  const faulty = faultyRows(reading.issues);
  const records = reading.records.filter(({ row, unit }) => !faulty.has(row) && unit !== '');
  const placed = planUnits(records, { units, under, title: reading.title.text, ids: core.ids, keepsKind: false });

  const standing = people.map((person) => ({ ...person, mobile: person.mobile }));
  const idByKey = new Map(standing.map((person) => [personKey(person), person.id]));
  const wanted = new Map<string, Omit<PersonRow, 'version'>>();
  for (const record of records) {
    const unitId = placed.idOf(record.unit);
    if (!record.contact || !unitId) continue;
    const person = {
      unitId,
      name: record.contact,
      position: record.position,
      mobile: record.mobile || undefined,
      officePhone: record.officePhone,
      email: record.email,
    };
    wanted.set(personKey(person), { id: idByKey.get(personKey(person)) ?? core.ids.next('person'), ...person });
  }
  const persons = diff<PersonRow>([...wanted.values()], standing, { key: personKey, label: ({ name }) => name });
  return {
    kind: 'directory',
    title: reading.title.text,
    rows: reading.records.length,
    ...counted(placed.diff, persons),
    issues: reading.issues,
    remarks: placed.remarks,
    changes: [
      ...placed.changes,
      ...(persons.puts.length > 0 ? [{ kind: 'people.put', rows: persons.puts } as const] : []),
    ],
  };
}

const personKey = ({ unitId, name }: { readonly unitId: string; readonly name: string }): string =>
  `${unitId}\n${name}`;

export interface PlacedUnits {
  /** The id of a unit by its name as the table writes it. */
  readonly idOf: (written: string) => string | undefined;
  readonly diff: Diff<UnitRow & { readonly version: number }>;
  readonly changes: readonly Change[];
  /** All units as they will stand. */
  readonly units: readonly Unit[];
  readonly remarks: readonly string[];
}

/**
 * Places the units of a table in the tree. A unit that stands keeps what the table does not say: its other names, and its parent unless
 * that was only the root for want of better.
 */
export function planUnits(
  records: readonly Pick<DirectoryRecord, 'unit' | 'aliases' | 'kind'>[],
  of: {
    readonly units: readonly StandingUnit[];
    readonly under: string | undefined;
    readonly title: string;
    readonly ids: Ids;
    readonly keepsKind: boolean;
  },
): PlacedUnits {
  const { units, ids } = of;
  const byName = new Map(units.map((unit) => [unit.name, unit]));
  const standingRoot = rootOf(units);
  const rootName = standingRoot?.name ?? rootOfTitle(of.title);
  const existing = units.map(({ name, names }) => ({ name, aliases: names }));
  const placed = placeUnits(records, { rootName, under: of.under, existing });
  const idByName = new Map(units.map(({ id, name }) => [name, id]));
  const idFor = (name: string) => idByName.get(name) ?? idByName.set(name, ids.next('unit')).get(name) ?? '';

  const wanted = new Map<string, UnitRow>();
  if (!standingRoot)
    wanted.set(rootName, { id: idFor(rootName), name: rootName, kind: '', parentId: undefined, names: [rootName] });
  for (const unit of placed) {
    if (unit.fullName === rootName) continue;
    const before = byName.get(unit.fullName);
    const parentId = idFor(unit.parentName);
    const named = wanted.get(unit.fullName)?.names ?? before?.names ?? [];
    wanted.set(unit.fullName, {
      id: idFor(unit.fullName),
      name: unit.fullName,
      kind: of.keepsKind && before?.kind ? before.kind : unit.kind || before?.kind || '',
      parentId:
        before?.parentId && (unit.parentName === rootName || before.parentId !== standingRoot?.id)
          ? before.parentId
          : parentId,
      names: [...new Set([...named, unit.fullName, ...unit.aliases])].toSorted(),
    });
  }
  const standing = units.map((unit) => ({ ...unit, names: [...unit.names].toSorted() }));
  const unitDiff = diff<UnitRow & { readonly version: number }>([...wanted.values()], standing, {
    key: ({ name }) => name,
    label: ({ name }) => name,
  });
  const all = new Map<string, Unit>([...units, ...wanted.values()].map((unit) => [unit.id, unit]));
  const moved = new Set(unitDiff.puts.map(({ id }) => id));
  return {
    idOf: (written) => placed.filter(({ name }) => name === written).map(({ fullName }) => idByName.get(fullName))[0],
    diff: unitDiff,
    changes:
      unitDiff.puts.length > 0 ? [{ kind: 'units.put', rows: unitDiff.puts, closure: closureOf(all, moved) }] : [],
    units: [...all.values()],
    remarks: placed.flatMap(({ fullName, warning }) => (warning && !byName.has(fullName) ? [warning] : [])),
  };
}

/** 云溪市 of 云溪市教育督导工作通讯录. */
const rootOfTitle = (title: string): string => /^.{1,11}?(省|自治区|自治州|市|县|区|旗)/.exec(title)?.[0] ?? '全部单位';

/** The closure rows of every unit that was put, and of everything below such a unit. */
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
