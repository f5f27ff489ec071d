import type { Unit } from '../../../domain/people/unit.ts';
import type { Change, Put } from '../../../ports/changes.ts';
import type { ProgramRow } from '../../../ports/rows.ts';
import { type NotImported, notImported, type Planner } from './plan.ts';

/** A program as a table needs it; `seen` is its version, undefined while it is only planned. */
export type ProgramToUse = Put<ProgramRow & { readonly version: number }>;

/**
 * The program of the first of these names that one of these units runs, the nearest unit first; when there is none, a new one that `owner`
 * runs. A program that works by another checklist than the one asked for is another program, whatever its name. Nothing is imported into an
 * archived one: nobody would see it.
 */
export async function programFor(
  { store, ids }: Planner,
  of: {
    readonly names: readonly string[];
    readonly among: readonly Unit[];
    readonly owner: Unit;
    readonly checklistId?: string;
  },
): Promise<ProgramToUse | NotImported> {
  const fits = (checklistId: string | undefined): boolean =>
    of.checklistId === undefined || checklistId === undefined || checklistId === of.checklistId;
  let free: string | undefined;
  for (const name of of.names) {
    const programs = await store.programsByName(name);
    const standing = of.among
      .flatMap(({ id }) => programs.find(({ unit, checklistId }) => unit.id === id && fits(checklistId)) ?? [])
      .at(0);
    if (standing?.archivedAt !== undefined)
      return notImported(`专项“${name}”已归档，导入的内容不会有人看到。请先恢复：专项 恢复 ${name}`);
    if (standing) {
      const { id, unit, checklistId, version } = standing;
      return { id, unitId: unit.id, name, checklistId, seen: version };
    }
    if (!programs.some(({ unit }) => unit.id === of.owner.id)) free ??= name;
  }
  // All of these names are taken by programs with another checklist: two of one name nobody could run.
  if (free === undefined)
    return notImported(
      `“${of.owner.name}”的专项“${of.names[0]}”用的是另一套评估细则。请先改名再导入：专项 改名 ${of.names[0]} 新名称`,
    );
  return { id: ids.next('program'), unitId: of.owner.id, name: free };
}

/** What makes the program stand, and work by this checklist if it works by none; undefined when nothing is missing. */
export function programChange(program: ProgramToUse, checklistId?: string): Change | undefined {
  const learns = program.checklistId === undefined && checklistId !== undefined;
  if (program.seen !== undefined && !learns) return undefined;
  return { kind: 'programs.put', rows: [{ ...program, checklistId: program.checklistId ?? checklistId }] };
}
