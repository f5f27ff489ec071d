import { addDays, type Instant, wallClock } from '../../../domain/calendar/local-date.ts';
import { type Inspection, visitNumber } from '../../../domain/visits/inspection.ts';
import type { UndoPlan } from '../../../language/workbooks.ts';
import type { AppliedImport, WrittenRow, WrittenRows } from '../../../ports/applied-imports.ts';
import type { Change } from '../../../ports/changes.ts';
import type { Reads } from '../../../ports/store.ts';
import { auditWords } from '../../overview/audit-card.ts';
import { movedNotices } from './moved-notices.ts';
import { dependentText, takenPlaces } from './obstacles.ts';
import { closureOf } from './place-list.ts';
import type { Planner } from './plan.ts';
import { rescheduledVisits } from './rescheduled-visits.ts';
import { rowsOf, type Sides, sidesOf, versionsLeft } from './undo-sides.ts';
import { AROUND_DAYS, standingRows } from './written-rows.ts';

/** Of the entries since the import, as many as are looked through for who changed a row. */
const AUDITED = 500;

/**
 * What taking the import back would do: rows that it changed are as before, rows that it added are gone. Nothing is done while something
 * has touched one of them since, or needs one; that is then said, with who did it where the record knows.
 */
export async function planUndo(
  { store, zone }: Pick<Planner, 'store' | 'zone'>,
  applied: AppliedImport,
  { by, at }: { readonly by: string; readonly at: Instant },
): Promise<UndoPlan | undefined> {
  const rows = await store.writtenRows(applied.id);
  if (!rows) return undefined;
  const [standing, left] = await Promise.all([standingOf(store, rows), store.leftVersions(applied.at)]);
  const all = sidesOf(rows, standing, left);
  const visits = await visitsOf(store, all);
  const dependents = await store.dependents(rowsOf(all, 'added'), rowsOf(all, 'written'));
  const obstacles = [
    ...(await whoMoved(store, applied, movedRows(all, visits))),
    ...takenPlaces(all.inspections.restored, visits),
    ...(await Promise.all(dependents.map((each) => dependentText(store, each)))),
  ];
  if (obstacles.length > 0) return { applied, obstacles, restored: 0, removed: 0, changes: [], notices: [] };
  const removed = rowsOf(all, 'removed');
  const sum = (among: (side: Sides[keyof Sides]) => readonly unknown[]) =>
    Object.values(all).reduce((count, side) => count + among(side).length, 0);
  const moves = await rescheduledVisits(store, all.inspections.restored, visits, wallClock(at, zone).date);
  const notices = await movedNotices({ store, zone }, moves, { by: `撤销“${applied.fileName}”`, sender: by, now: at });
  const undone = { kind: 'import.undone', id: applied.id, at, left: versionsLeft(all) } as const;
  return {
    applied,
    obstacles,
    notices,
    restored: sum((side) => side.restored),
    removed: sum((side) => side.removed),
    changes: [...(await putsBack(store, all)), { kind: 'rows.removed', removed }, undone],
  };
}

const standingOf = (store: Reads, rows: WrittenRows) =>
  standingRows(store, {
    units: afters(rows.units),
    people: afters(rows.people),
    programs: afters(rows.programs),
    milestones: afters(rows.milestones),
    checklists: afters(rows.checklists),
    indicators: afters(rows.indicators),
    inspections: afters(rows.inspections),
    tasks: afters(rows.tasks),
    assessments: afters(rows.assessments),
  });

const afters = <Row extends { readonly version: number }>(rows: readonly WrittenRow<Row>[]) =>
  rows.map(({ after }) => after);

