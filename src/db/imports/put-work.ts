import type { CompiledQuery } from 'kysely';
import { eachField } from '../../domain/imports/workbook-column.ts';
import { TASK_TEXTS } from '../../domain/tasks/task-columns.ts';
import type { Put } from '../../ports/imports.ts';
import type { TaskRow } from '../../ports/tasks.ts';
import type { InspectionRow } from '../../ports/visits.ts';
import { type BulkRow, deleteChildren, insertRows, putRows } from '../bulk.ts';
import type { Engine } from '../engine.ts';
import { numberNew } from '../numbers.ts';
import { flag } from '../values.ts';

/** State and number of a visit are not the import's: a new one is planned, a replaced one stays as it is. */
export const putInspections = (engine: Engine, rows: readonly Put<InspectionRow>[]): CompiledQuery[] => [
  ...putVisits(engine, rows),
  ...numberNew(engine, 'inspection', ['date_from', 'begins_at', 'id'], added(rows)),
];

const added = (rows: readonly { readonly seen?: number | undefined }[]): number =>
  rows.filter(({ seen }) => seen === undefined).length;

/** The same without numbers for those that are new. */
export function putVisits(engine: Engine, rows: readonly Put<InspectionRow>[]): CompiledQuery[] {
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

/** The state of a task is not the import's: a new one is open, a replaced one stays as it is. */
export const putTasks = (engine: Engine, rows: readonly Put<TaskRow>[]): CompiledQuery[] => [
  ...putTaskRows(engine, rows),
  // In the order of their tables; 10 comes after 9.
  ...numberNew(engine, 'task', ['program_id', 'length(code)', 'code', 'id'], added(rows)),
];

/** The same without numbers for those that are new. */
export const putTaskRows = (engine: Engine, rows: readonly Put<TaskRow>[]): CompiledQuery[] => [
  ...putRows(engine, 'task', ['id'], rows, taskColumns),
  ...putSeats(engine, rows),
];

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
    ...eachField(TASK_TEXTS, (field) => row[field]),
    veto: flag(row.veto),
    due_kind: row.due.kind,
    due: row.due.kind === 'date' ? row.due.date : null,
    due_text: row.dueText,
    due_day: row.due.kind === 'monthly' ? row.due.day : null,
    due_event: row.due.kind === 'relative' ? row.due.event : null,
    due_offset: row.due.kind === 'relative' ? row.due.offset : null,
    due_offset_unit: row.due.kind === 'relative' ? (row.due.unit ?? null) : null,
    due_time: row.due.kind === 'date' ? (row.due.time ?? null) : null,
    day_unit: row.dayUnit,
  };
}
