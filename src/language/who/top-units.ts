import type { UnitRef } from '../../domain/people/unit.ts';
import type { Reads } from '../../ports/store.ts';

/** The units of a scope, none of them below another, so that nothing stands or counts twice. */
export async function topUnits(
  read: Pick<Reads, 'unit' | 'isWithin'>,
  unitIds: readonly string[],
): Promise<readonly UnitRef[]> {
  const ids = [...new Set(unitIds)];
  const units = await Promise.all(
    ids.map(async (id) => {
      const unit = await read.unit(id);
      const below = await read.isWithin(
        id,
        ids.filter((other) => other !== id),
      );
      return unit && !below ? [{ id, name: unit.name }] : [];
    }),
  );
  return units.flat();
}
