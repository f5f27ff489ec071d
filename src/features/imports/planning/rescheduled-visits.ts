import type { LocalDate } from '../../../domain/calendar/local-date.ts';
import type { Inspection, TeamSeat } from '../../../domain/visits/inspection.ts';
import type { InspectionRow } from '../../../ports/rows.ts';
import type { Reads } from '../../../ports/store.ts';

interface Rescheduled {
  readonly before: Inspection;
  readonly after: Inspection;
}

/** The planned visits to come that a table changes in what people act by: day, hour, matter, team. A corrected phone number calls nobody. */
export async function rescheduledVisits(
  read: Reads,
  rows: readonly Omit<InspectionRow, 'version'>[],
  visits: ReadonlyMap<string, Inspection>,
  today: LocalDate,
): Promise<readonly Rescheduled[]> {
  const changed = rows.flatMap((row) => {
    const before = visits.get(row.id);
    const isToCome = before?.state === 'planned' && (before.to >= today || row.to >= today);
    return before && isToCome && actedBy(before) !== actedBy(row) ? [{ before, row }] : [];
  });
  return Promise.all(
    changed.map(async ({ before, row }): Promise<Rescheduled> => {
      const { from, to, dateText, period, starts, beginsAt, kind, topic, unannounced, contact, contactPhone, note } =
        row;
      const team = await Promise.all(row.team.map((seat) => known(read, before.team, seat)));
      const now = {
        from,
        to,
        dateText,
        period,
        starts,
        beginsAt,
        kind,
        topic,
        unannounced,
        contact,
        contactPhone,
        note,
      };
      return { before, after: { ...before, ...now, team, reason: '' } };
    }),
  );
}

type Acted = Pick<Inspection, 'from' | 'to' | 'dateText' | 'period' | 'starts' | 'kind' | 'topic'> & {
  readonly team: readonly Pick<TeamSeat, 'role' | 'name'>[];
};
const actedBy = ({ from, to, dateText, period, starts, kind, topic, team }: Acted): string =>
  [from, to, dateText, period, starts ?? '', kind, topic, ...team.map(({ role, name }) => `${role} ${name}`)].join(
    '\n',
  );

async function known(read: Reads, team: readonly TeamSeat[], seat: InspectionRow['team'][number]): Promise<TeamSeat> {
  const { personId } = seat;
  const standing = team.find((other) => other.personId !== undefined && other.personId === personId);
  const person = standing ?? (personId === undefined ? undefined : await read.person(personId));
  return { ...seat, openId: person?.openId };
}
