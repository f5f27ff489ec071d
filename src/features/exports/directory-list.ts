import type { Sheet, SheetCell } from '../../domain/imports/sheet.ts';
import type { Unit } from '../../domain/people/unit.ts';
import type { ListReader } from '../../language/workbooks.ts';
import { column, type List, type ListSource, NUMBER, statements, unitsWithin } from './list.ts';

/** 单位通讯录: a row for each person who serves, units without one have a row as well. Units come with those below them. */
export async function directoryList({ store }: ListSource, reader: ListReader): Promise<List> {
  const { units, people } = await store.directory();
  const byUnit = Map.groupBy(
    people.filter(({ gone }) => !gone),
    ({ unitId }) => unitId,
  );
  const rows: SheetCell[][] = [];
  for (const unit of inTreeOrder(unitsWithin(reader.scope, units))) {
    const aliases = unit.names.filter((name) => name !== unit.name).join('、');
    for (const person of byUnit.get(unit.id) ?? [undefined])
      rows.push([
        rows.length + 1,
        unit.name,
        aliases,
        unit.kind,
        person?.name,
        person?.position,
        person?.officePhone,
        person?.mobile,
        person?.email,
      ]);
  }
  const title = `${reader.about.name}单位通讯录`;
  return { name: title, sheet: { title, statements: statements(reader), columns: DIRECTORY_COLUMNS, rows } };
}

/** The kinds that mean something here (各学校, 各县区); others may be written. */
const KINDS = [
  '成员单位',
  '市直部门',
  '区直部门',
  '县区政府',
  '县区教育局',
  '乡镇街道',
  '高中',
  '初中',
  '小学',
  '幼儿园',
  '特教学校',
];

export const DIRECTORY_COLUMNS: Sheet['columns'] = [
  NUMBER,
  column('单位名称', 30),
  column('简称', 16),
  column('类别', 12, KINDS),
  column('联络员', 10),
  column('职务', 14),
  column('办公电话', 16),
  column('手机', 15),
  column('邮箱', 24),
];

function inTreeOrder(units: readonly Unit[]): readonly Unit[] {
  const known = new Set(units.map(({ id }) => id));
  const below = Map.groupBy(units, ({ parentId }) => (parentId && known.has(parentId) ? parentId : undefined));
  const walk = (unit: Unit): readonly Unit[] => [unit, ...(below.get(unit.id) ?? []).flatMap(walk)];
  return (below.get(undefined) ?? []).flatMap(walk);
}
