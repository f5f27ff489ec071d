import { type Acting, type Action, type Item, whyNot } from '../domain/work/rights.ts';
import type { Reads } from '../ports/store.ts';
import { UserError } from './errors.ts';

type Asking = { readonly actor: Acting; readonly read: Pick<Reads, 'unitsAbove'> };

/**
 * Refuses what the sender may not do, with the sentence of the table of rights. `on` names what is acted on; without it the action concerns
 * the whole district. A handler asks before it decides anything else, so that a refusal tells nothing about the item.
 */
export async function requireRight({ actor, read }: Asking, action: Action, on?: Omit<Item, 'above'>): Promise<void> {
  const item = on && { ...on, above: await read.unitsAbove(on.unitIds) };
  const refusal = whyNot(actor, action, item);
  if (refusal) throw new UserError(refusal);
}
