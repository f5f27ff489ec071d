import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { planUndo } from '../../src/features/imports/planning/undo.ts';
import type { Change } from '../../src/ports/changes.ts';
import { type Home, onEveryHome } from '../support/homes.ts';
import { type File, fixture, imported } from './desk.ts';

let now = Date.UTC(2026, 5, 1);
function nextMoment(): number {
  now += 1;
  return now;
}
const csv = (name: string, text: string): File => ({ name, bytes: new TextEncoder().encode(text) });
const DIRECTORY = csv(
  '单位通讯录.csv',
  '云溪市单位通讯录\n序号,单位名称,简称,类别,联络员,职务,手机\n1,市教育局,教育局,成员单位,周丙,科长,13900000001\n2,望海区人民政府,望海区,县区政府,钱壬,科长,13900000010\n3,望海区第一中学,一中,中学,朱戊,主任,13900000013\n',
);
const visits = (...rows: readonly string[]) =>
  csv(
    '督导日程表.csv',
    `云溪市2026年督导日程表\n编制单位：市教育局\n督导日期,时段,督导类型,督导对象,督导内容,组长,专项\n${rows.join('\n')}\n`,
  );
const schedule = (topic: string, ...more: readonly string[]) =>
  visits(`2026-04-20,上午,综合督导,望海区第一中学,${topic},韩丙,春季督导`, ...more);
const TASKS = csv(
  '望海区任务分解表.csv',
  '望海区“两项督导”任务分解表（2026年）\n序号,任务内容,牵头单位,责任人,完成时限\n1,报送自查报告,望海区人民政府,钱壬,2026-04-23\n2,化解大班额,望海区人民政府,,2026-05-15\n',
);

/** Everything that an import may write, without versions: an undo makes a new one. */
async function everything({ store }: Home) {
  const { units, people } = await store.directory();
  const root = units.find(({ parentId }) => parentId === undefined)?.id ?? '';
  const programs = await store.programs({ unitIds: [root] });
  const rows = {
    units: units.map(({ version: _, ...unit }) => ({ ...unit, names: unit.names.toSorted() })),
    people: people.map(({ version: _, ...person }) => person),
    programs: programs.map(({ name, checklistId }) => ({ name, checklistId })),
    checklists: (await store.checklists()).map(({ id }) => id).toSorted(),
    visits: (await store.importedInspections({ from: date('2026-01-01'), to: date('2026-12-31') })).map(
      ({ version: _, ...visit }) => visit,
    ),
    tasks: (await Promise.all(programs.map(({ id }) => store.importedTasks(id))))
      .flat()
      .map(({ version: _, ...task }) => task),
    inScope: (
      await store.inspections({
        scope: { unitIds: [root] },
        span: { from: date('2026-01-01'), to: date('2026-12-31') },
      })
    ).length,
  };
  return JSON.parse(JSON.stringify(rows));
}

async function plan({ store }: Home) {
  const last = await store.lastImport();
  const undo = last && (await planUndo({ store, zone: 'Asia/Shanghai' }, last, { by: 'ou_admin', at: nextMoment() }));
  return undo ?? expect.fail('nothing to take back');
}

async function commit(home: Home, ...changes: Change[]) {
  return home.store.commit({ changes, messages: [], audit: [] });
}

async function undone(home: Home) {
  const { obstacles, changes } = await plan(home);
  expect(obstacles).toEqual([]);
  expect(await commit(home, ...changes)).toBe('done');
}

