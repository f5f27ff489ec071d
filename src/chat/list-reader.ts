import type { Context } from './command.ts';
import { UserError } from './errors.ts';
import type { ListReader } from './workbooks.ts';

/**
 * Whose names an empty workbook offers: in a direct chat an administrator's whole district, anybody else's own units, a group's its own.
 * Undefined while there is no address book and an administrator asks.
 */
export async function officeReader({
  actor,
  chat,
  scope,
  viewer,
  today,
  read,
}: Context<unknown>): Promise<ListReader | undefined> {
  if (chat.type === 'p2p' && actor.isAdministrator) {
    const root = (await read.directory()).units.find(({ parentId }) => parentId === undefined);
    return root && { scope: { ...scope, unitIds: [root.id] }, viewer, about: root, today };
  }
  const own = chat.type === 'group' ? chat.group?.unit : actor.people[0]?.unit;
  if (own) return { scope, viewer, about: own, today };
  throw new UserError(
    chat.type === 'group' ? '本群还没有绑定单位，请管理员发送：绑定 单位名称' : '还不知道您是谁，请先发送：我是 姓名',
  );
}
