import type { LeftVersions, RemovedRows, WrittenRow, WrittenRows } from '../../../ports/applied-imports.ts';
import type { PersonRow } from '../../../ports/people.ts';
import type { Standing, StandingRows } from './written-rows.ts';

export type Sides = ReturnType<typeof sidesOf>;

/** The rows of an import as they are now, by kind: to be put back, to be removed, or touched since. */
export function sidesOf(rows: WrittenRows, standing: StandingRows, left: LeftVersions) {
  const leftOf = (kind: keyof WrittenRows) => (key: string) => left[leftKey(kind, key)];
  return {
    units: sides(rows.units, standing.units, leftOf('units')),
    people: sides(rows.people, standing.people, leftOf('people'), samePerson),
    programs: sides(rows.programs, standing.programs, leftOf('programs')),
    milestones: sides(rows.milestones, standing.milestones, leftOf('milestones')),
    checklists: sides(rows.checklists, standing.checklists, leftOf('checklists')),
    indicators: sides(rows.indicators, standing.indicators, leftOf('indicators')),
    inspections: sides(rows.inspections, standing.inspections, leftOf('inspections')),
    tasks: sides(rows.tasks, standing.tasks, leftOf('tasks')),
    assessments: sides(rows.assessments, standing.assessments, leftOf('assessments')),
  };
}

/** Rows of the import by their keys: those that it added and that can be removed, all that it added, or all that it wrote. */
export const rowsOf = (all: Sides, of: 'removed' | 'added' | 'written'): RemovedRows => ({
  units: all.units[of],
  people: all.people[of],
  programs: all.programs[of],
  milestones: all.milestones[of],
  checklists: all.checklists[of],
  indicators: all.indicators[of],
  inspections: all.inspections[of],
  tasks: all.tasks[of],
  assessments: all.assessments[of],
});

/** The versions that the rows will have when they were put back. */
export const versionsLeft = (all: Sides): LeftVersions =>
  Object.fromEntries(
    Object.entries(all).flatMap(([kind, { versions }]) =>
      versions.map(([key, version]): [string, number] => [leftKey(kind, key), version]),
    ),
  );

const leftKey = (kind: string, key: string): string => `${kind}\n${key}`;

function sides<Row extends { readonly version: number }>(
  rows: readonly WrittenRow<Row>[],
  standing: Standing<Row>,
  left: (key: string) => number | undefined,
  isSame: (now: Row, after: Omit<Row, 'version'>) => boolean = () => false,
) {
  const restored: (Omit<Row, 'version'> & { readonly seen: number })[] = [];
  const removed: (Omit<Row, 'version'> & { readonly seen: number })[] = [];
  const moved: Omit<Row, 'version'>[] = [];
  const versions: (readonly [key: string, version: number])[] = [];
  for (const { before, after } of rows) {
    const now = standing.of(after);
    const key = standing.key(after);
    const untouched = now && [(before?.version ?? 0) + 1, left(key)].includes(now.version);
    if (!now || !(untouched || isSame(now, after))) moved.push(after);
    else if (before) {
      restored.push({ ...before, seen: now.version });
      versions.push([key, now.version + 1]);
    } else removed.push({ ...after, seen: now.version });
  }
  const written = rows.map(({ after }) => ({ ...after, seen: 0 }));
  const added = written.filter((_, at) => rows[at]?.before === undefined);
  return { restored, removed, moved, added, written, versions };
}

/** That the account was found meanwhile touches nothing that was imported; a word that reads differently does. */
const samePerson = (now: PersonRow, after: Omit<PersonRow, 'version'>): boolean =>
  now.gone === undefined &&
  (['unitId', 'name', 'position', 'mobile', 'officePhone', 'email', 'liaison'] as const).every(
    (field) => (now[field] ?? '') === (after[field] ?? ''),
  );
