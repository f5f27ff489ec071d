import { type Acting, type Action, type Item, reachOf, whyNot } from '../domain/work/rights.ts';
import type { Reads } from '../ports/store.ts';
import { UserError } from './errors.ts';

interface Asking {
  readonly actor: Acting;
  readonly read: Pick<Reads, 'unitsAbove' | 'isWithin'>;
}

/**
 * Refuses what the sender may not do, with the sentence of the table of rights. `on` names what is acted on; without it the action concerns
 * the whole district. A handler asks before it decides anything else, so that a refusal tells nothing about the item.
 */
export async function requireRight({ actor, read }: Asking, action: Action, on?: Omit<Item, 'above'>): Promise<void> {
  const item = on && { ...on, above: await read.unitsAbove(on.unitIds) };
  const refusal = whyNot(actor, action, item);
  if (refusal) throw new UserError(refusal);
}

/** Of these the ones that the sender's roles reach; what belongs to no unit is for whoever has the right everywhere. */
export async function reachable<Thing>(
  { actor, read }: Asking,
  action: Action,
  things: readonly Thing[],
  unitIdOf: (thing: Thing) => string | undefined,
): Promise<readonly Thing[]> {
  const reach = reachOf(actor, action);
  if (reach === 'everywhere') return things;
  const own: Thing[] = [];
  for (const thing of things) {
    const unitId = unitIdOf(thing);
    if (unitId !== undefined && (await read.isWithin(unitId, reach))) own.push(thing);
  }
  return own;
}
