import type { Scope } from '../ports/scope.ts';
import type { Engine } from './engine.ts';

/** The units and all below them, as a subquery of ids. An empty list gives no row. */
export function subtree({ db, dialect }: Engine, unitIds: readonly string[]) {
  return db
    .selectFrom('unit_closure')
    .where('unit_closure.ancestor_id', 'in', dialect.texts(unitIds))
    .select('unit_closure.descendant_id');
}

/** The units and all above them. */
export function ancestry({ db, dialect }: Engine, unitIds: readonly string[]) {
  return db
    .selectFrom('unit_closure')
    .where('unit_closure.descendant_id', 'in', dialect.texts(unitIds))
    .select('unit_closure.ancestor_id');
}

export const people = (scope: Scope): readonly string[] => scope.personIds ?? [];
