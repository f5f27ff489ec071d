import type { CompiledQuery } from 'kysely';
import type { Change } from '../ports/changes.ts';
import type { Engine } from './engine.ts';

/**
 * What each kind of change does: the statements of a subject's changes, which it writes `satisfies Appliers<…Change>`. Every change that
 * replaces a row fails the unit when the row has moved: an UPDATE that hits nothing would claim success.
 */
export type Appliers<Of extends Change> = {
  readonly [Kind in Of['kind']]: (
    engine: Engine,
    change: Extract<Of, { readonly kind: Kind }>,
  ) => readonly CompiledQuery[];
};
