import type { Situation } from '../command.ts';
import { UserError } from '../errors.ts';
import type { ListReader } from '../workbooks.ts';
import { topUnits } from './top-units.ts';

/** Whose names an empty workbook offers: those that the chat sees. Undefined while there is no address book and an administrator asks. */
export async function officeReader({
  actor,
  chat,
  scope,
  viewer,
  today,
  read,
}: Situation): Promise<ListReader | undefined> {
  const [about] = await topUnits(read, scope.unitIds);
  if (about) return { scope, viewer, about, today };
  if (chat.type === 'p2p' && actor.isAdministrator) return undefined;
  throw new UserError(
    chat.type === 'group' ? '本群还没有绑定单位，请管理员发送：绑定 单位名称' : '还不知道您是谁，请先发送：我是 姓名',
  );
}
