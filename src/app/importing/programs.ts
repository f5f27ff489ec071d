import type { Unit } from '../../domain/work/unit.ts';
import type { Change, Program } from '../../ports/store.ts';
import type { Core } from '../core.ts';
import { rootOf } from './directory.ts';

/** Programs that a table names in a column: found by name, else added to the whole district. */
export async function programFor(
  { store, ids }: Core,
  units: readonly Unit[],
  names: readonly string[],
): Promise<{ readonly idOf: (name: string) => string | undefined; readonly changes: readonly Change[] }> {
  const root = rootOf(units);
  const found = new Map<string, string>();
  const added: { readonly id: string; readonly unitId: string; readonly name: string }[] = [];
  for (const name of new Set(names.filter(Boolean))) {
    const [program] = await store.programsByName(name);
    if (program) found.set(name, program.id);
    else if (root) {
      const id = ids.next('program');
      found.set(name, id);
      added.push({ id, unitId: root.id, name });
    }
  }
  return { idOf: (name) => found.get(name), changes: added.length > 0 ? [{ kind: 'programs.put', rows: added }] : [] };
}

/** The program of this name that a unit itself runs, or the one that it takes part in because a unit above it runs it. */
export function ownProgram(programs: readonly Program[], unitId: string, units: readonly Unit[]): Program | undefined {
  const parentOf = new Map(units.map(({ id, parentId }) => [id, parentId]));
  for (let id: string | undefined = unitId; id; id = parentOf.get(id)) {
    const own = programs.find(({ unit }) => unit.id === id);
    if (own) return own;
  }
  return undefined;
}
