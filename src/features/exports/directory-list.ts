import { DIRECTORY_COLUMNS, type DirectoryLine } from '../../domain/people/directory-columns.ts';
import type { Unit } from '../../domain/people/unit.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import { type List, type ListSource, statements, tableOf, unitsWithin } from './list.ts';

/** 单位通讯录: a row for each person who serves, units without one have a row as well. Units come with those below them. */
export async function directoryList(
  { store }: ListSource,
  { unitId }: ListRequest<'directory'>,
  reader: ListReader,
): Promise<readonly List[]> {
  const { units, people } = await store.directory();
  const byUnit = Map.groupBy(
    people.filter(({ gone }) => !gone),
    ({ unitId }) => unitId,
  );
  const lines = inTreeOrder(unitsWithin(unitId === undefined ? reader.scope : { unitIds: [unitId] }, units)).flatMap(
    (unit): DirectoryLine[] => (byUnit.get(unit.id) ?? [undefined]).map((person) => ({ unit, person })),
  );
  const title = `${reader.about.name}单位通讯录`;
  return [
    {
      name: title,
      sheet: {
        title,
        statements: statements(reader),
        ...tableOf<DirectoryLine>(DIRECTORY_COLUMNS, lines),
      },
    },
  ];
}

function inTreeOrder(units: readonly Unit[]): readonly Unit[] {
  const known = new Set(units.map(({ id }) => id));
  const below = Map.groupBy(units, ({ parentId }) => (parentId && known.has(parentId) ? parentId : undefined));
  const walk = (unit: Unit): readonly Unit[] => [unit, ...(below.get(unit.id) ?? []).flatMap(walk)];
  return (below.get(undefined) ?? []).flatMap(walk);
}
