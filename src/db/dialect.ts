import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import { toJson } from './json.ts';

export type ColumnType = 'text' | 'integer' | 'bigint' | 'double precision';
type Columns = Readonly<Record<string, ColumnType>>;

/** The points at which the homes' SQL differs, and nothing else. D1 is SQLite here. */
export interface Dialect {
  /** A list of texts as a subquery of one column: one parameter whatever its length, so one statement to prepare. */
  texts(values: readonly string[]): RawBuilder<string>;
  /** A list of objects as the table `r` with these columns: 5,000 rows are one parameter, not 5,000 statements. */
  rows(json: string, columns: Columns): RawBuilder<unknown>;
  /** A column with a JSON list of texts as the table `e` of one column, `value`; to stand behind the column's table in FROM. */
  elements(column: string): RawBuilder<unknown>;
  /** Whether a column contains a text, letter case of ASCII aside. */
  contains(column: Expression<string>, part: string): Expression<SqlBool>;
  /** Natural days from one column with a day to another, as a whole number. */
  daysBetween(from: string, to: string): RawBuilder<number>;
  /** Whether a unit can fail for what it only reads while another writes it: PostgreSQL's SERIALIZABLE. */
  readonly readsConflict: boolean;
  /** Put behind the SELECT of a claim: several processes take different rows. */
  readonly skipLocked: RawBuilder<unknown>;
}

const names = (columns: Columns) => Object.entries(columns);

export const sqliteDialect: Dialect = {
  texts: (values) => sql<string>`(SELECT value FROM json_each(${toJson(values)}))`,
  rows: (json, columns) => {
    const fields = names(columns).map(([name]) => sql`value ->> ${sql.lit(name)} AS ${sql.ref(name)}`);
    return sql`(SELECT ${sql.join(fields)} FROM json_each(${json})) AS r`;
  },
  elements: (column) => sql`json_each(${sql.ref(column)}) AS e`,
  // instr and not LIKE: D1 refuses LIKE patterns above 50 bytes, which is sixteen Chinese characters, and nothing needs escaping.
  contains: (column, part) => sql<SqlBool>`instr(lower(${column}), ${part.toLowerCase()}) > 0`,
  daysBetween: (from, to) => sql<number>`CAST(julianday(${sql.ref(to)}) - julianday(${sql.ref(from)}) AS INTEGER)`,
  readsConflict: false,
  // One writer at a time: there is nobody to skip.
  skipLocked: sql``,
};

export const postgresDialect: Dialect = {
  texts: (values) => sql<string>`(SELECT value FROM jsonb_array_elements_text(${toJson(values)}::jsonb) AS t (value))`,
  rows: (json, columns) => {
    const fields = names(columns).map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`);
    return sql`jsonb_to_recordset(${json}::jsonb) AS r (${sql.join(fields)})`;
  },
  elements: (column) => sql`jsonb_array_elements_text(${sql.ref(column)}::jsonb) AS e (value)`,
  contains: (column, part) => sql<SqlBool>`strpos(lower(${column}), ${part.toLowerCase()}) > 0`,
  daysBetween: (from, to) => sql<number>`(CAST(${sql.ref(to)} AS DATE) - CAST(${sql.ref(from)} AS DATE))`,
  readsConflict: true,
  skipLocked: sql`FOR UPDATE SKIP LOCKED`,
};
