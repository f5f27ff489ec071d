import type { WorkGroup } from '../../domain/work/group.ts';
import { mayAnywhere, reachOf } from '../../domain/work/rights.ts';
import { collectiveOf, collectivesOf } from '../../domain/work/unit.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';
import { unitNamed } from '../unit-named.ts';

type Asking = Omit<Context<never>, 'args'>;

/** The groups that are meant by 望海区、临江区, by a group's own name, by 各县区, or by 全部群; `expanded` when they were not named one by one. */
export async function noticeGroups(
  names: readonly string[],
  asking: Asking,
): Promise<{ readonly groups: readonly WorkGroup[]; readonly expanded: boolean }> {
  const { read } = asking;
  const all = (await read.activeGroups()).map(({ group }) => group).filter(({ unit }) => unit !== undefined);
  const found: WorkGroup[] = [];
  let expanded = false;
  for (const name of names) {
    const collective = collectiveOf(name);
    if (/^(?:全部|所有)(?:工作)?群?$|^各群$/.test(name)) {
      found.push(...(await reached(all, asking)));
      expanded = true;
    } else if (collective) {
      for (const group of await reached(all, asking)) {
        const unit = group.unit && (await read.unit(group.unit.id));
        if (unit && collectivesOf(unit.kind).includes(collective)) found.push(group);
      }
      expanded = true;
    } else {
      found.push(...(await named(name, all, asking)));
    }
  }
  const groups = [...new Map(found.map((group) => [group.chatId, group])).values()];
  if (groups.length === 0) throw new UserError(`没有找到“${names.join('、')}”的工作群。发送“工作群”看有哪些群。`);
  return { groups, expanded };
}

async function named(name: string, all: readonly WorkGroup[], asking: Asking): Promise<readonly WorkGroup[]> {
  const byName = all.filter((group) => group.name === name);
  if (byName.length > 0) return byName;
  const unit = await unitNamed(name, asking);
  const bound = await asking.read.boundGroups(unit.id);
  if (bound.length === 0)
    throw new UserError(`“${unit.name}”还没有绑定的工作群，没有发送。请先把督导助手拉进它的群并绑定。`);
  return bound;
}

/** Of all groups those that the sender's role reaches. */
async function reached(all: readonly WorkGroup[], { actor, read }: Asking): Promise<readonly WorkGroup[]> {
  const reach = reachOf(actor, 'notice.send');
  if (reach === 'everywhere') return all;
  const own: WorkGroup[] = [];
  for (const group of all) if (group.unit && (await read.isWithin(group.unit.id, reach))) own.push(group);
  return mayAnywhere(actor, 'notice.send') ? own : [];
}
