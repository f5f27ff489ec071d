import type { UnitReads } from '../../ports/units.ts';
import type { Engine } from '../engine.ts';
import { ancestry } from '../scope.ts';
import { grouped, orUndefined } from '../values.ts';

/** The tree of units, the names that lead to them, and the address book as a whole. */
export function unitReads(engine: Engine): UnitReads {
  const { db, dialect } = engine;
  return {
    async unit(id) {
      const row = await db.selectFrom('unit').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      const names = await db.selectFrom('unit_name').select('name').where('unit_id', '=', id).orderBy('name').execute();
      return {
        id: row.id,
        name: row.name,
        kind: row.kind,
        parentId: orUndefined(row.parent_id),
        names: names.map(({ name }) => name),
        isRoot: row.parent_id === null,
      };
    },

    async roots() {
      const rows = await db.selectFrom('unit').select('id').where('parent_id', 'is', null).orderBy('id').execute();
      return rows.map(({ id }) => id);
    },

    async isWithin(unitId, ancestorIds) {
      const row = await db
        .selectFrom('unit_closure')
        .select('depth')
        .where('descendant_id', '=', unitId)
        .where('ancestor_id', 'in', dialect.texts(ancestorIds))
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async sights(unitIds) {
      const rows = await db
        .selectFrom('unit_sight')
        .where('unit_id', 'in', dialect.texts(unitIds))
        .select('sees_id')
        .distinct()
        .orderBy('sees_id')
        .execute();
      return rows.map((row) => row.sees_id);
    },

    async unitsAbove(unitIds) {
      const rows = await ancestry(engine, unitIds).distinct().orderBy('unit_closure.ancestor_id').execute();
      return rows.map((row) => row.ancestor_id);
    },

    async names(candidates) {
      const names = dialect.texts(candidates);
      const [units, people, programs, checklists] = await Promise.all([
        db
          .selectFrom('unit_name as n')
          .innerJoin('unit as u', 'u.id', 'n.unit_id')
          .where('n.name', 'in', names)
          .select(['n.name as written', 'u.id', 'u.name'])
          .orderBy('n.name')
          .orderBy('u.name')
          .execute(),
        namedPeople(engine, candidates),
        db
          .selectFrom('program')
          .where('name', 'in', names)
          .select(['id', 'name', 'checklist_id'])
          .orderBy('name')
          .orderBy('id')
          .execute(),
        db
          .selectFrom('checklist_name')
          .where('name', 'in', names)
          .selectAll()
          .orderBy('name')
          .orderBy('checklist_id')
          .execute(),
      ]);
      return {
        units: units.map((row) => ({ name: row.written, unit: { id: row.id, name: row.name } })),
        people,
        programs: programs.map((row) => ({
          name: row.name,
          programId: row.id,
          checklistId: orUndefined(row.checklist_id),
        })),
        checklists: checklists.map((row) => ({ name: row.name, checklistId: row.checklist_id })),
      };
    },

    async directory() {
      const [units, names, people] = await Promise.all([
        db.selectFrom('unit').selectAll().orderBy('id').execute(),
        db.selectFrom('unit_name').selectAll().orderBy('name').execute(),
        db.selectFrom('person').selectAll().orderBy('id').execute(),
      ]);
      const byUnit = grouped(names, (row) => row.unit_id);
      return {
        units: units.map((row) => ({
          id: row.id,
          name: row.name,
          kind: row.kind,
          parentId: orUndefined(row.parent_id),
          names: (byUnit.get(row.id) ?? []).map(({ name }) => name),
          version: row.version,
        })),
        people: people.map((row) => ({
          id: row.id,
          unitId: row.unit_id,
          name: row.name,
          position: row.position,
          mobile: orUndefined(row.mobile),
          officePhone: row.office_phone,
          email: row.email,
          liaison: orUndefined(row.liaison),
          ...(row.gone !== null && { gone: { kind: row.gone, into: orUndefined(row.successor_id) } }),
          version: row.version,
        })),
      };
    },
  };
}

/** People of the address book, and names that stand in schedules and tasks without being in it. */
async function namedPeople({ db, dialect }: Engine, candidates: readonly string[]) {
  const names = dialect.texts(candidates);
  const known = await db
    .selectFrom('person as p')
    .innerJoin('unit as u', 'u.id', 'p.unit_id')
    .where('p.name', 'in', names)
    .where('p.gone', 'is', null)
    .select(['p.id', 'p.name', 'u.id as unit_id', 'u.name as unit_name'])
    .orderBy('p.name')
    .orderBy('u.name')
    .execute();
  const written = await db
    .selectFrom('inspection_member')
    .where('name', 'in', names)
    .where('person_id', 'is', null)
    .select('name')
    // Past visits name those who have left.
    .union(db.selectFrom('person').where('name', 'in', names).where('gone', 'is not', null).select('name'))
    .union(db.selectFrom('task_person').where('name', 'in', names).where('person_id', 'is', null).select('name'))
    .orderBy('name')
    .execute();
  return [
    ...known.map((row) => ({ name: row.name, personId: row.id, unit: { id: row.unit_id, name: row.unit_name } })),
    ...written.map(({ name }) => ({ name })),
  ];
}
