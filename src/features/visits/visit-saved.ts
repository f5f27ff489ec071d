import { addDays, type Instant, type LocalDate, MINUTE_MS } from '../../domain/calendar/local-date.ts';
import { type Inspection, visitNumber } from '../../domain/visits/inspection.ts';
import type { Outcome, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';

/** Whoever changes a visit that another has just changed is told so first. */
const JUST_NOW_MS = 2 * MINUTE_MS;

/** Quiet hours do not hold what changes today's or tomorrow's visit, if a reason is written. */
export const isUrgent = (before: Inspection | undefined, after: Inspection, today: LocalDate): boolean =>
  after.reason !== '' &&
  after.reason !== before?.reason &&
  [before, after].some((visit) => visit !== undefined && visit.from <= addDays(today, 1) && visit.to >= today);

/** Old → new in the audit; an unannounced visit is named by its number only, for the record is read in groups too. */
export function auditOf(
  action: 'added' | 'changed' | 'postponed' | 'cancelled' | 'restored',
  visit: Inspection,
  words: { readonly before?: string | undefined; readonly after: string },
): NonNullable<Outcome['audit']>[number] {
  const entry = { action: `inspection.${action}` as const, subject: visitNumber(visit.number) };
  if (visit.unannounced) return entry;
  const after = [words.after, visit.reason].filter(Boolean).join('，原因：');
  return { ...entry, ...(words.before && { before: words.before }), after };
}

/** Two people at one visit: the second is told what the first did, and goes on only by saying so again. Undefined when nobody was just there. */
export async function refuseJustChanged(
  { read, actor, now }: Situation & { readonly now: Instant },
  before: Inspection,
  confirmed: boolean,
  { state, again }: { readonly state: string; readonly again: string },
): Promise<void> {
  const { changed } = before;
  if (confirmed || !changed || changed.by === actor.openId || now - changed.at > JUST_NOW_MS) return;
  const people = await read.peopleByOpenId(changed.by);
  const [person] = people;
  const who = person ? `${person.unit.name} ${person.name}` : '另一位管理员';
  const ago = Math.floor((now - changed.at) / MINUTE_MS);
  throw new UserError(
    `${who}${ago > 0 ? ` ${ago} 分钟前` : '刚才'}已经改过 ${visitNumber(before.number)}，现在是：${state}。这次没有改。仍要改请发送：${again}`,
  );
}
