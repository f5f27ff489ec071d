import { type Selectable, sql } from 'kysely';
import { date } from '../../domain/calendar/local-date.ts';
import { eachField } from '../../domain/imports/workbook-column.ts';
import { type Collective, collectivesOf } from '../../domain/people/unit.ts';
import type { Due, Task } from '../../domain/tasks/task.ts';
import { TASK_TEXTS } from '../../domain/tasks/task-columns.ts';
import type { Confidant, TaskReads, TaskRow } from '../../ports/tasks.ts';
import type { Engine } from '../engine.ts';
import { toJson } from '../json.ts';
import { visiblePrograms } from '../programs/reads-programs.ts';
import { people, subtree } from '../scope.ts';
import type { TaskTable } from '../tables.ts';
import { dateOrUndefined, orUndefined, time } from '../values.ts';
import { peopleOf, stepsOf, unitsOf } from './task-assignments.ts';

/** Tasks with who leads, who assists and who is responsible. */
export function taskReads(engine: Engine): TaskReads {
  const { db, dialect } = engine;
  return {
    async tasks({ scope, unitId, programId, personIds, dueBy, state = 'open', number, given, confidant }) {
      const own = await addressed(engine, scope.unitIds);
      const narrowed = unitId === undefined ? undefined : await addressed(engine, [unitId]);
      const toOthers = db
        .selectFrom('task')
        .innerJoin('program', 'program.id', 'task.program_id')
        .where('program.unit_id', 'in', subtree(engine, given ? scope.unitIds : []))
        .select(['task.id as task_id', sql<number>`1`.as('leads')]);
      const responsible = (ids: readonly string[]) =>
        db.selectFrom('task_person').where('task_person.person_id', 'in', dialect.texts(ids));
      const rows = await db
        .with('own', (cte) =>
          cte
            .selectFrom(
              own
                .unionAll(toOthers)
                .unionAll(responsible(people(scope)).select(['task_person.task_id', sql<number>`1`.as('leads')]))
                .as('o'),
            )
            .select((eb) => ['o.task_id', eb.fn.max('o.leads').as('leads')])
            .groupBy('o.task_id'),
        )
        .selectFrom('own')
        .innerJoin('task as t', 't.id', 'own.task_id')
        .innerJoin('program as p', 'p.id', 't.program_id')
        .$if(state !== 'any', (query) =>
          query.where('t.state', '=', state === 'done' ? sql.lit('done') : sql.lit('open')),
        )
        .where((eb) => eb.or([eb('t.restricted', '=', 0), ...(confidant ? [toldTo(engine, confidant)] : [])]))
        .$if(number !== undefined, (query) => query.where('t.number', '=', number ?? 0))
        .$if(programId !== undefined, (query) => query.where('t.program_id', '=', programId ?? ''))
        .$if(programId === undefined && number === undefined, (query) => query.where('p.archived_at', 'is', null))
        .$if(dueBy !== undefined, (query) =>
          query.where((eb) =>
            eb.or([
              eb('t.due', 'is', null),
              eb('t.due', '<=', dueBy ?? ''),
              sql<boolean>`EXISTS (SELECT 1 FROM task_milestone AS m WHERE m.task_id = t.id AND m.due <= ${dueBy ?? ''})`,
            ]),
          ),
        )
        .$if(narrowed !== undefined, (query) =>
          query.where('t.id', 'in', db.selectFrom((narrowed ?? own).as('n')).select('n.task_id')),
        )
        .$if(personIds !== undefined, (query) =>
          query.where('t.id', 'in', responsible(personIds ?? []).select('task_person.task_id')),
        )
        .selectAll('t')
        .select(['p.name as program_name', 'own.leads'])
        .orderBy(sql`t.due IS NULL`)
        .orderBy('t.due')
        .orderBy('t.number')
        .execute();
      return asTasks(engine, rows);
    },

    async tasksToWatch(now, limit) {
      const rows = await db
        .selectFrom('task as t')
        .innerJoin('program as p', 'p.id', 't.program_id')
        .where('t.state', '=', sql.lit('open'))
        .where('t.watch_at', '<=', now)
        .selectAll('t')
        .select(['p.name as program_name', 'p.archived_at', sql<number>`1`.as('leads')])
        .orderBy('t.watch_at')
        .orderBy('t.id')
        .limit(limit)
        .execute();
      const tasks = await asTasks(engine, rows);
      return tasks.map((task, index) => ({ task, silent: (rows[index]?.archived_at ?? null) !== null }));
    },

    async taskAlerts(day, taskIds) {
      const rows = await db
        .selectFrom('task_alert')
        .where('task_id', 'in', dialect.texts(taskIds))
        .where('day', '=', day)
        .select(['task_id', 'reader'])
        .execute();
      return rows.map(({ task_id, reader }) => ({ taskId: task_id, reader }));
    },

    async indicatorUnits(scope, indicatorIds) {
      const visible = await visiblePrograms(engine, scope.unitIds);
      const rows = await db
        .selectFrom('task as t')
        .innerJoin('task_unit as tu', 'tu.task_id', 't.id')
        .where('t.indicator_id', 'in', dialect.texts(indicatorIds))
        .where('t.program_id', 'in', visible)
        .where('t.restricted', '=', 0)
        .select(['t.indicator_id', 'tu.role', 'tu.written'])
        .distinct()
        .orderBy('t.indicator_id')
        .orderBy('tu.role', 'desc')
        .orderBy('tu.written')
        .execute();
      return rows.flatMap((row) =>
        row.indicator_id === null ? [] : [{ indicatorId: row.indicator_id, role: row.role, written: row.written }],
      );
    },

    async importedTasks(programId) {
      const rows = await db
        .selectFrom('task')
        .selectAll()
        .where('program_id', '=', programId)
        .orderBy('number')
        .execute();
      const ids = rows.map((row) => row.id);
      const [units, persons] = await Promise.all([unitsOf(engine, ids), peopleOf(engine, ids)]);
      return rows.map(
        (row): TaskRow => ({
          ...shared(row),
          programId: row.program_id,
          indicatorId: orUndefined(row.indicator_id),
          units: (units.get(row.id) ?? []).map(({ unit: _unit, ...written }) => written),
          people: (persons.get(row.id) ?? []).map(({ name, personId }) => ({ name, personId })),
          version: row.version,
        }),
      );
    },
  };
}

