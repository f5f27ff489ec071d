import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { ImportPlan } from '../../src/features/imports/planning/plan.ts';
import { given } from '../db/district.ts';
import { onEveryHome, onSqlite } from '../support/homes.ts';
import { applied, counts, type FileNumber, fixture, imported, importerOf, planned, refusalOf } from './desk.ts';
import { edited } from './edit-workbook.ts';
import * as back from './read-back.ts';

const words = ({ changed }: ImportPlan) =>
  changed.flatMap(({ label, fields }) => fields.map(({ name, before, after }) => [label, name, before, after]));

/** One cell, and the one thing that it changes. */
const ONE_CELL: readonly (readonly [FileNumber, string, string | number, readonly string[]])[] = [
  ['05', 'H7', '13700000001', ['市教育局 周丙', '手机', '13900002002', '13700000001']],
  ['05', 'F5', '主任', ['市委编办 陈甲', '职务', '督学', '主任']],
  ['05', 'D5', '市直部门', ['市委编办', '类别', '成员单位', '市直部门']],
  ['01', 'G4', '秋季开学工作', ['2026-04-01 上午 临江区第一中学 专项督导', '督导内容', '春季开学工作', '秋季开学工作']],
  ['01', 'H6', '王子', ['2026-04-01 全天 望海区第三中学 综合督导', '组长', '李庚', '王子']],
  ['01', 'I4', '孙己', ['2026-04-01 上午 临江区第一中学 专项督导', '成员', '孙己、沈乙', '孙己']],
  [
    '01',
    'J4',
    '赵辛 13900009999',
    ['2026-04-01 上午 临江区第一中学 专项督导', '联系电话', '13800001000', '13900009999'],
  ],
  ['02', 'I7', '4月20日前', ['第3项 数据口径与教育事业统计年报一致', '完成时限', '4月上旬', '4月20日前']],
  ['02', 'F7', '区公安局', ['第3项 数据口径与教育事业统计年报一致', '牵头单位', '区卫生健康局', '区公安局']],
  ['02', 'H7', '陈甲', ['第3项 数据口径与教育事业统计年报一致', '责任人', '吴丁', '陈甲']],
  ['02', 'E7', 3, ['第3项 数据口径与教育事业统计年报一致', '分值', '5', '3']],
  ['04', 'F5', 4.9, ['YZ-1.1 每百名学生拥有高于规定学历教师数', '自评结果小学', '4.86', '4.9']],
  ['04', 'H5', 3, ['YZ-1.1 每百名学生拥有高于规定学历教师数', '自评得分', '2', '3']],
  ['04', 'K6', '同意', ['YZ-1.2 每百名学生拥有县级以上骨干教师数', '复核意见', '', '同意']],
];

