import type { UnitRef } from '../../domain/work/unit.ts';
import type { Context } from '../command.ts';
import { resolveOwnUnit } from '../resolve.ts';
import type { UnitMention } from '../slots.ts';
import { topUnits } from '../top-units.ts';

/** The units that are counted: the one that is named, else all that the chat sees. */
export async function countedUnits(
  context: Pick<Context<unknown>, 'read' | 'scope'>,
  units: readonly UnitMention[],
): Promise<readonly UnitRef[]> {
  const unit = await resolveOwnUnit(units, context);
  return unit ? [unit] : topUnits(context.read, context.scope.unitIds);
}
