import { openPostgres } from '../../src/db/postgres.ts';
import { openSqlite } from '../../src/db/sqlite.ts';

const MONTH_MS = 32 * 86_400_000;
const ROWS = 5_000;

/** What only passes through. What officials have said and done, their names and the audit are there to stay. */
const PASSING = ['inbox', 'outbox', 'outbox_part', 'card_copy', 'task_alert', 'pending_import_part'];

/** How many rows that only pass through are there, and which of them the purges of the months after this run leave. */
export async function keptForEver(
  url: string,
  now: number,
  count: (table: string) => Promise<number>,
): Promise<{ readonly before: number; readonly kept: readonly string[] }> {
  const database = url.startsWith('file:') ? openSqlite(url.slice('file:'.length)) : openPostgres(url);
  const counted = async () => {
    const found: (readonly [string, number])[] = [];
    for (const table of PASSING) found.push([table, await count(table)]);
    // Each of the three APIs has a row of its own.
    found.push(['pace', Math.max(0, await count("pace WHERE key NOT IN ('app', 'reply', 'send', 'patch')"))]);
    return found;
  };
  const sum = (rows: readonly (readonly [string, number])[]) => rows.reduce((all, [, n]) => all + n, 0);
  const first = await counted();
  let left = first;
  const at = now + MONTH_MS;
  for (let fewer = true; fewer; ) {
    await database.store.purge({ inbox: at, sent: at, pace: at }, ROWS, { id: `soak-${sum(left)}`, at });
    const next = await counted();
    fewer = sum(next) < sum(left);
    left = next;
  }
  await database.close();
  return {
    before: sum(first),
    kept: left.filter(([, n]) => n > 0).map(([table, n]) => `${n} rows of ${table} are kept for ever`),
  };
}
