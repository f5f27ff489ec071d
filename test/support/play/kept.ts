import { POSTGRES_TABLES, SQLITE_TABLES } from '../side-door.ts';
import type { World } from '../world.ts';

/** The bot's own books: what it received, sent and waits for. No official keeps anything there. */
const OWN = new Set([
  'kysely_migration',
  'kysely_migration_lock',
  'schema_version',
  'guard',
  'meta',
  'notification',
  'inbox',
  'outbox',
  'outbox_part',
  'pace',
  'card_copy',
  'pending_import',
  'pending_import_part',
]);
/** When it looks or asks next, and what it was told then: the clock alone moves these. */
const OWN_COLUMNS = new Set([
  'asked_at',
  'members_asked_at',
  'ask_at',
  'readers_at',
  'ask_readers_at',
  'read_at',
  'fire_at',
  'nominal_at',
  'watch_at',
]);

/** All that the bot keeps for its officials, by table. */
export type Kept = ReadonlyMap<string, string>;

export async function keptNow({ bot, home }: World): Promise<Kept> {
  const [named = []] = await bot.rows(home === 'PostgreSQL' ? POSTGRES_TABLES : SQLITE_TABLES);
  const tables = named.map(({ name }) => String(name)).filter((name) => !OWN.has(name));
  const found = await bot.rows(...tables.map((table) => `SELECT * FROM ${table}`));
  const lines = found.map((rows) =>
    rows.map((row) => JSON.stringify(row, (key, value) => (OWN_COLUMNS.has(key) ? undefined : value))).toSorted(),
  );
  return new Map(tables.map((table, at) => [table, (lines[at] ?? []).join('\n')]));
}

/** The tables that hold other rows than before: an audit row among them, or a version that has moved. */
export const writtenSince = (before: Kept, now: Kept): readonly string[] =>
  [...now].filter(([table, rows]) => before.get(table) !== rows).map(([table]) => table);
