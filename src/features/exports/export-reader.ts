import type { Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { confidantOf } from '../../language/who/confidant.ts';
import { requireRight, scopeWithin } from '../../language/who/rights.ts';
import { topUnits } from '../../language/who/top-units.ts';
import type { ListReader } from '../../language/workbooks.ts';

/** A list holds what the chat sees and the right to export reaches. In a group, whoever asks must have the right there. */
export async function exportReader(context: Situation): Promise<ListReader> {
  const { chat, viewer, today, read } = context;
  if (chat.type === 'group') {
    const about = chat.group?.unit;
    if (!about) throw new UserError('本群还没有绑定单位，请管理员发送：绑定 单位名称');
    await requireRight(context, 'export.take', { unitIds: [about.id] });
    return { scope: context.scope, viewer, about, today };
  }
  const scope = await scopeWithin(context, 'export.take', context.scope);
  const [about] = await topUnits(read, scope.unitIds);
  if (!about) throw new UserError('还没有单位通讯录，请先导入单位通讯录。发送“模板 通讯录”可以得到空表。');
  return { scope, viewer, about, today, confidant: confidantOf(context) };
}
