import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ImportPlan } from '../../src/features/imports/planning/plan.ts';
import { flatIssue } from '../excel/as-expected.ts';
import { bytesOf, expectedOf } from '../excel/fixture-files.ts';
import { type Home, onEveryHome, onSqlite } from '../support/homes.ts';
import { applied, counts, FILES, type FileNumber, fixture, imported, planned, refusalOf } from './desk.ts';
import * as back from './read-back.ts';

/** The rows that a plan would write. */
const rowsOf = ({ changes }: ImportPlan) => ({
  units: changes.flatMap((change) => (change.kind === 'units.put' ? change.rows : [])),
  people: changes.flatMap((change) => (change.kind === 'people.put' ? change.rows : [])),
  visits: changes.flatMap((change) => (change.kind === 'inspections.put' ? change.rows : [])),
  tasks: changes.flatMap((change) => (change.kind === 'tasks.put' ? change.rows : [])),
  assessments: changes.flatMap((change) => (change.kind === 'assessments.put' ? change.rows : [])),
});

/** In one order, and without the weekday beside a rest day, which the expected files leave out. */
const sorted = (issues: readonly Record<string, unknown>[]) =>
  issues
    .map(({ weekday: _, ...issue }) => JSON.stringify(Object.entries(issue).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .toSorted();
const complaints = ({ issues }: ImportPlan) => sorted(issues.map(flatIssue));
const expectedComplaints = (number: FileNumber) => sorted(expectedOf(FILES[number].replace('.xlsx', '')).issues);

const shipped = <Item>(name: string): readonly Item[] =>
  JSON.parse(readFileSync(new URL(`../../migrations/checklists/${name}`, import.meta.url), 'utf8'));

async function twice(home: Home, order: readonly FileNumber[]): Promise<void> {
  await imported(home, ...order.map(fixture));
  expect(await back.visits(home)).toEqual(back.expectedVisits);
  expect(await back.tasks(home)).toEqual(back.expectedTasks);
  expect(await back.assessments(home)).toEqual(back.expectedAssessments);
  for (const number of order) {
    const again = await planned(home, fixture(number));
    expect([number, ...counts(again).slice(0, 2), again.changes]).toEqual([number, 0, 0, []]);
    expect(complaints(again)).toEqual(expectedComplaints(number));
    expect(await applied(home, again)).toBe('done');
  }
  expect(await home.rows('SELECT id FROM audit')).toHaveLength(4);
}

onEveryHome('importing', (home) => {
  test('a second run adds and changes nothing', () => twice(home(), ['05', '01', '02', '04']));

  test('05: units and people equal the expected ones, before the commit and after it', async () => {
    const plan = await planned(home(), fixture('05'));
    expect(complaints(plan)).toEqual(expectedComplaints('05'));
    expect(plan.rows).toBe(91);
    expect(back.unitsLikeExpected(rowsOf(plan).units, rowsOf(plan).people)).toEqual(back.expectedUnits);
    expect(await applied(home(), plan)).toBe('done');
    expect(await back.units(home())).toEqual(back.expectedUnits);
  });

  test('05: the title names the root; counties, offices and schools stand where their names say', async () => {
    await imported(home(), fixture('05'));
    const { units } = await home().store.directory();
    const parents = new Map(units.map(({ name, parentId }) => [name, units.find(({ id }) => id === parentId)?.name]));
    expect(parents.get('云溪市')).toBeUndefined();
    expect(parents.get('市教育局')).toBe('云溪市');
    expect(parents.get('市教育局督导室')).toBe('市教育局');
    expect(parents.get('望海区人民政府')).toBe('云溪市');
    expect(parents.get('望海区第一中学')).toBe('望海区人民政府');
    const city = units.find(({ name }) => name === '云溪市');
    expect(
      await home().store.isWithin(units.find(({ name }) => name === '岛湾县特殊教育学校')?.id ?? '', [city?.id ?? '']),
    ).toBe(true);
  });

  test('01: visits equal the expected ones, before the commit and after it', async () => {
    await imported(home(), fixture('05'));
    const plan = await planned(home(), fixture('01'));
    expect(complaints(plan)).toEqual(expectedComplaints('01'));
    expect(plan.rows).toBe(58);
    expect(plan.remarks).toEqual(['没有读取的工作表：3月（已完成）']);
    const { units } = await home().store.directory();
    const nameOf = (id: string) => units.find((unit) => unit.id === id)?.name ?? '';
    expect(back.visitsLikeExpected(rowsOf(plan).visits, nameOf)).toEqual(back.expectedVisits);
    expect(await applied(home(), plan)).toBe('done');
    expect(await back.visits(home())).toEqual(back.expectedVisits);
  });

  test('02: tasks equal the expected ones, before the commit and after it', async () => {
    await imported(home(), fixture('05'));
    const plan = await planned(home(), fixture('02'));
    expect(complaints(plan)).toEqual(expectedComplaints('02'));
    expect(plan.rows).toBe(68);
    expect(back.tasksLikeExpected(rowsOf(plan).tasks)).toEqual(back.expectedTasks);
    expect(await applied(home(), plan)).toBe('done');
    expect(await back.tasks(home())).toEqual(back.expectedTasks);
  });

  test('02: the names of its own list mean units of 望海区; towns that stood under the city move there', async () => {
    await imported(home(), fixture('05'), fixture('02'));
    const { units } = await home().store.directory();
    const nameOf = (id: string | undefined) => units.find((unit) => unit.id === id)?.name ?? '';
    const program = await back.taskProgram(home());
    expect(program.unit.name).toBe('望海区人民政府');
    const [first] = await home().store.importedTasks(program.id);
    expect(first?.units.map(({ unitId, written }) => [written, nameOf(unitId)])).toEqual([
      ['区人力资源社会保障局', '望海区人力资源社会保障局'],
      ['区市场监管局', '望海区市场监管局'],
    ]);
    const bureau = units.filter(({ names }) => names.includes('区教育局'));
    expect(bureau.map(({ name, kind }) => [name, kind])).toEqual([['望海区教育局', '县区教育局']]);
    expect(nameOf(units.find(({ name }) => name === '城关镇')?.parentId)).toBe('望海区人民政府');
  });

  test('02: each task is an indicator of the district’s own checklist, with its standard and points', async () => {
    await imported(home(), fixture('05'), fixture('02'));
    const { checklistId = '', id } = await back.taskProgram(home());
    const checklist = (await home().store.checklists()).find((each) => each.id === checklistId);
    expect(checklist).toMatchObject({ builtIn: false, edition: '2026年', scope: '66项', names: ['两项督导'] });
    const indicators = await home().store.importedIndicators(checklistId);
    expect(indicators[0]).toMatchObject({ code: '1', standard: '1. 召开专题会议研究，形成会议纪要', points: 2 });
    const tasks = await home().store.importedTasks(id);
    expect(new Set(tasks.map(({ indicatorId }) => indicatorId))).toEqual(new Set(indicators.map((row) => row.id)));
  });

  test('04: states equal the expected ones, before the commit and after it; the program 优质均衡 runs then', async () => {
    await imported(home(), fixture('05'));
    const plan = await planned(home(), fixture('04'));
    expect(complaints(plan)).toEqual(expectedComplaints('04'));
    expect(plan.rows).toBe(35);
    expect(back.assessmentsLikeExpected(rowsOf(plan).assessments)).toEqual(back.expectedAssessments);
    expect(await applied(home(), plan)).toBe('done');
    expect(await back.assessments(home())).toEqual(back.expectedAssessments);
    expect(await home().store.programsByName('优质均衡')).toMatchObject([
      { name: '优质均衡', checklistId: 'yz', unit: { name: '云溪市' } },
    ]);
  });

  test.each(['01', '02', '04'] as const)('%s before any directory is refused with one line', async (number) => {
    expect(await refusalOf(home(), fixture(number))).toBe(`${FILES[number]}：还没有单位通讯录，请先导入单位通讯录。`);
    expect(await home().rows('SELECT id FROM unit')).toEqual([]);
  });

  test.each(['05-单位通讯录-GBK.csv', '05-单位通讯录-UTF8BOM.csv'])(
    '%s gives the same as the workbook',
    async (name) => {
      await imported(home(), { name, bytes: bytesOf(name) });
      expect(await back.units(home())).toEqual(back.expectedUnits);
      const plan = await planned(home(), fixture('05'));
      expect([counts(plan).slice(0, 2), plan.changed]).toEqual([[0, 0], []]);
    },
  );

  test('the built-in checklists stand after the migration, with source, edition and what is unverified', async () => {
    const checklists = await home().store.checklists();
    expect(checklists.map(({ id }) => id)).toEqual(['bj', 'dz', 'jc', 'ph', 'wc', 'yp', 'yz']);
    for (const { file, id } of shipped<{ file: string; id: string }>('index.json')) {
      const checklist = checklists.find((each) => each.id === id);
      expect(checklist).toMatchObject({
        builtIn: true,
        source: expect.stringMatching(/./),
        edition: expect.stringMatching(/./),
      });
      const items = shipped<{ code: string; standard: string; unverified?: boolean; detail_unverified?: boolean }>(
        file,
      );
      expect(
        (await home().store.importedIndicators(id)).map(({ code, standard, unverified }) => [
          code,
          standard,
          unverified,
        ]),
      ).toEqual(items.map((item) => [item.code, item.standard, Boolean(item.unverified || item.detail_unverified)]));
    }
  });
});

onSqlite('import order', (home) => {
  test.each([
    ['05', '02', '04', '01'],
    ['05', '04', '01', '02'],
  ] as const)('%s, %s, %s, %s: whatever the order, a second run adds and changes nothing', (...order) =>
    twice(home(), order),
  );
});
