import { expect, test } from 'vitest';
import { tick } from '../../src/app/tick.ts';
import { date, type Instant, instantAt, type LocalTime } from '../../src/domain/calendar/local-date.ts';
import { selfAlarm } from '../../src/features/reminders/self-alarm-round.ts';
import type { Change, UnitOfWork } from '../../src/ports/changes.ts';
import type { Store } from '../../src/ports/store.ts';
import { openPostOffice, type PostOffice, push } from './post-office.ts';

const MINUTE = 60_000;
const at = (time: LocalTime, day = '2026-03-16') => instantAt(date(day), time, 'Asia/Shanghai');
const NOMINAL = at('08:30');

interface Push {
  readonly chatId: string;
  readonly nominalAt?: Instant;
  readonly outcome?: 'sent' | 'late' | 'missed';
  readonly reason?: 'paused';
  readonly decidedAt?: Instant;
  readonly message?: boolean;
}

/** A group whose rule of this morning was decided so; without an outcome it was not. */
async function given(office: PostOffice, { chatId, nominalAt = NOMINAL, ...decided }: Push): Promise<void> {
  const { outcome, reason, decidedAt = nominalAt + 3 * MINUTE, message } = decided;
  const store = office.core.store;
  const next = outcome === undefined ? nominalAt : nominalAt + 1_440 * MINUTE;
  const changes: Change[] = [
    {
      kind: 'units.put',
      rows: [{ id: chatId, name: chatId, kind: '小学', parentId: undefined, names: [] }],
    },
    { kind: 'group.joined', chatId, name: '甲群' },
    { kind: 'group.bound', chatId, unitId: chatId, seen: 1 },
    {
      kind: 'rule.added',
      rule: {
        id: `rule ${chatId}`,
        chatId,
        content: 'day',
        recurrence: { kind: 'workdays' },
        time: '08:30',
        nominalAt: next,
        fireAt: next + MINUTE,
      },
    },
  ];
  const guard: UnitOfWork['guard'] = outcome && {
    kind: 'occurrence',
    chatId,
    nominalAt,
    contents: ['day'],
    at: decidedAt,
    ...(reason ? { outcome: 'missed', reason } : { outcome }),
  };
  const messages = message ? [push(`push:${chatId}:${nominalAt}`, chatId, decidedAt)] : [];
  expect(await store.commit({ changes, messages, audit: [] })).toBe('done');
  if (guard) expect(await store.commit({ guard, changes: [], messages: [], audit: [] })).toBe('done');
}

/** What administrators are told, by card. */
async function told({ core }: PostOffice, time: LocalTime, day = '2026-03-16'): Promise<readonly string[]> {
  const cards: string[] = [];
  const commit: Store['commit'] = async (unit) => {
    const outcome = await core.store.commit(unit);
    if (outcome === 'done') for (const { chatId, content } of unit.messages) cards.push(`${chatId} ${content}`);
    return outcome;
  };
  await selfAlarm({ ...core, adminOpenIds: new Set(['ou_admin']), store: { ...core.store, commit } }, at(time, day));
  return cards;
}

test('a morning on which everything left is nobody’s news, nor is one that has no pushes', async () => {
  const office = await openPostOffice(1, at('08:00'));
  expect(await told(office, '09:01')).toEqual([]);
  await given(office, { chatId: 'oc_1', outcome: 'sent', message: true });
  await office.core.outbox.sent(`push:oc_1:${NOMINAL}`, 'om_1', at('08:35'));
  await given(office, { chatId: 'oc_2', nominalAt: at('08:55') });
  expect(await told(office, '09:01')).toEqual([]);
});

