import { addDays, type Instant, type LocalDate } from '../../domain/calendar/local-date.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import { concerned, type Told } from '../../domain/visits/concerned.ts';
import { type Inspection, visitNumber } from '../../domain/visits/inspection.ts';
import type { Context, Outcome, Owed } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import type { Reads } from '../../ports/store.ts';

type Asking = Pick<Context<never>, 'read' | 'chat' | 'actor' | 'now'>;

/** Whoever changes a visit that another has just changed is told so first. */
const JUST_NOW_MS = 120_000;
const MINUTE_MS = 60_000;

interface Telling {
  readonly read: Reads;
  readonly now: Instant;
  /** Who knows already: whoever did it, and the chat in which it was answered. */
  readonly except: { readonly chatId?: string | undefined; readonly openId: string };
}

/** Who is told, each with what they may know; who of the team cannot be, and who reads the answer. */
export async function toldOf(
  { read, now, except }: Telling,
  before: Inspection | undefined,
  after: Inspection,
): Promise<{ readonly recipients: readonly Told[] } & Required<Pick<Owed, 'present' | 'unreached'>>> {
  const [old, own] = await Promise.all([before && groupsOf(read, before), groupsOf(read, after)]);
  const sides = [before && old && { visit: before, groups: old }, { visit: after, groups: own }, now] as const;
  const recipients = concerned(...sides, except);
  const spared = concerned(...sides, { openId: '' }).filter(({ to }) =>
    'chatId' in to ? to.chatId === except.chatId : to.openId === except.openId,
  );
  const left = (before?.team ?? []).filter(({ name }) => after.team.every((seat) => seat.name !== name));
  const unlinked = [...after.team, ...left].filter(({ openId }) => openId === undefined);
  return {
    recipients,
    present: spared.map(({ to }) => ('chatId' in to ? '本群' : '您本人')),
    unreached: unlinked.map(({ name }) => ({ name, why: '未关联飞书账号，请另行告知' })),
  };
}

/** Quiet hours do not hold what changes today's or tomorrow's visit, if a reason is written. */
export const isUrgent = (before: Inspection | undefined, after: Inspection, today: LocalDate): boolean =>
  after.reason !== '' &&
  after.reason !== before?.reason &&
  [before, after].some((visit) => visit !== undefined && visit.from <= addDays(today, 1) && visit.to >= today);

async function groupsOf(read: Reads, { unit, team }: Inspection): Promise<readonly WorkGroup[]> {
  const ids = [...new Set(team.flatMap(({ personId }) => personId ?? []))];
  const people = await Promise.all(ids.map((id) => read.person(id)));
  const units = [...new Set(people.flatMap((person) => person?.unit.id ?? []))];
  const [above, ...own] = await Promise.all([read.groupsAbove([unit.id]), ...units.map((id) => read.boundGroups(id))]);
  return [...new Map([...(above ?? []), ...own.flat()].map((group) => [group.chatId, group])).values()];
}

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
  { read, actor, now }: Asking & { readonly now: Instant },
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
