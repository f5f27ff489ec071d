/** Keys that mean "this happened already"; SQLite and D1 name the columns of the constraint that failed. */
const ALREADY =
  /UNIQUE constraint failed: (inbox\.event_id|notification\.chat_id, notification\.nominal_at|outbox\.(key|uuid))/;
const STALE = /CHECK constraint failed: guard_stale|UNIQUE constraint failed|FOREIGN KEY constraint failed/;

/** What a failed unit means, by SQLite's message: it is the only thing that better-sqlite3 and D1 give alike. */
export function sqliteConflict(error: unknown): 'already' | 'stale' | undefined {
  const message = error instanceof Error ? error.message : '';
  if (ALREADY.test(message)) return 'already';
  return STALE.test(message) ? 'stale' : undefined;
}