const movedRows = (all: Sides, visits: ReadonlyMap<string, Inspection>): readonly Moved[] => [
  ...all.units.moved.map(({ id, name }) => ({ id, label: `单位 ${name}` })),
  ...all.people.moved.map(({ id, name }) => ({ id, label: `人员 ${name}` })),
  ...all.programs.moved.map(({ id, name }) => ({ id, label: `专项 ${name}` })),
  ...all.milestones.moved.map(({ programId, name }) => ({ id: programId, label: `节点 ${name}` })),
  ...all.checklists.moved.map(({ id, title }) => ({ id, label: `细则 ${title}` })),
  ...all.indicators.moved.map(({ id, code, title }) => ({ id, label: `指标 ${code} ${title}` })),
  ...all.inspections.moved.map(({ id, from, kind, topic }) => {
    const visit = visits.get(id);
    const called = visit && visitNumber(visit.number);
    return { id, called, label: `督导安排 ${[called, from, kind || topic].filter(Boolean).join(' ')}` };
  }),
  ...all.tasks.moved.map(({ id, code, title }) => ({ id, label: `任务 第${code}项 ${title}` })),
  ...all.assessments.moved.map(({ indicatorId }) => ({ id: indicatorId, label: `自评 ${indicatorId}` })),
];

/** A checklist is never there: an import adds one and changes none. */
const putsBack = async (store: Reads, all: Sides): Promise<readonly Change[]> => {
  const puts: readonly Change[] = [
    { kind: 'people.put', rows: all.people.restored },
    { kind: 'programs.put', rows: all.programs.restored },
    { kind: 'milestones.put', rows: all.milestones.restored },
    { kind: 'indicators.put', rows: all.indicators.restored },
    { kind: 'inspections.put', rows: all.inspections.restored },
    { kind: 'tasks.put', rows: all.tasks.restored },
    { kind: 'assessments.put', rows: all.assessments.restored },
  ];
  return [
    ...(all.units.restored.length > 0 ? [await unitsBack(store, all)] : []),
    ...puts.filter((put) => 'rows' in put && Array.isArray(put.rows) && put.rows.length > 0),
  ];
};

interface Moved {
  readonly id: string;
  /** What the record calls it, where that is not its id. */
  readonly called?: string | undefined;
  readonly label: string;
}

/** Units that moved in the tree move back, and everything below them with them. */
async function unitsBack(store: Reads, { units: { restored, removed } }: Sides): Promise<Change> {
  const gone = new Set(removed.map(({ id }) => id));
  const { units } = await store.directory();
  const tree = new Map([...units, ...restored].filter(({ id }) => !gone.has(id)).map((unit) => [unit.id, unit]));
  return { kind: 'units.put', rows: restored, closure: closureOf(tree, new Set(restored.map(({ id }) => id))) };
}

/** The visits that the import wrote, as they are now: with the number by which they and their record are called. */
async function visitsOf(
  store: Reads,
  { inspections: { moved, restored } }: Sides,
): Promise<ReadonlyMap<string, Inspection>> {
  const days = [...moved, ...restored].flatMap(({ from, to }) => [from, to]).toSorted();
  const [from, to] = [days[0], days.at(-1)];
  const root = from && (await store.directory()).units.find(({ parentId }) => parentId === undefined);
  if (!from || !to || !root) return new Map();
  const span = { from: addDays(from, -AROUND_DAYS), to: addDays(to, AROUND_DAYS) };
  const visits = await store.inspections({ scope: { unitIds: [root.id] }, span, cancelled: true });
  return new Map(visits.map((visit) => [visit.id, visit]));
}

async function whoMoved(store: Reads, { at }: AppliedImport, moved: readonly Moved[]): Promise<readonly string[]> {
  if (moved.length === 0) return [];
  const entries = await store.audit({ from: at, limit: AUDITED });
  return moved.map(({ id, called, label }) => {
    const entry = entries.find(
      ({ subject, before, after }) => [id, called].includes(subject) || mentions(before, id) || mentions(after, id),
    );
    const who = entry && auditWords(entry);
    return `${label}：导入后有改动${who ? `（${who.actor}，${who.action}）` : ''}`;
  });
}

const mentions = (value: unknown, id: string): boolean => value !== undefined && JSON.stringify(value).includes(id);
