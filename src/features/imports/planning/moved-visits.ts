import { endOfMonth, startOfMonth } from '../../../domain/calendar/local-date.ts';
import type { Span } from '../../../domain/calendar/span.ts';
import { type Inspection, visitNumber } from '../../../domain/visits/inspection.ts';
import type { VisitField } from '../../../domain/visits/visit-columns.ts';
import type { InspectionRow } from '../../../ports/visits.ts';

type Wanted = Omit<InspectionRow, 'version'>;

/**
 * A table of one month does not speak of another: the same team goes to the same school each month, and those are visits of their own.
 * Within its months a visit that stands elsewhere in the new table has moved.
 */
export const monthsOf = ({ from, to }: Span): Span => ({ from: startOfMonth(from), to: endOfMonth(to) });

interface Reread {
  /** What the table asks for; a visit that moved has the id of the row that stands. */
  readonly wanted: readonly Wanted[];
  /** Rows that stand in the table's months, are still to come, and that it has not. */
  readonly missing: readonly InspectionRow[];
}

/**
 * Finds the visits that a table moves: same unit, kind, topic and team, on another day or half-day. Pairs are made in the order of days where as
 * many are gone as have come; else it is unclear which became which, and the new ones are added beside the old.
 */
export function movedVisits(
  wanted: readonly Wanted[],
  standing: readonly InspectionRow[],
  isOpen: (row: InspectionRow) => boolean,
  has: ReadonlySet<VisitField>,
): Reread {
  const kept = new Set(wanted.map(({ id }) => id));
  const gone = standing.filter((row) => !kept.has(row.id) && isOpen(row));
  const known = new Set(standing.map(({ id }) => id));
  const come = wanted.filter(({ id }) => !known.has(id));
  const signature = (row: Wanted) => signatureOf(row, has);
  const left = Map.groupBy(gone, signature);
  const moved = new Map<string, InspectionRow>();
  for (const [sign, rows] of Map.groupBy(come, signature)) {
    const old = left.get(sign) ?? [];
    if (old.length !== rows.length) continue;
    for (const [at, row] of rows.toSorted(byDay).entries()) {
      const before = old.toSorted(byDay)[at];
      if (before) moved.set(row.id, before);
    }
  }
  const taken = new Set([...moved.values()].map(({ id }) => id));
  return {
    wanted: wanted.map((row) => {
      const before = moved.get(row.id);
      return before ? { ...row, id: before.id, team: sameSeats(row, before) } : row;
    }),
    missing: gone.filter(({ id }) => !taken.has(id)),
  };
}

/** What the table has no column for tells no two visits apart. */
const signatureOf = ({ unitId, kind, topic, team }: Wanted, has: ReadonlySet<VisitField>): string =>
  [
    unitId,
    has.has('kind') && kind,
    has.has('topic') && topic,
    ...team
      .filter(({ role }) => has.has(role === 'leader' ? 'leader' : 'members'))
      .map(({ role, name }) => `${role} ${name}`),
  ].join('\n');

const byDay = (a: Wanted, b: Wanted): number =>
  a.from === b.from ? a.beginsAt - b.beginsAt : a.from < b.from ? -1 : 1;

/** A name in a visit that stands goes on meaning whom it meant. */
const sameSeats = ({ team }: Wanted, before: InspectionRow): Wanted['team'] =>
  team.map((seat) => ({
    ...seat,
    personId: before.team.find(({ name }) => name === seat.name)?.personId ?? seat.personId,
  }));

/** What the sender should know of rows that the table touches and that somebody has changed in the chat. */
export function remarksOf(
  wanted: readonly Wanted[],
  visits: ReadonlyMap<string, Inspection>,
  isChanged: (row: Wanted) => boolean,
): readonly string[] {
  const touched = wanted.flatMap((row) => {
    const visit = visits.get(row.id);
    return visit ? [{ row, visit }] : [];
  });
  const named = (list: typeof touched) => list.map(({ visit }) => visitNumber(visit.number)).join('、');
  const cancelled = touched.filter(({ visit }) => visit.state === 'cancelled');
  const byHand = touched.filter(({ row, visit }) => visit.state === 'planned' && visit.changed && isChanged(row));
  const [first] = cancelled;
  return [
    ...(first
      ? [`${named(cancelled)} 已取消，导入不会恢复。要恢复请发送：日程 恢复 ${visitNumber(first.visit.number)}`]
      : []),
    ...(byHand.length > 0 ? [`${named(byHand)} 在聊天里改过，导入会改成表中的内容，请核对。`] : []),
  ];
}

/** A visit that the table has no more, as the preview names it. */
export const missingVisit = ({ number, from, period, unit, kind }: Inspection) => ({
  number,
  label: [visitNumber(number), from, period, unit.name, kind].filter(Boolean).join(' '),
});
