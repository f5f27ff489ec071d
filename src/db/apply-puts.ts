import type { CompiledQuery } from 'kysely';
import { sql } from 'kysely';
import type {
  AssessmentRow,
  Change,
  ChecklistRow,
  IndicatorRow,
  InspectionRow,
  MilestoneRow,
  PersonRow,
  ProgramRow,
  Put,
  TaskRow,
} from '../ports/store.ts';
import { type BulkRow, type BulkTable, deleteChildren, insertRows, jsonParts, replaceRows } from './bulk.ts';
import type { Engine } from './engine.ts';
import { shortCode } from './short-code.ts';
import type { Flag } from './tables.ts';

type Of<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

const flag = (value: boolean): Flag => (value ? 1 : 0);

/** New rows are inserted, rows that were seen replace their version: two statements a table, whatever the number of rows. */
function putRows<T extends BulkTable, Row extends { readonly seen?: number | undefined }>(
  engine: Engine,
  table: T,
  key: readonly (keyof BulkRow<T> & string)[],
  rows: readonly Row[],
  columns: (row: Row) => BulkRow<T>,
): CompiledQuery[] {
  const added = rows.filter((row) => row.seen === undefined).map(columns);
  const changed = rows.flatMap((row) => (row.seen === undefined ? [] : [{ ...columns(row), seen: row.seen }]));
  return [...replaceRows(engine, table, key, changed), ...insertRows(engine, table, added)];
}

/** The closure rows of every descendant that is named are replaced by those given. */
export function putUnits(engine: Engine, { rows, closure }: Of<'units.put'>): CompiledQuery[] {
  const ids = rows.map((row) => row.id);
  return [
    ...putRows(engine, 'unit', ['id'], rows, ({ id, name, kind, parentId }) => ({
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
    due_text: row.dueText,
  }));
}

/** A checklist that is put is the office's own, also when it replaces a built-in one. */
export function putChecklists(engine: Engine, rows: readonly Put<ChecklistRow>[]): CompiledQuery[] {
  const ids = rows.map((row) => row.id);
  return [
    ...putRows(engine, 'checklist', ['id'], rows, ({ id, title, source, edition, scope }) => ({
      id,
      title,
      source,
      edition,
      scope,
      built_in: 0 as const,
    })),
    ...deleteChildren(engine, 'checklist_name', 'checklist_id', ids),
    ...insertRows(
      engine,
      'checklist_name',
      rows.flatMap(({ id, names }) =>
        [...new Set(names)].map((name, position) => ({ name, checklist_id: id, position })),
      ),
    ),
  ];
}

export function putIndicators(engine: Engine, rows: readonly Put<IndicatorRow>[]): CompiledQuery[] {
  return putRows(engine, 'indicator', ['id'], rows, (row) => ({
    id: row.id,
    checklist_id: row.checklistId,
    code: row.code,
    short_code: shortCode(row.code),
    position: row.position,
    level1: row.level1,
    level2: row.level2,
    title: row.title,
    standard: row.standard,
    points: row.points ?? null,
    veto: flag(row.veto),
    unverified: flag(row.unverified),
    evidence: JSON.stringify(row.evidence),
    unit_hint: row.unitHint,
    formula: row.formula,
    note: row.note,
    thresholds: row.thresholds,
  }));
}

export function putInspections(engine: Engine, rows: readonly Put<InspectionRow>[]): CompiledQuery[] {
  const team = rows.flatMap(({ id, team: seats }) =>
    seats.map((seat, index) => ({
      inspection_id: id,
      seat: index,
      role: seat.role,
      name: seat.name,
      person_id: seat.personId ?? null,
    })),
  );
  return [
    ...putRows(engine, 'inspection', ['id'], rows, (row) => ({
      id: row.id,
      unit_id: row.unitId,
      program_id: row.programId ?? null,
      checklist_id: row.checklistId ?? null,
      date_from: row.from,
      date_to: row.to,
      date_text: row.dateText,
      period: row.period,
      starts: row.starts ?? null,
      begins_at: row.beginsAt,
      kind: row.kind,
      topic: row.topic,
      unannounced: flag(row.unannounced),
      contact: row.contact,
      contact_phone: row.contactPhone,
      note: row.note,
    })),
    ...deleteChildren(
      engine,
      'inspection_member',
      'inspection_id',
      rows.map((row) => row.id),
    ),
    ...insertRows(engine, 'inspection_member', team),
  ];
}

/** The state of a task is not the import's: a new one is open, a replaced one stays as it is. */
export function putTasks(engine: Engine, rows: readonly Put<TaskRow>[]): CompiledQuery[] {
  const ids = rows.map((row) => row.id);
  const units = rows.flatMap((row) =>
    row.units.map((unit, seat) => ({
      task_id: row.id,
      seat,
      role: unit.role,
      unit_id: unit.unitId ?? null,
      collective: unit.collective ?? null,
      written: unit.written,
    })),
  );
  const people = rows.flatMap((row) =>
    row.people.map((person, seat) => ({
      task_id: row.id,
      seat,
      name: person.name,
      person_id: person.personId ?? null,
    })),
  );
  return [
    ...putRows(engine, 'task', ['id'], rows, taskColumns),
    ...deleteChildren(engine, 'task_unit', 'task_id', ids),
    ...insertRows(engine, 'task_unit', units),
    ...deleteChildren(engine, 'task_person', 'task_id', ids),
    ...insertRows(engine, 'task_person', people),
  ];
}

function taskColumns(row: Put<TaskRow>): BulkRow<'task'> {
  return {
    id: row.id,
    program_id: row.programId,
    code: row.code,
    kind: row.kind,
    title: row.title,
    level1: row.level1,
    level2: row.level2,
    indicator_id: row.indicatorId ?? null,
    evidence: row.evidence,
    note: row.note,
    veto: flag(row.veto),
    due_kind: row.due.kind,
    due: row.due.kind === 'date' ? row.due.date : null,
    due_text: row.dueText,
    due_day: row.due.kind === 'monthly' ? row.due.day : null,
    due_event: row.due.kind === 'relative' ? row.due.event : null,
    due_offset: row.due.kind === 'relative' ? row.due.offset : null,
    day_unit: row.dayUnit,
  };
}

export function putAssessments(engine: Engine, rows: readonly Put<AssessmentRow>[]): CompiledQuery[] {
  return putRows(engine, 'assessment', ['program_id', 'unit_id', 'indicator_id'], rows, (row) => ({
    program_id: row.programId,
    unit_id: row.unitId,
    indicator_id: row.indicatorId,
    state: row.state,
    results: JSON.stringify(row.results),
    points: row.points ?? null,
    score: row.score ?? null,
    evidence: row.evidence,
    assessor: row.assessor,
    remark: row.remark,
  }));
}
