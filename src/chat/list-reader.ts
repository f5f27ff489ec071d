import type { Context } from './command.ts';
import { UserError } from './errors.ts';
import type { ListReader } from './workbooks.ts';

/** In a direct chat an administrator keeps the whole district's tables; anybody else gets their own units', a group its own. */
export async function listReader(context: Context<unknown>): Promise<ListReader> {
  const reader = await officeReader(context);
  if (!reader) throw new UserError('还没有单位通讯录，请先导入单位通讯录。发送“模板 通讯录”可以得到空表。');
  return reader;
}

/** The same; undefined while there is no address book and an administrator asks. */
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
