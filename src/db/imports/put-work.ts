import { type CompiledQuery, sql } from 'kysely';
import type { Put } from '../../ports/changes.ts';
import type { InspectionRow, TaskRow } from '../../ports/rows.ts';
import { type BulkRow, deleteChildren, insertRows, putRows } from '../bulk.ts';
import type { Engine } from '../engine.ts';
import { flag } from '../values.ts';

/** State and number of a visit are not the import's: a new one is planned, a replaced one stays as it is. */
export function putInspections(engine: Engine, rows: readonly Put<InspectionRow>[]): CompiledQuery[] {
  return [
    ...putRows(engine, 'inspection', ['id'], rows, (row) => ({
      id: row.id,
      program_id: row.programId ?? null,
      checklist_id: row.checklistId ?? null,
      ...visitColumns(row),
    })),
    ...deleteChildren(
      engine,
      'inspection_member',
      'inspection_id',
      rows.map((row) => row.id),
    ),
    ...insertRows(engine, 'inspection_member', seatRows(rows)),
    numberNew(engine),
  ];
}

/** What an import and a change by hand both write of a visit; its program and checklist are the import's alone. */
export const visitColumns = (row: Omit<InspectionRow, 'version'>) => ({
  unit_id: row.unitId,
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
});

export const seatRows = (rows: readonly Pick<InspectionRow, 'id' | 'team'>[]) =>
  rows.flatMap(({ id, team }) =>
    team.map((seat, index) => ({
      inspection_id: id,
      seat: index,
      role: seat.role,
      name: seat.name,
      person_id: seat.personId ?? null,
    })),
  );

/** Rows that have no number yet get the next ones, in the order of their days. */
const numberNew = ({ db }: Engine): CompiledQuery =>
  sql`UPDATE inspection SET number = last.number + added.place
    FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY date_from, begins_at, id) AS place
        FROM inspection WHERE number IS NULL) AS added,
      (SELECT COALESCE(MAX(number), 0) AS number FROM inspection) AS last
    WHERE inspection.id = added.id`.compile(db);

/** The state of a task is not the import's: a new one is open, a replaced one stays as it is. */
export function putTasks(engine: Engine, rows: readonly Put<TaskRow>[]): CompiledQuery[] {
  return [...putRows(engine, 'task', ['id'], rows, taskColumns), ...putSeats(engine, rows), numbered(engine)];
}

/** Who leads, assists and answers for these tasks, in the place of who did. */
export function putSeats(engine: Engine, rows: readonly Pick<TaskRow, 'id' | 'units' | 'people'>[]): CompiledQuery[] {
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
    ...deleteChildren(engine, 'task_unit', 'task_id', ids),
    ...insertRows(engine, 'task_unit', units),
    ...deleteChildren(engine, 'task_person', 'task_id', ids),
    ...insertRows(engine, 'task_person', people),
  ];
}

/** New tasks get the next numbers, in the order of their tables; 10 comes after 9. */
const numbered = ({ db }: Engine): CompiledQuery =>
  sql`UPDATE task SET number = r.n FROM
    (SELECT id, (SELECT COALESCE(MAX(number), 0) FROM task)
      + ROW_NUMBER() OVER (ORDER BY program_id, length(code), code, id) AS n FROM task WHERE number IS NULL) AS r
    WHERE task.id = r.id`.compile(db);

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
