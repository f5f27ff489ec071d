import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { CalendarChange } from '../../src/ports/calendar.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, rule, work } from './district.ts';

const rest = (day: string, name = '') => ({ day: date(day), kind: 'rest', name }) as const;
const worked = (day: string) => ({ day: date(day), kind: 'work', name: '' }) as const;
const winter = { from: date('2027-01-23'), to: date('2027-02-21') };

onEveryHome('calendar', (home) => {
  const version = async () => (await home().store.calendarState()).version;
  const changed = async (change: Partial<Extract<CalendarChange, { kind: 'calendar.changed' }>>): Promise<void> =>
    given(home(), { kind: 'calendar.changed', entered: [], withdrawn: [], seen: await version(), ...change });

  test('what is entered replaces what was, what is taken back is gone, and each makes a new version', async () => {
    const first = await version();
    await changed({ entered: [rest('2027-02-05', '春节'), worked('2027-02-14')], announced: 2027 });
    await changed({ entered: [rest('2027-02-14')], withdrawn: [date('2027-02-05')] });
    expect(await home().store.calendarEntries()).toEqual({
      days: [rest('2027-02-14')],
      announced: [2027],
      periods: [],
      parents: new Map(),
    });
    await changed({ announced: 2027 });
    await changed({ unannounced: 2027 });
    expect((await home().store.calendarEntries()).announced).toEqual([]);
    expect(await version()).toBe(first + 4);
  });

  test('a change that was decided on an older calendar is stale, and so is whatever relied on it', async () => {
    const seen = await version();
    await changed({ entered: [worked('2027-02-14')] });
    const late = { kind: 'calendar.changed', entered: [rest('2027-02-14')], withdrawn: [], seen } as const;
    expect(await home().store.commit(work({ changes: [late] }))).toBe('stale');
    const relied = { table: 'calendar', id: 'calendar', version: seen } as const;
    expect(await home().store.commit(work({ seen: [relied] }))).toBe('stale');
    expect(await home().store.commit(work({ seen: [{ ...relied, version: seen + 1 }] }))).toBe('done');
    expect((await home().store.calendarEntries()).days).toEqual([worked('2027-02-14')]);
  });

  test('of a unit, a part of a school year is entered once, and taken back', async () => {
    await given(home(), district);
    const period = { unitId: 'wanghai', schoolYear: 2026, part: 'winter', ...winter } as const;
    await given(home(), { kind: 'schoolPeriod.entered', period, seen: await version() });
    const longer = { ...period, to: date('2027-02-24') };
    await given(home(), { kind: 'schoolPeriod.entered', period: longer, seen: await version() });
    const entries = await home().store.calendarEntries();
    expect(entries.periods).toEqual([longer]);
    expect([entries.parents.get('wanghai'), entries.parents.get('bureau')]).toEqual(['bureau', undefined]);
    const { unitId, schoolYear, part } = period;
    await given(home(), { kind: 'schoolPeriod.withdrawn', unitId, schoolYear, part, seen: await version() });
    expect((await home().store.calendarEntries()).periods).toEqual([]);
  });

  test('a new calendar, a new rule, a new binding and a new tree leave rules behind until they follow', async () => {
    const { store } = home();
    const behind = async () => {
      const state = await store.calendarState();
      const rules = await store.rulesBehind(state.version, 10);
      expect(state.rulesBehind).toBe(rules.length > 0);
      return rules.map(({ rule: { id, nominalAt, version: seen }, unitId }) => ({ id, nominalAt, seen, unitId }));
    };
    const followed = async () => {
      const rules = (await behind()).map(({ id, seen }) => ({ id, nominalAt: 500, fireAt: 590, moved: true, seen }));
      await given(home(), { kind: 'rules.followed', rules, calendarVersion: await version() });
      expect(await behind()).toEqual([]);
    };
    await given(home(), district, { kind: 'group.joined', chatId: 'oc_1', name: '' }, rule('oc_1', 'day', 100));
    expect(await behind()).toEqual([{ id: 'oc_1:day', nominalAt: 10, seen: 1, unitId: undefined }]);
    await followed();
    expect(await store.rules('oc_1')).toMatchObject([{ nominalAt: 500, fireAt: 590, version: 2 }]);

    await given(home(), { kind: 'group.bound', chatId: 'oc_1', unitId: 'wanghai', seen: 1 });
    expect(await behind()).toEqual([{ id: 'oc_1:day', nominalAt: 500, seen: 2, unitId: 'wanghai' }]);
    await followed();
    await changed({ entered: [worked('2027-02-14')] });
    expect(await behind()).toHaveLength(1);
    await followed();
    const [unit] = (await store.directory()).units;
    if (!unit) throw new Error('no unit');
    await given(home(), { kind: 'units.put', rows: [{ ...unit, seen: unit.version }], closure: [] });
    expect(await behind()).toHaveLength(1);
  });

  test('rules that follow are told by version: one that was changed meanwhile fails them all, one that stays keeps its version', async () => {
    const { store } = home();
    await given(home(), { kind: 'group.joined', chatId: 'oc_1', name: '' });
    await given(home(), rule('oc_1', 'day', 100), rule('oc_1', 'week', 100));
    const times = { nominalAt: 10, fireAt: 100, moved: false };
    const follow = (seen: number) => ({
      kind: 'rules.followed' as const,
      rules: [
        { id: 'oc_1:day', ...times, seen: 1 },
        { id: 'oc_1:week', ...times, seen },
      ],
      calendarVersion: 7,
    });
    expect(await store.commit(work({ changes: [follow(2)] }))).toBe('stale');
    expect((await store.rules('oc_1')).map((each) => each.calendarVersion)).toEqual([0, 0]);
    await given(home(), follow(1));
    expect(await store.rules('oc_1')).toMatchObject([
      { calendarVersion: 7, version: 1 },
      { calendarVersion: 7, version: 1 },
    ]);
  });
});