onEveryHome('undo', (home) => {
  test('imports are taken back one after the other, down to nothing', async () => {
    const states = [await everything(home())];
    for (const file of [
      DIRECTORY,
      schedule('招生收费'),
      schedule('食堂', '2026-04-21,下午,复查,望海区人民政府,整改,李庚,'),
      TASKS,
      // What stands comes to need what is new: a visit other people, a program a checklist of its own, a task another person.
      visits('2026-04-20,上午,综合督导,望海区第一中学,食堂,新组长,夏季督导'),
      csv(
        '任务分解表.csv',
        '云溪市“夏季督导”任务分解表（2026年）\n序号,任务内容,牵头单位,责任人,完成时限\n1,报送方案,市教育局,周丙,2026-04-23\n',
      ),
      csv(TASKS.name, new TextDecoder().decode(TASKS.bytes).replace(',钱壬,', ',新人,')),
    ]) {
      await imported(home(), file);
      states.push(await everything(home()));
    }
    expect(states[3].visits).toHaveLength(2);
    for (const state of states.slice(0, -1).toReversed()) {
      await undone(home());
      expect(await everything(home())).toEqual(state);
    }
    expect(await home().store.lastImport()).toBeUndefined();
  });

  test('while a row was touched since, or a group needs a unit, nothing is taken back, and a guard holds what was decided', async () => {
    await imported(home(), DIRECTORY);
    const decided = await plan(home());
    const person = (await home().store.peopleByName('周丙'))[0];
    // The account was found meanwhile: that is no touch.
    await commit(home(), { kind: 'person.linked', personId: person?.id ?? '', openId: 'ou_1', by: 'mobile', seen: 1 });
    expect((await plan(home())).obstacles).toEqual([]);
    // But what was decided before it does not hold any more.
    expect(await commit(home(), ...decided.changes)).toBe('stale');
    const school = (await home().store.directory()).units.find(({ name }) => name === '望海区第一中学');
    await commit(
      home(),
      { kind: 'group.joined', chatId: 'oc_1', name: '一中群' },
      { kind: 'group.bound', chatId: 'oc_1', unitId: school?.id ?? '', seen: 1 },
    );
    const [standing] = (await home().store.directory()).people.filter(({ name }) => name === '朱戊');
    if (!standing) throw new Error('no 朱戊');
    await commit(home(), { kind: 'people.put', rows: [{ ...standing, position: '校长', seen: standing.version }] });
    const { obstacles, changes } = await plan(home());
    expect(obstacles).toEqual([
      '人员 朱戊：导入后有改动',
      '一中群：工作群绑定在导入的单位“望海区第一中学”上。先在群里改绑别的单位，例如：绑定 单位名称',
    ]);
    expect(changes).toEqual([]);
  });

  test('an address book that brings a parent and moves a unit below it is imported, and taken back', async () => {
    const book = (...rows: readonly string[]) =>
      csv('单位通讯录.csv', `云溪市单位通讯录\n序号,单位名称,简称,类别,联络员,职务,手机\n${rows.join('\n')}\n`);
    const school = '1,山口县第一中学,山口一中,中学,朱戊,主任,13900000013';
    await imported(home(), book(school));
    const before = await everything(home());
    await imported(home(), book(school, '2,山口县人民政府,山口县,县区政府,钱壬,科长,13900000010'));
    const { units } = await home().store.directory();
    const county = units.find(({ name }) => name === '山口县人民政府');
    expect(units.find(({ name }) => name === '山口县第一中学')?.parentId).toBe(county?.id);
    await undone(home());
    expect(await everything(home())).toEqual(before);
  });
});

onEveryHome('an undo is held by what came since:', (home) => {
  test('a report on its task, and a visit that was entered where one would be put back', async () => {
    await imported(home(), DIRECTORY, TASKS);
    const [program] = await home().store.programsByName('两项督导');
    const [first] = await home().store.importedTasks(program?.id ?? '');
    const report = {
      id: 'r',
      taskId: first?.id ?? '',
      at: now,
      actor: 'ou_1',
      percent: 10,
      words: '',
      correction: false,
      files: 0,
    };
    await commit(home(), { kind: 'progress.reported', report, evidence: [], seen: 1 });
    expect((await plan(home())).obstacles).toEqual(['任务 第1项 报送自查报告：导入后有改动']);

    const visit = (day: string) => visits(`2026-04-${day},上午,综合督导,望海区第一中学,招生收费,韩丙,`);
    await imported(home(), visit('20'), visit('22'));
    const span = { from: date('2026-04-20'), to: date('2026-04-22') };
    const [moved, ...others] = await home().store.importedInspections(span);
    if (!moved || others.length > 0) throw new Error('the visit did not move');
    const { seen: _, ...again } = { ...moved, id: 'by-hand', from: span.from, to: span.from, seen: 0 };
    expect(await commit(home(), { kind: 'inspections.put', rows: [again] })).toBe('done');
    expect((await plan(home())).obstacles).toEqual([
      '督导安排 D2：占了 2026-04-20 上午 综合督导 原来的位置。先改期，例如：日程 延期 D2 日期',
    ]);
  });
});

test('the undo of a large address book is kept in parts and read back whole', async () => {
  const { openSqlite } = await import('../../src/db/sqlite.ts');
  const database = openSqlite(':memory:');
  await database.migrate();
  const home: Home = { ...database, rows: async () => [], run: async () => {} };
  const before = await everything(home);
  await imported(home, fixture('05'), fixture('01'), fixture('02'), fixture('04'));
  for (let left = 4; left > 0; left -= 1) await undone(home);
  expect(await everything(home)).toEqual(before);
});
