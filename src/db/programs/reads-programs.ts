import { sql } from 'kysely';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { type Collective, collectivesOf } from '../../domain/people/unit.ts';
import { datedOf, expectedOf, inOrder } from '../../domain/programs/program.ts';
import type { Program, ProgramReads } from '../../ports/programs.ts';
import type { Engine } from '../engine.ts';
import { toJson } from '../json.ts';
import { ancestry, subtree } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { dateOrUndefined, grouped, orUndefined } from '../values.ts';

/** Programs and their dates. */
export function programReads(engine: Engine): ProgramReads {
  const { db } = engine;
  return {
    async programs(scope, archived) {
      const visible = await visiblePrograms(engine, scope.unitIds);
      const rows = await programRows(engine)
        .where('p.id', 'in', visible)
        .$if(archived === undefined, (query) => query.where('p.archived_at', 'is', null))
        .execute();
      return withMilestones(engine, rows);
    },

    async allPrograms() {
      return withMilestones(engine, await programRows(engine).execute());
    },

    async programsByName(name) {
      return withMilestones(engine, await programRows(engine).where('p.name', '=', name).execute());
    },

    async participants(programId) {
      const rows = await db
        .selectFrom('program_unit as pu')
        .leftJoin('unit as u', 'u.id', 'pu.unit_id')
        .where('pu.program_id', '=', programId)
        .select(['pu.unit_id', 'pu.collective', 'pu.written', 'u.name'])
        .orderBy('pu.seat')
        .execute();
      return rows.map((row) => ({
        unit: row.unit_id !== null && row.name !== null ? { id: row.unit_id, name: row.name } : undefined,
        collective: orUndefined(row.collective),
        written: row.written,
      }));
    },

    programFigures: (programId, now) => figures(engine, programId, now),

    async importedMilestones(programId) {
      const rows = await db
        .selectFrom('milestone')
        .selectAll()
        .where('program_id', '=', programId)
        .orderBy('name')
        .execute();
      return rows.map((row) => ({ programId: row.program_id, ...milestoneOf(row), version: row.version }));
    },
  };
}

const programRows = ({ db }: Engine) =>
  db
    .selectFrom('program as p')
    .innerJoin('unit as u', 'u.id', 'p.unit_id')
    .select([
      'p.id',
      'p.name',
      'p.checklist_id',
      'p.archived_at',
      'p.version',
      'u.id as unit_id',
      'u.name as unit_name',
    ])
    .orderBy('p.name')
    .orderBy('p.id');
type Row = Awaited<ReturnType<ReturnType<typeof programRows>['execute']>>[number];

async function withMilestones({ db, dialect }: Engine, rows: readonly Row[]): Promise<readonly Program[]> {
  if (rows.length === 0) return [];
  const dates = await db
    .selectFrom('milestone')
    .selectAll()
    .where('program_id', 'in', dialect.texts(rows.map((row) => row.id)))
    .orderBy('name')
    .execute();
  const byProgram = grouped(dates, (row) => row.program_id);
  return rows.map((row) => {
    const steps = inOrder((byProgram.get(row.id) ?? []).map(milestoneOf));
    return {
      id: row.id,
      name: row.name,
      unit: { id: row.unit_id, name: row.unit_name },
      checklistId: orUndefined(row.checklist_id),
      milestones: datedOf(steps),
      expected: expectedOf(steps),
      steps,
      archivedAt: orUndefined(row.archived_at),
      version: row.version,
    };
  });
}

function milestoneOf({ name, due, period_from, period_to, due_text }: Tables['milestone']) {
  const [from, to] = [dateOrUndefined(period_from), dateOrUndefined(period_to)];
  return { name, due: dateOrUndefined(due), period: periodOf(from, to), dueText: due_text };
}

const periodOf = (from: LocalDate | undefined, to: LocalDate | undefined) => (from && to ? { from, to } : undefined);