onSqlite('changed workbooks', (home) => {
  test.each(['05', '01', '02', '04'] as const)(
    '%s: a changed cell is the only change that is told and made, and so is changing it back',
    async (number) => {
      await imported(home(), fixture('05'), ...(number === '05' ? [] : [fixture(number)]));
      for (const [, cell, value, [label, name, before, after]] of ONE_CELL.filter(([file]) => file === number)) {
        const file = edited(number, { cells: { [cell]: value } });
        const [plan] = await imported(home(), file);
        expect(plan && [plan.added, words(plan)]).toEqual([[], [[label, name, before, after]]]);
        expect((await planned(home(), file)).changes).toEqual([]);
        const [back] = await imported(home(), fixture(number));
        expect(back && [back.added, words(back)]).toEqual([[], [[label, name, after, before]]]);
      }
    },
  );

  test('a self-assessment whose program’s name is taken by one with another checklist says what to rename', async () => {
    await imported(home(), fixture('05'));
    const root = (await home().store.directory()).units.find(({ parentId }) => parentId === undefined)?.id ?? '';
    const list = (await home().store.checklists()).find(({ id }) => id === 'yz');
    const taken = [...new Set([list?.names[0] ?? '', list?.title ?? ''])].map((name, at) => ({
      id: `p${at}`,
      unitId: root,
      name,
      checklistId: 'jc',
    }));
    await given(home(), { kind: 'programs.put', rows: taken });
    expect(await refusalOf(home(), fixture('04'))).toMatch(
      /“云溪市”的专项“优质均衡”用的是另一套评估细则。请先改名再导入：专项 改名 优质均衡 新名称$/,
    );
  });

  // What tells which row is which: 序号 of the tasks is their number, the others are the least that such a table has.
  const TELLS_WHICH: Readonly<Record<FileNumber, RegExp>> = {
    '01': /^[BF]$/,
    '02': /^[ADFI]$/,
    '04': /^[CFG]$/,
    '05': /^[B]$/,
  };

  test.each(['05', '01', '02', '04'] as const)(
    '%s: a column that a new table does not have leaves what is stored as it is',
    async (number) => {
      await imported(home(), fixture('05'), ...(number === '05' ? [] : [fixture(number)]));
      const columns = [...'ABCDEFGHIJKL'].filter((column) => !TELLS_WHICH[number].test(column));
      for (const withoutColumn of columns) {
        const plan = await planned(home(), edited(number, { withoutColumn }));
        expect([withoutColumn, plan.added, words(plan), plan.changes]).toEqual([withoutColumn, [], [], []]);
      }
    },
  );

  test('a self-assessment for one stage leaves the results of the other', async () => {
    await imported(home(), fixture('05'), fixture('04'));
    const file = edited('04', { withoutColumn: 'G', cells: { F3: '自评结果/小学', F4: '' } });
    expect((await planned(home(), file)).changes).toEqual([]);
  });

  test('a cell that is empty in a column that is there is empty from now on, and the preview says so', async () => {
    await imported(home(), fixture('05'));
    const [plan] = await imported(home(), edited('05', { cells: { F5: '' } }));
    expect(plan && words(plan)).toEqual([['市委编办 陈甲', '职务', '督学', '']]);
    expect((await home().store.peopleByName('陈甲')).find(({ unit }) => unit.name === '市委编办')?.position).toBe('');
  });

  test('a further short name joins those that stand', async () => {
    await imported(home(), fixture('05'));
    const [plan] = await imported(home(), edited('05', { cells: { C5: '市编办' } }));
    expect(plan && words(plan)).toEqual([['市委编办', '名称', '市委编办、编办', '市委编办、市编办、编办']]);
    expect(counts(await planned(home(), fixture('05'))).slice(0, 2)).toEqual([0, 0]);
  });

  test('a changed text of the standard is one change, of the task and of its indicator', async () => {
    await imported(home(), fixture('05'), fixture('02'));
    const [plan] = await imported(home(), edited('02', { cells: { D7: '3. 数据与年报一致' } }));
    expect(plan && [counts(plan).slice(0, 2), words(plan)]).toEqual([
      [0, 1],
      [['第3项 数据与年报一致', '评估标准', '3. 数据口径与教育事业统计年报一致', '3. 数据与年报一致']],
    ]);
    const program = await back.taskProgram(home());
    const task = (await home().store.importedTasks(program.id)).find(({ code }) => code === '3');
    expect(task?.title).toBe('数据与年报一致');
  });

  test('a visit on another day of the table’s months has moved: old → new, the row and its number stay', async () => {
    await imported(home(), fixture('05'), fixture('01'));
    const numberOf = async (day: string) => {
      const span = { from: date(day), to: date(day) };
      const scope = { unitIds: await home().store.roots() };
      const visits = await home().store.inspections({ scope, span });
      return visits.find(({ unit, kind }) => unit.name === '望海区第二中学' && kind === '专项督导')?.number;
    };
    const number = await numberOf('2026-04-16');
    const [plan] = await imported(home(), edited('01', { cells: { B60: '2026-04-17' } }));
    expect(plan && [plan.added, words(plan), plan.missing]).toEqual([
      [],
      [['2026-04-17 上午 望海区第二中学 专项督导', '日期', '2026-04-16', '2026-04-17']],
      [],
    ]);
    expect(await back.visits(home())).toHaveLength(46);
    expect([await numberOf('2026-04-16'), await numberOf('2026-04-17')]).toEqual([undefined, number]);
  });

  test('a visit that the table has no more stays and is named; a cancelled one is not brought back', async () => {
    await imported(home(), fixture('05'), fixture('01'));
    const [gone] = (await planned(home(), edited('01', { without: [60] }))).missing ?? [];
    expect(gone?.label).toMatch(/^D\d+ 2026-04-16 上午 望海区第二中学 专项督导$/);
    const visit = await home().store.inspectionByNumber(gone?.number ?? 0);
    const { id = '', version: seen = 0 } = visit ?? {};
    await given(home(), { kind: 'inspection.cancelled', id, reason: '', seen, by: 'ou_1', at: 1 });
    expect((await planned(home(), edited('01', { without: [60] }))).missing).toEqual([]);
    const again = await planned(home(), fixture('01'));
    expect(again.changes).toEqual([]);
    expect(again.remarks).toContain(`D${gone?.number} 已取消，导入不会恢复。要恢复请发送：日程 恢复 D${gone?.number}`);
    await imported(home(), edited('01', { cells: { G60: '防溺水' } }));
    expect(await home().store.inspectionByNumber(gone?.number ?? 0)).toMatchObject({
      state: 'cancelled',
      topic: '防溺水',
    });
  });

  test('rows that are missing from a new file stay', async () => {
    await imported(home(), ...(['05', '01', '02', '04'] as const).map(fixture));
    const missing = [
      edited('05', { without: [60, 61, 99] }),
      edited('01', { without: [55, 56, 60, 61] }),
      edited('02', { without: [70, 71] }),
      edited('04', { without: [38, 39] }),
    ];
    for (const file of missing) {
      const plan = await planned(home(), file);
      expect([file.name, counts(plan).slice(0, 2), plan.changes]).toEqual([file.name, [0, 0], []]);
      expect(await applied(home(), plan)).toBe('done');
    }
    expect(await back.visits(home())).toEqual(back.expectedVisits);
    expect(await back.tasks(home())).toEqual(back.expectedTasks);
    expect(await back.assessments(home())).toEqual(back.expectedAssessments);
  });

  test('a row that was faulty and is mended is added; no other row changes', async () => {
    await imported(home(), fixture('05'), fixture('01'), fixture('02'));
    const visits = await planned(home(), edited('01', { cells: { F5: '望海区城西小学' } }));
    expect([visits.added, visits.changed]).toEqual([['2026-04-01 下午 望海区城西小学 经常性督导'], []]);
    const tasks = await planned(home(), edited('02', { cells: { I72: '4月30日前', G72: '各学校' } }));
    expect([tasks.added.length, tasks.changed]).toEqual([1, []]);
  });

  test('people of one name in different units stay different persons', async () => {
    await imported(home(), fixture('05'));
    const namesakes = await home().store.peopleByName('陈甲');
    expect(new Set(namesakes.map(({ unit }) => unit.name)).size).toBe(namesakes.length);
    expect(namesakes.map(({ unit }) => unit.name)).toEqual(
      expect.arrayContaining(['市委编办', '市教育局学前教育科', '长溪乡', '望海区城东小学', '岛湾县第三中学']),
    );
  });

  test('inspectors become people of the office that issued the schedule, each name once', async () => {
    await imported(home(), fixture('05'), fixture('01'));
    const { units, people } = await home().store.directory();
    const office = units.find(({ name }) => name === '市教育局督导室');
    const visits = await home().store.importedInspections({ from: date('2026-04-01'), to: date('2026-04-30') });
    const seats = visits.flatMap(({ team }) => team);
    const inspectors = people.filter(({ id }) => seats.some(({ personId }) => personId === id));
    expect(new Set(inspectors.map(({ unitId }) => unitId))).toEqual(new Set([office?.id]));
    expect(seats.every(({ name, personId }) => inspectors.find(({ id }) => id === personId)?.name === name)).toBe(true);
    const named = await home().store.peopleByName('陈甲');
    expect(named.filter(({ unit }) => unit.id === office?.id)).toHaveLength(1);
    expect(named.length).toBeGreaterThan(5);
  });

  test('a responsible person is the one whom a leading unit’s address book has, else a new one of the first', async () => {
    await imported(home(), fixture('05'), fixture('02'));
    const program = await back.taskProgram(home());
    const tasks = await home().store.importedTasks(program.id);
    const { people, units } = await home().store.directory();
    for (const task of tasks) {
      const leading = task.units.filter(({ role }) => role === 'lead').map(({ unitId }) => unitId);
      for (const { name, personId } of task.people) {
        const person = people.find(({ id }) => id === personId);
        expect([task.code, person?.name, leading.includes(person?.unitId)]).toEqual([task.code, name, true]);
      }
    }
    expect(new Set(people.map(({ unitId, name }) => `${unitId} ${name}`)).size).toBe(people.length);
    expect(units.filter(({ name }) => name.startsWith('区'))).toEqual([]);
  });

  test('a town that another district has too is this district’s own', async () => {
    await imported(home(), fixture('05'), fixture('02'));
    const second = edited('02', { cells: { A1: '临江区迎接2026年省市教育“两项督导”评估任务分解表', F7: '城关镇' } });
    const [plan] = await imported(home(), second);
    const { units } = await home().store.directory();
    const towns = units.filter(({ names }) => names.includes('城关镇'));
    const nameOf = (id: string | undefined) => units.find((unit) => unit.id === id)?.name;
    expect(towns.map(({ name, parentId }) => [name, nameOf(parentId)]).toSorted()).toEqual([
      ['临江区城关镇', '临江区人民政府'],
      ['城关镇', '望海区人民政府'],
    ]);
    const programs = await home().store.programsByName('两项督导');
    const program = programs.find(({ unit }) => unit.name === '临江区人民政府');
    const task = (await home().store.importedTasks(program?.id ?? '')).find(({ code }) => code === '3');
    expect(nameOf(task?.units[0]?.unitId)).toBe('临江区城关镇');
    expect(plan?.added).toContain('临江区城关镇');
    expect(counts(await planned(home(), second)).slice(0, 2)).toEqual([0, 0]);
    expect(counts(await planned(home(), fixture('02'))).slice(0, 2)).toEqual([0, 0]);
  });

  test('a short name in a district’s table means the district’s own unit', async () => {
    await imported(home(), fixture('05'), fixture('02'));
    const [plan] = await imported(home(), edited('02', { cells: { F7: '教育局' } }));
    expect(plan && words(plan)).toEqual([
      ['第3项 数据口径与教育事业统计年报一致', '牵头单位', '区卫生健康局', '教育局'],
    ]);
    const program = await back.taskProgram(home());
    const task = (await home().store.importedTasks(program.id)).find(({ code }) => code === '3');
    const { units } = await home().store.directory();
    expect(units.find(({ id }) => id === task?.units[0]?.unitId)?.name).toBe('望海区教育局');
  });

  test('a table that numbers each part afresh keeps all its rows', async () => {
    await imported(home(), fixture('05'), edited('02', { cells: { A6: 1 } }));
    const codes = (await back.tasks(home())).map(({ code }) => code);
    expect([codes.length, codes.includes('1'), codes.includes('1-2'), codes.includes('2')]).toEqual([
      66,
      true,
      true,
      false,
    ]);
  });

  test('a program that stands without a checklist learns it from the table that has one', async () => {
    await imported(home(), fixture('05'));
    const { units } = await home().store.directory();
    const unitId = (wanted: string) => units.find(({ name }) => name === wanted)?.id ?? '';
    const rows = [
      { id: 'p1', unitId: unitId('望海区人民政府'), name: '两项督导' },
      { id: 'p2', unitId: unitId('云溪市'), name: '优质均衡' },
    ];
    await importerOf(home()).store.commit({ changes: [{ kind: 'programs.put', rows }], messages: [], audit: [] });
    await imported(home(), fixture('02'), fixture('04'));
    expect(await back.taskProgram(home())).toMatchObject({ id: 'p1', checklistId: 'own_p1', version: 2 });
    expect(await home().store.programsByName('优质均衡')).toMatchObject([{ id: 'p2', checklistId: 'yz', version: 2 }]);
  });

  test('under a named unit the workbook is that district’s; an unknown or shared name is refused', async () => {
    await imported(home(), fixture('05'));
    const untitled = edited('02', { cells: { A1: '“两项督导”评估任务分解表' } });
    expect(await refusalOf(home(), untitled, '望山区')).toContain('通讯录中没有单位“望山区”');
    expect(await refusalOf(home(), untitled, '一中')).toContain('请写全称');
    const plan = await planned(home(), untitled, '望海区');
    expect(await applied(home(), plan)).toBe('done');
    expect((await back.taskProgram(home())).unit.name).toBe('望海区人民政府');
    expect(await back.tasks(home())).toEqual(back.expectedTasks);
  });
});

