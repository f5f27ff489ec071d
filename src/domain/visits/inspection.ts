import { type Instant, instantAt, type LocalDate, type LocalTime } from '../calendar/local-date.ts';
import type { NamedPerson } from '../people/person.ts';
import type { UnitRef } from '../people/unit.ts';

export interface TeamSeat extends NamedPerson {
  readonly role: 'leader' | 'member';
}

/** What officials type for a visit: D12. */
export const visitNumber = (number: number): string => `D${number}`;

/** What a card that shows it is updated by. */
export const visitSubject = ({ number }: Pick<Inspection, 'number'>): string => `visit:${number}`;

/** One visit of one team to one unit (督导安排). */
export interface Inspection {
  readonly id: string;
  /** From 1, its own in the district and never given again. */
  readonly number: number;
  /** A cancelled visit keeps its row: whoever looks for it on its day must not miss it. */
  readonly state: 'planned' | 'cancelled';
  /** Why it was cancelled or put off. */
  readonly reason: string;
  /** The account that changed it last from a chat, and when. */
  readonly changed?: { readonly by: string; readonly at: Instant } | undefined;
  readonly unit: UnitRef;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** The date as written when it is not a plain day: 4月中旬. */
  readonly dateText: string;
  /** 上午, 下午, 全天 or as written. */
  readonly period: string;
  readonly starts?: LocalTime | undefined;
  /** When the visit begins; until then an unannounced one is withheld. */
  readonly beginsAt: Instant;
  readonly kind: string;
  readonly topic: string;
  readonly program?: string | undefined;
  readonly programId?: string | undefined;
  readonly checklist?: string | undefined;
  readonly unannounced: boolean;
  readonly team: readonly TeamSeat[];
  readonly contact: string;
  readonly contactPhone: string;
  readonly note: string;
  readonly version: number;
}

/** The people on its team, as far as the address book knows them. */
export const seatsOf = ({ team }: Pick<Inspection, 'team'>): readonly string[] =>
  team.flatMap(({ personId }) => personId ?? []);

/** 随机督导, 飞行检查, 四不两直: no notice is given (domain rule 1.2), whatever column says so. */
export function isUnannounced(...texts: readonly string[]): boolean {
  return texts.some((text) => /随机督导|随机抽查|飞行检查|四不两直|不通知|暗访/.test(text));
}

/** The moment at which a visit begins: its own time, else 14:00 for the afternoon and 09:00 for anything else. */
export function beginsAt(from: LocalDate, period: string, starts: LocalTime | undefined, zone: string): Instant {
  return instantAt(from, starts ?? (/下午/.test(period) ? '14:00' : '09:00'), zone);
}

/** Withheld until it begins; one that was cancelled never begins. */
export const isWithheld = (
  { unannounced, state, beginsAt }: Pick<Inspection, 'unannounced' | 'state' | 'beginsAt'>,
  now: Instant,
): boolean => unannounced && (state === 'cancelled' || now < beginsAt);

/** Who looks at a list of visits. A person sees in full the visits on whose team they are. */
export type Viewer =
  | { readonly kind: 'group'; readonly isRoot: boolean }
  | { readonly kind: 'person'; readonly personIds: readonly string[] }
  /** Whoever runs the machine has the whole database anyway. */
  | { readonly kind: 'operator' };

/** A visit as a viewer may see it: whole, or with target and topic withheld. */
export type VisibleInspection =
  | { readonly withheld: false; readonly inspection: Inspection }
  | {
      readonly withheld: true;
      readonly inspection: Omit<Inspection, 'unit' | 'topic' | 'contact' | 'contactPhone' | 'note' | 'reason'>;
    };

/**
 * Applies the rule of unannounced visits (S2.19): until it begins, a visit's target and topic reach no group of its unit's chain.
 * The group of the whole district sees that a team goes out, not where to; any group below it (the target's own, its county's)
 * does not see the row at all, for there even the count would tell. A person sees it when on the team, else not at all.
 */
export function visibleTo(
  viewer: Viewer,
  inspections: readonly Inspection[],
  now: Instant,
): readonly VisibleInspection[] {
  return inspections.flatMap((inspection): VisibleInspection[] => {
    if (viewer.kind === 'operator' || !isWithheld(inspection, now)) return [{ withheld: false, inspection }];
    if (viewer.kind === 'person') {
      const onTeam = inspection.team.some((seat) => seat.personId && viewer.personIds.includes(seat.personId));
      return onTeam ? [{ withheld: false, inspection }] : [];
    }
    if (!viewer.isRoot) return [];
    const { unit: _u, topic: _t, contact: _c, contactPhone: _p, note: _n, reason: _r, ...rest } = inspection;
    return [{ withheld: true, inspection: rest }];
  });
}
