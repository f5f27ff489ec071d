import type { Program, Reads } from '../ports/store.ts';
import type { Engine } from './engine.ts';
import { ancestry, subtree } from './scope.ts';
import { dateOrUndefined, grouped, orUndefined } from './values.ts';

type ProgramReads = Pick<Reads, 'programs' | 'programsByName' | 'importedMilestones'>;

/** Programs and their dates. */
export function programReads(engine: Engine): ProgramReads {
  const { db } = engine;
  const programs = () =>
    db
      .selectFrom('program as p')
      .innerJoin('unit as u', 'u.id', 'p.unit_id')
      .select(['p.id', 'p.name', 'p.checklist_id', 'p.version', 'u.id as unit_id', 'u.name as unit_name'])
      .orderBy('p.name')
      .orderBy('p.id');
  type Row = Awaited<ReturnType<ReturnType<typeof programs>['execute']>>[number];

  const withMilestones = async (rows: readonly Row[]): Promise<readonly Program[]> => {
    const dates = await db
      .selectFrom('milestone')
      .selectAll()
      .where('program_id', 'in', engine.dialect.texts(rows.map((row) => row.id)))
      .where('due', 'is not', null)
      .orderBy('due')
      .execute();
    const byProgram = grouped(dates, (row) => row.program_id);
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      unit: { id: row.unit_id, name: row.unit_name },
      checklistId: orUndefined(row.checklist_id),
      milestones: new Map(
        (byProgram.get(row.id) ?? []).flatMap(({ name, due }) => {
          const day = dateOrUndefined(due);
          return day ? [[name, day] as const] : [];
        }),
      ),
      version: row.version,
    }));
  };

  return {
    async programs(scope) {
      const rows = await programs().where('p.id', 'in', visiblePrograms(engine, scope.unitIds)).execute();
      return withMilestones(rows);
    },

    async programsByName(name) {
      return withMilestones(await programs().where('p.name', '=', name).execute());
    },

    async importedMilestones(programId) {
      const rows = await db
        .selectFrom('milestone')
        .selectAll()
        .where('program_id', '=', programId)
        .orderBy('name')
        .execute();
      return rows.map((row) => ({
        programId: row.program_id,
        name: row.name,
        due: dateOrUndefined(row.due),
        dueText: row.due_text,
        version: row.version,
      }));
    },
  };
}

/**
 * The programs that concern these units: run by one of them or below, run by one above them, or with a task or a self-assessment
 * of theirs (a department's task comes from a bureau that is not above it).
 */
export function visiblePrograms(engine: Engine, unitIds: readonly string[]) {
  const { db } = engine;
  const own = () => subtree(engine, unitIds);
  return db
    .selectFrom('program')
    .select('program.id')
    .where('program.unit_id', 'in', own())
    .union(db.selectFrom('program').select('program.id').where('program.unit_id', 'in', ancestry(engine, unitIds)))
    .union(
      db
        .selectFrom('task_unit')
        .innerJoin('task', 'task.id', 'task_unit.task_id')
        .where('task_unit.unit_id', 'in', own())
        .select('task.program_id as id'),
    )
    .union(db.selectFrom('assessment').where('assessment.unit_id', 'in', own()).select('assessment.program_id as id'));
}
