import type { LocalDate } from '../../../domain/calendar/local-date.ts';
import { eachField, wordsOf } from '../../../domain/imports/workbook-column.ts';
import {
  ABOUT_PERSON,
  DIRECTORY_SHAPE,
  DIRECTORY_TEXTS,
  type DirectoryField,
  LIAISON,
  NAMES_LIAISONS,
} from '../../../domain/people/directory-columns.ts';
import { faultyRows } from '../../../excel/issue.ts';
import { type DirectoryRecord, readDirectory } from '../../../excel/read-directory.ts';
import type { Recognised } from '../../../excel/recognise.ts';
import type { PersonRow } from '../../../ports/people.ts';
import { type Columns, keptWhereAbsent } from './absent-columns.ts';
import { type Diff, diff, idsOf } from './diff.ts';
import { districtOf, namedUnit } from './find-unit.ts';
import { personKey } from './people.ts';
import { type PlacedList, placeList } from './place-list.ts';
import { type ImportPlan, type NotImported, notImported, type Planner, planOf, treeSeen } from './plan.ts';

/** 单位通讯录 → units with their place in the tree, and the people who answer for them. */
export async function planDirectory(
  { store, ids }: Planner,
  { table }: Recognised,
  today: LocalDate,
  under: string | undefined,
): Promise<ImportPlan | NotImported> {
  const tree = await treeSeen(store);
  const { units, people } = await store.directory();
  const owner = under === undefined ? undefined : namedUnit(under, units);
  if (typeof owner === 'string') return notImported(owner);
  const reading = readDirectory(table, { today });
  const faulty = faultyRows(reading.issues);
  const records = reading.records.filter(({ row, unit }) => !faulty.has(row) && unit !== '');
  const placed = placeList(records, {
    units,
    rootName: rootOfTitle(reading.title.text),
    district: owner && districtOf(owner, units),
    setsKind: true,
    ids,
  });
  const gone = goneIn(records, placed, people);
  const persons = diffPeople(
    records.filter((record) => !gone.records.has(record)),
    placed,
    people,
    { shape: DIRECTORY_SHAPE, has: reading.has },
    {
      nextId: () => ids.next('person'),
      areLiaisons: table.columns.some(({ heading }) => NAMES_LIAISONS.test(heading)),
    },
  );
  return planOf(
    reading,
    [placed.diff, persons],
    [placed.change, persons.puts.length > 0 ? { kind: 'people.put', rows: persons.puts } : undefined],
    [...placed.remarks, ...gone.remarks, ...replacedRemarks(persons.puts, placed, people)],
    [placed.change && tree],
  );
}

/** 云溪市 of 云溪市教育督导工作通讯录. */
const rootOfTitle = (title: string): string => /^.{1,11}?(省|自治区|自治州|市|县|区|旗)/.exec(title)?.[0] ?? '全部单位';

/** Who has left stays so, and a row that was merged into another stays merged: only an administrator brings somebody back. */
function goneIn(records: readonly DirectoryRecord[], placed: PlacedList, people: readonly PersonRow[]) {
  const gone = new Map(people.flatMap((person) => (person.gone ? [[personKey(person), person.gone] as const] : [])));
  const goneOf = ({ unit, contact }: DirectoryRecord) =>
    gone.get(personKey({ unitId: placed.idOf(unit) ?? '', name: contact }));
  const among = records.filter((record) => goneOf(record) !== undefined);
  const called = (kind: 'left' | 'merged') =>
    among.filter((record) => goneOf(record)?.kind === kind).map(({ unit, contact }) => `${unit} ${contact}`);
  const [left, merged] = [called('left'), called('merged')];
  return {
    records: new Set(among),
    remarks: [
      ...(left.length > 0 ? [`已离任，没有恢复：${left.join('、')}。要恢复请发送：人员 返岗 ${left[0]}`] : []),
      ...(merged.length > 0 ? [`已合并到另一行，没有重新添加：${merged.join('、')}。`] : []),
    ],
  };
}

/** The liaison of each unit. One who is replaced stays in the book, as such no more: visits and tasks may name them. */
function diffPeople(
  records: readonly DirectoryRecord[],
  placed: PlacedList,
  people: readonly PersonRow[],
  columns: Columns<DirectoryField>,
  { nextId, areLiaisons }: { readonly nextId: () => string; readonly areLiaisons: boolean },
): Diff<PersonRow> {
  const idOf = idsOf(people, personKey, nextId);
  const byKey = new Map(people.map((person) => [personKey(person), person]));
  const wanted = records.flatMap((record): Omit<PersonRow, 'version'>[] => {
    const unitId = placed.idOf(record.unit);
    if (!record.contact || !unitId) return [];
    const { contact: name, mobile } = record;
    const texts = eachField(DIRECTORY_TEXTS, (field) => record[field]);
    const before = byKey.get(personKey({ unitId, name }))?.liaison;
    const isNamed = record.role === undefined ? areLiaisons || before === 'named' : record.role.includes(LIAISON);
    const liaison = before === 'withdrawn' ? before : isNamed ? ('named' as const) : undefined;
    const row: Omit<PersonRow, 'version'> = {
      id: idOf({ unitId, name }),
      unitId,
      name,
      mobile: mobile || undefined,
      ...texts,
      liaison,
    };
    return [keptWhereAbsent(row, byKey.get(personKey(row)), columns, {})];
  });
  const unitName = new Map(placed.units.map(({ id, name }) => [id, name]));
  return diff<PersonRow>([...wanted, ...replaced(wanted, people)], people, {
    key: personKey,
    label: ({ unitId, name }) => `${unitName.get(unitId) ?? ''} ${name}`,
    words: (person) => wordsOf(ABOUT_PERSON, { person }),
  });
}

/** Whom the book named before for a unit that it names a liaison for now. */
const replaced = (
  wanted: readonly Omit<PersonRow, 'version'>[],
  people: readonly PersonRow[],
): readonly Omit<PersonRow, 'version'>[] => {
  const keys = new Set(wanted.map(personKey));
  const unitIds = new Set(wanted.filter(({ liaison }) => liaison === 'named').map(({ unitId }) => unitId));
  return people
    .filter((person) => person.liaison === 'named' && !person.gone && unitIds.has(person.unitId))
    .filter((person) => !keys.has(personKey(person)))
    .map(({ version: _v, ...person }) => ({ ...person, liaison: undefined }));
};

function replacedRemarks(puts: Diff<PersonRow>['puts'], placed: PlacedList, people: readonly PersonRow[]) {
  const before = new Map(people.map((person) => [person.id, person]));
  const unitName = new Map(placed.units.map(({ id, name }) => [id, name]));
  const lost = puts.filter(({ id, liaison }) => liaison === undefined && before.get(id)?.liaison === 'named');
  const names = lost.map(({ unitId, name }) => `${unitName.get(unitId) ?? ''} ${name}`);
  return names.length > 0 ? [`联络员换人，原来的不再有联络员的权限：${names.join('、')}。`] : [];
}
