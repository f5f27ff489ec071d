import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { TaskEntry } from '../../src/domain/tasks/task.ts';
import type { Change } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, person, program, task, work } from './district.ts';

const lead = { role: 'lead', unitId: 'wanghai', written: '望海区教育局' } as const;
const entry = (id: string, kind: TaskEntry['kind'], taskId = 'p-1'): TaskEntry => ({
  id,
  taskId,
  at: Number(id.slice(1)),
  actor: 'ou_1',
  kind,
  before: '',
  after: '',
  reason: '',
});
const { seen: _none, ...row } = task('p', 'x', { units: [lead], due: { kind: 'date', date: date('2026-06-01') } });
const added = (number: number): Change => ({
  kind: 'task.added',
  task: { row, number, target: 12, measure: '所', starts: date('2026-04-01'), restricted: false },
  entry: entry('e1', 'added', row.id),
});
const report = (id: string, at: number, seen: number, percent?: number, amount?: number): Change => ({
  kind: 'progress.reported',
  report: { id, taskId: 'p-1', at, actor: 'ou_1', percent, amount, words: '说明', correction: false, files: 1 },
  evidence: [{ kind: 'image', messageId: `om_${id}`, fileKey: 'img_1', name: '' }],
  seen,
});

onEveryHome('task progress', (home) => {
  const found = async (number: number, state: 'any' | 'open' = 'any') =>
    (await home().store.tasks({ scope: { unitIds: ['wanghai'] }, number, state }))[0];
  const imported = () =>
    given(home(), district, program('p', 'bureau'), {
      kind: 'tasks.put',
      rows: ['1', '2', '10'].map((code) => task('p', code, { units: [lead] })),
    });

  test('tables are numbered in their own order, one given in the chat comes after them, and a taken number is stale', async () => {
    await imported();
    expect((await found(3))?.code).toBe('10');
    expect(await home().store.nextTaskNumber()).toBe(4);
    expect(await home().store.commit(work({ changes: [added(3)] }))).toBe('stale');
    await given(home(), added(4));
    expect(await found(4)).toMatchObject({
      target: 12,
      measure: '所',
      starts: '2026-04-01',
      state: 'open',
      version: 1,
    });
    await given(home(), { kind: 'tasks.put', rows: [task('p', '11', { units: [lead] })] });
    expect((await found(5))?.code).toBe('11');
    // An import that replaces the row leaves its number and its target.
    await given(home(), { kind: 'tasks.put', rows: [{ ...task('p', 'x', { units: [lead] }), seen: 1 }] });
    expect(await found(4)).toMatchObject({ target: 12, number: 4 });
  });

  test('reports are kept in their order; of two that saw the same version one is stale', async () => {
    await imported();
    await given(home(), report('r1', 10, 1, 20));
    const both = [report('r2', 20, 2, 60.5, 8), report('r3', 30, 2, 40)].map((change) =>
      home().store.commit(work({ changes: [change] })),
    );
    expect((await Promise.all(both)).toSorted()).toEqual(['done', 'stale']);
    const kept = await home().store.progress(['p-1', 'p-2']);
    expect(kept[0]).toEqual({
      id: 'r1',
      taskId: 'p-1',
      at: 10,
      actor: 'ou_1',
      words: '说明',
      percent: 20,
      amount: undefined,
      correction: false,
      files: 1,
    });
    expect(await home().store.progressEvidence('p-1')).toMatchObject([
      { reportId: 'r1', kind: 'image', messageId: 'om_r1', fileKey: 'img_1' },
      { messageId: expect.stringMatching(/om_r[23]/) },
    ]);
    expect(kept).toHaveLength(2);
    expect(await home().store.progress([])).toEqual([]);
  });

  test('moved, measured, closed and opened again: each leaves its entry, from the version that was seen', async () => {
    await imported();
    const due = { kind: 'date', date: date('2026-07-01') } as const;
    await given(
      home(),
      { kind: 'task.moved', id: 'p-1', due, dueText: '7月1日', dayUnit: 'natural', entry: entry('e1', 'due'), seen: 1 },
      { kind: 'task.measured', id: 'p-1', target: 3, measure: '亿元', entry: entry('e2', 'target'), seen: 2 },
      { kind: 'task.settled', id: 'p-1', state: 'done', entry: entry('e3', 'done'), seen: 3 },
    );
    expect(await found(1)).toMatchObject({
      due,
      dueText: '7月1日',
      dayUnit: 'natural',
      target: 3,
      state: 'done',
      version: 4,
    });
    expect(await found(1, 'open')).toBeUndefined();
    const open: Change = { kind: 'task.settled', id: 'p-1', state: 'open', entry: entry('e4', 'reopened'), seen: 3 };
    expect(await home().store.commit(work({ changes: [open] }))).toBe('stale');
    await given(home(), { ...open, seen: 4 });
    expect((await home().store.taskEntries('p-1', 3)).map(({ kind }) => kind)).toEqual(['reopened', 'done', 'target']);
  });

  test('a step replaces the one of its name, and a task is looked at anew after each change', async () => {
    await imported();
    const set = (id: string, seen: number, day?: string, doneOn?: string): Change => ({
      kind: 'task.step',
      id: 'p-1',
      name: '封顶',
      entry: entry(id, 'step'),
      seen,
      step: day === undefined ? undefined : { name: '封顶', due: date(day), doneOn: doneOn ? date(doneOn) : undefined },
    });
    const watched = async () =>
      (await home().store.tasksToWatch(50, 9)).map(({ task: { number } }) => number).toSorted();
    await given(home(), set('e1', 1, '2026-05-01'));
    await given(home(), set('e2', 2, '2026-06-01'));
    expect((await found(1))?.steps).toMatchObject([{ name: '封顶', due: '2026-06-01' }]);
    await given(home(), { kind: 'task.watched', id: 'p-1', watchAt: 100, seen: 3 });
    expect(await watched()).toEqual([2, 3]);
    await given(home(), { kind: 'task.watched', id: 'p-1', watchAt: 100, since: date('2026-05-02'), seen: 3 });
    expect(await found(1)).toMatchObject({ pursuit: { level: 0, since: '2026-05-02' }, version: 3 });
    await given(home(), set('e3', 3, '2026-06-01', '2026-05-20'));
    expect(await watched()).toEqual([1, 2, 3]);
    expect((await found(1))?.steps).toMatchObject([{ doneOn: '2026-05-20' }]);
    await given(home(), set('e4', 4));
    expect((await found(1))?.steps).toEqual([]);
    const pursuit = { level: 2, drafted: 2, since: date('2026-06-03'), rectifyBy: date('2026-06-10') } as const;
    await given(home(), { kind: 'task.pursued', id: 'p-1', pursuit, watchAt: 200, seen: 5 });
    expect(await found(1)).toMatchObject({ pursuit, version: 6 });
    expect(await home().store.commit(work({ changes: [set('e5', 5)] }))).toBe('stale');
  });

  test('who gave a task sees it in a list, and is not alerted of it', async () => {
    await given(home(), district, program('p', 'culture'), {
      kind: 'tasks.put',
      rows: [task('p', '1', { units: [lead] })],
    });
    const scope = { unitIds: ['culture'] };
    expect(await home().store.tasks({ scope })).toEqual([]);
    expect(await home().store.tasks({ scope, given: true })).toMatchObject([{ number: 1 }]);
    expect(await home().store.roots()).toEqual(['bureau']);
  });

  test('one program has many tasks that were given in the chat, none of them in a table', async () => {
    await imported();
    const second = (id: string, number: number): Change => ({
      kind: 'task.added',
      task: {
        row: { ...row, id, code: `T${number}` },
        number,
        measure: '',
        starts: date('2026-04-01'),
        restricted: number === 5,
      },
      entry: { ...entry(`e${number}`, 'added', id), actor: 'ou_giver' },
    });
    await given(home(), second('given-4', 4), second('given-5', 5));
    expect(await found(4)).toMatchObject({ code: 'T4', title: row.title, restricted: false });
    // The second one is confidential: only by name of somebody who may know.
    expect(await found(5)).toBeUndefined();
    const asked = (openId: string, personIds: readonly string[], office: readonly string[] | 'everywhere') =>
      home().store.tasks({
        scope: { unitIds: ['wanghai'] },
        number: 5,
        confidant: { openId, personIds, office },
      });
    expect(await asked('ou_1', [], [])).toEqual([]);
    expect(await asked('ou_1', [], ['wanghai'])).toEqual([]);
    for (const seen of [
      await asked('ou_giver', [], []),
      await asked('ou_1', [], ['bureau']),
      await asked('ou_1', [], 'everywhere'),
    ])
      expect(seen).toMatchObject([{ number: 5, restricted: true }]);
    await given(home(), { kind: 'people.put', rows: [person('chen', 'culture', '陈甲')] });
    const people = [{ name: '陈甲', personId: 'chen' }];
    const units = [{ role: 'lead', unit: { id: 'culture', name: 'x' }, written: '文化局' }] as const;
    await given(home(), {
      kind: 'task.handed',
      id: 'given-5',
      units,
      people,
      entry: entry('e6', 'handed', 'given-5'),
      seen: 1,
    });
    expect(await asked('ou_1', ['chen'], [])).toEqual([]);
    const [theirs] = await home().store.tasks({
      scope: { unitIds: ['culture'] },
      confidant: { openId: 'ou_1', personIds: ['chen'], office: [] },
    });
    expect(theirs).toMatchObject({ number: 5, people, version: 2 });
    const { tasks, confidential } = await home().store.duties('chen', date('2026-04-01'));
    expect({ tasks, confidential }).toEqual({ tasks: [], confidential: [{ number: 5, unitId: 'bureau' }] });
    expect(theirs?.units).toMatchObject([{ role: 'lead', written: '文化局' }]);
    expect((await home().store.programFigures('p', 0)).openTasks).toBe(4);
    await given(home(), {
      kind: 'task.restricted',
      id: 'given-5',
      restricted: false,
      entry: entry('e7', 'openedUp', 'given-5'),
      seen: 2,
    });
    expect((await home().store.programFigures('p', 0)).openTasks).toBe(5);
  });
});
