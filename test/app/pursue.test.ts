import { expect, test } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import { tick } from '../../src/app/tick.ts';
import { date, type Instant, instantAt, type LocalTime } from '../../src/domain/calendar/local-date.ts';
import type { Change } from '../../src/ports/changes.ts';
import { person, program, task } from '../db/district.ts';
import { openPostOffice, type PostOffice } from './post-office.ts';

const at = (day: string, time: LocalTime) => instantAt(date(day), time, 'Asia/Shanghai');
const DAY = '2026-03-16';

/** A confidential task of one school, due today; its person is linked, and the office is an administrator. */
async function confidential(): Promise<PostOffice & { readonly core: Core }> {
  const office = await openPostOffice(50, at(DAY, '08:00'));
  const changes: readonly Change[] = [
    {
      kind: 'units.put',
      rows: [{ id: 'u', name: '第一小学', kind: '小学', parentId: undefined, names: [] }],
    },
    program('p', 'u'),
    { kind: 'people.put', rows: [person('p1', 'u', '王芳'), person('p2', 'u', '李敏')] },
    { kind: 'person.linked', personId: 'p1', openId: 'ou_wang', by: 'administrator', seen: 1 },
    TASK,
  ];
  expect(await office.database.store.commit({ changes, messages: [], audit: [] })).toBe('done');
  return { ...office, core: { ...office.core, adminOpenIds: new Set(['ou_office']) } };
}

const TASK: Change = {
  kind: 'task.added',
  task: {
    row: task('p', '1', {
      title: '回访信访人',
      due: { kind: 'date', date: date(DAY) },
      dayUnit: 'working',
      units: [{ role: 'lead', unitId: 'u', written: '第一小学' }],
      people: [{ name: '王芳', personId: 'p1' }],
    }),
    number: 1,
    measure: '',
    starts: date('2026-03-02'),
    restricted: true,
  },
  entry: {
    id: 'e',
    taskId: 'p-1',
    at: at('2026-03-02', '09:00'),
    actor: 'ou_office',
    kind: 'added',
    before: '',
    after: '',
    reason: '',
  },
};

const alerted = ({ calls }: PostOffice) =>
  calls.filter(({ content }) => content.includes('回访信访人')).map(({ chatId }) => chatId);
const lookAgain = async ({ database }: PostOffice, now: Instant) => {
  const [found] = await database.store.tasksToWatch(Number.MAX_SAFE_INTEGER, 1);
  const change = { kind: 'task.watched', id: 'p-1', watchAt: now, seen: found?.task.version ?? 0 } as const;
  expect(await database.store.commit({ changes: [change], messages: [], audit: [] })).toBe('done');
};

test('the deadline of a confidential task is alerted once to each reader of a day, by however many processes', async () => {
  const office = await confidential();
  const now = at(DAY, '09:20');
  await office.time.advanceTo(now);
  await Promise.all([tick(office.core, now), tick(office.core, now), tick(office.core, now)]);
  await office.time.advanceBy(5_000);
  expect(alerted(office)).toEqual(['ou_wang']);
});

test('a task that is looked at again on the same day is alerted to those alone who have not heard, and does not fail each minute', async () => {
  const office = await confidential();
  await office.time.advanceTo(at(DAY, '09:20'));
  await tick(office.core, at(DAY, '09:20'));
  await office.time.advanceTo(at(DAY, '10:00'));
  await lookAgain(office, at(DAY, '10:00'));
  await tick(office.core, at(DAY, '10:00'));
  await office.time.advanceBy(5_000);
  expect(alerted(office)).toEqual(['ou_wang']);
  expect(await office.database.store.tasksToWatch(at(DAY, '10:01'), 1)).toEqual([]);

  const leader = {
    kind: 'role.granted',
    openId: 'ou_leader',
    role: 'leader',
    unitId: 'u',
    by: 'ou_office',
    at: 1,
  } as const;
  const link = { kind: 'person.linked', personId: 'p2', openId: 'ou_li', by: 'administrator', seen: 1 } as const;
  await office.database.store.commit({ changes: [leader, link], messages: [], audit: [] });
  const people = [
    { name: '王芳', personId: 'p1' },
    { name: '李敏', personId: 'p2' },
  ];
  const [found] = await office.database.store.tasksToWatch(Number.MAX_SAFE_INTEGER, 1);
  const row = { ...(TASK.kind === 'task.added' ? TASK.task.row : undefined), people, seen: found?.task.version };
  await office.database.store.commit({
    changes: [{ kind: 'tasks.put', rows: [row as never] }],
    messages: [],
    audit: [],
  });
  await lookAgain(office, at(DAY, '10:05'));
  await office.time.advanceTo(at(DAY, '10:05'));
  await tick(office.core, at(DAY, '10:05'));
  await office.time.advanceBy(5_000);
  expect(alerted(office)).toEqual(['ou_wang', 'ou_li']);
});
