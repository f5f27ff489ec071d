import { type CompiledQuery, sql } from 'kysely';
import { eachField } from '../domain/imports/workbook-column.ts';
import { TASK_TEXTS } from '../domain/tasks/task-columns.ts';
import type { ColumnType } from './dialect.ts';
import type { Engine } from './engine.ts';
import { toJson } from './json.ts';
import { pointersStand } from './standing.ts';
import type { Tables } from './tables.ts';

type Shape<T extends keyof Tables> = { readonly [C in keyof Tables[T]]?: ColumnType };
const t = 'text';
const int = 'integer';
const real = 'double precision';

/** The columns that a bulk write carries, with the types that PostgreSQL wants named. */
const SHAPES = {
  unit: { id: t, name: t, kind: t, parent_id: t },
  unit_name: { name: t, unit_id: t },
  person: { id: t, unit_id: t, name: t, position: t, mobile: t, office_phone: t, email: t, liaison: t },
  program: { id: t, unit_id: t, name: t, checklist_id: t },
  milestone: { program_id: t, name: t, due: t, period_from: t, period_to: t, due_text: t },
  program_unit: { program_id: t, seat: int, unit_id: t, collective: t, written: t },
  checklist: { id: t, title: t, source: t, edition: t, scope: t, built_in: int },
  checklist_name: { name: t, checklist_id: t, position: int },
  indicator: {
    id: t,
    checklist_id: t,
    code: t,
    short_code: t,
    position: int,
    level1: t,
    level2: t,
    title: t,
    standard: t,
    points: real,
    veto: int,
    unverified: int,
    evidence: t,
    unit_hint: t,
    formula: t,
    note: t,
    thresholds: t,
  },
  inspection: {
    id: t,
    unit_id: t,
    program_id: t,
    checklist_id: t,
    date_from: t,
    date_to: t,
    date_text: t,
    period: t,
    starts: t,
    begins_at: 'bigint',
    kind: t,
    topic: t,
    unannounced: int,
    contact: t,
    contact_phone: t,
    note: t,
  },
  inspection_member: { inspection_id: t, seat: int, role: t, name: t, person_id: t },
  task: {
    ...eachField(TASK_TEXTS, () => t),
    id: t,
    program_id: t,
    code: t,
    kind: t,
    title: t,
    level1: t,
    level2: t,
    indicator_id: t,
    veto: int,
    due_kind: t,
    due: t,
    due_text: t,
    due_day: int,
    due_event: t,
    due_offset: int,
    due_offset_unit: t,
    due_time: t,
    day_unit: t,
  },
  task_unit: { task_id: t, seat: int, role: t, unit_id: t, collective: t, written: t },
  task_person: { task_id: t, seat: int, name: t, person_id: t },
  assessment: {
    program_id: t,
    unit_id: t,
    indicator_id: t,
    state: t,
    results: t,
    points: real,
    score: real,
    evidence: t,
    assessor: t,
    remark: t,
  },
} as const satisfies { readonly [T in keyof Tables]?: Shape<T> };

export type BulkTable = keyof typeof SHAPES;
export type BulkRow<T extends BulkTable> = Pick<Tables[T], Extract<keyof (typeof SHAPES)[T], keyof Tables[T]>>;
type Versioned<Row> = Row & { readonly seen: number };

/** D1 takes 2,000,000 bytes a parameter; a Chinese character is three of them. Smaller parts cost only statements. */
const MAX_CHARACTERS = 600_000;

/** The rows as JSON lists of bounded length. */
export function jsonParts(rows: readonly object[]): readonly string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let length = 0;
  for (const row of rows) {
    const json = toJson(row);
    if (part.length > 0 && length + json.length > MAX_CHARACTERS) {
      parts.push(`[${part.join()}]`);
      part = [];
      length = 0;
    }
    part.push(json);
    length += json.length + 1;
  }
  if (part.length > 0) parts.push(`[${part.join()}]`);
  return parts;
}

const refs = (columns: readonly string[], table?: string) =>
  sql.join(columns.map((column) => sql.ref(table ? `${table}.${column}` : column)));

/** New rows; one whose key exists fails the unit. */
export function insertRows<T extends BulkTable>(
  engine: Engine,
  table: T,
  rows: readonly BulkRow<T>[],
): CompiledQuery[] {
  const shape = SHAPES[table];
  const columns = Object.keys(shape);
  const inserts = jsonParts(rows).map((json) =>
    sql`INSERT INTO ${sql.table(table)} (${refs(columns)}) SELECT ${refs(columns, 'r')} FROM ${engine.dialect.rows(json, shape)}`.compile(
      engine.db,
    ),
  );
  return [...pointersStand(engine, table, rows), ...inserts];
}

/** Rows that were seen at a version: each must still have it, then all columns but the key are replaced. */
function replaceRows<T extends BulkTable>(
  engine: Engine,
  table: T,
  key: readonly (keyof BulkRow<T> & string)[],
  rows: readonly Versioned<BulkRow<T>>[],
): CompiledQuery[] {
  const shape = { ...SHAPES[table], seen: int } as const;
  const target = sql.table(table);
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const match = sql.join(
    key.map((name) => sql`${column(name)} = ${sql.ref(`r.${name}`)}`),
    sql` AND `,
  );
  const values = Object.keys(SHAPES[table])
    .filter((name) => !key.some((part) => part === name))
    .map((name) => sql`${sql.ref(name)} = ${sql.ref(`r.${name}`)}`);
  const replaces = jsonParts(rows).flatMap((json) => {
    const source = engine.dialect.rows(json, shape);
    return [
      sql`INSERT INTO guard (moved) SELECT 0 FROM ${source} WHERE NOT EXISTS (SELECT 1 FROM ${target} WHERE ${match} AND ${column('version')} = r.seen)`,
      sql`UPDATE ${target} SET ${sql.join(values)}, version = ${column('version')} + 1 FROM ${source} WHERE ${match}`,
    ].map((statement) => statement.compile(engine.db));
  });
  return [...pointersStand(engine, table, rows), ...replaces];
}

/** Removes the child rows of these parents, so that the put's own take their place. */
export function deleteChildren<T extends BulkTable>(
  engine: Engine,
  table: T,
  column: keyof BulkRow<T> & string,
  parents: readonly string[],
): CompiledQuery[] {
  if (parents.length === 0) return [];
  return [
    sql`DELETE FROM ${sql.table(table)} WHERE ${sql.ref(column)} IN ${engine.dialect.texts(parents)}`.compile(
      engine.db,
    ),
  ];
}

/**
 * New rows are inserted, then rows that were seen replace their version: two statements a table, whatever the number of rows. In this order,
 * since a row that stands may come to point at a new one: a unit moves below a parent that the same table brings. No put gives a new row
 * the key that another one leaves.
 */
export function putRows<T extends BulkTable, Row extends { readonly seen?: number | undefined }>(
  engine: Engine,
  table: T,
  key: readonly (keyof BulkRow<T> & string)[],
  rows: readonly Row[],
  columns: (row: Row) => BulkRow<T>,
): CompiledQuery[] {
  const added = rows.filter((row) => row.seen === undefined).map(columns);
  const changed = rows.flatMap((row) => (row.seen === undefined ? [] : [{ ...columns(row), seen: row.seen }]));
  return [...insertRows(engine, table, added), ...replaceRows(engine, table, key, changed)];
}
