import type { Finding } from '../../domain/findings/finding.ts';
import { isAdministratorOfAll } from '../../domain/people/person.ts';
import { type Acting, may, reachOf } from '../../domain/people/rights.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import { leadUnitIds, type Task } from '../../domain/tasks/task.ts';
import type { Context } from '../../language/command.ts';
import type { Reads } from '../../ports/store.ts';

// Who is the office: those who decide on an item, those who decide on everything, and those whom nobody can shut out.

/** The roles of the office's side; each holds everywhere, or for a unit and those below it. */
const DECIDING = ['administrator', 'supervisor'] as const;

/** Accounts that decide on the office's side: administrators and supervisors whose units hold one of these. */
export async function officeOf(
  read: Pick<Reads, 'roleHolders' | 'unitsAbove'>,
  unitIds: readonly string[],
  configured: Iterable<string> = [],
): Promise<readonly string[]> {
  const [holders, above] = await Promise.all([read.roleHolders(DECIDING), read.unitsAbove(unitIds)]);
  const deciding = holders.filter(({ unitId }) => unitId === undefined || above.includes(unitId));
  return [...new Set([...configured, ...deciding.map(({ openId }) => openId)])];
}

/** All of them, those who decide on the same units together; whoever decides everywhere has the roots. */
export async function allOffices(
  read: Pick<Reads, 'roleHolders' | 'roots'>,
  configured: Iterable<string>,
): Promise<readonly { readonly unitIds: readonly string[]; readonly openIds: readonly string[] }[]> {
  const [holders, roots] = await Promise.all([read.roleHolders(DECIDING), read.roots()]);
  const grants = [
    ...holders.map(({ openId, unitId }) => ({ openId, unitIds: unitId === undefined ? roots : [unitId] })),
    ...[...configured].map((openId) => ({ openId, unitIds: roots })),
  ];
  const byAccount = [...Map.groupBy(grants, ({ openId }) => openId)].map(([openId, own]) => ({
    openId,
    unitIds: [...new Set(own.flatMap(({ unitIds }) => unitIds))].toSorted(),
  }));
  return [...Map.groupBy(byAccount, ({ unitIds }) => unitIds.join(' ')).values()].map((same) => ({
    unitIds: same[0]?.unitIds ?? [],
    openIds: same.map(({ openId }) => openId),
  }));
}

/** Administrators of everything, not of a unit: whoever keeps the bot running. */
export async function administratorsOfAll(
  read: Pick<Reads, 'roleHolders'>,
  configured: Iterable<string>,
): Promise<readonly string[]> {
  const granted = (await read.roleHolders(['administrator'])).filter(isAdministratorOfAll).map(({ openId }) => openId);
  return [...new Set([...configured, ...granted])].sort();
}

/** What tells who may know of a problem. */
export type FindingSides = Pick<Finding, 'unit' | 'responsible' | 'restricted' | 'viewers'>;

/** Of a problem; of a restricted one those of them who may see it. */
export async function officeOfFinding(
  read: Pick<Reads, 'roleHolders' | 'unitsAbove'>,
  finding: FindingSides,
  configured: Iterable<string>,
): Promise<readonly string[]> {
  return amongViewers(finding, await officeOf(read, [finding.unit.id], configured));
}

export const amongViewers = (
  { restricted, viewers }: FindingSides,
  openIds: readonly (string | undefined)[],
): readonly string[] =>
  [...new Set(openIds)]
    .filter((id) => id !== undefined && (!restricted || viewers.includes(id)))
    .flatMap((id) => id ?? []);

/** Of a task: the office over its leading units and the one that runs its program. Of a confidential one only that which runs it. */
export const officeOfTask = (
  read: Pick<Reads, 'roleHolders' | 'unitsAbove'>,
  task: Pick<Task, 'restricted' | 'units'>,
  runner: string | undefined,
  configured: Iterable<string>,
): Promise<readonly string[]> =>
  officeOf(
    read,
    [...(task.restricted ? [] : leadUnitIds(task)), ...(runner === undefined ? [] : [runner])],
    configured,
  );

type Knows = Pick<Reads, 'unitsAbove' | 'roots' | 'unit' | 'isWithin' | 'roleHolders' | 'roles' | 'peopleByOpenId'>;
/**
 * Whom the one who restricts a problem cannot shut out: the office over all units, from outside the supervised side (the unit's county with
 * all below it). Nobody, when the writer is of that office, or names somebody who is; for a new problem any office outside is enough, since
 * nothing is taken from those who knew it.
 */
export async function outsideOffice(
  { read, actor, administrators }: Pick<Context, 'actor' | 'administrators'> & { readonly read: Knows },
  unit: UnitRef,
  { named, isNew }: { readonly named: readonly string[]; readonly isNew: boolean },
): Promise<readonly string[]> {
  const above = await read.unitsAbove([unit.id]);
  const side = await supervisedSide(read, above);
  const office = await officeOf(read, [unit.id], administrators);
  const outside: Acting[] = [];
  for (const openId of office) {
    const acting = await actingAs(read, openId, administrators);
    if (may(acting, 'finding.lift', { units: [{ id: unit.id, above }] }) && !(await isOf(read, side, acting)))
      outside.push(acting);
  }
  const everywhere = outside.filter((acting) => reachOf(acting, 'finding.lift') === 'everywhere');
  const over = everywhere.length > 0 ? everywhere : outside;
  const enough = isNew ? outside : over;
  if (enough.some(({ openId }) => openId === actor.openId || named.includes(openId))) return [];
  const kept = over.length > 0 ? over.map(({ openId }) => openId) : office;
  return kept.filter((openId) => openId !== actor.openId);
}

/** The unit of the chain that stands right below the top: a county; the top itself, for what is its own. */
async function supervisedSide(read: Knows, above: readonly string[]): Promise<string | undefined> {
  const roots = await read.roots();
  for (const id of above) {
    const parent = (await read.unit(id))?.parentId;
    if (parent !== undefined && roots.includes(parent)) return id;
  }
  return above[0];
}

async function actingAs(read: Knows, openId: string, administrators: ReadonlySet<string>): Promise<Acting> {
  const [people, roles] = await Promise.all([read.peopleByOpenId(openId), read.roles(openId)]);
  return { openId, people, roles, isAdministrator: administrators.has(openId) };
}

/** Whose unit nobody knows is taken for one of the side that their role is for. */
async function isOf(read: Knows, side: string | undefined, acting: Acting): Promise<boolean> {
  if (side === undefined) return false;
  for (const { unit } of acting.people) if (await read.isWithin(unit.id, [side])) return true;
  return acting.people.length === 0 && reachOf(acting, 'finding.lift') !== 'everywhere';
}
