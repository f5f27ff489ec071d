import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { NewMessage } from '../ports/changes.ts';
import type { BasisRow, Remake } from '../ports/remake.ts';
import { compiledOnce } from './compiled-once.ts';
import type { Engine } from './engine.ts';
import { toJson } from './json.ts';

/** What a message was made of: rows with their versions, in the column as lines of table, id and version. No id of ours or Lark's has a tab. */

interface Of {
  readonly key: string;
  readonly subjects: readonly string[];
}

/** None of a push: it is always made again, for the unit that it names, and a morning is full of them. */
export const basisOf = ({ key, live, remake }: Pick<NewMessage, 'key' | 'live' | 'remake'>): readonly Of[] =>
  remake?.kind === 'push' ? [] : [{ key, subjects: [...(live?.subjects ?? []), ...aboutOf(remake)] }];

const aboutOf = (remake: Remake | undefined): readonly string[] => {
  if (remake?.kind === 'news') return remake.about;
  if (remake?.kind !== 'alert') return [];
  if (remake.of === 'tasks') return remake.numbers.map((number) => `task:${number}`);
  return remake.of === 'finding' ? [`finding:${remake.number}`] : [];
};

/** A subject's table, and the number by which it is known; a notice is known by its id. */
const TABLES = { task: 'task', finding: 'finding', visit: 'inspection' } as const;

const COLUMNS = { key: 'text', of: 'text', number: 'bigint', id: 'text' } as const;

function rowOf(key: string, subject: string) {
  const [, of = '', ref = ''] = /^(\w+):(.*)$/s.exec(subject) ?? [];
  if (of === 'notice') return [{ key, of, number: 0, id: ref }];
  return of in TABLES && /^\d{1,9}$/.test(ref) ? [{ key, of, number: Number(ref), id: '' }] : [];
}

const TAB = sql.lit('\t');
const LINE = sql.lit('\n');
const line = (table: string, id: string, version: RawBuilder<unknown>) =>
  sql`${sql.lit(`${table}\t`)} || ${sql.ref(id)} || ${TAB} || ${version}`;
const version = (column: string) => sql`CAST(${sql.ref(column)} AS TEXT)`;

/**
 * A unit, and what its messages were made of, read behind its changes: the versions are those which it leaves. Where reading would make units
 * that have nothing to do with each other fail each other, it is read right after the commit; a crash in between leaves nothing written
 * down, so that what then waits is made again.
 */
export async function unitWithBasis(
  engine: Engine,
  statements: readonly CompiledQuery[],
  messages: readonly Of[],
): Promise<void> {
  const basis = basisStatements(engine, messages);
  if (!engine.dialect.readsConflict) return engine.unit([...statements, ...basis]);
  await engine.unit(statements);
  // The unit is done, whatever becomes of this.
  for (const statement of basis) await engine.single(statement).catch(() => []);
}

/** One statement for all of them. */
function basisStatements(engine: Engine, messages: readonly Of[]): CompiledQuery[] {
  if (messages.length === 0) return [];
  const rows = toJson(
    messages.flatMap(({ key, subjects }) => [...new Set(subjects)].flatMap((one) => rowOf(key, one))),
  );
  const keys = toJson(messages.map(({ key }) => key));
  return [
    compiledOnce(engine, 'basis', { rows, keys }, () => ({
      compile: () =>
        basisStatement(
          engine,
          rows,
          messages.map(({ key }) => key),
        ).compile(engine.db),
    })),
  ];
}

function basisStatement({ dialect }: Engine, rows: string, keys: readonly string[]) {
  const known = Object.entries(TABLES).map(
    ([of, table]) => sql`WHEN ${sql.lit(of)} THEN (SELECT ${line(table, 't.id', version('t.version'))}
      FROM ${sql.table(table)} AS t WHERE t.number = r.number)`,
  );
  const subjects = sql`SELECT string_agg(${LINE} || CASE r.of ${sql.join(known, sql` `)}
      WHEN 'notice' THEN (SELECT ${line('notice', 't.id', version('t.version'))} FROM notice AS t WHERE t.id = r.id) END, '')
    FROM ${dialect.rows(rows, COLUMNS)} WHERE r.key = outbox.key`;
  const people = sql`SELECT string_agg(${LINE} || ${line('person', 'p.id', version('p.version'))}, '')
    FROM person AS p WHERE p.open_id = outbox.chat_key`;
  // Of a direct chat also what its reader may see by their roles.
  const roles = sql`SELECT ${LINE} || ${line('role_grant', 'outbox.chat_key', sql`CAST(${ROLES} AS TEXT)`)}
    FROM role_grant AS a WHERE a.open_id = outbox.chat_key HAVING COUNT(*) > 0`;
  const group = sql`CAST(COALESCE((SELECT g.version FROM work_group AS g WHERE g.chat_id = outbox.chat_id), 0) AS TEXT)`;
  return sql`UPDATE outbox SET
    unit_id = (SELECT g.unit_id FROM work_group AS g WHERE g.chat_id = outbox.chat_id),
    basis = ${line('work_group', 'outbox.chat_id', group)} || COALESCE((${people}), '')
      || COALESCE((${roles}), '') || COALESCE((${subjects}), '')
    WHERE key IN ${dialect.texts(keys)}`;
}

export const basisText = (rows: readonly BasisRow[]): string =>
  rows.map(({ table, id, version: known }) => `${table}\t${id}\t${known}`).join('\n');

export const basisRows = (text: string): readonly BasisRow[] =>
  text.split('\n').flatMap((entry) => {
    const [table, id, known] = entry.split('\t');
    return table && id !== undefined && known
      ? [{ table: table as BasisRow['table'], id, version: Number(known) }]
      : [];
  });

const KEY_OF: Readonly<Record<Exclude<BasisRow['table'], 'role_grant'>, string>> = {
  work_group: 'chat_id',
  person: 'id',
  task: 'id',
  finding: 'id',
  inspection: 'id',
  notice: 'id',
};

/** Roles have no version: any that is granted or taken changes this. */
const ROLES = sql`CAST(SUM(a.granted_at + 1) AS BIGINT)`;

const OF_NOW = sql`COALESCE(CASE r.${sql.ref('table')} ${sql.join(
  Object.entries(KEY_OF).map(
    ([table, key]) =>
      sql`WHEN ${sql.lit(table)} THEN (SELECT t.version FROM ${sql.table(table)} AS t WHERE ${sql.ref(`t.${key}`)} = r.id)`,
  ),
  sql` `,
)} WHEN 'role_grant' THEN (SELECT ${ROLES} FROM role_grant AS a WHERE a.open_id = r.id) END, 0)`;

const rowsOf = ({ dialect }: Engine, basis: readonly BasisRow[]) =>
  dialect.rows(toJson(basis), { table: 'text', id: 'text', version: 'bigint' });

/** Whether any of these rows is not what it was. */
export const movedRows = (engine: Engine, basis: readonly BasisRow[]): RawBuilder<unknown> =>
  sql`SELECT 1 FROM ${rowsOf(engine, basis)} WHERE r.version <> ${OF_NOW}`;

/** The same rows with their versions of now. */
export const rowsNow = (engine: Engine, basis: readonly BasisRow[]): RawBuilder<BasisRow> =>
  sql<BasisRow>`SELECT r.${sql.ref('table')}, r.id, ${OF_NOW} AS version FROM ${rowsOf(engine, basis)}`;
