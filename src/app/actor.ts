import { isAdministratorOfAll } from '../domain/people/person.ts';
import type { Actor } from '../language/command.ts';
import type { Core } from './core.ts';

/** Who speaks: linked people and roles of the account. Read afresh for each message, so that a revoked role ends at once. */
export async function actorOf(
  { store, adminOpenIds }: Pick<Core, 'store' | 'adminOpenIds'>,
  openId: string,
  foreign?: true,
): Promise<Actor> {
  const [people, roles] = await Promise.all([store.peopleByOpenId(openId), store.roles(openId)]);
  const isAdministrator = adminOpenIds.has(openId) || roles.some(isAdministratorOfAll);
  return { openId, people, roles, isAdministrator, ...(foreign && { foreign }) };
}
