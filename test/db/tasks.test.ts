import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { Collective } from '../../src/domain/people/unit.ts';
import type { Due } from '../../src/domain/tasks/task.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, person, program, task, work } from './district.ts';

const put = (...rows: ReturnType<typeof task>[]) => ({ kind: 'tasks.put', rows }) as const;
const lead = (unitId: string) => ({ role: 'lead', unitId, written: unitId }) as const;
const assist = (unitId: string) => ({ role: 'assist', unitId, written: unitId }) as const;
const all = (collective: Collective, role: 'lead' | 'assist' = 'lead') =>
  ({ role, collective, written: `各${collective}` }) as const;
const due = (day: string) => ({ kind: 'date', date: date(day) }) as const;

onEveryHome('tasks', (home) => {
  const seen = async (
    unitIds: string[],
    more: { unitId?: string; personIds?: string[]; dueBy?: string; as?: string[] } = {},
  ) => {
    const tasks = await home().store.tasks({
      scope: more.as ? { unitIds, personIds: more.as } : { unitIds },
      unitId: more.unitId,
      personIds: more.personIds,
      dueBy: more.dueBy === undefined ? undefined : date(more.dueBy),
    });
    return tasks.map((each) => `${each.code} ${each.ownRole}`);
  };

  test('a task comes with its program, its units and its people', async () => {
    await given(home(), district, program('p', 'bureau', 'yz'), {
      kind: 'people.put',
      rows: [person('chen', 'wanghai', '陈甲')],
    });
    await given(home(), { kind: 'person.linked', personId: 'chen', openId: 'ou_1', by: 'group', seen: 1 });
    const row = task('p', '7', {
      level1: '政府保障',
      level2: '经费',
      indicatorId: 'yz:YZ-3.1',
      requirement: '一式两份',
      evidence: '文件',
      note: '注',
      veto: true,
      due: due('2026-06-15'),
      dueText: '6月15日前',
      dayUnit: 'natural',
      kind: 'decisionMatter',
      units: [lead('wanghai'), all('schools', 'assist')],
      people: [{ name: '陈甲', personId: 'chen' }, { name: '周丙' }],
    });
    await given(home(), put(row));
    const [found] = await home().store.tasks({ scope: { unitIds: ['bureau'] } });
    expect(found).toEqual({
      number: 1,
      state: 'open',
      measure: '',
      version: 1,
      restricted: false,
      pursuit: { level: 0, drafted: 0 },
      steps: [],
      id: 'p-7',
      programId: 'p',
      program: '专项p',
      code: '7',
      kind: 'decisionMatter',
      title: '任务7',
      level1: '政府保障',
      level2: '经费',
      requirement: '一式两份',
      evidence: '文件',
      note: '注',
      veto: true,
      due: due('2026-06-15'),
      dueText: '6月15日前',
      dayUnit: 'natural',
      units: [
        { role: 'lead', unit: { id: 'wanghai', name: '望海区教育局' }, written: 'wanghai' },
        { role: 'assist', collective: 'schools', written: '各schools' },
      ],
      people: [{ name: '陈甲', personId: 'chen', openId: 'ou_1' }, { name: '周丙' }],
      ownRole: 'lead',
    });
    expect(await home().store.importedTasks('p')).toEqual([{ ...row, version: 1 }]);
  });

  test('every way in which an office writes a due day comes back as it was put', async () => {
    const dues: readonly Due[] = [
      due('2026-04-01'),
      { kind: 'date', date: date('2026-04-02'), time: '17:30' },
      { kind: 'relative', event: '进驻', offset: -5, unit: 'working' },
      { kind: 'monthly', day: 25 },
      { kind: 'quarterly' },
      { kind: 'relative', event: '省督导组进驻', offset: -3 },
      { kind: 'ongoing' },
      { kind: 'immediate' },
      { kind: 'none' },
    ];
    await given(home(), district, program('p', 'bureau'));
    await given(
      home(),
      put(...dues.map((each, index) => task('p', String(index), { due: each, units: [lead('wanghai')] }))),
    );
    expect((await home().store.tasks({ scope: { unitIds: ['wanghai'] } })).map((each) => each.due)).toEqual(dues);
  });

  test('a scope sees what its subtree leads or assists, leading first counting, and nothing of others', async () => {
    await given(home(), district, program('p', 'bureau'));
    await given(
      home(),
      put(
        task('p', '1', { units: [lead('wanghai'), assist('chengguan')] }),
        task('p', '2', { units: [assist('wanghai'), lead('wanghai-1')] }),
        task('p', '3', { units: [lead('culture')] }),
      ),
    );
    expect(await seen(['bureau'])).toEqual(['1 lead', '2 lead', '3 lead']);
    expect(await seen(['wanghai'])).toEqual(['1 lead', '2 lead']);
    expect(await seen(['wanghai-1'])).toEqual(['2 lead']);
    expect(await seen(['chengguan'])).toEqual(['1 assist']);
    expect(await seen(['chengguan-1'])).toEqual([]);
    expect(await seen([])).toEqual([]);
  });

  test('各学校 and its like mean the units of that kind below the unit that runs the program', async () => {
    await given(home(), district, program('city', 'bureau'), program('county', 'wanghai'));
    await given(
      home(),
      put(
        task('city', 's', { units: [all('schools')] }),
        task('city', 'c', { units: [all('counties'), all('departments', 'assist')] }),
        task('city', 't', { units: [all('townships')] }),
        task('county', 'w', { units: [all('schools', 'assist'), lead('wanghai')] }),
      ),
    );
    expect(await seen(['wanghai-1'])).toEqual(['s lead', 'w assist']);
    expect(await seen(['chengguan-1'])).toEqual(['s lead']);
    expect(await seen(['chengguan'])).toEqual(['c lead', 's lead']);
    expect(await seen(['wanghai'])).toEqual(['c lead', 's lead', 'w lead']);
    expect(await seen(['culture'])).toEqual(['c assist']);
    expect(await seen(['bureau'])).toEqual(['c lead', 's lead', 'w lead']);
  });

  test('各单位 means every unit below the one that runs the program, and not that one', async () => {
    await given(home(), district, program('city', 'bureau'), program('county', 'wanghai'));
    await given(
      home(),
      put(task('city', 'a', { units: [all('units')] }), task('county', 'b', { units: [all('units')] })),
    );
    for (const id of ['culture', 'chengguan', 'chengguan-1']) expect(await seen([id])).toEqual(['a lead']);
    expect(await seen(['wanghai-1'])).toEqual(['a lead', 'b lead']);
  });

  test('a responsible person sees the task in a direct chat, whatever their unit', async () => {
    await given(home(), district, program('p', 'bureau'), {
      kind: 'people.put',
      rows: [person('chen', 'culture', '陈甲')],
    });
    const people = [{ name: '陈甲', personId: 'chen' }];
    await given(
      home(),
      put(task('p', '1', { units: [lead('wanghai')], people }), task('p', '2', { units: [lead('wanghai')] })),
    );
    expect(await seen(['culture'], { as: ['chen'] })).toEqual(['1 lead']);
    expect(await seen(['wanghai'], { personIds: ['chen'] })).toEqual(['1 lead']);
    expect(await seen(['chengguan'], { personIds: ['chen'] })).toEqual([]);
  });

  test('narrowing to a unit keeps what that unit leads or assists, by name or as one of many', async () => {
    await given(home(), district, program('p', 'bureau'));
    await given(
      home(),
      put(
        task('p', '1', { units: [lead('wanghai')] }),
        task('p', '2', { units: [all('schools')] }),
        task('p', '3', { units: [lead('chengguan')] }),
      ),
    );
    expect(await seen(['bureau'], { unitId: 'wanghai-1' })).toEqual(['2 lead']);
    expect(await seen(['bureau'], { unitId: 'wanghai' })).toEqual(['1 lead', '2 lead']);
    expect(await seen(['wanghai'], { unitId: 'chengguan' })).toEqual(['2 lead']);
  });

  test('dated tasks come by day and are cut at the day asked for; the others always come, after them', async () => {
    await given(home(), district, program('p', 'bureau'));
    const units = [lead('wanghai')];
    await given(
      home(),
      put(
        task('p', 'a', { units, due: { kind: 'monthly', day: 5 } }),
        task('p', 'b', { units, due: due('2026-05-01') }),
        task('p', 'c', { units, due: due('2026-04-01') }),
        task('p', 'd', { units, due: due('2026-04-01') }),
      ),
    );
    expect(await seen(['wanghai'])).toEqual(['c lead', 'd lead', 'b lead', 'a lead']);
    expect(await seen(['wanghai'], { dueBy: '2026-04-01' })).toEqual(['c lead', 'd lead', 'a lead']);
  });

  test('a task that is done is not asked for any more, and an import does not open it again', async () => {
    await given(home(), district, program('p', 'bureau'), put(task('p', '1', { units: [lead('wanghai')] })));
    await home().run(["UPDATE task SET state = 'done'"]);
    expect(await seen(['wanghai'])).toEqual([]);
    await given(home(), put(task('p', '1', { units: [lead('wanghai')], title: '新标题', seen: 1 })));
    expect(await seen(['wanghai'])).toEqual([]);
    expect(await home().store.importedTasks('p')).toMatchObject([{ title: '新标题', version: 2 }]);
  });

  test('a task that is put again has the new units and people only; from an older version it is stale', async () => {
    await given(home(), district, program('p', 'bureau'));
    await given(
      home(),
      put(task('p', '1', { units: [lead('wanghai'), assist('culture')], people: [{ name: '甲' }, { name: '乙' }] })),
    );
    const after = put(task('p', '1', { units: [lead('chengguan')], people: [{ name: '丙' }], seen: 1 }));
    await given(home(), after);
    expect(await seen(['wanghai'])).toEqual([]);
    expect(await home().store.importedTasks('p')).toMatchObject([
      { units: [{ unitId: 'chengguan' }], people: [{ name: '丙' }], version: 2 },
    ]);
    expect(await home().store.commit(work({ changes: [after] }))).toBe('moved');
  });

  test('who leads and assists an indicator is what the visible tasks that name it say, once each', async () => {
    await given(home(), district, program('p', 'bureau', 'yz'), program('q', 'chengguan', 'yz'));
    const indicatorId = 'yz:YZ-1.1';
    await given(
      home(),
      put(
        task('p', '1', { indicatorId, units: [assist('culture'), lead('wanghai')] }),
        task('p', '2', { indicatorId, units: [lead('wanghai')] }),
        task('p', '3', { indicatorId: 'yz:YZ-1.2', units: [lead('culture')] }),
        task('q', '1', { indicatorId, units: [lead('chengguan-1')] }),
      ),
    );
    expect(await home().store.indicatorUnits({ unitIds: ['wanghai-1'] }, [indicatorId])).toEqual([
      { indicatorId, role: 'lead', written: 'wanghai' },
      { indicatorId, role: 'assist', written: 'culture' },
    ]);
    expect(await home().store.indicatorUnits({ unitIds: ['bureau'] }, [indicatorId])).toHaveLength(3);
    expect(await home().store.indicatorUnits({ unitIds: [] }, [indicatorId])).toEqual([]);
  });

  test('a scope sees the programs above it, below it, and those that gave it work', async () => {
    await given(
      home(),
      district,
      program('a', 'bureau'),
      program('b', 'wanghai'),
      program('c', 'chengguan'),
      program('d', 'culture'),
    );
    await given(home(), put(task('d', '1', { units: [lead('wanghai-1')] })));
    await given(home(), {
      kind: 'milestones.put',
      rows: [
        { programId: 'a', name: '市级核查', due: date('2026-05-10'), dueText: '5月10日' },
        { programId: 'a', name: '省督导组进驻', dueText: '待定' },
        { programId: 'a', name: '自评截止', due: date('2026-04-10'), dueText: '4月10日' },
      ],
    });
    const programs = await home().store.programs({ unitIds: ['wanghai-1'] });
    expect(programs.map(({ id }) => id)).toEqual(['a', 'b', 'd']);
    expect(programs[0]).toEqual({
      id: 'a',
      name: '专项a',
      unit: { id: 'bureau', name: '海州市教育局' },
      version: 1,
      expected: new Map(),
      milestones: new Map([
        ['自评截止', '2026-04-10'],
        ['市级核查', '2026-05-10'],
      ]),
      steps: [
        { name: '自评截止', due: '2026-04-10', dueText: '4月10日' },
        { name: '市级核查', due: '2026-05-10', dueText: '5月10日' },
        { name: '省督导组进驻', dueText: '待定' },
      ],
    });
    expect((await home().store.programs({ unitIds: ['bureau'] })).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(await home().store.programs({ unitIds: [] })).toEqual([]);
    expect((await home().store.programsByName('专项c')).map(({ id }) => id)).toEqual(['c']);
    expect(
      (await home().store.importedMilestones('a')).map(({ name, due: day, version }) => [name, day, version]),
    ).toEqual([
      ['市级核查', '2026-05-10', 1],
      ['省督导组进驻', undefined, 1],
      ['自评截止', '2026-04-10', 1],
    ]);
  });

  test('a program and its milestones are replaced only from the version that was seen', async () => {
    await given(home(), district, program('a', 'bureau'));
    const milestone = (dueText: string, seen?: number) =>
      ({ kind: 'milestones.put', rows: [{ programId: 'a', name: '自评截止', dueText, seen }] }) as const;
    await given(home(), milestone('待定'));
    await given(home(), milestone('4月', 1), {
      kind: 'programs.put',
      rows: [{ id: 'a', unitId: 'bureau', name: '新名', seen: 1 }],
    });
    expect(await home().store.programsByName('新名')).toMatchObject([{ version: 2 }]);
    expect(await home().store.importedMilestones('a')).toMatchObject([{ dueText: '4月', version: 2 }]);
    expect(await home().store.commit(work({ changes: [milestone('5月', 1)] }))).toBe('moved');
    expect(await home().store.commit(work({ changes: [milestone('5月')] }))).toBe('taken');
  });
});
