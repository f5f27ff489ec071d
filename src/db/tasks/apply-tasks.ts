import { type CompiledQuery, sql, type UpdateObject } from 'kysely';
import type { TaskEntry, TaskUnit } from '../../domain/tasks/task.ts';
import type { TaskChange } from '../../ports/tasks.ts';
import type { Appliers } from '../appliers.ts';
import type { Engine } from '../engine.ts';
import { putSeats, putTaskRows } from '../imports/put-work.ts';
import { seenStatement } from '../seen.ts';
import type { Tables } from '../tables.ts';
import { flag } from '../values.ts';

type Of<Kind extends TaskChange['kind']> = Extract<TaskChange, { readonly kind: Kind }>;

/** What people do with tasks in the chat; the tables of the offices come by tasks.put. */
export const taskAppliers = {
  'task.added': added,
  'task.moved': (engine, change) => [
    ...move(engine, change, {
      due_kind: 'date',
      due: change.due.date,
      due_time: change.due.time ?? null,
      due_text: change.dueText,
      day_unit: change.dayUnit,
      // A new deadline is a new start: what was urged was the old one.
      level: 0,
      drafted: 0,
      level_on: null,
      rectify_by: null,
    }),
    entry(engine, change.entry),
  ],
  'task.measured': (engine, change) => [
    ...move(engine, change, { target: change.target, measure: change.measure }),
    entry(engine, change.entry),
  ],
  'task.settled': (engine, change) => [...move(engine, change, { state: change.state }), entry(engine, change.entry)],
  'task.handed': handed,
  'task.restricted': (engine, change) => [
    ...move(engine, change, { restricted: flag(change.restricted) }),
    entry(engine, change.entry),
  ],
  'task.step': stepped,
  'task.pursued': pursued,
  'task.watched': (engine, change) => [
    seenStatement(engine, { table: 'task', id: change.id, version: change.seen }),
    engine.db
      .updateTable('task')
      .set({ watch_at: change.watchAt, ...(change.since && { level_on: change.since }) })
      .where('id', '=', change.id)
      .compile(),
  ],
  'task.alerted': alerted,
  'progress.reported': reported,
} satisfies Appliers<TaskChange>;

function alerted({ db }: Engine, { taskId, day, reader, at }: Of<'task.alerted'>): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (moved) SELECT 0 FROM task_alert
      WHERE task_id = ${taskId} AND day = ${day} AND reader = ${reader}`.compile(db),
    db.insertInto('task_alert').values({ task_id: taskId, day, reader, alerted_at: at }).compile(),
  ];
}

/** The numbering gives the next number; one that was told meanwhile to somebody else fails the unit. */
function added(engine: Engine, { task, entry: first }: Of<'task.added'>): CompiledQuery[] {
  const { row, number, target, measure, starts, restricted } = task;
  return [
    ...putTaskRows(engine, [row]),
    engine.db
      .updateTable('task')
      .set({ number, target: target ?? null, measure, starts, restricted: flag(restricted) })
      .where('id', '=', row.id)
      .compile(),
    entry(engine, first),
  ];
}

function stepped(engine: Engine, change: Of<'task.step'>): CompiledQuery[] {
  const { id, name, step } = change;
  const { db } = engine;
  return [
    ...move(engine, change, {}),
    db.deleteFrom('task_milestone').where('task_id', '=', id).where('name', '=', name).compile(),
    ...(step
      ? [
          db
            .insertInto('task_milestone')
            .values({ task_id: id, name, due: step.due, done_on: step.doneOn ?? null })
            .compile(),
        ]
      : []),
    entry(engine, change.entry),
  ];
}

function pursued(engine: Engine, change: Of<'task.pursued'>): CompiledQuery[] {
  const { level, drafted, since, rectifyBy } = change.pursuit;
  return [
    ...move(engine, change, {
      level,
      drafted,
      level_on: since ?? null,
      rectify_by: rectifyBy ?? null,
      watch_at: change.watchAt,
    }),
    ...(change.entry ? [entry(engine, change.entry)] : []),
  ];
}

function handed(engine: Engine, change: Of<'task.handed'>): CompiledQuery[] {
  const { id, units, people } = change;
  return [
    ...move(engine, change, {}),
    ...putSeats(engine, [{ id, units: units.map(seatOf), people }]),
    entry(engine, change.entry),
  ];
}

const seatOf = ({ role, unit, collective, written }: TaskUnit) => ({ role, unitId: unit?.id, collective, written });

/** The task's version moves with each report: two at once are decided one after the other, so that a figure never falls unseen. */
function reported(engine: Engine, { report, evidence, seen }: Of<'progress.reported'>): CompiledQuery[] {
  return [
    ...move(engine, { id: report.taskId, seen }, {}),
    engine.db
      .insertInto('progress_report')
      .values({
        id: report.id,
        task_id: report.taskId,
        at: report.at,
        actor: report.actor,
        percent: report.percent ?? null,
        amount: report.amount ?? null,
        words: report.words,
        correction: flag(report.correction),
      })
      .compile(),
    ...evidence.map(({ kind, messageId, fileKey, name }, position) =>
      engine.db
        .insertInto('progress_evidence')
        .values({
          report_id: report.id,
          position,
          kind,
          name,
          message_id: messageId,
          file_key: fileKey ?? null,
        })
        .compile(),
    ),
  ];
}

const entry = ({ db }: Engine, { taskId, ...row }: TaskEntry): CompiledQuery =>
  db
    .insertInto('task_entry')
    .values({ ...row, task_id: taskId })
    .compile();

function move(
  engine: Engine,
  { id, seen }: { readonly id: string; readonly seen: number },
  columns: UpdateObject<Tables, 'task'>,
): CompiledQuery[] {
  return [
    seenStatement(engine, { table: 'task', id, version: seen }),
    engine.db
      .updateTable('task')
      // What has changed may change what the heartbeat owes it.
      .set({ watch_at: 0, ...columns, version: seen + 1 })
      .where('id', '=', id)
      .compile(),
  ];
}
