import type { Reads } from '../ports/store.ts';

/** Accounts that decide on the office's side: administrators, and supervisors whose units hold one of these. */
export async function officeOf(
  read: Pick<Reads, 'roleHolders' | 'unitsAbove'>,
  unitIds: readonly string[],
  configured: Iterable<string> = [],
): Promise<readonly string[]> {
  const [holders, above] = await Promise.all([read.roleHolders(), read.unitsAbove(unitIds)]);
  const deciding = holders.filter(
    ({ role, unitId }) =>
      role === 'administrator' || (role === 'supervisor' && (unitId === undefined || above.includes(unitId))),
  );
  return [...new Set([...configured, ...deciding.map(({ openId }) => openId)])];
}
