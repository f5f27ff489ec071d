import type { Instant } from '../calendar/local-date.ts';
import type { WorkGroup } from '../groups/group.ts';
import { type Inspection, type Viewer, type VisibleInspection, visibleTo } from './inspection.ts';

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

/**
 * Who is told of a new or changed visit, each once: the groups of its unit's chain and of its team's units, and the linked people of
 * the team. What is withheld from a group stays withheld in what it is told (S0.14, S2.18), and whoever knew the visit and does not
 * any more learns no more than that.
 */
export function concerned(
  before: Side | undefined,
  after: Side,
  now: Instant,
  except: { readonly chatId?: string | undefined; readonly openId: string },
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
