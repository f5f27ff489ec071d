import { type CompiledQuery, sql } from 'kysely';
import type { Change, Put } from '../../ports/changes.ts';
import type { MilestoneRow, PersonRow, ProgramRow } from '../../ports/rows.ts';
import { deleteChildren, insertRows, jsonParts, putRows } from '../bulk.ts';
import type { Engine } from '../engine.ts';

/** The closure rows of every descendant that is named are replaced by those given. */
export function putUnits(
  engine: Engine,
  { rows, closure }: Extract<Change, { readonly kind: 'units.put' }>,
): CompiledQuery[] {
  const ids = rows.map((row) => row.id);
  // Parents first: 5,000 units may be two statements.
  const depths = new Map<string, number>();
  for (const { descendantId, depth } of closure)
    depths.set(descendantId, Math.max(depth, depths.get(descendantId) ?? 0));
  const downwards = rows.toSorted((a, b) => (depths.get(a.id) ?? 0) - (depths.get(b.id) ?? 0));
  return [
    ...putRows(engine, 'unit', ['id'], downwards, ({ id, name, kind, parentId }) => ({
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
    ...deleteChildren(engine, 'unit_closure', 'descendant_id', [...new Set(closure.map((row) => row.descendantId))]),
    ...insertRows(
      engine,
      'unit_closure',
      closure.map((row) => ({ ancestor_id: row.ancestorId, descendant_id: row.descendantId, depth: row.depth })),
    ),
  ];
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