type TaskRead = Selectable<TaskTable> & { readonly program_name: string; readonly leads: number };

async function asTasks(engine: Engine, rows: readonly TaskRead[]): Promise<readonly Task[]> {
  const ids = rows.map((row) => row.id);
  const [units, persons, steps] = await Promise.all([
    unitsOf(engine, ids),
    peopleOf(engine, ids),
    stepsOf(engine, ids),
  ]);
  return rows.map(
    (row): Task => ({
      ...shared(row),
      programId: row.program_id,
      program: row.program_name,
      units: (units.get(row.id) ?? []).map(({ unitId: _id, ...unit }) => unit),
      people: persons.get(row.id) ?? [],
      ownRole: row.leads === 1 ? 'lead' : 'assist',
      number: row.number ?? 0,
      state: row.state,
      target: orUndefined(row.target),
      measure: row.measure,
      starts: dateOrUndefined(row.starts),
      restricted: row.restricted === 1,
      pursuit: {
        level: row.level,
        drafted: row.drafted,
        since: dateOrUndefined(row.level_on),
        rectifyBy: dateOrUndefined(row.rectify_by),
      },
      steps: steps.get(row.id) ?? [],
      version: row.version,
    }),
  );
}

/** Who may know of a confidential task. */
export function toldTo(engine: Engine, { openId, personIds, office }: Confidant) {
  const { db, dialect } = engine;
  if (office === 'everywhere') return sql<boolean>`1 = 1`;
  return sql<boolean>`(p.unit_id IN ${subtree(engine, office)}
    OR t.id IN ${db.selectFrom('task_person').where('person_id', 'in', dialect.texts(personIds)).select('task_id')}
    OR t.id IN ${db.selectFrom('task_entry').where('kind', '=', 'added').where('actor', '=', openId).select('task_id')})`;
}

/**
 * Ids of the tasks that the subtree of these units leads or assists, by name or as one of a collective. A collective (各学校) of a
 * program means the units of that kind below the unit that runs it, and no others; whoever asks 各单位 does not ask itself. Kinds become
 * collectives in the domain, not in SQL.
 */
async function addressed(engine: Engine, unitIds: readonly string[]) {
  const { db, dialect } = engine;
  const kinds = await db
    .selectFrom('unit')
    .where('unit.id', 'in', subtree(engine, unitIds))
    .select('unit.kind')
    .distinct()
    .execute();
  const pairs = kinds.flatMap(({ kind }) => collectivesOf(kind).map((collective) => ({ kind, collective })));
  const leads = sql<number>`CASE WHEN task_unit.role = 'lead' THEN 1 ELSE 0 END`.as('leads');
  const means = dialect.rows(toJson(pairs), { kind: 'text', collective: 'text' });

  const byUnit = db
    .selectFrom('task_unit')
    .where('task_unit.unit_id', 'in', subtree(engine, unitIds))
    .select(['task_unit.task_id', leads]);
  const fits = sql<{ program_id: string; collective: Collective }>`(
    SELECT DISTINCT program.id AS program_id, r.collective
    FROM ${means}
    JOIN unit ON unit.kind = r.kind AND unit.id IN ${subtree(engine, unitIds)}
    JOIN unit_closure AS above ON above.descendant_id = unit.id
      AND (r.collective <> 'units' OR above.ancestor_id <> unit.id)
    JOIN program ON program.unit_id = above.ancestor_id)`.as('fits');
  const byCollective = db
    .selectFrom(fits)
    .innerJoin('task', 'task.program_id', 'fits.program_id')
    .innerJoin('task_unit', (on) =>
      on.onRef('task_unit.task_id', '=', 'task.id').onRef('task_unit.collective', '=', 'fits.collective'),
    )
    .select(['task_unit.task_id', leads]);
  return byUnit.unionAll(byCollective);
}

function dueOf(row: Selectable<TaskTable>): Due {
  switch (row.due_kind) {
    case 'date':
      return { kind: 'date', date: date(row.due ?? ''), ...(row.due_time && { time: time(row.due_time) }) };
    case 'monthly':
      return { kind: 'monthly', day: row.due_day ?? 1 };
    case 'relative':
      return {
        kind: 'relative',
        event: row.due_event ?? '',
        offset: row.due_offset ?? 0,
        ...(row.due_offset_unit && { unit: row.due_offset_unit }),
      };
    case 'quarterly':
      return { kind: 'quarterly' };
    case 'ongoing':
    case 'immediate':
    case 'none':
      return { kind: row.due_kind };
  }
}

const shared = (row: Selectable<TaskTable>) => ({
  id: row.id,
  code: row.code,
  kind: row.kind,
  title: row.title,
  level1: row.level1,
  level2: row.level2,
  ...eachField(TASK_TEXTS, (field) => row[field]),
  veto: row.veto === 1,
  due: dueOf(row),
  dueText: row.due_text,
  dayUnit: row.day_unit,
});
