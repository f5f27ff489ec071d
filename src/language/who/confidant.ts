import { reachOf } from '../../domain/people/rights.ts';
import type { Confidant } from '../../ports/tasks.ts';
import type { Context } from '../command.ts';

/** In a direct chat, whose confidential tasks may be shown; in a group nobody's. */
export function confidantOf({ chat, actor }: Pick<Context, 'chat' | 'actor'>): Confidant | undefined {
  if (chat.type === 'group') return undefined;
  const personIds = actor.people.map(({ id }) => id);
  return { openId: actor.openId, personIds, office: reachOf(actor, 'task.change') };
}
