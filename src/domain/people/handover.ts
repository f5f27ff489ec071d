import type { RoleGrant } from './person.ts';

/**
 * What becomes of the roles of an account when its person leaves a unit. Whoever still serves in another unit loses only the roles for the
 * unit that they leave. Supervisors, liaisons and leaders are followed by the successor; an administrator is made by an administrator.
 */
export function rolesOnLeaving<Grant extends RoleGrant>(
  held: readonly Grant[],
  leaver: { readonly unitId: string; readonly servesElsewhere: boolean },
  successor: readonly RoleGrant[] = [],
): { readonly ended: readonly Grant[]; readonly handed: readonly Grant[] } {
  const ended = held.filter(({ unitId }) => !leaver.servesElsewhere || unitId === leaver.unitId);
  const has = ({ role, unitId }: RoleGrant) =>
    successor.some((grant) => grant.role === role && (grant.unitId === undefined || grant.unitId === unitId));
  return { ended, handed: ended.filter((grant) => grant.role !== 'administrator' && !has(grant)) };
}