onEveryHome('changed-workbooks', (home) => {
  test('a plan has moved once a row that it changes was changed, and nothing of it is written', async () => {
    await imported(home(), fixture('05'), fixture('01'));
    const late = await planned(home(), edited('01', { cells: { G4: '招生收费', F5: '望海区城西小学' } }));
    await imported(home(), edited('01', { cells: { G4: '校园安全' } }));
    const before = await back.visits(home());
    expect(await applied(home(), late)).toBe('moved');
    expect(await back.visits(home())).toEqual(before);
    expect(await home().rows('SELECT id FROM audit')).toHaveLength(3);
    const [again] = await imported(home(), edited('01', { cells: { G4: '招生收费', F5: '望海区城西小学' } }));
    expect(again && counts(again).slice(0, 2)).toEqual([1, 1]);
  });

  test('of two first imports of one file that were planned side by side, the second is not written', async () => {
    for (const number of ['05', '01', '02', '04'] as const) {
      const first = await planned(home(), fixture(number));
      const second = await planned(home(), fixture(number));
      expect(await applied(home(), first), number).toBe('done');
      // A list of units relied on the tree, which is another now.
      expect(['moved', 'taken'], number).toContain(await applied(home(), second));
    }
    expect(await back.visits(home())).toEqual(back.expectedVisits);
    expect(await back.tasks(home())).toEqual(back.expectedTasks);
  });

  test('one file is one unit: when its last change fails, none of it stands', async () => {
    const plan = await planned(home(), fixture('05'));
    const failing = {
      kind: 'people.put',
      rows: [{ id: 'x', unitId: 'nowhere', name: '陈甲', position: '', officePhone: '', email: '' }],
    } as const;
    expect(await applied(home(), { ...plan, changes: [...plan.changes, failing] })).toBe('moved');
    expect(await home().store.directory()).toEqual({ units: [], people: [] });
    expect(await home().rows('SELECT id FROM audit')).toEqual([]);
  });

  test('the audit keeps who imported which file, and each thing that changed, old and new', async () => {
    await imported(home(), fixture('05'), edited('05', { cells: { H7: '13700000001' } }));
    const [, entry] = await home().rows('SELECT actor, action, subject, after FROM audit ORDER BY id');
    expect(entry).toMatchObject({ actor: 'operator', action: 'import.directory', subject: 'file.xlsx' });
    expect(JSON.parse(String(entry?.['after']))).toMatchObject({
      added: 0,
      changed: [{ label: '市教育局 周丙', fields: [{ name: '手机', before: '13900002002', after: '13700000001' }] }],
    });
  });
});