test.each([
  ['was not made', {}, '还没有生成'],
  ['was made too late', { outcome: 'late', decidedAt: at('09:20') }, '没有按时发出'],
  ['was held back by the pause', { outcome: 'sent', reason: 'paused' }, '因全部暂停没有发'],
] as const)('a push that %s is told once that day, and written to the log', async (_, push, what) => {
  const office = await openPostOffice(1, at('08:00'));
  await given(office, { chatId: 'oc_1', ...push });
  expect(await told(office, '08:56')).toEqual([]);
  const [card, ...more] = await told(office, '09:21');
  expect(more).toEqual([]);
  expect(card).toContain(`到 09:00，今天有 1 个群的推送${what}`);
  expect(card).toContain('甲群');
  expect(office.log.join()).toContain('pushes are not out');
  expect(await told(office, '09:26')).toEqual([]);
});

test('a push that stands in the queue, and one that Lark did not take, are two problems', async () => {
  const office = await openPostOffice(1, at('08:00'));
  for (const chatId of ['oc_1', 'oc_2']) await given(office, { chatId, outcome: 'sent', message: true });
  await office.core.outbox.keep(`push:oc_2:${NOMINAL}`, 'failed', 230099, 'refused', at('08:36'));
  const cards = (await told(office, '09:01')).toSorted().join();
  expect(cards).toContain('还在排队，没有送出');
  expect(cards).toContain('没有送达');
});

test('quiet hours that last longer than the alarm’s time are no alarm; one that is switched off keeps silent', async () => {
  const office = await openPostOffice(1, at('08:00'));
  await given(office, { chatId: 'oc_1' });
  const set = (key: 'quietHours' | 'selfAlarm', value: string | undefined, seen = 0): Change => ({
    kind: 'setting.changed',
    key,
    chatId: undefined,
    by: 'ou_a',
    at: 1,
    value,
    seen,
  });
  const put = (...changes: Change[]) => office.core.store.commit({ changes, messages: [], audit: [] });
  expect(await put(set('quietHours', '22:00–次日09:30'))).toBe('done');
  expect(await told(office, '09:21')).toEqual([]);
  expect(await put(set('quietHours', undefined, 1), set('selfAlarm', '关闭'))).toBe('done');
  expect(await told(office, '09:26')).toEqual([]);
  expect(await put(set('selfAlarm', '09:30', 1))).toBe('done');
  expect(await told(office, '09:26')).toEqual([]);
  expect(await told(office, '09:31')).toHaveLength(1);
});

test('what was given up is told as soon as it is known, once, whenever that is but in quiet hours', async () => {
  const office = await openPostOffice(1, at('08:00'));
  await given(office, { chatId: 'oc_1', outcome: 'missed', decidedAt: at('18:31') });
  const [card, ...more] = await told(office, '18:36');
  expect(more).toEqual([]);
  for (const said of ['没有发出，已经过时', '甲群', '3月16日（周一） 08&#58;30　今日日程'])
    expect(card).toContain(said);
  expect(await told(office, '18:41')).toEqual([]);
  // Another one, found later that night, waits for the morning.
  await given(office, { chatId: 'oc_2', outcome: 'missed', decidedAt: at('21:58') });
  expect(await told(office, '22:01')).toEqual([]);
  const morning = await told(office, '07:01', '2026-03-17');
  expect(morning).toEqual([expect.stringContaining('有 1 个群的 1 次推送没有发出')]);
  expect(await told(office, '07:06', '2026-03-17')).toEqual([]);
  // What a pause held back is told when it ends.
  await given(office, { chatId: 'oc_3', outcome: 'sent', reason: 'paused', decidedAt: at('21:59') });
  expect(await told(office, '07:11', '2026-03-17')).toEqual([]);
});

test('a watch that fails is written down and counted, and stops nothing', async () => {
  const office = await openPostOffice(1, at('08:00'));
  const store = { ...office.core.store, unsentPushes: () => Promise.reject(new Error('no database')) };
  const counted: string[] = [];
  const count: typeof office.core.count = (name, labels) => counted.push(`${name} ${labels?.['round']}`);
  await tick({ ...office.core, store, count }, at('09:01'));
  expect(office.log.join()).toContain('no database');
  expect(counted).toEqual(['dudao_round_failures_total self-alarm']);
});
