import type { Finding } from '../../domain/findings/finding.ts';
import { officeOf } from '../../language/who/office.ts';
import type { Reads } from '../../ports/store.ts';

type Of = Pick<Finding, 'unit' | 'responsible' | 'restricted' | 'viewers'>;

/** Accounts that answer for a problem on the unit's side: its liaisons and the one responsible. Of a restricted one only the people named. */
export async function unitAccounts(read: Pick<Reads, 'roleHolders'>, finding: Of): Promise<readonly string[]> {
  const holders = await read.roleHolders();
  const liaisons = holders.filter(({ role, unitId }) => role === 'liaison' && unitId === finding.unit.id);
  return named(finding, [...liaisons.map(({ openId }) => openId), finding.responsible?.openId]);
}

/** Accounts that decide on the office's side: administrators, and supervisors whose units hold this one. */
export async function officeAccounts(
  read: Pick<Reads, 'roleHolders' | 'unitsAbove'>,
  finding: Of,
  configured: Iterable<string>,
): Promise<readonly string[]> {
  return named(finding, await officeOf(read, [finding.unit.id], configured));
}

/** 督办 and 通报 are copied to the leaders whose units hold this one. */
export async function leaderAccounts(
  read: Pick<Reads, 'roleHolders' | 'unitsAbove'>,
  finding: Of,
): Promise<readonly string[]> {
  const [holders, above] = await Promise.all([read.roleHolders(), read.unitsAbove([finding.unit.id])]);
  const leaders = holders.filter(
    ({ role, unitId }) => role === 'leader' && (unitId === undefined || above.includes(unitId)),
  );
  return named(
    finding,
    leaders.map(({ openId }) => openId),
  );
}

const named = ({ restricted, viewers }: Of, openIds: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(openIds)]
    .filter((id) => id !== undefined && (!restricted || viewers.includes(id)))
    .flatMap((id) => id ?? []);
