import { sql } from 'kysely';
import { STATES } from '../domain/findings/states.ts';

/** The states in which a deadline runs, for IN (…). */
export const RUNNING = sql.join(
  Object.entries(STATES).flatMap(([state, { dueRuns }]) => (dueRuns ? [sql.lit(state)] : [])),
);
