import type { Context } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { reachable, requireRight } from '../../language/who/rights.ts';
import { type BoundGroup, groupLabel, groupsCalled, isBound } from './named-groups.ts';

/** What a line about rules is about: the groups that it names, else the chat's own, else the only one that there is. */
export interface Place {
  readonly groups: readonly BoundGroup[];
  /** All bound groups, when they were asked for. */
  readonly all: readonly BoundGroup[];
  /** What a line has to say beside the number: 在“甲群”; nothing in the group itself. */
  readonly named: string;
}

/** `names`: the groups as written. Refused where the sender may change no rules. */
export async function placeOf(context: Context<unknown>, names: string | undefined): Promise<Place> {
  const { chat, read } = context;
  if (chat.type === 'group' && names === undefined) {
    const { group } = chat;
    if (!group || !isBound(group)) throw new UserError('本群还没有绑定单位，请先发送：绑定 单位名称');
    await requireRight(context, 'reminder.change', { unitIds: [group.unit.id] });
    return { groups: [group], all: [], named: '' };
  }
  const bound = (await read.activeGroups()).map(({ group }) => group).filter(isBound);
  const all = await reachable(context, 'reminder.change', bound, ({ unit }) => unit.id);
  if (all.length === 0) throw new UserError('还没有绑定单位的群。把督导助手拉进群，在群里发送：绑定 单位名称');
  const groups = names === undefined ? [] : groupsCalled(names, all);
  const [only] = all.length === 1 ? all : groups;
  const named = only && (groups.length === 1 || all.length === 1) ? `在“${groupLabel(only, all)}”` : '';
  return { all, named, groups: groups.length === 0 && all.length === 1 ? all : groups };
}

/** The place of what concerns groups; asked back where none is meant. */
export async function groupsMeant(
  context: Context<unknown>,
  names: string | undefined,
): Promise<Place & { readonly groups: readonly [BoundGroup, ...BoundGroup[]] }> {
  const place = await placeOf(context, names);
  const [group, ...others] = place.groups;
  if (!group) throw new UserError(`请写明哪个群，在这一行后面加上：在“${place.all[0]?.name ?? '群名'}”。`);
  return { ...place, groups: [group, ...others] };
}

/** The place of a rule's number, which is its group's own. */
export async function groupMeant(
  context: Context<unknown>,
  names: string | undefined,
): Promise<Place & { readonly group: BoundGroup }> {
  const place = await groupsMeant(context, names);
  const [group, ...others] = place.groups;
  if (others.length > 0) throw new UserError('编号是各群自己的，一次只能改一个群的规则，请只写一个群。');
  return { ...place, group };
}
