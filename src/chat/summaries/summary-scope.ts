import type { UnitRef } from '../../domain/work/unit.ts';
import type { Context, UnitMention } from '../command.ts';
import { UserError } from '../errors.ts';
import { officeReach } from '../findings/findings.ts';
import { resolveUnit } from '../resolve.ts';

type Asking = Pick<Context<unknown>, 'read' | 'scope' | 'chat' | 'actor'>;

/** The units that are counted, none of them below another, so that nothing is counted twice: the one that is named, else all that the chat sees. */
export async function countedUnits(context: Asking, units: readonly UnitMention[]): Promise<readonly UnitRef[]> {
  const { read } = context;
  const unit = await resolveUnit(units, context);
  const seen = await topUnits(context);
  if (!unit) return seen;
  const seenIds = seen.map(({ id }) => id);
  if (!(await read.isWithin(unit.id, seenIds)))
    throw new UserError(`这里不能查看“${unit.name}”：只能查看本单位及下属单位。`);
  return [unit];
}

async function topUnits({ read, scope, chat, actor }: Asking): Promise<readonly UnitRef[]> {
  const reach = chat.type === 'p2p' ? officeReach({ actor }) : [];
  if (reach === 'everywhere') return read.rootUnits();
  const ids = [...new Set([...scope.unitIds, ...reach])];
  const units = await Promise.all(
    ids.map(async (id) => {
      const unit = await read.unit(id);
      const below = await read.isWithin(
        id,
        ids.filter((other) => other !== id),
      );
      return unit && !below ? [unit] : [];
    }),
  );
  return units.flat();
}
