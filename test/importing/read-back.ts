import { date } from '../../src/domain/calendar/local-date.ts';
import type { AssessmentRow, InspectionRow, PersonRow, TaskRow, UnitRow } from '../../src/ports/rows.ts';
import { expectedOf } from '../excel/fixture-files.ts';
import type { Home } from '../support/homes.ts';

// What stands in the store, and what the .expected.json files promise, in one shape each: fields of the files, faulty rows left out.

/** Rows that the expected complaints make unimportable: no day, no unit, another year, or the same as a row before. */
const FAULTY = {
  '01': [5, 12, 19, 26, 33, 41, 48, 54, 58, 59, 62, 63],
  '02': [72, 73],
  '04': [],
  '05': [100],
} as const;

const soundRecords = (number: keyof typeof FAULTY, name: string) => {
  const faulty: readonly number[] = FAULTY[number];
  return expectedOf(name).records.filter(({ row }) => !faulty.includes(Number(row)));
};

/** In one order: that of the rows in the file is no promise. */
const inOrder = <Row extends object>(rows: readonly Row[]): readonly Row[] =>
  rows
    .map((row) => ({ text: JSON.stringify(row), row }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);

const span = { from: date('2025-01-01'), to: date('2027-12-31') };

export const expectedVisits = inOrder(
  soundRecords('01', '01-督导日程表').map((record) => ({
    from: record['date'] ?? record['from'],
    to: record['date'] ?? record['to'],
    period: record['period'],
    kind: record['type'],
    // A county's short name means its government.
    unit: record['unit'] === '岛湾县' ? '岛湾县人民政府' : record['unit'],
    topic: record['topic'],
    leader: record['leader'],
    members: record['members'],
  })),
);

type Team = InspectionRow['team'];
const named = (team: Team, role: Team[number]['role']) =>
  team.filter((seat) => seat.role === role).map(({ name }) => name);

export const visitsLikeExpected = (rows: readonly Omit<InspectionRow, 'version'>[], unitName: (id: string) => string) =>
  inOrder(
    rows.map(({ from, to, period, kind, unitId, topic, team }) => ({
      from,
      to,
      period,
      kind,
      unit: unitName(unitId),
      topic,
      leader: named(team, 'leader')[0],
      members: named(team, 'member'),
    })),
  );

export async function visits({ store }: Home) {
  const { units } = await store.directory();
  const names = new Map(units.map(({ id, name }) => [id, name]));
  return visitsLikeExpected(await store.importedInspections(span), (id) => names.get(id) ?? '');
}

const dueOf = (due: unknown) => (due && typeof due === 'object' && 'to' in due ? { kind: 'date', date: due.to } : due);

export const expectedTasks = inOrder(
  soundRecords('02', '02-任务分解表').map((record) => ({
    code: String(record['no']),
    level1: record['level1'],
    level2: record['level2'],
    lead: record['lead'],
    assist: record['assist'],
    persons: record['persons'],
    due: dueOf(record['due']),
    veto: record['veto'],
  })),
);

const writtenBy = (units: TaskRow['units'], role: TaskRow['units'][number]['role']) =>
  units.filter((unit) => unit.role === role).map(({ written }) => written);

export const tasksLikeExpected = (rows: readonly Omit<TaskRow, 'version'>[]) =>
  inOrder(
    rows.map(({ code, level1, level2, units, people, due, veto }) => ({
      code,
      level1,
      level2,
      lead: writtenBy(units, 'lead'),
      assist: writtenBy(units, 'assist'),
      persons: people.map(({ name }) => name),
      due: due.kind === 'relative' ? { kind: due.kind, event: due.event, offset_days: due.offset } : due,
      veto,
    })),
  );

/** The program of 02 as it stands; its name is in the title's quotation marks. */
export async function taskProgram({ store }: Home) {
  const [program] = await store.programsByName('两项督导');
  if (!program) throw new Error('no program 两项督导');
  return program;
}

export const tasks = async (home: Home) =>
  tasksLikeExpected(await home.store.importedTasks((await taskProgram(home)).id));

const rawOf = (raw: unknown) => (raw === null ? '' : String(raw));

export const expectedAssessments = inOrder(
  soundRecords('04', '04-评估指标自评表').map((record) => ({
    code: record['code'],
    小学: [rawOf(record['primary_raw']), record['pass_primary']],
    初中: [rawOf(record['junior_raw']), record['pass_junior']],
    score: record['score'],
  })),
);

export const assessmentsLikeExpected = (rows: readonly Omit<AssessmentRow, 'version'>[]) =>
  inOrder(
    rows.map(({ indicatorId, results, score }) => {
      const stage = (name: string) => {
        const result = results.find((each) => each.stage === name);
        return [result?.raw, result?.met ?? null];
      };
      return { code: indicatorId.replace('yz:', ''), 小学: stage('小学'), 初中: stage('初中'), score: score ?? null };
    }),
  );

export async function assessments({ store }: Home) {
  const [program] = await store.programsByName('优质均衡');
  const unit = (await store.directory()).units.find(({ name }) => name === '望海区人民政府');
  return assessmentsLikeExpected(await store.importedAssessments(program?.id ?? '', unit?.id ?? ''));
}

export const expectedUnits = inOrder(
  soundRecords('05', '05-单位通讯录').map((record) => ({
    unit: String(record['unit']),
    aliases: (record['aliases'] as string[]).toSorted(),
    kind: record['kind'],
    contact: record['contact'],
    mobile: record['mobile'],
  })),
);

/** Every unit but the root, which the title names and no row. */
export const unitsLikeExpected = (units: readonly UnitRow[], people: readonly Omit<PersonRow, 'version'>[]) =>
  inOrder(
    units
      .filter(({ parentId }) => parentId !== undefined)
      .map(({ id, name, names, kind }) => {
        const person = people.find(({ unitId, mobile }) => unitId === id && mobile !== undefined);
        const aliases = names.filter((alias) => alias !== name).toSorted();
        return { unit: name, aliases, kind, contact: person?.name, mobile: person?.mobile };
      }),
  );

export async function units({ store }: Home) {
  const directory = await store.directory();
  return unitsLikeExpected(directory.units, directory.people);
}
