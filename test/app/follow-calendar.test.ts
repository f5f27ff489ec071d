import { expect, test } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import { tick } from '../../src/app/tick.ts';
import { date, type Instant, instantAt, type LocalTime, wallClock } from '../../src/domain/calendar/local-date.ts';
import { fireAt } from '../../src/domain/reminders/spread.ts';
import type { Change } from '../../src/ports/changes.ts';
import { inspection, program } from '../db/district.ts';
import { openPostOffice, type PostOffice } from './post-office.ts';

const ZONE = 'Asia/Shanghai';
const CHAT = 'oc_calendar';
const at = (day: string, time: LocalTime) => instantAt(date(day), time, ZONE);
const rest = (day: string) => ({ day: date(day), kind: 'rest', name: '' }) as const;
const work = (day: string) => ({ day: date(day), kind: 'work', name: '' }) as const;

/** One group with 今日日程 at 08:30 of each working day, and a visit every day; Thursday 12 March 2026, its push is over. */
async function oneGroup(more: readonly Change[] = []): Promise<PostOffice> {
  const office = await openPostOffice(50, at('2026-03-12', '10:00'));
  const nominalAt = at('2026-03-13', '08:30');
  const visits = Array.from({ length: 9 }, (_, n) => inspection(`i${n}`, 'u', `2026-03-${12 + n}`));
  const changes: readonly Change[] = [
    {
      kind: 'units.put',
      rows: [{ id: 'u', name: '第一小学', kind: '小学', parentId: undefined, names: [] }],
    },
    program('p', 'u'),
    { kind: 'inspections.put', rows: visits },
    { kind: 'group.joined', chatId: CHAT, name: '群' },
    { kind: 'group.bound', chatId: CHAT, unitId: 'u', seen: 1 },
    {
      kind: 'rule.added',
      rule: {
        id: 'r',
        chatId: CHAT,
        content: 'day',
        recurrence: { kind: 'workdays' },
        time: '08:30',
        nominalAt,
        fireAt: fireAt(nominalAt, CHAT),
      },
    },
    ...more,
  ];
  expect(await office.database.store.commit({ changes, messages: [], audit: [] })).toBe('done');
  await tick(office.core, at('2026-03-12', '10:00'));
  return office;
}

const entered = async ({ core }: PostOffice, ...days: (ReturnType<typeof rest> | ReturnType<typeof work>)[]) => {
  const { version: seen } = await core.store.calendarState();
  const change: Change = { kind: 'calendar.changed', entered: days, withdrawn: [], seen };
  expect(await core.store.commit({ changes: [change], messages: [], audit: [] })).toBe('done');
};

/** The days on which a card went out, when the heart beats at these times of each day. */
async function sentUntil(office: PostOffice, last: string, of: Core = office.core): Promise<readonly string[]> {
  for (let day = wallClock(office.time.now(), ZONE).date; day <= last; day = nextDay(day)) {
    for (const time of ['08:29', '08:40', '10:10'] as const) {
      const now = at(day, time);
      if (now <= office.time.now()) continue;
      await office.time.advanceTo(now);
      await tick(of, now);
      await office.time.advanceBy(1_000);
    }
  }
  return office.calls.map((call) => wallClock(call.at, ZONE).date);
}
const nextDay = (day: string) => date(wallClock(at(day, '12:00') + 86_400_000, ZONE).date);

test('a Friday that becomes a rest day is not pushed, and a Saturday that becomes a working day is', async () => {
  const office = await oneGroup();
  await entered(office, rest('2026-03-13'), work('2026-03-14'));
  expect(await sentUntil(office, '2026-03-17')).toEqual(['2026-03-14', '2026-03-16', '2026-03-17']);
});

test('what is taken back counts as if it had never been entered', async () => {
  const office = await oneGroup();
  await entered(office, rest('2026-03-13'), work('2026-03-14'));
  await tick(office.core, at('2026-03-12', '10:01'));
  const { version: seen } = await office.core.store.calendarState();
  const withdrawn = [date('2026-03-13'), date('2026-03-14')];
  const back: Change = { kind: 'calendar.changed', entered: [], withdrawn, seen };
  await office.core.store.commit({ changes: [back], messages: [], audit: [] });
  expect(await sentUntil(office, '2026-03-16')).toEqual(['2026-03-13', '2026-03-16']);
});

test('a day that is entered in the very moment of its push is not pushed', async () => {
  const office = await oneGroup();
  let first = true;
  const store = {
    ...office.core.store,
    // The administrator is faster than the beat that has already read the calendar.
    async dueRules(...asked: Parameters<typeof office.core.store.dueRules>) {
      const due = await office.core.store.dueRules(...asked);
      if (due.length > 0 && first) {
        first = false;
        await entered(office, rest('2026-03-13'));
      }
      return due;
    },
  };
  expect(await sentUntil(office, '2026-03-16', { ...office.core, store })).toEqual(['2026-03-16']);
  expect(first).toBe(false);
});

test('today, entered as a working day after its push would have gone, is not made up for', async () => {
  const office = await oneGroup();
  await sentUntil(office, '2026-03-13');
  await office.time.advanceTo(at('2026-03-14', '09:00'));
  await entered(office, work('2026-03-14'));
  expect(await sentUntil(office, '2026-03-16')).toEqual(['2026-03-13', '2026-03-16']);
});

