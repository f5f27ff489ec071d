import type { RoleGrant } from '../../domain/people/person.ts';
import type { Reads } from '../../ports/store.ts';

/** The roles of the office's side; each holds everywhere, or for a unit and those below it. */
const decides = ({ role }: RoleGrant): boolean => role === 'administrator' || role === 'supervisor';

/** Accounts that decide on the office's side: administrators and supervisors whose units hold one of these. */
export async function officeOf(
  read: Pick<Reads, 'roleHolders' | 'unitsAbove'>,
  unitIds: readonly string[],
  configured: Iterable<string> = [],
): Promise<readonly string[]> {
  const [holders, above] = await Promise.all([read.roleHolders(), read.unitsAbove(unitIds)]);
  const deciding = holders.filter(
    (holder) => decides(holder) && (holder.unitId === undefined || above.includes(holder.unitId)),
  );
  return [...new Set([...configured, ...deciding.map(({ openId }) => openId)])];
}

/** All of them, those who decide on the same units together; whoever decides everywhere has the roots. */
export async function allOffices(
  read: Pick<Reads, 'roleHolders' | 'roots'>,
  configured: Iterable<string>,
): Promise<readonly { readonly unitIds: readonly string[]; readonly openIds: readonly string[] }[]> {
  const [holders, roots] = await Promise.all([read.roleHolders(), read.roots()]);
  const grants = [
    ...holders
      .filter(decides)
      .map(({ openId, unitId }) => ({ openId, unitIds: unitId === undefined ? roots : [unitId] })),
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
