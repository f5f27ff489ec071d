import { type Acting, may, reachOf } from '../../domain/people/rights.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import { officeOf } from '../../language/who/office.ts';
import type { Reads } from '../../ports/store.ts';
import type { Desk } from './finding-desk.ts';

type Knows = Pick<Reads, 'unitsAbove' | 'roots' | 'unit' | 'isWithin' | 'roleHolders' | 'roles' | 'peopleByOpenId'>;
type Asking = Pick<Desk, 'actor' | 'administrators'> & { readonly read: Knows };

/**
 * Whom the one who restricts a problem cannot shut out: the office over all units, from outside the supervised side (the unit's county with
 * all below it). Nobody, when the writer is of that office, or names somebody who is; for a new problem any office outside is enough, since
 * nothing is taken from those who knew it.
 */
export async function outsideOffice(
  { read, actor, administrators }: Asking,
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
