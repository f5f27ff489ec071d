import { isAction, mayAnywhere, reachOf, whoMay } from '../../domain/people/rights.ts';
import type { Viewer } from '../../domain/visits/inspection.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Reads } from '../../ports/store.ts';
import type { Actor, Chat, CommandCard } from '../command.ts';

/**
 * What a chat may see, whatever is asked: a group what its unit sees, a person what their own units see and what their roles reach. The
 * sender's rank does not widen a group.
 */
export async function scopeOf(chat: Chat, actor: Actor, read: Pick<Reads, 'roots' | 'sights'>): Promise<Scope> {
  if (chat.type === 'group') return { unitIds: chat.group?.unit ? [chat.group.unit.sees] : [] };
  const personIds = actor.people.map(({ id }) => id);
  const reach = reachOf(actor, 'unit.read');
  if (reach === 'everywhere') return { unitIds: await read.roots(), personIds };
  const own = await read.sights(actor.people.map(({ unit }) => unit.id));
  return { unitIds: [...new Set([...reach, ...own])], personIds };
}

export function viewerOf(chat: Chat, actor: Actor): Viewer {
  if (chat.type === 'group') return { kind: 'group', isRoot: chat.group?.unit?.isRoot === true };
  return { kind: 'person', personIds: actor.people.map(({ id }) => id) };
}

/** Why this command is not for this sender in this chat, with the next step; undefined when it is. */
export function refusalOf(command: CommandCard, chat: Chat, actor: Actor): string | undefined {
  if (!command.where.includes(chat.type)) {
    return chat.type === 'p2p'
      ? `“${command.name}”要在工作群里用：把督导助手拉进群，再@它发送。`
      : `“${command.name}”请在单聊里发给督导助手。`;
  }
  if (command.allow === 'administrator' && !actor.isAdministrator)
    return actor.roles.some(({ role }) => role === 'administrator')
      ? `“${command.name}”只有管理全部单位的管理员可以用，请联系他们。`
      : `“${command.name}”只有管理员可以用，请联系管理员。`;
  if (isAction(command.allow))
    return mayAnywhere(actor, command.allow)
      ? undefined
      : `“${command.name}”只有${whoMay(command.allow)}可以用，请联系管理员。`;
  if (command.allow !== 'member') return undefined;
  if (chat.type === 'group') return chat.group?.unit ? undefined : '本群还没有绑定单位，请管理员发送：绑定 单位名称';
  return actor.people.length > 0 ? undefined : '还不知道您是谁，请先发送：我是 姓名';
}
