import type { UnitRef } from '../../domain/people/unit.ts';
import type { Context } from '../../language/command.ts';
import { resolveOwnUnit } from '../../language/who/resolve.ts';
import { topUnits } from '../../language/who/top-units.ts';
import type { UnitMention } from '../../language/words/slots.ts';

/** The units that are counted: the one that is named, else all that the chat sees. */
export async function countedUnits(
  context: Pick<Context<unknown>, 'read' | 'scope'>,
  units: readonly UnitMention[],
): Promise<readonly UnitRef[]> {
  const unit = await resolveOwnUnit(units, context);
  return unit ? [unit] : topUnits(context.read, context.scope.unitIds);
}
