import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { InspectionRow } from '../../src/ports/rows.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, inspection, work } from './district.ts';

const april = { from: date('2026-04-01'), to: date('2026-04-30') };
const scope = { unitIds: ['bureau'] };
const hand = { by: 'ou_1', at: 5_000 };
const row = (id: string, unitId: string, from: string): Omit<InspectionRow, 'version'> => {
  const { seen: _seen, ...visit } = inspection(id, unitId, from);
  return visit;
};
const added = (id: string, unitId: string, from: string, number: number) =>
  ({ kind: 'inspection.added', row: row(id, unitId, from), number, ...hand }) as const;

onEveryHome('visits', (home) => {
  test('numbers go on from the highest, by import and by hand; a number that was promised twice is stale', async () => {
    await given(home(), district, {
      kind: 'inspections.put',
      rows: [inspection('b', 'wanghai', '2026-04-08'), inspection('a', 'wanghai', '2026-04-07')],
    });
    const { store } = home();
    expect((await store.inspections({ scope, span: april })).map(({ id, number }) => [id, number])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(await store.nextInspectionNumber()).toBe(3);
    const both = await Promise.all([
      store.commit(work({ changes: [added('c', 'wanghai-1', '2026-04-09', 3)] })),
      store.commit(work({ changes: [added('d', 'wanghai-k', '2026-04-09', 3)] })),
    ]);
    expect(both.toSorted()).toEqual(['done', 'stale']);
    expect(await store.nextInspectionNumber()).toBe(4);
    expect(await store.inspectionByNumber(3)).toMatchObject({ state: 'planned', changed: hand });
    expect(await store.inspectionByNumber(4)).toBeUndefined();
  });

  test('of two changes made on the same version one is done; the row has its days, team and hand, and keeps its number', async () => {
    await given(home(), district, added('a', 'wanghai', '2026-04-07', 1));
    const change = (day: string, name: string) =>
      ({
        kind: 'inspection.changed',
        row: { ...row('a', 'wanghai-1', day), team: [{ role: 'leader', name }] },
        reason: '台风',
        seen: 1,
        by: name,
        at: 9_000,
      }) as const;
    const { store } = home();
    const both = await Promise.all([
      store.commit(work({ changes: [change('2026-04-10', '甲')] })),
      store.commit(work({ changes: [change('2026-04-13', '乙')] })),
    ]);
    expect(both.toSorted()).toEqual(['done', 'stale']);
    const [day, name] = both[0] === 'done' ? ['2026-04-10', '甲'] : ['2026-04-13', '乙'];
    expect(await store.inspectionByNumber(1)).toMatchObject({
      from: day,
      unit: { id: 'wanghai-1' },
      reason: '台风',
      changed: { by: name, at: 9_000 },
      version: 2,
      team: [{ role: 'leader', name }],
    });
  });

  test('a cancelled visit is found by its number and on request only, and a workbook does not bring it back', async () => {
    await given(home(), district, added('a', 'wanghai', '2026-04-07', 1));
    await given(home(), { kind: 'inspection.cancelled', id: 'a', reason: '停课', seen: 1, ...hand });
    const { store } = home();
    expect(await store.inspections({ scope, span: april })).toEqual([]);
    expect(await store.inspectionsAfter({ scope, after: date('2026-04-01'), limit: 5 })).toEqual([]);
    expect(await store.inspections({ scope, span: april, cancelled: true })).toMatchObject([{ state: 'cancelled' }]);
    await given(home(), {
      kind: 'inspections.put',
      rows: [inspection('a', 'wanghai', '2026-04-07', { topic: '食堂', seen: 2 })],
    });
    expect(await store.inspectionByNumber(1)).toMatchObject({ state: 'cancelled', reason: '停课', topic: '食堂' });
    await given(home(), { kind: 'inspection.restored', id: 'a', seen: 3, ...hand });
    expect(await store.inspections({ scope, span: april })).toMatchObject([
      { number: 1, state: 'planned', reason: '' },
    ]);
    const again = { kind: 'inspection.cancelled', id: 'a', reason: '', seen: 3, ...hand } as const;
    expect(await store.commit(work({ changes: [again] }))).toBe('stale');
  });

  test('the groups of a chain are those of the unit and of the units above it, each once', async () => {
    const bound = (chatId: string, unitId: string) =>
      [
        { kind: 'group.joined', chatId, name: chatId },
        { kind: 'group.bound', chatId, unitId, seen: 1 },
      ] as const;
    await given(
      home(),
      district,
      ...bound('oc_city', 'bureau'),
      ...bound('oc_wanghai', 'wanghai'),
      ...bound('oc_school', 'wanghai-1'),
      ...bound('oc_other', 'chengguan'),
      ...bound('oc_gone', 'wanghai'),
      { kind: 'group.gone', chatId: 'oc_gone', state: 'left' },
    );
    const above = async (...ids: string[]) => (await home().store.groupsAbove(ids)).map(({ chatId }) => chatId);
    expect(await above('wanghai-1')).toEqual(['oc_city', 'oc_school', 'oc_wanghai']);
    expect(await above('wanghai-1', 'chengguan')).toEqual(['oc_city', 'oc_other', 'oc_school', 'oc_wanghai']);
  });
});
