import type { Actor, Chat } from '../language/command.ts';
import type { Core } from './core.ts';

/** Who speaks: linked people and roles of the account. Read afresh for each message, so that a revoked role ends at once. */
export async function actorOf(
  { store, adminOpenIds }: Pick<Core, 'store' | 'adminOpenIds'>,
  openId: string,
): Promise<Actor> {
  const [people, roles] = await Promise.all([store.peopleByOpenId(openId), store.roles(openId)]);
  const isAdministrator =
    adminOpenIds.has(openId) || roles.some(({ role, unitId }) => role === 'administrator' && unitId === undefined);
  return { openId, people, roles, isAdministrator };
}

export async function chatOf({ store }: Pick<Core, 'store'>, chatId: string, type: Chat['type']): Promise<Chat> {
  return type === 'p2p' ? { chatId, type } : { chatId, type, group: await store.group(chatId) };
}
