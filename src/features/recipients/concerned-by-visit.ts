import type { Instant } from '../../domain/calendar/local-date.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import { type Inspection, type Viewer, type VisibleInspection, visibleTo } from '../../domain/visits/inspection.ts';
import type { Owed } from '../../language/command.ts';
import type { Reads } from '../../ports/store.ts';

/** One who is told of a change, and what they may know of the visit as it was and as it is; one of the two at least. */
export interface Told {
  readonly to: { readonly chatId: string } | { readonly openId: string };
  readonly before?: VisibleInspection | undefined;
  readonly after?: VisibleInspection | undefined;
}

/** A visit as it stood or stands, and the groups in which it is looked for. */
interface Side {
  readonly visit: Inspection;
  readonly groups: readonly WorkGroup[];
}

interface Telling {
  readonly read: Reads;
  readonly now: Instant;
  /** Who knows already: whoever did it, and the chat in which it was answered. */
  readonly except: { readonly chatId?: string | undefined; readonly openId: string };
}

/** Who is told, each with what they may know; who of the team cannot be, and who reads the answer. */
export async function whoHearsOfVisit(
  { read, now, except }: Telling,
  before: Inspection | undefined,
  after: Inspection,
): Promise<{ readonly recipients: readonly Told[] } & Required<Pick<Owed, 'present' | 'unreached'>>> {
  const [old, own] = await Promise.all([before && groupsOf(read, before), groupsOf(read, after)]);
  const sides = [before && old && { visit: before, groups: old }, { visit: after, groups: own }, now] as const;
  const recipients = whoIsConcerned(...sides, except);
  const spared = whoIsConcerned(...sides, {}).filter(({ to }) =>
    'chatId' in to ? to.chatId === except.chatId : to.openId === except.openId,
  );
  const left = (before?.team ?? []).filter(({ name }) => after.team.every((seat) => seat.name !== name));
  const unlinked = [...after.team, ...left].filter(({ openId }) => openId === undefined);
  return {
    recipients,
    present: spared.map(({ to }) => ('chatId' in to ? '本群' : '您本人')),
    unreached: unlinked.map(({ name, personId }) => ({
      name,
      why: `${personId === undefined ? '通讯录里没有' : '未关联飞书账号'}，请另行告知`,
    })),
  };
}

/**
 * Who is told of a new or changed visit, each once: the groups of its unit's chain and of its team's units, and the linked people of
 * the team. What is withheld from a group stays withheld in what it is told (S0.14, S2.18), and whoever knew the visit and does not
 * any more learns no more than that.
 */
export function whoIsConcerned(
  before: Side | undefined,
  after: Side,
  now: Instant,
  except: { readonly chatId?: string | undefined; readonly openId?: string | undefined },
): readonly Told[] {
  const groups = new Map([...(before?.groups ?? []), ...after.groups].map((group) => [group.chatId, group]));
  const inGroups = [...groups.values()]
    .filter(({ chatId }) => chatId !== except.chatId)
    .map(({ chatId, unit }): Told => {
      const viewer = { kind: 'group', isRoot: unit?.isRoot === true } as const;
      const seen = (side: Side | undefined) =>
        side?.groups.some((group) => group.chatId === chatId) ? asSeen(viewer, side.visit, now) : undefined;
      return { to: { chatId }, before: seen(before), after: seen(after) };
    });

  const seats = [...(before?.visit.team ?? []), ...after.visit.team];
  const accounts = Map.groupBy(
    seats.filter(({ openId }) => openId !== undefined && openId !== except.openId),
    ({ openId = '' }) => openId,
  );
  const inPerson = [...accounts].map(([openId, own]): Told => {
    const viewer = { kind: 'person', personIds: own.flatMap(({ personId }) => personId ?? []) } as const;
    const seen = (side: Side | undefined) =>
      side?.visit.team.some((seat) => seat.openId === openId) ? asSeen(viewer, side.visit, now) : undefined;
    return { to: { openId }, before: seen(before), after: seen(after) };
  });
  return [...inGroups, ...inPerson].filter(isNews);
}

async function groupsOf(read: Reads, { unit, team }: Inspection): Promise<readonly WorkGroup[]> {
  const ids = [...new Set(team.flatMap(({ personId }) => personId ?? []))];
  const people = await Promise.all(ids.map((id) => read.person(id)));
  const units = [...new Set(people.flatMap((person) => person?.unit.id ?? []))];
  const [above, ...own] = await Promise.all([read.groupsAbove([unit.id]), ...units.map((id) => read.boundGroups(id))]);
  return [...new Map([...(above ?? []), ...own.flat()].map((group) => [group.chatId, group])).values()];
}

/** What changed only in what is withheld is no news: a card that says nothing would tell that something did. */
function isNews({ before, after }: Told): boolean {
  if (!before || !after) return before !== undefined || after !== undefined;
  return !(before.withheld && after.withheld) || shownOf(before.inspection) !== shownOf(after.inspection);
}

type Shown = Pick<Inspection, 'state' | 'from' | 'to' | 'dateText' | 'period' | 'starts' | 'kind' | 'team'>;
const shownOf = ({ state, from, to, dateText, period, starts, kind, team }: Shown): string =>
  [state, from, to, dateText, period, starts ?? '', kind, ...team.map(({ role, name }) => `${role} ${name}`)].join(
    '\n',
  );

const asSeen = (viewer: Viewer, visit: Inspection, now: Instant): VisibleInspection | undefined =>
  visibleTo(viewer, [visit], now)[0];
