import { type CompiledQuery, sql } from 'kysely';
import type { AppliedImportChange, RemovedRows } from '../../ports/applied-imports.ts';
import type { Appliers } from '../appliers.ts';
import { jsonParts } from '../bulk.ts';
import type { ColumnType } from '../dialect.ts';
import type { Engine } from '../engine.ts';
import { toJson } from '../json.ts';
import { heldBy } from './needed-rows.ts';

type Of<Kind extends AppliedImportChange['kind']> = Extract<AppliedImportChange, { readonly kind: Kind }>;

/** Long enough to notice a mistake; what is kept for it is as large as what was imported. */
const KEPT_MS = 31 * 86_400_000;
/** Of text, some of it Chinese: three bytes a character stay below D1's 2 MB. */
const PART_CHARACTERS = 500_000;

/** What an import wrote is kept beside it, taken back, or removed. */
export const appliedImportAppliers = {
  'import.applied': applied,
  'import.undone': undone,
  'rows.removed': (engine, change) => removed(engine, change.removed),
} satisfies Appliers<AppliedImportChange>;

function applied(
  { db }: Engine,
  { applied: { id, fileName, kind, actor, at }, rows }: Of<'import.applied'>,
): CompiledQuery[] {
  const json = toJson(rows);
  const parts = Array.from({ length: Math.ceil(json.length / PART_CHARACTERS) }, (_, part) =>
    json.slice(part * PART_CHARACTERS, (part + 1) * PART_CHARACTERS),
  );
  return [
    db
      .deleteFrom('applied_import')
      .where('applied_at', '<', at - KEPT_MS)
      .compile(),
    db
      .insertInto('applied_import')
      .values({ id, file_name: fileName, kind, actor, applied_at: at, undone_at: null })
      .compile(),
    ...parts.map((content, part) =>
      db.insertInto('applied_import_part').values({ import_id: id, part, content }).compile(),
    ),
  ];
}

function undone({ db }: Engine, { id, at, left }: Of<'import.undone'>): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS
      (SELECT 1 FROM applied_import AS a WHERE a.id = ${id} AND a.undone_at IS NULL AND NOT EXISTS
        (SELECT 1 FROM applied_import AS b WHERE b.undone_at IS NULL AND b.applied_at > a.applied_at))`.compile(db),
    db.updateTable('applied_import').set({ undone_at: at }).where('id', '=', id).compile(),
    db.deleteFrom('applied_import_part').where('import_id', '=', id).compile(),
    db
      .insertInto('applied_import_part')
      .values({ import_id: id, part: 0, content: toJson(left) })
      .compile(),
  ];
}

type Keys = readonly (readonly [column: string, name: string])[];
const ID: Keys = [['id', 'id']];

/** Children before parents, so that the foreign keys say only what stands outside. */
function removed(engine: Engine, rows: RemovedRows): CompiledQuery[] {
  const ids = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id);
  const children = (table: string, column: string, of: readonly { readonly id: string }[]) =>
    of.length === 0
      ? []
      : [
          sql`DELETE FROM ${sql.table(table)} WHERE ${sql.ref(column)} IN ${engine.dialect.texts(ids(of))}`.compile(
            engine.db,
          ),
        ];
  const assessment: Keys = [
    ...([['program_id', 'programId'] as const, ['unit_id', 'unitId'] as const] as const),
    ['indicator_id', 'indicatorId'],
  ];
  return [
    ...heldBy(engine.dialect, rows).map((held) =>
      sql`INSERT INTO guard (ok) SELECT 0 WHERE ${held}`.compile(engine.db),
    ),
    ...remove(engine, 'assessment', assessment, rows.assessments),
    ...children('task_unit', 'task_id', rows.tasks),
    ...children('task_person', 'task_id', rows.tasks),
    ...remove(engine, 'task', ID, rows.tasks),
    ...children('inspection_member', 'inspection_id', rows.inspections),
    ...remove(engine, 'inspection', ID, rows.inspections),
    ...remove(
      engine,
      'milestone',
      [
        ['program_id', 'programId'],
        ['name', 'name'],
      ],
      rows.milestones,
    ),
    ...remove(engine, 'program', ID, rows.programs),
    ...remove(engine, 'indicator', ID, rows.indicators),
    ...children('checklist_name', 'checklist_id', rows.checklists),
    ...remove(engine, 'checklist', ID, rows.checklists),
    ...children('link_request', 'person_id', rows.people),
    ...remove(engine, 'person', ID, rows.people),
    ...letGoneGroupsGo(engine, rows.units),
    ...children('unit_name', 'unit_id', rows.units),
    ...children('unit_closure', 'descendant_id', rows.units),
    ...remove(engine, 'unit', ID, rows.units),
  ];
}

/** A group without the bot may be bound to a unit that goes; nobody could bind it to another. */
function letGoneGroupsGo({ db, dialect }: Engine, units: RemovedRows['units']): CompiledQuery[] {
  if (units.length === 0) return [];
  return [
    sql`UPDATE work_group SET unit_id = NULL, version = version + 1
      WHERE state <> 'active' AND unit_id IN ${dialect.texts(units.map(({ id }) => id))}`.compile(db),
  ];
}

/**
 * Each row must still have the version that was seen. Only the keys travel: of 5,000 units they are one list, and so one statement, whatever
 * their order; of two, the first could take a parent away from under its children.
 */
function remove(engine: Engine, table: string, keys: Keys, rows: readonly object[]): CompiledQuery[] {
  const shape: Record<string, ColumnType> = { seen: 'integer' };
  for (const [, name] of keys) shape[name] = 'text';
  const target = sql.table(table);
  const match = sql.join(
    keys.map(([column, name]) => sql`${sql.ref(`${table}.${column}`)} = ${sql.ref(`r.${name}`)}`),
    sql` AND `,
  );
  const lean = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name in shape)));
  return jsonParts(lean).flatMap((json) => {
    const source = engine.dialect.rows(json, shape);
    return [
      sql`INSERT INTO guard (ok) SELECT 0 FROM ${source} WHERE NOT EXISTS
        (SELECT 1 FROM ${target} WHERE ${match} AND ${sql.ref(`${table}.version`)} = r.seen)`,
      // IN, not EXISTS: SQLite would read the whole list anew for each row of the table.
      sql`DELETE FROM ${target} WHERE (${sql.join(keys.map(([column]) => sql.ref(column)))})
        IN (SELECT ${sql.join(keys.map(([, name]) => sql.ref(`r.${name}`)))} FROM ${source})`,
    ].map((statement) => statement.compile(engine.db));
  });
}