async function figures({ db }: Engine, programId: string, now: number) {
  const [tasks, visits, items] = await Promise.all([
    db
      .selectFrom('task')
      .where('program_id', '=', programId)
      .where('restricted', '=', 0)
      .groupBy('state')
      .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
      .execute(),
    db
      .selectFrom('inspection')
      .where('program_id', '=', programId)
      .where('begins_at', '>', now)
      .where('unannounced', '=', 0)
      .where('state', '=', 'planned')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirst(),
    db
      .selectFrom('assessment')
      .where('program_id', '=', programId)
      .select((eb) => [
        eb.fn.countAll<number>().as('count'),
        sql<number | null>`SUM(CASE WHEN state = 'missing' THEN 1 ELSE 0 END)`.as('missing'),
      ])
      .executeTakeFirst(),
  ]);
  const count = (state: 'open' | 'done') => Number(tasks.find((row) => row.state === state)?.count ?? 0);
  return {
    openTasks: count('open'),
    doneTasks: count('done'),
    visitsAhead: Number(visits?.count ?? 0),
    assessed: Number(items?.count ?? 0),
    missing: Number(items?.missing ?? 0),
  };
}

/**
 * The programs that concern these units: run by one of them or below; run by one above them, if all there take part or if one of these, one
 * above or one below is among those who do; or with a task or a self-assessment of theirs (a department's task comes from a bureau that is
 * not above it).
 */
export async function visiblePrograms(engine: Engine, unitIds: readonly string[]) {
  const { db } = engine;
  const own = () => subtree(engine, unitIds);
  const above = () => ancestry(engine, unitIds);
  const members = () => db.selectFrom('program_unit').select('program_unit.program_id');
  // Few terms: D1 takes five in one compound SELECT.
  return db
    .selectFrom('program')
    .select('program.id')
    .where((eb) =>
      eb.or([
        eb('program.unit_id', 'in', own()),
        eb.and([
          eb('program.unit_id', 'in', above()),
          eb.not(eb.exists(members().where('program_unit.program_id', '=', eb.ref('program.id')))),
        ]),
        eb('program.id', 'in', members().where('program_unit.unit_id', 'in', own())),
        eb('program.id', 'in', members().where('program_unit.unit_id', 'in', above())),
      ]),
    )
    .union(await byCollective(engine, unitIds))
    .union(
      db
        .selectFrom('task_unit')
        .innerJoin('task', 'task.id', 'task_unit.task_id')
        .where('task_unit.unit_id', 'in', own())
        .where('task.restricted', '=', 0)
        // Where these are the whole tree, all programs are run by one of them: the district's tens of thousands of tasks are not walked.
        .where((eb) =>
          eb.exists(
            db.selectFrom('unit as r').where('r.parent_id', 'is', null).where('r.id', 'not in', own()).select('r.id'),
          ),
        )
        .select('task.program_id as id'),
    )
    .union(db.selectFrom('assessment').where('assessment.unit_id', 'in', own()).select('assessment.program_id as id'));
}

/** Programs in which a collective takes part that one of these units, one above or one below belongs to. Kinds become collectives in the domain. */
async function byCollective(engine: Engine, unitIds: readonly string[]) {
  const { db, dialect } = engine;
  const rows = await db
    .selectFrom('unit')
    .where((eb) =>
      eb.or([eb('unit.id', 'in', subtree(engine, unitIds)), eb('unit.id', 'in', ancestry(engine, unitIds))]),
    )
    .select('unit.kind')
    .distinct()
    .execute();
  const pairs = rows.flatMap(({ kind }) => collectivesOf(kind).map((collective) => ({ kind, collective })));
  const means = dialect.rows(toJson(pairs), { kind: 'text', collective: 'text' });
  const fits = sql<{ program_id: string; collective: Collective }>`(
    SELECT DISTINCT program.id AS program_id, r.collective
    FROM ${means}
    JOIN unit ON unit.kind = r.kind
      AND (unit.id IN ${subtree(engine, unitIds)} OR unit.id IN ${ancestry(engine, unitIds)})
    JOIN unit_closure AS above ON above.descendant_id = unit.id
    JOIN program ON program.unit_id = above.ancestor_id)`.as('fits');
  // CROSS keeps SQLite to this order: it would read all of program_unit first.
  return db
    .selectFrom(fits)
    .crossJoin('program_unit')
    .whereRef('program_unit.program_id', '=', 'fits.program_id')
    .whereRef('program_unit.collective', '=', 'fits.collective')
    .select('program_unit.program_id as id');
}
