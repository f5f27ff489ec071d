import { addDays } from '../../domain/calendar/local-date.ts';
import type { FindingFacts } from '../../domain/findings/finding.ts';
import { seatsOf } from '../../domain/visits/inspection.ts';
import type { Context } from '../../language/command.ts';

/** Whoever was on the team of a visit to the unit within these days has seen how it stands. */
const VISITED_DAYS = 14;

/** The inspectors of a problem: the team of the visit on which it was found, and of the unit's visits of the last days. */
export async function inspectorsOf(
  { read, today }: Pick<Context<never>, 'read' | 'today'>,
  { unit, visit }: Pick<FindingFacts, 'unit' | 'visit'>,
): Promise<readonly string[]> {
  const [found, recent] = await Promise.all([
    visit && read.inspectionByNumber(visit.number),
    read.inspections({
      scope: { unitIds: [unit.id] },
      unitId: unit.id,
      span: { from: addDays(today, -VISITED_DAYS), to: today },
    }),
  ]);
  return [...(found ? [found] : []), ...recent].flatMap(seatsOf);
}
