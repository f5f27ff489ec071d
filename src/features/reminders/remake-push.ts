import type { MadeAgain, Waiting } from '../../language/answer/made-again.ts';
import type { PushRemake } from '../../ports/remake.ts';
import { decideOccurrence } from './occurrence.ts';
import type { Pusher } from './push.ts';

/** What the group's reminders of that time say now: late is marked 补发, and what has lost its sense is nothing. */
export async function remakePush(
  core: Pusher,
  { rules, nominalAt }: PushRemake,
  { chatId, now }: Waiting,
): Promise<MadeAgain> {
  const [group, settings] = await Promise.all([core.store.group(chatId), core.store.settings()]);
  if (!group) return { nothing: '群已不在' };
  const { outcome, doc, bare } = await decideOccurrence(core, { group, rules, nominalAt, settings }, now);
  const delayed = (became: 'late' | 'missed') =>
    [{ kind: 'occurrence.delayed', chatId, nominalAt, outcome: became }] as const;
  if (outcome === 'missed') return { nothing: '已过时，不再补发', changes: delayed('missed') };
  if (!doc) return { nothing: '要说的都已办结或变更' };
  const nominal = { from: nominalAt, before: nominalAt + 1 };
  const [asked] = await core.store.notices({ chatId, kind: 'push', nominal, since: 0, limit: 1 });
  // Who is asked for 收到 was written down when it was first made: without that there is nothing to press.
  return { doc: asked ? doc : (bare ?? doc), ...(outcome === 'late' && { changes: delayed('late') }) };
}
