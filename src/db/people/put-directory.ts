import { type CompiledQuery, sql } from 'kysely';
import type { Change } from '../../ports/changes.ts';
import type { Put } from '../../ports/imports.ts';
import type { PersonRow } from '../../ports/people.ts';
import type { MilestoneRow, ProgramRow } from '../../ports/programs.ts';
import { deleteChildren, insertRows, jsonParts, putRows } from '../bulk.ts';
import type { Engine } from '../engine.ts';

/** Where the units stand in the tree is computed from the rows that are there in the end: others may have moved what stands above or below. */
export function putUnits(engine: Engine, { rows }: Extract<Change, { readonly kind: 'units.put' }>): CompiledQuery[] {
  const ids = rows.map((row) => row.id);
  return [
    ...putRows(engine, 'unit', ['id'], downwards(rows), ({ id, name, kind, parentId }) => ({
      id,
      name,
      kind,
      parent_id: parentId ?? null,
    })),
    ...deleteChildren(engine, 'unit_name', 'unit_id', ids),
    ...insertRows(
      engine,
      'unit_name',
      rows.flatMap(({ id, names }) => [...new Set(names)].map((name) => ({ name, unit_id: id }))),
    ),
    ...closureOf(engine, ids),
  ];
}

/** Parents first: 5,000 units may be two statements. */
function downwards<Row extends { readonly id: string; readonly parentId?: string | undefined }>(
  rows: readonly Row[],
): readonly Row[] {
  const parents = new Map(rows.map(({ id, parentId }) => [id, parentId]));
  const depthOf = (id: string | undefined, depth = 0): number =>
    id !== undefined && parents.has(id) && depth < DEEPEST ? depthOf(parents.get(id), depth + 1) : depth;
  const depths = new Map(rows.map(({ id }) => [id, depthOf(id)]));
  return rows.toSorted((a, b) => (depths.get(a.id) ?? 0) - (depths.get(b.id) ?? 0));
}

/** No tree of offices is as deep; a circle ends here, and meets the key. */
const DEEPEST = 50;

/** The closure of these units and of everything below them, anew. */
function closureOf({ db, dialect }: Engine, ids: readonly string[]): CompiledQuery[] {
  if (ids.length === 0) return [];
  const below = sql`below (id) AS (
      SELECT u.id FROM unit AS u WHERE u.id IN ${dialect.texts(ids)}
      UNION SELECT u.id FROM below AS b JOIN unit AS u ON u.parent_id = b.id)`;
  return [
    sql`DELETE FROM unit_closure WHERE descendant_id IN (WITH RECURSIVE ${below} SELECT id FROM below)`,
    sql`INSERT INTO unit_closure (ancestor_id, descendant_id, depth)
      WITH RECURSIVE ${below}, above (ancestor_id, descendant_id, depth) AS (
        SELECT b.id, b.id, 0 FROM below AS b
        UNION ALL SELECT u.parent_id, a.descendant_id, a.depth + 1 FROM above AS a JOIN unit AS u ON u.id = a.ancestor_id
          WHERE u.parent_id IS NOT NULL AND a.depth < ${DEEPEST})
      SELECT ancestor_id, descendant_id, depth FROM above`,
  ].map((statement) => statement.compile(db));
}

/** A new mobile number is asked about at once: `asked_at` starts again. */
export function putPeople(engine: Engine, rows: readonly Put<PersonRow>[]): CompiledQuery[] {
  const numbers = rows
    .filter((row) => row.seen !== undefined)
    .map(({ id, mobile }) => ({ id, mobile: mobile ?? null }));
  const askAgain = jsonParts(numbers).map((json) =>
    sql`UPDATE person SET asked_at = 0 FROM ${engine.dialect.rows(json, { id: 'text', mobile: 'text' })}
      WHERE person.id = r.id AND person.mobile IS DISTINCT FROM r.mobile`.compile(engine.db),
  );
  const put = putRows(engine, 'person', ['id'], rows, (row) => ({
    id: row.id,
    unit_id: row.unitId,
    name: row.name,
    position: row.position,
    mobile: row.mobile ?? null,
    office_phone: row.officePhone,
    email: row.email,
    liaison: row.liaison ?? null,
  }));
  return [...askAgain, ...put];
}

export function putPrograms(engine: Engine, rows: readonly Put<ProgramRow>[]): CompiledQuery[] {
  return putRows(engine, 'program', ['id'], rows, (row) => ({
    id: row.id,
    unit_id: row.unitId,
    name: row.name,
    checklist_id: row.checklistId ?? null,
  }));
}

export function putMilestones(engine: Engine, rows: readonly Put<MilestoneRow>[]): CompiledQuery[] {
  return putRows(engine, 'milestone', ['program_id', 'name'], rows, (row) => ({
    program_id: row.programId,
    name: row.name,
    due: row.due ?? null,
    period_from: row.period?.from ?? null,
    period_to: row.period?.to ?? null,
    due_text: row.dueText,
  }));
}
