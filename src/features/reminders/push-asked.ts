import type { Deadline } from '../../domain/tasks/deadline.ts';
import type { VisibleInspection } from '../../domain/visits/inspection.ts';
import type { Reads } from '../../ports/store.ts';

/** Who is asked for 收到 by a part of a push: accounts, and the people who speak for a unit, by name or as its liaison. */
export interface Named {
  readonly openIds: readonly string[];
  readonly speakers: readonly { readonly unitId: string; readonly name: string }[];
}

/**
 * Of visits: the team, and the visited unit's liaison. Nobody speaks for a target that is withheld: that they are asked would tell. The
 * rest of the group only reads.
 */
export const namedInVisits = (visits: readonly VisibleInspection[]): Named => ({
  openIds: visits.flatMap(({ inspection }) => inspection.team.flatMap(({ openId }) => openId ?? [])),
  speakers: visits.flatMap((visit) =>
    visit.withheld
      ? []
      : ['', ...visit.inspection.contact.split(/[\s、,，;；/]+/)].map((name) => ({
          unitId: visit.inspection.unit.id,
          name,
        })),
  ),
});

/** Of what is due: those who are responsible, and the liaisons of the units that lead. */
export const namedInDeadlines = (deadlines: readonly Deadline[]): Named => ({
  openIds: deadlines.flatMap(({ people }) => people.flatMap(({ openId }) => openId ?? [])),
  speakers: deadlines.flatMap(({ units }) =>
    units.flatMap(({ role, unit }) => (role === 'lead' && unit ? [{ unitId: unit.id, name: '' }] : [])),
  ),
});

export const NOBODY_NAMED: Named = { openIds: [], speakers: [] };

/** Open ids; whether they are in the group is another question. */
export async function askedBy(store: Pick<Reads, 'liaisons'>, named: readonly Named[]): Promise<readonly string[]> {
  const speakers = named.flatMap((part) => part.speakers);
  const distinct = new Map(speakers.map((speaker) => [`${speaker.unitId} ${speaker.name}`, speaker]));
  return [...new Set([...named.flatMap(({ openIds }) => openIds), ...(await store.liaisons([...distinct.values()]))])];
}
