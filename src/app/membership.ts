import type { Instant } from '../domain/calendar/local-date.ts';
import type { Change } from '../ports/changes.ts';
import type { Reads } from '../ports/store.ts';

/**
 * Whether something later is known of the group than what an event says: Lark pushes what was not acknowledged again, hours late and out of
 * order. Such an event changes nothing, greets nobody and is not in the record; the store says so too, should two come at once.
 */
export async function isOvertaken(
  store: Pick<Reads, 'groupTimes'>,
  { chatId, at }: { readonly chatId: string; readonly at: Instant },
  told: readonly Change[],
): Promise<boolean> {
  const isState = told.some(({ kind }) => kind === 'group.joined' || kind === 'group.gone');
  const isName = told.some(({ kind }) => kind === 'group.renamed');
  if (!isState && !isName) return false;
  const { stateAt, nameAt } = await store.groupTimes(chatId);
  return at < (isName ? nameAt : stateAt);
}
