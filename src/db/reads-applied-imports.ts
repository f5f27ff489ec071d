import { sql } from 'kysely';
import type {
  AppliedImportReads,
  Dependent,
  LeftVersions,
  RemovedRows,
  WrittenRows,
} from '../ports/applied-imports.ts';
import type { Engine } from './engine.ts';

/** Imports that were written, and what taking one back would meet. */
export function appliedImportReads(engine: Engine): AppliedImportReads {
  const { db } = engine;
  return {
    async lastImport() {
      const row = await db
        .selectFrom('applied_import')
        .selectAll()
        .where('undone_at', 'is', null)
        .orderBy('applied_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && { id: row.id, fileName: row.file_name, kind: row.kind, actor: row.actor, at: row.applied_at };
    },

    async writtenRows(id) {
      const parts = await db
        .selectFrom('applied_import_part')
        .select('content')
        .where('import_id', '=', id)
        .orderBy('part')
        .execute();
      return parts.length === 0 ? undefined : writtenRows(parts.map(({ content }) => content).join(''));
    },

    async leftVersions(after) {
      const rows = await db
        .selectFrom('applied_import_part as p')
        .innerJoin('applied_import as a', 'a.id', 'p.import_id')
        .where('a.applied_at', '>', after)
        .where('a.undone_at', 'is not', null)
        .orderBy('a.undone_at')
        .select('p.content')
        .execute();
      return Object.assign({}, ...rows.map(({ content }) => leftVersions(content)));
    },

    async dependents(removed) {
      const found: Dependent[] = [];
      for (const { kind, name, rows } of questions(engine, removed)) {
        const { rows: named } = await sql<{ name: string }>`
          SELECT ${sql.ref(name)} AS name FROM ${rows} ORDER BY 1 LIMIT 10`.execute(db);
        found.push(...named.map((row) => ({ kind, name: String(row.name) })));
      }
      return found;
    },
  };
}

/** Our own JSON, as `import.applied` wrote it. */
const writtenRows = (json: string): WrittenRows => JSON.parse(json);

const leftVersions = (json: string): LeftVersions => JSON.parse(json);

/** Rows that stay and point at rows that would go, by kind. */
function questions({ dialect }: Engine, removed: RemovedRows) {
  const ids = (kind: 'units' | 'people' | 'programs' | 'inspections' | 'tasks') =>
    dialect.texts(removed[kind].map(({ id }) => id));
  const [units, people, programs] = [ids('units'), ids('people'), ids('programs')];
  return [
    { kind: 'group', name: 't.name', rows: sql`work_group AS t WHERE t.unit_id IN ${units}` },
    {
      kind: 'inspection',
      name: 't.number',
      rows: sql`inspection AS t WHERE t.id NOT IN ${ids('inspections')} AND (t.unit_id IN ${units} OR t.program_id IN ${programs}
        OR t.id IN (SELECT m.inspection_id FROM inspection_member AS m WHERE m.person_id IN ${people}))`,
    },
    {
      kind: 'task',
      name: 't.title',
      rows: sql`(SELECT id, program_id, CASE WHEN restricted = 1 THEN 'T' || number ELSE title END AS title FROM task) AS t WHERE t.id NOT IN ${ids('tasks')} AND (t.program_id IN ${programs}
        OR t.id IN (SELECT u.task_id FROM task_unit AS u WHERE u.unit_id IN ${units})
        OR t.id IN (SELECT p.task_id FROM task_person AS p WHERE p.person_id IN ${people}))`,
    },
    {
      kind: 'finding',
      name: 't.number',
      rows: sql`finding AS t WHERE t.unit_id IN ${units} OR t.program_id IN ${programs} OR t.responsible_id IN ${people}
        OR t.inspection_id IN ${ids('inspections')}`,
    },
    { kind: 'person', name: 't.name', rows: sql`person AS t WHERE t.id NOT IN ${people} AND t.unit_id IN ${units}` },
    { kind: 'unit', name: 't.name', rows: sql`unit AS t WHERE t.id NOT IN ${units} AND t.parent_id IN ${units}` },
    {
      kind: 'program',
      name: 't.name',
      rows: sql`program AS t WHERE t.id NOT IN ${programs} AND t.unit_id IN ${units}`,
    },
  ] as const;
}
