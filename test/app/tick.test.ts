import { describe, expect, test } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import { tick } from '../../src/app/tick.ts';
import { date, instantAt, wallClock } from '../../src/domain/calendar/local-date.ts';
import { at, beatUntil, district, MINUTE, withStore, ZONE } from './morning.ts';

const minuteOf = (instant: number) => wallClock(instant, ZONE).time;

describe('a morning', () => {
  test('1000 groups get one card each, over at least five minutes, none at :00 or :30, at most a quarter in one minute', async () => {
    const office = await district(1000);
    await beatUntil(office, at('08:50'));
    const { calls } = office;
    expect(calls).toHaveLength(1000);
    expect(new Set(calls.map(({ chatId }) => chatId)).size).toBe(1000);
    const inMinute = Map.groupBy(calls, (call) => minuteOf(call.at));
    expect([...inMinute.keys()].filter((minute) => /:[03]0$/.test(minute))).toEqual([]);
    expect(Math.max(...[...inMinute.values()].map((own) => own.length))).toBeLessThanOrEqual(250);
    const times = calls.map((call) => call.at);
    expect(Math.min(...times)).toBeGreaterThan(at('08:30'));
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(5 * MINUTE);
  });

  test('a beat at a full hour sends nothing in that minute, though groups came due just before it', async () => {
    const office = await district(300, '08:55');
    await beatUntil(office, at('09:10'));
    const minutes = new Set(office.calls.map((call) => minuteOf(call.at)));
    expect(office.calls).toHaveLength(300);
    expect(minutes.has('09:00')).toBe(false);
    expect(minutes.has('09:01')).toBe(true);
  });

  test('a second beat of the same minute, and a clock that went back, push nothing twice', async () => {
    const office = await district(20);
    await beatUntil(office, at('08:45'));
    await tick(office.core, at('08:45'));
    await tick(office.core, at('08:31'));
    await office.time.advanceBy(MINUTE);
    expect(office.calls).toHaveLength(20);
  });

  test('two processes that beat at the same time make one card a group', async () => {
    const office = await district(60);
    await office.time.advanceTo(at('08:45'));
    await Promise.all([tick(office.core, at('08:45')), tick(office.core, at('08:45')), tick(office.core, at('08:45'))]);
    await office.time.advanceBy(5 * MINUTE);
    expect(office.calls).toHaveLength(60);
    expect(new Set(office.calls.map(({ chatId }) => chatId)).size).toBe(60);
  });

  test('after downtime a card is sent once and marked, after its day only recorded', async () => {
    const late = await district(3);
    await late.time.advanceTo(at('10:00'));
    await tick(late.core, at('10:00'));
    await late.time.advanceBy(2 * MINUTE);
    expect(late.calls.map(({ content }) => content.includes('【补发】今日督导'))).toEqual([true, true, true]);

    const missed = await district(3);
    await missed.time.advanceTo(at('19:00'));
    await tick(missed.core, at('19:00'));
    await missed.time.advanceBy(2 * MINUTE);
    // The week's plan still makes sense in the evening, the day's does not.
    expect(missed.calls.map(({ content }) => content.includes('【补发】本周督导'))).toEqual([true, true, true]);
    expect(missed.calls.some(({ content }) => content.includes('今日督导'))).toBe(false);
    expect(await missed.database.store.nextPushes(undefined, 1)).toMatchObject([
      { nominalAt: instantAt(date('2026-03-17'), '08:30', ZONE) },
    ]);
  });
});

describe('trouble', () => {
  const poisoned = (core: Core, unitIds: readonly string[]) =>
    withStore(core, {
      inspections: (query) =>
        query.scope.unitIds.some((id) => unitIds.includes(id))
          ? Promise.reject(new Error('poisoned'))
          : core.store.inspections(query),
    });

  test('groups that fail do not stop the others, however many come before them', async () => {
    const office = await district(200);
    const bad = Array.from({ length: 120 }, (_, i) => `u${i}`);
    await office.time.advanceTo(at('08:45'));
    await tick(poisoned(office.core, bad), at('08:45'));
    await office.time.advanceBy(MINUTE);
    expect(office.calls).toHaveLength(80);
    expect(office.log.filter((line) => line.includes('a reminder failed'))).toHaveLength(120);
  });

  test('a round of the heartbeat that fails is logged, and stops no other', async () => {
    const office = await district(2);
    const broken = () => Promise.reject(new Error('no such table'));
    const failing = withStore(office.core, { dueRules: broken, findingsToWatch: broken });
    const { purge } = office.core.store;
    let purged = 0;
    const watched = withStore(failing, {
      purge: async (...given) => {
        purged += 1;
        await purge(...given);
      },
    });
    await tick(watched, at('08:37'));
    expect(purged).toBe(1);
    const failed = office.log.filter((line) => line.includes('a step of the heartbeat failed'));
    expect(failed.map((line) => /"round":"([^"]+)"/.exec(line)?.[1])).toEqual(['reminders', 'escalations']);
  });

  test('a group that failed is tried again within minutes, and gets its card when it can be made', async () => {
    const office = await district(2);
    await beatUntil(office, at('08:40'), poisoned(office.core, ['u1']));
    expect(office.calls).toHaveLength(1);
    const failures = office.log.length;
    expect(failures).toBeGreaterThan(0);
    expect(failures).toBeLessThan(10);
    await beatUntil(office, at('08:52'));
    expect(office.calls).toHaveLength(2);
  });

  test('a rule that comes to an occurrence which has happened goes on to the next', async () => {
    const office = await district(1);
    await beatUntil(office, at('08:45'));
    const [day] = await office.database.store.rules('oc_xxxxxxx0');
    if (!day) throw new Error('no rule');
    const { id, calendarVersion, version: seen } = day;
    const again = { id, nominalAt: at('08:30'), fireAt: at('08:35'), moved: true, seen };
    await office.database.store.commit({
      changes: [{ kind: 'rules.followed', rules: [again], calendarVersion }],
      messages: [],
      audit: [],
    });
    await beatUntil(office, at('08:50'));
    expect(office.calls).toHaveLength(1);
    expect(await office.database.store.dueRules(at('08:50'), 10)).toEqual([]);
  });

  test('a beat with nothing due asks three questions, and each ten minutes throws away what is past its keep', async () => {
    const office = await district(50);
    // The first beat looks at the rules that have just been made.
    await tick(office.core, at('08:09'));
    const asked: string[] = [];
    const store = new Proxy(office.core.store, {
      get(target, name, receiver) {
        asked.push(String(name));
        return Reflect.get(target, name, receiver);
      },
    });
    await tick({ ...office.core, store }, at('08:10'));
    const questions = ['calendarState', 'findingsToWatch', 'tasksToWatch'];
    expect(asked).toEqual(questions);
    await tick({ ...office.core, store }, at('08:17'));
    expect(asked).toEqual([...questions, ...questions, 'purge']);
  });
});
