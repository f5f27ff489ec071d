import {
  type Acting,
  type Action,
  beyondReach,
  type Item,
  may,
  mayAnywhere,
  reachOf,
  rolesFor,
  whyNot,
} from '../../domain/people/rights.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Reads } from '../../ports/store.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';

/** Who asks, as the table of rights knows them, and what is read to answer. */
interface RightsContext {
  readonly actor: Acting;
  readonly read: Pick<Reads, 'unitsAbove' | 'directory' | 'unit' | 'roleHolders'>;
}

/** What is acted on, as a handler knows it. `shown`: the sender sees its units, or has written them, so that a refusal may name them. */
type On = Omit<Item, 'units'> & { readonly unitIds: readonly string[]; readonly shown?: true };

/** What the table of rights is asked about. */
export async function itemOf(
  read: Pick<Reads, 'unitsAbove' | 'directory'>,
  { unitIds, shown: _, ...on }: On,
): Promise<Item> {
  const ids = [...new Set(unitIds)];
  const above = await aboveEach(read, ids);
  return { ...on, units: ids.map((id) => ({ id, above: above.get(id) ?? [] })) };
}

/** More units than this are looked up in the directory, in one question. */
const FEW = 20;

/** Each unit and those above it. */
async function aboveEach(
  read: Pick<Reads, 'unitsAbove' | 'directory'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length <= FEW)
    return new Map(await Promise.all(ids.map(async (id) => [id, await read.unitsAbove([id])] as const)));
  const { units } = await read.directory();
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]));
  const chain = (id: string | undefined): readonly string[] =>
    id === undefined || !parents.has(id) ? [] : [id, ...chain(parents.get(id))];
  return new Map(ids.map((id) => [id, chain(id)]));
}

/**
 * Refuses what the sender may not do, with the sentence of the table of rights and the people who may. `on` names what is acted on; without it
 * the action concerns the whole district. A handler asks before it decides anything else, so that a refusal tells nothing about the item.
 */
export async function requireRight({ actor, read }: RightsContext, action: Action, on?: On): Promise<void> {
  const item = on && (await itemOf(read, on));
  const refusal = whyNot(actor, action, item);
  if (!refusal) return;
  // Whoever has no such right anywhere is not helped by the names of units.
  const beyond = item && on?.shown && mayAnywhere(actor, action) ? beyondReach(actor, action, item) : [];
  const units = (await Promise.all(beyond.map((id) => read.unit(id)))).flatMap((unit) => unit?.name ?? []);
  throw new UserError(
    [
      refusal,
      ...(units.length > 0 ? [`管不到的单位：${units.join('、')}。`] : []),
      ...(await ableTo(read, action, item)),
    ].join(''),
  );
}

/** So many are named. */
const NAMED = 3;

/** Those who may, as far as the address book knows their accounts. */
async function ableTo(read: RightsContext['read'], action: Action, item: Item | undefined): Promise<readonly string[]> {
  const able = (await holdersAble(read, action, item)).flatMap(({ people: [person] }) =>
    person ? [`${person.unit.name} ${person.name}`] : [],
  );
  const more = able.length > NAMED ? `等 ${able.length} 人` : '';
  return able.length > 0 ? [`可以办理的：${able.slice(0, NAMED).join('、')}${more}。`] : [];
}

/** Accounts whose roles give them this right over the item. */
export async function holdersAble(read: Pick<Reads, 'roleHolders'>, action: Action, item: Item | undefined) {
  const over = item?.units.flatMap(({ above }) => above) ?? [];
  const accounts = Map.groupBy(await read.roleHolders(rolesFor(action), over), ({ openId }) => openId);
  return [...accounts].flatMap(([openId, roles]) => {
    const account = { openId, roles, people: roles[0]?.people ?? [], isAdministrator: false };
    return may(account, action, item) ? [account] : [];
  });
}

/** Of these the ones that the sender's roles reach; what belongs to no unit is for whoever has the right everywhere. */
export async function reachable<Thing>(
  { actor, read }: RightsContext,
  action: Action,
  things: readonly Thing[],
  unitIdOf: (thing: Thing) => string | undefined,
): Promise<readonly Thing[]> {
  const reach = reachOf(actor, action);
  if (reach === 'everywhere') return things;
  const above = await aboveEach(read, [...new Set(things.flatMap((thing) => unitIdOf(thing) ?? []))]);
  return things.filter((thing) => above.get(unitIdOf(thing) ?? '')?.some((id) => reach.includes(id)));
}

/** The part of a scope over which the sender's roles give the right: what somebody sees of two counties they may list of one. */
export async function scopeWithin(
  { actor, read }: { readonly actor: Acting; readonly read: Pick<Reads, 'isWithin'> },
  action: Action,
  scope: Scope,
): Promise<Scope> {
  const reach = reachOf(actor, action);
  if (reach === 'everywhere') return scope;
  const kept: string[] = [];
  for (const id of scope.unitIds) if (await read.isWithin(id, reach)) kept.push(id);
  for (const id of reach) if (await read.isWithin(id, scope.unitIds)) kept.push(id);
  return { ...scope, unitIds: [...new Set(kept)] };
}

/** What may be listed in this chat: what the sender's roles reach, and in a group no more than the group sees, for all of it read the answer. */
export async function listable<Thing>(
  context: RightsContext & Pick<Context, 'chat' | 'scope'>,
  action: Action,
  things: readonly Thing[],
  unitIdOf: (thing: Thing) => string | undefined,
): Promise<readonly Thing[]> {
  const { chat, scope, read } = context;
  const reached = await reachable(context, action, things, unitIdOf);
  if (chat.type === 'p2p') return reached;
  const above = await aboveEach(read, [...new Set(reached.flatMap((thing) => unitIdOf(thing) ?? []))]);
  return reached.filter((thing) => above.get(unitIdOf(thing) ?? '')?.some((id) => scope.unitIds.includes(id)));
}

/** Refuses in a group what is of a unit that the group does not see: whoever may do it does it in the direct chat. */
export async function refuseElsewhere(
  unit: UnitRef,
  what: string,
  { chat, scope, read }: Pick<Context, 'chat' | 'scope' | 'read'>,
): Promise<void> {
  if (chat.type === 'group' && !(await read.isWithin(unit.id, scope.unitIds)))
    throw new UserError(`本群只能办理本单位及下属单位的${what}，“${unit.name}”请在单聊里办理。`);
}
