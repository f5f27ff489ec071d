import { reachOf } from '../../domain/work/rights.ts';
import type { Scope } from '../../ports/store.ts';
import type { Context } from '../command.ts';

/** In a direct chat whoever may change visits sees those, not only the visits of their own unit. */
export async function managedScope({
  chat,
  scope,
  actor,
  read,
}: Pick<Context<unknown>, 'chat' | 'scope' | 'actor' | 'read'>): Promise<Scope> {
  const reach = chat.type === 'p2p' ? reachOf(actor, 'visit.change') : [];
  const units = reach === 'everywhere' ? await read.topUnits() : reach;
  return { ...scope, unitIds: [...scope.unitIds, ...units] };
}
