import SqliteFile from 'better-sqlite3';
import pg from 'pg';

export type Row = Readonly<Record<string, unknown>>;

/** The statements that name the tables, in SQLite (and so D1) and in PostgreSQL. */
export const SQLITE_TABLES =
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
export const POSTGRES_TABLES = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'";

/** A connection of one's own to the bot's database, made when first asked. */
interface SideDoor {
  rows(...statements: readonly string[]): Promise<readonly (readonly Row[])[]>;
  close(): Promise<void>;
}

export function sqliteRows(file: string): SideDoor {
  let side: SqliteFile.Database | undefined;
  return {
    async rows(...statements) {
      const opened = side ?? new SqliteFile(file, { readonly: true });
      side = opened;
      return statements.map((statement) => opened.prepare<unknown[], Row>(statement).all());
    },
    async close() {
      side?.close();
    },
  };
}

export function postgresRows(url: string): SideDoor {
  let side: pg.Client | undefined;
  return {
    async rows(...statements) {
      if (!side) {
        side = new pg.Client(url);
        await side.connect();
      }
      const found: (readonly Row[])[] = [];
      for (const statement of statements) found.push((await side.query<Row>(statement)).rows);
      return found;
    },
    async close() {
      await side?.end();
    },
  };
}
