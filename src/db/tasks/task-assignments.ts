import { date } from '../../domain/calendar/local-date.ts';
import type { TaskStep, TaskUnit } from '../../domain/tasks/task.ts';
import type { Engine } from '../engine.ts';
import { dateOrUndefined, grouped, orUndefined } from '../values.ts';

/** Who leads and assists, by task, in the order of the seats. */
export async function unitsOf({ db, dialect }: Engine, taskIds: readonly string[]) {
  if (taskIds.length === 0) return new Map<string, never[]>();
  const rows = await db
    .selectFrom('task_unit as tu')
    .leftJoin('unit as u', 'u.id', 'tu.unit_id')
    .where('tu.task_id', 'in', dialect.texts(taskIds))
    .select(['tu.task_id', 'tu.role', 'tu.unit_id', 'tu.collective', 'tu.written', 'u.name'])
    .orderBy('tu.task_id')
    .orderBy('tu.seat')
    .execute();
  const byTask = grouped(rows, (row) => row.task_id);
  return new Map(
    [...byTask].map(([id, seats]) => [
      id,
      seats.map((row): TaskUnit & { readonly unitId?: string | undefined } => ({
        role: row.role,
        unitId: orUndefined(row.unit_id),
        unit: row.unit_id !== null && row.name !== null ? { id: row.unit_id, name: row.name } : undefined,
        collective: orUndefined(row.collective),
        written: row.written,
      })),
    ]),
  );
}

/** The steps of a task with their days, by task. */
export async function stepsOf({ db, dialect }: Engine, taskIds: readonly string[]) {
  if (taskIds.length === 0) return new Map<string, never[]>();
  const rows = await db
    .selectFrom('task_milestone')
    .selectAll()
    .where('task_id', 'in', dialect.texts(taskIds))
    .orderBy('task_id')
    .orderBy('due')
    .orderBy('name')
    .execute();
  const byTask = grouped(rows, (row) => row.task_id);
  return new Map(
    [...byTask].map(([id, steps]) => [
      id,
      steps.map((row): TaskStep => ({ name: row.name, due: date(row.due), doneOn: dateOrUndefined(row.done_on) })),
    ]),
  );
}

/** Who is responsible, by task. */
export async function peopleOf({ db, dialect }: Engine, taskIds: readonly string[]) {
  if (taskIds.length === 0) return new Map<string, never[]>();
  const rows = await db
    .selectFrom('task_person as tp')
    .leftJoin('person as p', 'p.id', 'tp.person_id')
    .where('tp.task_id', 'in', dialect.texts(taskIds))
    .select(['tp.task_id', 'tp.name', 'tp.person_id', 'p.open_id'])
    .orderBy('tp.task_id')
    .orderBy('tp.seat')
    .execute();
  const byTask = grouped(rows, (row) => row.task_id);
  return new Map(
    [...byTask].map(([id, seats]) => [
      id,
      seats.map((row) => ({
        name: row.name,
        personId: orUndefined(row.person_id),
        openId: orUndefined(row.open_id),
      })),
    ]),
  );
}
