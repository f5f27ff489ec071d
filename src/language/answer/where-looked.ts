import type { Doc } from '../../cards/views.ts';
import type { Reads } from '../../ports/store.ts';
import type { Context } from '../command.ts';
import { topUnits } from '../who/top-units.ts';

/**
 * An answer that found nothing, behind where was looked and where more can be seen: below it, nothing would be taken for nothing anywhere. In a direct chat only: a group's unit is known to whoever
 * asks there; and not for whoever sees everything.
 */
export async function withWhereLooked(
  reply: Doc,
  context: Pick<Context, 'chat' | 'actor' | 'scope' | 'read'>,
): Promise<Doc> {
  const where = await whereLooked(context);
  return where === undefined
    ? reply
    : {
        ...reply,
        summary: `${where.here}：${reply.summary}`,
        blocks: [{ kind: 'text', text: [`${where.here}${where.more}。`] }, ...reply.blocks],
      };
}

async function whereLooked({
  chat,
  actor,
  scope,
  read,
}: Pick<Context, 'chat' | 'actor' | 'scope' | 'read'>): Promise<
  { readonly here: string; readonly more: string } | undefined
> {
  if (chat.type === 'group' || scope.unitIds.length === 0) return undefined;
  const roots = await read.roots();
  if (roots.every((id) => scope.unitIds.includes(id))) return undefined;
  const units = await topUnits(read, scope.unitIds);
  const here = `这里只看${units.map(({ name }) => `“${name}”`).join('、')}`;
  for (const { unit } of actor.people) {
    const wider = await widerGroup(read, unit.id, scope.unitIds);
    if (wider) return { here, more: `；${wider.unit}的请到“${wider.group}”里问` };
  }
  return { here, more: '' };
}

/** The nearest group that sees more than this chat does. */
async function widerGroup(read: Reads, unitId: string, seen: readonly string[]) {
  for (let unit = await read.unit(unitId); unit?.parentId !== undefined; ) {
    unit = await read.unit(unit.parentId);
    if (!unit || (await read.isWithin(unit.id, seen))) continue;
    const [group] = await read.boundGroups(unit.id);
    if (group) return { unit: unit.name, group: group.name };
  }
  return undefined;
}
