import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, inspection, program, task, work } from './district.ts';

const lead = { role: 'lead', unitId: 'wanghai', written: '望海区教育局' } as const;
const span = { from: date('2026-01-01'), to: date('2026-12-31') };
const at = Date.parse('2026-04-10T00:00:00Z');

onEveryHome('programs', (home) => {
  test('an archived program is silent in every list, answers to its name, and comes back as it was', async () => {
    const { store } = home();
    const scope = { unitIds: ['wanghai'] };
    await given(home(), district, program('a', 'wanghai', 'yz'));
    await given(
      home(),
      { kind: 'tasks.put', rows: [task('a', '1', { units: [lead] })] },
      {
        kind: 'inspections.put',
        rows: [
          inspection('past', 'wanghai-1', '2026-04-01', { programId: 'a' }),
          inspection('coming', 'wanghai-1', '2026-05-01', { programId: 'a' }),
          inspection('secret', 'wanghai-1', '2026-05-02', { programId: 'a', unannounced: true }),
          inspection('other', 'wanghai-1', '2026-05-03'),
        ],
      },
    );
    await given(home(), {
      kind: 'assessments.put',
      rows: [
        {
          programId: 'a',
          unitId: 'wanghai',
          indicatorId: 'yz:YZ-1.1',
          state: 'missing',
          results: [],
          evidence: '',
          assessor: '',
          remark: '',
        },
      ],
    });
    const shown = async () => ({
      programs: (await store.programs(scope)).length,
      tasks: (await store.tasks({ scope })).length,
      dues: (await store.assessmentDues(scope)).length,
      visits: (await store.inspections({ scope, span })).map(({ id }) => id),
    });
    const before = await shown();
    expect(before).toEqual({ programs: 1, tasks: 1, dues: 1, visits: ['past', 'coming', 'secret', 'other'] });
    expect(await store.programFigures('a', at)).toEqual({
      openTasks: 1,
      doneTasks: 0,
      visitsAhead: 1,
      assessed: 1,
      missing: 1,
    });

    await given(home(), { kind: 'program.archived', id: 'a', at, seen: 1 });
    expect(await shown()).toEqual({ programs: 0, tasks: 0, dues: 0, visits: ['past', 'other'] });
    expect((await store.programs(scope, 'archived too'))[0]).toMatchObject({ id: 'a', archivedAt: at, version: 2 });
    expect(await store.tasks({ scope, programId: 'a' })).toHaveLength(1);

    await given(home(), { kind: 'program.restored', id: 'a', seen: 2 });
    expect(await shown()).toEqual(before);
  });

  test('a vague milestone keeps its words and how they are understood, until it has a day; then it can go', async () => {
    const { store } = home();
    await given(home(), district, program('a', 'bureau'));
    const period = { from: date('2026-04-01'), to: date('2026-04-10') };
    await given(home(), {
      kind: 'milestones.put',
      rows: [{ programId: 'a', name: '市级核查', dueText: '4月初', period }],
    });
    const steps = async () => (await store.allPrograms())[0]?.steps;
    expect(await steps()).toEqual([{ name: '市级核查', due: undefined, dueText: '4月初', period }]);
    const due = date('2026-04-08');
    await given(home(), {
      kind: 'milestones.put',
      rows: [{ programId: 'a', name: '市级核查', due, dueText: '4月8日', seen: 1 }],
    });
    expect(await steps()).toEqual([{ name: '市级核查', due, dueText: '4月8日', period: undefined }]);
    const removed = (seen: number) =>
      work({ changes: [{ kind: 'milestone.removed', programId: 'a', name: '市级核查', seen }] });
    expect(await store.commit(removed(1))).toBe('moved');
    expect(await store.commit(removed(2))).toBe('done');
    expect(await steps()).toEqual([]);
  });

  test('of two who rename at once one wins, and what relied on the old version has moved', async () => {
    const { store } = home();
    await given(home(), district, program('a', 'bureau'));
    const renamed = (name: string) =>
      work({ changes: [{ kind: 'programs.put', rows: [{ id: 'a', unitId: 'bureau', name, seen: 1 }] }] });
    const outcomes = await Promise.all([store.commit(renamed('甲')), store.commit(renamed('乙'))]);
    expect(outcomes.toSorted()).toEqual(['done', 'moved']);
    for (const change of [
      { kind: 'program.archived', id: 'a', at, seen: 1 },
      { kind: 'program.restored', id: 'a', seen: 1 },
      { kind: 'program.participants', id: 'a', participants: [], seen: 1 },
    ] as const)
      expect(await store.commit(work({ changes: [change] })), change.kind).toBe('moved');
  });

  test('who takes part sees it, with those above and below; without a list all below the running unit do', async () => {
    const { store } = home();
    const sees = async (unitId: string) => (await store.programs({ unitIds: [unitId] })).map(({ id }) => id);
    const wanghai = { unit: { id: 'wanghai', name: '望海区教育局' }, written: '望海区' };
    const schools = { collective: 'schools', written: '各学校' } as const;
    await given(home(), district, program('a', 'bureau'), program('b', 'bureau'));
    expect(await sees('chengguan-1')).toEqual(['a', 'b']);
    await given(
      home(),
      { kind: 'program.participants', id: 'a', participants: [wanghai], seen: 1 },
      { kind: 'program.participants', id: 'b', participants: [schools], seen: 1 },
    );
    expect(await store.participants('a')).toEqual([wanghai]);
    expect(await store.participants('b')).toEqual([schools]);
    expect(await sees('bureau')).toEqual(['a', 'b']);
    expect(await sees('wanghai')).toEqual(['a', 'b']);
    expect(await sees('wanghai-1')).toEqual(['a', 'b']);
    expect(await sees('chengguan')).toEqual(['b']);
    expect(await sees('chengguan-1')).toEqual(['b']);
    expect(await sees('culture')).toEqual([]);
    await given(home(), { kind: 'program.participants', id: 'a', participants: [], seen: 2 });
    expect(await sees('culture')).toEqual(['a']);
  });
});
