import { addDays } from '../../domain/calendar/local-date.ts';
import type { Situation } from '../../language/command.ts';

const LOOKED_AT = { before: 60, after: 30 };

/** The accounts of those who have inspected lately or soon will, where the asker arranges visits, the most frequent first. */
export async function inspectors(context: Situation): Promise<readonly string[]> {
  const { read, scope, today } = context;
  const span = { from: addDays(today, -LOOKED_AT.before), to: addDays(today, LOOKED_AT.after) };
  const visits = await read.inspections({ scope, span });
  const seats = visits.flatMap(({ team }) => team.flatMap(({ openId }) => openId ?? []));
  return [...Map.groupBy(seats, (openId) => openId)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([openId]) => openId);
}
