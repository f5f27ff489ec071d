import type { UnitRef } from '../domain/work/unit.ts';
import type { Reads } from '../ports/store.ts';

/** The units of a reach, none of them below another, so that nothing stands or counts twice. */
export async function topUnits(
  read: Pick<Reads, 'rootUnits' | 'unit' | 'isWithin'>,
  reach: 'everywhere' | readonly string[],
): Promise<readonly UnitRef[]> {
  if (reach === 'everywhere') return read.rootUnits();
  const ids = [...new Set(reach)];
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
