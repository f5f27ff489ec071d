import type { AppliedImportReads, Dependent, LeftVersions, WrittenRows } from '../../ports/applied-imports.ts';
import type { Engine } from '../engine.ts';
import { neededBy } from './needed-rows.ts';

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

    async dependents(removed, written) {
      const found = await Promise.all(
        neededBy(engine.dialect, removed, written).map(async ({ kind, select }): Promise<readonly Dependent[]> => {
          const { rows } = await select.execute(db);
          return rows.map(({ name, of, which }) => ({
            kind,
            name: String(name ?? ''),
            of: String(of ?? ''),
            which: String(which ?? ''),
          }));
        }),
      );
      return found.flat();
    },
  };
}

/** Our own JSON, as `import.applied` wrote it. */
const writtenRows = (json: string): WrittenRows => JSON.parse(json);

const leftVersions = (json: string): LeftVersions => JSON.parse(json);