test('a rule of 学期内 keeps quiet in the vacation of its group’s unit, and speaks again with the term', async () => {
  const office = await oneGroup([
    {
      kind: 'rule.changed',
      rule: {
        id: 'r',
        chatId: CHAT,
        content: 'day',
        recurrence: { kind: 'workdays', inTerm: true },
        time: '08:30',
        enabled: true,
        nominalAt: at('2026-03-13', '08:30'),
        fireAt: at('2026-03-13', '08:33'),
      },
      seen: 1,
    },
  ]);
  const { version: seen } = await office.core.store.calendarState();
  const span = { from: date('2026-03-13'), to: date('2026-03-16') };
  const period = { unitId: 'u', schoolYear: 2025, part: 'winter', ...span } as const;
  await office.core.store.commit({
    changes: [{ kind: 'schoolPeriod.entered', period, seen }],
    messages: [],
    audit: [],
  });
  expect(await sentUntil(office, '2026-03-18')).toEqual(['2026-03-17', '2026-03-18']);
});

test('假期推送 不发 keeps every reminder of a group quiet in the vacation, but for 紧急', async () => {
  const office = await oneGroup();
  const { store } = office.core;
  const { version: seen } = await store.calendarState();
  const span = { from: date('2026-03-13'), to: date('2026-03-17') };
  const period = { unitId: 'u', schoolYear: 2025, part: 'winter', ...span } as const;
  const set = { chatId: CHAT, by: 'ou_1', at: 1 } as const;
  const changes: readonly Change[] = [
    { kind: 'schoolPeriod.entered', period, seen },
    { kind: 'setting.changed', key: 'vacationPushes', value: '不发', seen: 0, ...set },
  ];
  expect(await store.commit({ changes, messages: [], audit: [] })).toBe('done');
  expect(await sentUntil(office, '2026-03-16')).toEqual([]);
  const urgent: Change = { kind: 'quiet.lifted', chatId: CHAT, until: at('2026-03-17', '12:00'), by: 'ou_1', at: 1 };
  await store.commit({ changes: [urgent], messages: [], audit: [] });
  expect(await sentUntil(office, '2026-03-18')).toEqual(['2026-03-17', '2026-03-18']);
});

test('a thousand rules follow a new calendar in one beat', async () => {
  const office = await oneGroup(
    Array.from({ length: 1_000 }, (_, n): Change => {
      const rule = { id: `more${n}`, chatId: CHAT, content: 'week', recurrence: { kind: 'workdays' } } as const;
      const times = { time: '08:30', nominalAt: at('2026-03-13', '08:30'), fireAt: at('2026-03-13', '08:33') } as const;
      return { kind: 'rule.added', rule: { ...rule, ...times } };
    }),
  );
  await entered(office, rest('2026-03-13'));
  await tick(office.core, at('2026-03-12', '10:01'));
  const rules = await office.core.store.rules(CHAT);
  expect(rules).toHaveLength(1_001);
  expect(new Set(rules.map((rule) => rule.nominalAt))).toEqual(new Set([at('2026-03-16', '08:30')]));
  expect((await office.core.store.calendarState()).rulesBehind).toBe(false);
});

const group = (index: number) => `oc_${index}`;
const rule = (id: string, chatId: string, content: 'day' | 'week' | 'month', day: string, time: LocalTime): Change => {
  const nominalAt = at(day, time);
  const rule = { id, chatId, content, recurrence: { kind: 'workdays' }, time, nominalAt } as const;
  return { kind: 'rule.added', rule: { ...rule, fireAt: fireAt(nominalAt, chatId) } };
};
const groups = (count: number): readonly Change[] =>
  Array.from({ length: count }, (_, n): Change[] => [
    { kind: 'group.joined', chatId: group(n), name: `群${n}` },
    { kind: 'group.bound', chatId: group(n), unitId: 'u', seen: 1 },
  ]).flat();
const each = (count: number, make: (chatId: string, n: number) => Change): readonly Change[] =>
  Array.from({ length: count }, (_, n) => make(group(n), n));
/** They come first when rules follow a new calendar, and never send. */
const fillers = (count: number): readonly Change[] => [
  { kind: 'group.joined', chatId: 'oc_filler', name: '满' },
  ...Array.from({ length: count }, (_, n) => rule(`filler${n}`, 'oc_filler', 'month', '2026-03-13', '17:00')),
];
const minutes = async ({ core, time }: PostOffice, from: Instant, count: number) => {
  for (let now = from; now < from + count * 60_000; now += 60_000) {
    await time.advanceTo(now);
    await tick(core, now);
  }
  await time.advanceBy(30_000);
};

test('a group is not fired while a rule of that time still follows an older calendar, however many come before it', async () => {
  const office = await oneGroup([
    ...groups(12),
    ...each(12, (chatId) => rule(`${chatId}:day`, chatId, 'day', '2026-03-13', '08:30')),
    ...fillers(4_100),
    ...each(12, (chatId) => rule(`${chatId}:week`, chatId, 'week', '2026-03-13', '08:30')),
  ]);
  await minutes(office, at('2026-03-13', '08:29'), 6);
  // In the middle of the six minutes: some groups have fired, others have not.
  await entered(office, rest('2026-03-20'));
  await minutes(office, at('2026-03-13', '08:35'), 6);
  const cards = office.calls.filter(({ chatId }) => chatId !== CHAT);
  expect(cards).toHaveLength(12);
  for (const { content } of cards) expect(content).toMatch(/今日督导.*本周督导/s);
});

test('a day that becomes a working day just before the time is pushed in all groups, however many rules there are', async () => {
  const office = await oneGroup([
    ...groups(12),
    ...fillers(4_100),
    ...each(12, (chatId) => rule(`${chatId}:day`, chatId, 'day', '2026-03-16', '08:30')),
  ]);
  await tick(office.core, at('2026-03-14', '08:29'));
  await entered(office, work('2026-03-14'));
  await minutes(office, at('2026-03-14', '08:30'), 10);
  expect(new Set(office.calls.map(({ chatId }) => chatId)).size).toBe(13);
  expect(office.calls).toHaveLength(13);
});
