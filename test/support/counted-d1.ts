import type { D1Binding } from '../../src/db/d1.ts';

type Statement = ReturnType<D1Binding['prepare']>;

/** D1 counts the statements of an invocation, each of a batch too. */
export function countedD1(of: D1Binding): { readonly binding: D1Binding; readonly statements: readonly string[] } {
  const statements: string[] = [];
  const inside = new WeakMap<Statement, { readonly sql: string; readonly statement: Statement }>();
  const counted = (sql: string, statement: Statement): Statement => {
    const outer: Statement = {
      bind: (...values) => counted(sql, statement.bind(...values)),
      all: () => {
        statements.push(sql);
        return statement.all();
      },
    };
    inside.set(outer, { sql, statement });
    return outer;
  };
  return {
    statements,
    binding: {
      prepare: (sql) => counted(sql, of.prepare(sql)),
      batch: (all) => {
        const known = all.flatMap((one) => inside.get(one) ?? []);
        statements.push(...known.map(({ sql }) => sql));
        return of.batch(known.map(({ statement }) => statement));
      },
    },
  };
}
