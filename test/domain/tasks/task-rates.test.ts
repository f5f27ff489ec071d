import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, date, type LocalDate } from '../../../src/domain/calendar/local-date.ts';
import type { Due, Task } from '../../../src/domain/tasks/task.ts';
import { type CountedTask, taskFiguresOf } from '../../../src/domain/tasks/task-rates.ts';

const TODAY = date('2026-04-20');
const counted = (
  state: Task['state'],
  due: Due,
  more: Partial<CountedTask['state']> & { readonly doneOn?: LocalDate } = {},
): CountedTask => {
  const { doneOn, ...rest } = more;
  const task: Task = {
    id: 't',
    programId: 'p',
    program: '专项',
    code: '1',
    kind: 'keyWork',
    title: '任务',
    level1: '',
    level2: '',
    veto: false,
    due,
    dueText: '',
    dayUnit: 'working',
    requirement: '',
    evidence: '',
    note: '',
    units: [],
    people: [],
    ownRole: 'lead',
    number: 1,
    state,
    measure: '',
    version: 1,
    restricted: false,
    steps: [],
    pursuit: { level: 0, drafted: 0 },
  };
  return { state: { task, due: due.kind === 'date' ? due.date : undefined, ...rest }, doneOn };
};
const on = (days: number): Due => ({ kind: 'date', date: addDays(TODAY, days) });

test('done by its day, done later, late, behind and on pace are told apart', () => {
  const latest = { id: 'r', taskId: 't', at: 1, actor: 'ou', percent: 100, words: '', correction: false, files: 0 };
  const figures = taskFiguresOf(
    [
      counted('done', on(-5), { doneOn: addDays(TODAY, -5), light: { light: 'green' } }),
      counted('done', on(-5), { doneOn: addDays(TODAY, -4), light: { light: 'green' } }),
      // Nobody closed it in the chat, or it had no day: done, and in no rate of punctuality.
      counted('done', on(-5)),
      counted('done', { kind: 'ongoing' }, { doneOn: TODAY }),
      counted('open', on(-1), { light: { light: 'red', why: '已逾期' } }),
      // All of it is reported: it waits for the office.
      counted('open', on(-1), { light: { light: 'green' }, latest }),
      counted('open', on(30), { light: { light: 'yellow' } }),
      counted('open', on(30), { light: { light: 'red' } }),
      counted('open', on(30), { light: { light: 'green' } }),
      // A rhythm has always another day.
      counted('open', { kind: 'monthly', day: 25 }, { due: addDays(TODAY, -1) }),
    ],
    TODAY,
  );
  expect(figures).toEqual({ total: 10, done: 4, late: 1, behind: 2, completion: 0.4, punctuality: 1 / 3 });
  expect(taskFiguresOf([], TODAY)).toEqual({
    total: 0,
    done: 0,
    late: 0,
    behind: 0,
    completion: undefined,
    punctuality: undefined,
  });
});

test('no task is counted twice, and a rate is a share', () => {
  const any = fc
    .record({
      state: fc.constantFrom('open' as const, 'done' as const),
      days: fc.option(fc.integer({ min: -90, max: 90 }), { nil: undefined }),
      light: fc.constantFrom('green' as const, 'yellow' as const, 'red' as const, undefined),
      ended: fc.option(fc.integer({ min: -90, max: 0 }), { nil: undefined }),
    })
    .map(({ state, days, light, ended }) =>
      counted(state, days === undefined ? { kind: 'none' } : on(days), {
        ...(light && { light: { light } }),
        ...(state === 'done' && ended !== undefined && { doneOn: addDays(TODAY, ended) }),
      }),
    );
  fc.assert(
    fc.property(fc.array(any), (tasks) => {
      const { total, done, late, behind, completion, punctuality } = taskFiguresOf(tasks, TODAY);
      expect(done + late + behind).toBeLessThanOrEqual(total);
      for (const rate of [completion ?? 0, punctuality ?? 0]) {
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(1);
      }
    }),
  );
});
