import type { WorkGroup } from '../../domain/groups/group.ts';
import { collectiveOf } from '../../domain/people/unit.ts';
import type { Owed, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { reachable } from '../../language/who/rights.ts';
import { unitNamed } from '../../language/who/unit-named.ts';
import { unitsMeant } from '../recipients/who-hears.ts';

export interface NoticeGroups {
  readonly groups: readonly WorkGroup[];
  /** They were not named one by one. */
  readonly expanded: boolean;
  /** Units of a collective that have no group of their own. */
  readonly unreached: NonNullable<Owed['unreached']>;
}

/** The groups that are meant by 望海区、临江区, by a group's own name, by 各县区, or by 全部群. */
export async function noticeGroups(names: readonly string[], context: Situation): Promise<NoticeGroups> {
  const { read } = context;
  const all = (await read.activeGroups()).map(({ group }) => group).filter(({ unit }) => unit !== undefined);
  const found: WorkGroup[] = [];
  const unreached: { readonly name: string; readonly why: string }[] = [];
  let expanded = false;
  for (const name of names) {
    const collective = collectiveOf(name);
    if (/^(?:全部|所有)(?:工作)?群?$|^各群$/.test(name)) {
      found.push(...(await reachable(context, 'notice.send', all, ({ unit }) => unit?.id)));
      expanded = true;
    } else if (collective) {
      const meant = await reachable(context, 'notice.send', await unitsMeant(read, collective), ({ id }) => id);
      for (const same of Map.groupBy(meant, ({ id, standsFor }) => standsFor?.id ?? id).values()) {
        const bound = all.filter(({ unit }) => same.some(({ id }) => id === unit?.id));
        found.push(...bound);
        if (bound.length === 0) unreached.push({ name: same[0]?.standsFor?.name ?? '', why: '没有工作群' });
      }
      expanded = true;
    } else {
      found.push(...(await named(name, all, context)));
    }
  }
  const groups = [...new Map(found.map((group) => [group.chatId, group])).values()];
  if (groups.length === 0) throw new UserError(`没有找到“${names.join('、')}”的工作群。发送“工作群”看有哪些群。`);
  return { groups, expanded, unreached };
}

async function named(name: string, all: readonly WorkGroup[], context: Situation): Promise<readonly WorkGroup[]> {
  const byName = all.filter((group) => group.name === name);
  if (byName.length > 0) return byName;
  const unit = await unitNamed(name, context);
  const bound = await context.read.boundGroups(unit.id);
  if (bound.length === 0)
    throw new UserError(`“${unit.name}”还没有绑定的工作群，没有发送。请先把督导助手拉进它的群并绑定。`);
  return bound;
}
