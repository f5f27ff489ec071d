import type { UnitRef } from '../../domain/work/unit.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';
import { officeReach } from '../findings/finding-desk.ts';
import { resolveUnit } from '../resolve.ts';
import type { UnitMention } from '../slots.ts';
import { topUnits } from '../top-units.ts';

type Asking = Pick<Context<unknown>, 'read' | 'scope' | 'chat' | 'actor'>;

/** The units that are counted: the one that is named, else all that the chat sees, as lists do. */
export async function countedUnits(context: Asking, units: readonly UnitMention[]): Promise<readonly UnitRef[]> {
  const { read, scope, chat } = context;
  const unit = await resolveUnit(units, context);
  const reach = chat.type === 'p2p' ? officeReach(context) : [];
  const seen = await topUnits(read, reach === 'everywhere' ? reach : [...scope.unitIds, ...reach]);
  if (!unit) return seen;
  const seenIds = seen.map(({ id }) => id);
  if (!(await read.isWithin(unit.id, seenIds)))
    throw new UserError(`这里不能查看“${unit.name}”：只能查看本单位及下属单位。`);
  return [unit];
}
