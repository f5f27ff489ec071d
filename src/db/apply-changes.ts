import type { CompiledQuery } from 'kysely';
import type { Change } from '../ports/changes.ts';
import type { Engine } from './engine.ts';
import { APPLIERS } from './subjects.ts';

/** The statements of a change. */
export function changeStatements(engine: Engine, change: Change): readonly CompiledQuery[] {
  // Each kind has the applier of its own kind; the compiler sees only the union of all.
  const apply = APPLIERS[change.kind] as (engine: Engine, change: Change) => readonly CompiledQuery[];
  return apply(engine, change);
}
