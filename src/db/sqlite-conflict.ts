import type { Broken } from './engine.ts';
import { TAKEN_KEYS } from './taken-keys.ts';

/** Keys that mean "this happened already"; SQLite and D1 name the columns of the constraint that failed. */
const ALREADY =
  /^(?:inbox\.event_id|notification\.chat_id, notification\.nominal_at|outbox\.(?:key|uuid)|to_tell\.key|telling\.id)$/;
const GUARDS: Readonly<Record<string, Broken>> = {
  guard_moved: 'moved',
  guard_taken: 'taken',
  guard_last_administrator: 'last administrator',
};

/** Which guard of a unit broke, by SQLite's message: it is the only thing that better-sqlite3 and D1 give alike. A foreign key has no name in it. */
export function sqliteConflict(error: unknown): Broken | undefined {
  const message = error instanceof Error ? error.message : '';
  const [, kind, name = ''] = /(\w+(?: \w+)?) constraint failed(?:: ([\w., ]+\w))?/.exec(message) ?? [];
  if (kind === undefined) return undefined;
  if (kind === 'CHECK') return GUARDS[name] ?? 'unforeseen';
  if (kind !== 'UNIQUE') return 'unforeseen';
  if (ALREADY.test(name)) return 'already';
  return name in TAKEN_KEYS ? 'taken' : 'unforeseen';
}
