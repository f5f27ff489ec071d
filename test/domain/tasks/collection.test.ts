import { expect, test } from 'vitest';
import { date, instantAt } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { collectionOf, reportDay } from '../../../src/domain/tasks/collection.ts';
import type { ProgressReport } from '../../../src/domain/tasks/progress.ts';
import { NOT_PURSUED } from '../../../src/domain/tasks/pursuit.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';

const ZONE = 'Asia/Shanghai';
const calendar = statutoryCalendar();
const task = (id: string, more: Partial<Task> = {}): Task => ({
  id,
  programId: 'p',
  program: '专项',
  code: id,
  kind: 'keyWork',
  title: id,
  level1: '',
  level2: '',
  veto: false,
  due: { kind: 'ongoing' },
  dueText: '',
  dayUnit: 'working',
  requirement: '',
  evidence: '',
  note: '',
  units: [],
  people: [],
  ownRole: 'lead',
  number: 1,
  state: 'open',
  measure: '',
  restricted: false,
  version: 1,
  pursuit: NOT_PURSUED,
  steps: [],
  ...more,
});
const report = (taskId: string, day: string): ProgressReport => ({
  id: `${taskId}${day}`,
  taskId,
  at: instantAt(date(day), '10:00', ZONE),
  actor: 'ou_1',
  words: '',
  percent: 10,
  correction: false,
  files: 0,
});
const round = (tasks: readonly Task[], reports: readonly ProgressReport[], day: string, by?: string) => {
  const found = collectionOf(
    tasks.map((each) => ({ task: each })),
    { reports, day: date(day), by: by === undefined ? undefined : date(by), zone: ZONE },
  );
  const ids = (states: readonly { task: Task }[]) => states.map((state) => state.task.id).join(' ');
  return {
    reported: ids(found.reported),
    missing: ids(found.missing),
    late: found.late.map(({ state, on }) => `${state.task.id} ${on}`).join(' '),
  };
};

test('the day of reporting is the working day on or after the one that is set', () => {
  expect(reportDay(date('2026-05-03'), 25, calendar)).toBe('2026-05-25');
  expect(reportDay(date('2026-04-03'), 25, calendar)).toBe('2026-04-27');
  // 国庆 ends on 7 October.
  expect(reportDay(date('2026-10-20'), 1, calendar)).toBe('2026-10-08');
  expect(reportDay(date('2026-05-03'), undefined, calendar)).toBeUndefined();
});

test('late is whose first report of the month came after the day; a report of last month is none', () => {
  const tasks = ['a', 'b', 'c', 'd'].map((id) => task(id));
  const reports = [
    report('a', '2026-05-20'),
    report('a', '2026-05-28'),
    report('b', '2026-05-26'),
    report('c', '2026-04-30'),
  ];
  expect(round(tasks, reports, '2026-05-29', '2026-05-25')).toEqual({
    reported: 'a b',
    missing: 'c d',
    late: 'b 2026-05-26',
  });
  expect(round(tasks, reports, '2026-05-29')).toMatchObject({ late: '' });
});

test('members change within the month: who leads now is asked; what is done or has not begun is not', () => {
  const tasks = [
    task('mine'),
    task('assisted', { ownRole: 'assist' }),
    task('done', { state: 'done' }),
    task('later', { starts: date('2026-06-01') }),
  ];
  expect(round(tasks, [], '2026-05-29')).toEqual({ reported: '', missing: 'mine', late: '' });
});
