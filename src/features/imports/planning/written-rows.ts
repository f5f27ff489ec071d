import { addDays } from '../../../domain/calendar/local-date.ts';
import type { WrittenRow, WrittenRows } from '../../../ports/applied-imports.ts';
import type { Change, Put } from '../../../ports/changes.ts';
import type { AssessmentRow, InspectionRow, MilestoneRow } from '../../../ports/rows.ts';
import type { Reads } from '../../../ports/store.ts';

/** The rows that stand under the keys of these: of each kind with the version by which a change is noticed. */
export interface Standing<Row extends { readonly version: number }> {
  readonly of: (row: Omit<Row, 'version'>) => Row | undefined;
  readonly key: (row: Omit<Row, 'version'>) => string;
}

type RowOf<Kind extends keyof WrittenRows> = WrittenRows[Kind][number] extends WrittenRow<infer Row> ? Row : never;
export type StandingRows = { readonly [Kind in keyof WrittenRows]: Standing<RowOf<Kind>> };
type Wanted = { readonly [Kind in keyof WrittenRows]: readonly Omit<RowOf<Kind>, 'version'>[] };

const KEYS = {
  milestone: ({ programId, name }: Pick<MilestoneRow, 'programId' | 'name'>) => `${programId}\n${name}`,
  assessment: ({ programId, unitId, indicatorId }: Pick<AssessmentRow, 'programId' | 'unitId' | 'indicatorId'>) =>
    [programId, unitId, indicatorId].join('\n'),
};

const byId = ({ id }: { readonly id: string }): string => id;

/** What an import is about to write, with the rows that it replaces as they are now; the put's own `seen` makes sure that they are these. */
export async function writtenRows(store: Reads, changes: readonly Change[]): Promise<WrittenRows> {
  const puts = {
    units: changes.flatMap((change) => (change.kind === 'units.put' ? change.rows : [])),
    people: changes.flatMap((change) => (change.kind === 'people.put' ? change.rows : [])),
    programs: changes.flatMap((change) => (change.kind === 'programs.put' ? change.rows : [])),
    milestones: changes.flatMap((change) => (change.kind === 'milestones.put' ? change.rows : [])),
    checklists: changes.flatMap((change) => (change.kind === 'checklists.put' ? change.rows : [])),
    indicators: changes.flatMap((change) => (change.kind === 'indicators.put' ? change.rows : [])),
    inspections: changes.flatMap((change) => (change.kind === 'inspections.put' ? change.rows : [])),
    tasks: changes.flatMap((change) => (change.kind === 'tasks.put' ? change.rows : [])),
    assessments: changes.flatMap((change) => (change.kind === 'assessments.put' ? change.rows : [])),
  };
  const standing = await standingRows(store, puts);
  return {
    units: pairs(puts.units, standing.units),
    people: pairs(puts.people, standing.people),
    programs: pairs(puts.programs, standing.programs),
    milestones: pairs(puts.milestones, standing.milestones),
    checklists: pairs(puts.checklists, standing.checklists),
    indicators: pairs(puts.indicators, standing.indicators),
    inspections: pairs(puts.inspections, standing.inspections),
    tasks: pairs(puts.tasks, standing.tasks),
    assessments: pairs(puts.assessments, standing.assessments),
  };
}

const pairs = <Row extends { readonly version: number }>(
  puts: readonly Put<Row>[],
  standing: Standing<Row>,
): readonly WrittenRow<Row>[] =>
  puts.map((after) => ({ before: after.seen === undefined ? undefined : standing.of(after), after }));

/** Looks the rows up as they are now. */
export async function standingRows(store: Reads, wanted: Wanted): Promise<StandingRows> {
  const [{ units, people }, checklists, programs, milestones, indicators, tasks, assessments, inspections] =
    await Promise.all([
      store.directory(),
      store.checklists(),
      forEach(
        wanted.programs.map(({ name }) => name),
        (name) => store.programsByName(name),
      ),
      forEach(
        wanted.milestones.map(({ programId }) => programId),
        (id) => store.importedMilestones(id),
      ),
      forEach(
        wanted.indicators.map(({ checklistId }) => checklistId),
        (id) => store.importedIndicators(id),
      ),
      forEach(
        wanted.tasks.map(({ programId }) => programId),
        (id) => store.importedTasks(id),
      ),
      forEach(
        wanted.assessments.map(({ programId, unitId }) => `${programId}\n${unitId}`),
        async (key) => {
          const [programId = '', unitId = ''] = key.split('\n');
          return store.importedAssessments(programId, unitId);
        },
      ),
      visits(store, wanted.inspections),
    ]);
  return {
    units: lookup(units, byId),
    people: lookup(people, byId),
    programs: lookup<RowOf<'programs'>>(
      programs.map(({ id, name, unit, checklistId, version }) => ({ id, name, unitId: unit.id, checklistId, version })),
      byId,
    ),
    milestones: lookup(milestones, KEYS.milestone),
    // An import only ever adds a checklist; one that was changed since is noticed when it would be removed.
    checklists: lookup<RowOf<'checklists'>>(
      checklists.map(({ builtIn: _, ...checklist }) => ({ ...checklist, version: 1 })),
      byId,
    ),
    indicators: lookup(indicators, byId),
    inspections: lookup(inspections, byId),
    tasks: lookup(tasks, byId),
    assessments: lookup(assessments, KEYS.assessment),
  };
}

function lookup<Row extends { readonly version: number }>(
  rows: readonly Row[],
  key: (row: Omit<Row, 'version'>) => string,
): Standing<Row> {
  const byKey = new Map(rows.map((row) => [key(row), row]));
  return { of: (row) => byKey.get(key(row)), key };
}

async function forEach<Row>(
  keys: readonly string[],
  read: (key: string) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  return (await Promise.all([...new Set(keys)].map(read))).flat();
}

/** A visit that was put on another day is looked for around the days that the table spans. */
async function visits(
  store: Reads,
  wanted: readonly Omit<InspectionRow, 'version'>[],
): Promise<readonly InspectionRow[]> {
  const days = wanted.flatMap(({ from, to }) => [from, to]).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  return first && last
    ? store.importedInspections({ from: addDays(first, -AROUND_DAYS), to: addDays(last, AROUND_DAYS) })
    : [];
}

/** A visit may have been put off until after a vacation. */
export const AROUND_DAYS = 200;
