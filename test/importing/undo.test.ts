import { expect, test } from 'vitest';
import { planUndo } from '../../src/app/importing/undo.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
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
const schedule = (topic: string, ...more: readonly string[]) =>
  csv(
    '督导日程表.csv',
    `云溪市2026年督导日程表\n编制单位：市教育局\n序号,督导日期,时段,督导类型,督导对象,督导内容,组长,专项\n1,2026-04-20,上午,综合督导,望海区第一中学,${topic},韩丙,春季督导\n${more.join('\n')}`,
  );
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
      schedule('食堂', '2,2026-04-21,下午,复查,望海区人民政府,整改,李庚,'),
      TASKS,
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
    expect(obstacles).toEqual(['人员 朱戊：导入后有改动', '一中群：工作群绑定在导入的单位上']);
    expect(changes).toEqual([]);
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
