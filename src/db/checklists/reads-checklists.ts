import { sql } from 'kysely';
import { type AssessmentResult, type Indicator, isSelfAssessment } from '../../domain/checklists/checklist.ts';
import type { ChecklistReads, IndicatorQuery } from '../../ports/checklists.ts';
import type { Engine } from '../engine.ts';
import { subtree } from '../scope.ts';
import type { AssessmentTable, IndicatorTable } from '../tables.ts';
import { dateOrUndefined, grouped, orUndefined } from '../values.ts';

/** Checklists, their indicators, and where the units stand. */
export function checklistReads(engine: Engine): ChecklistReads {
  const { db, dialect } = engine;
  return {
    async checklists() {
      const [rows, names] = await Promise.all([
        db.selectFrom('checklist').selectAll().orderBy('id').execute(),
        db.selectFrom('checklist_name').selectAll().orderBy('position').execute(),
      ]);
      const byChecklist = grouped(names, (row) => row.checklist_id);
      return rows.map(({ id, title, source, edition, scope, built_in }) => ({
        id,
        title,
        source,
        edition,
        scope,
        builtIn: built_in === 1,
        names: (byChecklist.get(id) ?? []).map(({ name }) => name),
      }));
    },

    async indicators(query) {
      const rows = await found(engine, query).execute();
      return rows.map(indicatorOf);
    },

    async importedIndicators(checklistId) {
      const rows = await db
        .selectFrom('indicator')
        .selectAll()
        .where('checklist_id', '=', checklistId)
        .orderBy('position')
        .execute();
      return rows.map((row) => ({
        ...indicatorOf(row),
        position: row.position,
        thresholds: row.thresholds,
        version: row.version,
      }));
    },

    async assessments({ scope, indicatorIds, unitId }) {
      const rows = await db
        .selectFrom('assessment as a')
        .innerJoin('unit as u', 'u.id', 'a.unit_id')
        .innerJoin('program as p', 'p.id', 'a.program_id')
        .where('a.indicator_id', 'in', dialect.texts(indicatorIds))
        .where('a.unit_id', 'in', subtree(engine, scope.unitIds))
        .$if(unitId !== undefined, (query) => query.where('a.unit_id', 'in', subtree(engine, unitId ? [unitId] : [])))
        .selectAll('a')
        .select(['u.name as unit_name', 'p.name as program_name'])
        .orderBy('a.indicator_id')
        .orderBy('u.name')
        .orderBy('p.name')
        .execute();
      return rows.map((row) => ({
        ...standing(row),
        program: row.program_name,
        unit: { id: row.unit_id, name: row.unit_name },
      }));
    },

    async assessmentDues(scope, unitId) {
      const rows = await db
        .selectFrom('assessment as a')
        .innerJoin('unit as u', 'u.id', 'a.unit_id')
        .innerJoin('program as p', 'p.id', 'a.program_id')
        .where('a.unit_id', 'in', subtree(engine, scope.unitIds))
        .$if(unitId !== undefined, (query) => query.where('a.unit_id', 'in', subtree(engine, unitId ? [unitId] : [])))
        .where('p.archived_at', 'is', null)
        .groupBy(['p.id', 'p.name', 'u.id', 'u.name'])
        .select(['p.id as program_id', 'p.name as program_name', 'u.id as unit_id', 'u.name as unit_name'])
        .select((eb) => [eb.fn.countAll<number>().as('total'), missing.as('missing')])
        .having(missing, '>', 0)
        .orderBy('p.name')
        .orderBy('u.name')
        .execute();
      const dues = await selfAssessmentDues(
        engine,
        rows.map((row) => row.program_id),
      );
      return rows.map((row) => ({
        programId: row.program_id,
        program: row.program_name,
        unit: { id: row.unit_id, name: row.unit_name },
        total: row.total,
        missing: row.missing,
        due: dateOrUndefined(dues.get(row.program_id)?.due ?? null),
        dueText: dues.get(row.program_id)?.due_text ?? '',
      }));
    },

    async importedAssessments(programId, unitId) {
      const rows = await db
        .selectFrom('assessment')
        .selectAll()
        .where('program_id', '=', programId)
        .where('unit_id', '=', unitId)
        .orderBy('indicator_id')
        .execute();
      return rows.map((row) => ({
        ...standing(row),
        programId: row.program_id,
        unitId: row.unit_id,
        assessor: row.assessor,
        remark: row.remark,
        version: row.version,
      }));
    },
  };
}

const missing = sql<number>`SUM(CASE WHEN a.state = 'missing' THEN 1 ELSE 0 END)`;

/** Veto items first, then the order of the regulation. */
function found({ db, dialect }: Engine, { checklistIds, code, keyword, level, vetoOnly, limit }: IndicatorQuery) {
  return db
    .selectFrom('indicator as i')
    .selectAll('i')
    .$if(checklistIds !== undefined, (query) => query.where('i.checklist_id', 'in', dialect.texts(checklistIds ?? [])))
    .$if(code !== undefined, (query) =>
      query.where((eb) => eb.or([eb('i.code', '=', code ?? ''), eb('i.short_code', '=', code ?? '')])),
    )
    .$if(level !== undefined, (query) =>
      query.where((eb) => eb.or([eb('i.level1', '=', level ?? ''), eb('i.level2', '=', level ?? '')])),
    )
    .$if(keyword !== undefined, (query) =>
      query.where((eb) =>
        eb.or(
          (['i.title', 'i.standard', 'i.level1', 'i.level2', 'i.code'] as const).map((column) =>
            dialect.contains(eb.ref(column), keyword ?? ''),
          ),
        ),
      ),
    )
    .$if(vetoOnly === true, (query) => query.where('i.veto', '=', 1))
    .orderBy('i.checklist_id')
    .orderBy('i.veto', 'desc')
    .orderBy('i.position')
    .limit(limit);
}

/** The milestone by which each program's self-assessment is due: the first of that name, a dated one before one that is only text. */
async function selfAssessmentDues({ db, dialect }: Engine, programIds: readonly string[]) {
  if (programIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('milestone')
    .selectAll()
    .where('program_id', 'in', dialect.texts([...new Set(programIds)]))
    .orderBy(sql`due IS NULL`)
    .orderBy('due')
    .orderBy('name')
    .execute();
  const own = grouped(
    rows.filter((row) => isSelfAssessment(row.name)),
    (row) => row.program_id,
  );
  return new Map([...own].map(([id, milestones]) => [id, milestones[0]]));
}

const indicatorOf = (row: IndicatorTable): Indicator => ({
  id: row.id,
  checklistId: row.checklist_id,
  code: row.code,
  level1: row.level1,
  level2: row.level2,
  title: row.title,
  standard: row.standard,
  points: orUndefined(row.points),
  veto: row.veto === 1,
  unverified: row.unverified === 1,
  evidence: texts(row.evidence),
  unitHint: row.unit_hint,
  formula: row.formula,
  note: row.note,
});

const standing = (row: AssessmentTable) => ({
  indicatorId: row.indicator_id,
  state: row.state,
  results: results(row.results),
  points: orUndefined(row.points),
  score: orUndefined(row.score),
  evidence: row.evidence,
});

// The two JSON columns are written by this room only, from these types.
const texts = (json: string): readonly string[] => JSON.parse(json);
const results = (json: string): readonly AssessmentResult[] => JSON.parse(json);
