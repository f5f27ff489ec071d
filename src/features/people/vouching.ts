import type { Acting, Item } from '../../domain/people/rights.ts';
import { holdersAble, itemOf } from '../../language/who/rights.ts';
import type { Reads } from '../../ports/store.ts';

/**
 * Nobody vouches for themselves: who an account is, that two rows are one person, and that somebody's roles and secrets go to somebody
 * else, is another administrator's word.
 */

type VouchingContext = {
  readonly actor: Acting;
  readonly read: Pick<Reads, 'roleHolders' | 'unitsAbove' | 'directory'>;
};

interface Somebody {
  readonly id: string;
  readonly openId?: string | undefined;
}

/** A row of the address book that the sender's account stands for, under whatever name. */
export const isOneself = ({ openId, people }: Acting, person: Somebody): boolean =>
  person.openId === openId || people.some(({ id }) => id === person.id);

/** Accounts of other administrators who may change people of all these units; of everything, when there are none. */
export async function otherAdministrators({ actor, read }: VouchingContext, unitIds: readonly string[] | undefined) {
  const item: Item | undefined = unitIds && (await itemOf(read, { unitIds }));
  return (await holdersAble(read, 'people.change', item)).filter(({ openId }) => openId !== actor.openId);
}

/** The end of a refusal: who can do it instead, or how somebody comes to be there who can. */
export async function askAnother(context: VouchingContext, unitIds?: readonly string[]): Promise<string> {
  const others = await otherAdministrators(context, unitIds);
  const names = others.flatMap(({ people: [person] }) => (person ? [`${person.unit.name} ${person.name}`] : []));
  if (others.length > 0) return `请由另一位管理员办理${names.length > 0 ? `：${names.slice(0, 3).join('、')}` : ''}。`;
  return '现在没有另一位管理员：请先授予一位（角色 授予 管理员 @某人），由对方办理。';
}

/** Who waits to be confirmed, as far as it is the sender's to confirm. */
export async function requestsOfOthers(
  { actor, read }: { readonly actor: Acting; readonly read: Pick<Reads, 'linkRequests'> },
  limit: number,
) {
  const waiting = await read.linkRequests(limit);
  return waiting.filter(({ openId, person }) => openId !== actor.openId && !isOneself(actor, person));
}
