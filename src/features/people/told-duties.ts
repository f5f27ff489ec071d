import { addDays } from '../../domain/calendar/local-date.ts';
import { isWithheld } from '../../domain/visits/inspection.ts';
import type { Context } from '../../language/command.ts';
import type { BookedPerson, Duties } from '../../ports/people.ts';
import { toldHere } from '../visits/visit-find.ts';

/** Longer than any visit is planned ahead. */
const AHEAD_DAYS = 800;

/**
 * Of somebody's duties what this chat may know of: an unannounced visit is told by the count of a team's duties as much as by its name, and
 * by the visited unit's contact altogether. What is handed over is all of them.
 */
export async function toldDuties(
  asking: Pick<Context<never>, 'read' | 'chat' | 'actor' | 'viewer' | 'now' | 'today'>,
  person: BookedPerson,
  duties: Duties,
): Promise<Duties> {
  const { read, now, today } = asking;
  if (![...duties.visits, ...duties.contacts].some((visit) => isWithheld(visit, now))) return duties;
  const visits = await read.inspections({
    scope: { unitIds: [person.unit.id], personIds: [person.id] },
    cancelled: true,
    span: { from: today, to: addDays(today, AHEAD_DAYS) },
  });
  const told = new Map(toldHere(asking, visits).map((visit) => [visit.inspection.id, visit]));
  return {
    ...duties,
    visits: duties.visits.filter((visit) => !isWithheld(visit, now) || told.has(visit.id)),
    contacts: duties.contacts.filter((visit) => !isWithheld(visit, now) || told.get(visit.id)?.withheld === false),
  };
}
