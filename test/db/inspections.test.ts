import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, inspection, person, program, work } from './district.ts';

const april = { from: date('2026-04-01'), to: date('2026-04-30') };
const put = (...rows: ReturnType<typeof inspection>[]) => ({ kind: 'inspections.put', rows }) as const;

onEveryHome('inspections', (home) => {
  test('a visit comes with its unit, program, checklist and team', async () => {
    await given(home(), district, program('p', 'bureau', 'yz'));
    await given(home(), { kind: 'people.put', rows: [person('chen', 'wanghai', '陈甲')] });
    await given(home(), { kind: 'person.linked', personId: 'chen', openId: 'ou_1', by: 'mobile', seen: 1 });
    const visit = inspection('i', 'wanghai-1', '2026-04-09', {
      to: date('2026-04-10'),
      dateText: '4月上旬',
      period: '',
      starts: '09:30',
      programId: 'p',
      checklistId: 'yz',
      topic: '食堂',
      unannounced: true,
      contact: '林乙',
      contactPhone: '010',
      note: '带表',
      team: [
        { role: 'leader', name: '陈甲', personId: 'chen' },
        { role: 'member', name: '周丙' },
      ],
    });
    await given(home(), put(visit));
    const { unitId: _u, checklistId: _c, ...rest } = visit;
    expect(await home().store.inspections({ scope: { unitIds: ['bureau'] }, span: april })).toEqual([
      {
        ...rest,
        number: 1,
        state: 'planned',
        reason: '',
        unit: { id: 'wanghai-1', name: '望海区第一小学' },
        program: '专项p',
        checklist: '县域义务教育优质均衡发展督导评估',
        team: [
          { role: 'leader', name: '陈甲', personId: 'chen', openId: 'ou_1' },
          { role: 'member', name: '周丙' },
        ],
        version: 1,
      },
    ]);
    expect(await home().store.importedInspections(april)).toEqual([{ ...visit, version: 1 }]);
  });

  test('a group sees the visits to its own subtree, a person also those on whose team they are', async () => {
    await given(home(), district, { kind: 'people.put', rows: [person('chen', 'culture', '陈甲')] });
    const team = [{ role: 'member', name: '陈甲', personId: 'chen' }] as const;
    await given(
      home(),
      put(
        inspection('a', 'wanghai-1', '2026-04-01'),
        inspection('b', 'wanghai', '2026-04-02'),
        inspection('c', 'chengguan-1', '2026-04-03', { team }),
      ),
    );
    const seen = async (unitIds: string[], personIds?: string[]) =>
      (await home().store.inspections({ scope: personIds ? { unitIds, personIds } : { unitIds }, span: april })).map(
        ({ id }) => id,
      );
    expect(await seen(['bureau'])).toEqual(['a', 'b', 'c']);
    expect(await seen(['wanghai'])).toEqual(['a', 'b']);
    expect(await seen(['wanghai-1'])).toEqual(['a']);
    expect(await seen(['culture'])).toEqual([]);
    expect(await seen(['culture'], ['chen'])).toEqual(['c']);
    expect(await seen([], ['nobody'])).toEqual([]);
    expect(await seen([])).toEqual([]);
  });

  test('a visit of several days belongs to each of them; visits come in the order in which they begin', async () => {
    await given(
      home(),
      district,
      put(
        inspection('late', 'wanghai', '2026-04-09', { period: '下午', beginsAt: Date.parse('2026-04-09T06:00:00Z') }),
        inspection('early', 'chengguan', '2026-04-09'),
        inspection('long', 'wanghai-1', '2026-04-07', { to: date('2026-04-10') }),
        inspection('after', 'wanghai-1', '2026-04-11'),
      ),
    );
    const on = async (from: string, to: string) =>
      (
        await home().store.inspections({ scope: { unitIds: ['bureau'] }, span: { from: date(from), to: date(to) } })
      ).map(({ id }) => id);
    expect(await on('2026-04-09', '2026-04-09')).toEqual(['long', 'early', 'late']);
    expect(await on('2026-04-10', '2026-04-11')).toEqual(['long', 'after']);
    expect(await on('2026-04-12', '2026-04-30')).toEqual([]);
  });

  test('a list can be narrowed to a unit, to a name and to people', async () => {
    await given(home(), district, { kind: 'people.put', rows: [person('chen', 'culture', '陈甲')] });
    await given(
      home(),
      put(
        inspection('a', 'wanghai-1', '2026-04-01', { team: [{ role: 'leader', name: '陈甲', personId: 'chen' }] }),
        inspection('b', 'wanghai-k', '2026-04-02', { team: [{ role: 'leader', name: '陈甲' }] }),
        inspection('c', 'chengguan-1', '2026-04-03'),
      ),
    );
    const narrowed = async (more: { unitId?: string; personName?: string; personIds?: string[] }) =>
      (await home().store.inspections({ scope: { unitIds: ['bureau'] }, span: april, ...more })).map(({ id }) => id);
    expect(await narrowed({ unitId: 'wanghai' })).toEqual(['a', 'b']);
    expect(await narrowed({ unitId: 'chengguan-1' })).toEqual(['c']);
    expect(await narrowed({ personName: '陈甲' })).toEqual(['a', 'b']);
    expect(await narrowed({ personIds: ['chen'] })).toEqual(['a']);
    expect(await narrowed({ personIds: [] })).toEqual([]);
  });

  test('the next visits after a day begin after it', async () => {
    await given(
      home(),
      district,
      put(
        inspection('running', 'wanghai-1', '2026-04-01', { to: date('2026-04-20') }),
        inspection('far', 'wanghai', '2026-05-01'),
        inspection('near', 'chengguan', '2026-04-03'),
      ),
    );
    const after = async (day: string, limit: number) =>
      (await home().store.inspectionsAfter({ scope: { unitIds: ['bureau'] }, after: date(day), limit })).map(
        ({ id }) => id,
      );
    expect(await after('2026-04-02', 5)).toEqual(['near', 'far']);
    expect(await after('2026-04-02', 1)).toEqual(['near']);
    expect(await after('2026-04-03', 5)).toEqual(['far']);
  });

  test('a visit that is put again has the new team only; from an older version it is stale', async () => {
    const before = inspection('i', 'wanghai-1', '2026-04-09', {
      team: [
        { role: 'leader', name: '陈甲' },
        { role: 'member', name: '周丙' },
      ],
    });
    await given(home(), district, put(before));
    const after = { ...before, to: date('2026-04-12'), team: [{ role: 'leader', name: '林乙' }] as const, seen: 1 };
    await given(home(), put(after));
    const [visit] = await home().store.importedInspections(april);
    expect(visit).toMatchObject({ to: '2026-04-12', team: [{ role: 'leader', name: '林乙' }], version: 2 });
    expect(await home().store.commit(work({ changes: [put(after)] }))).toBe('stale');
  });

  test('a visit with the same unit, day, half and kind cannot be added twice', async () => {
    await given(home(), district, put(inspection('i', 'wanghai-1', '2026-04-09')));
    expect(await home().store.commit(work({ changes: [put(inspection('j', 'wanghai-1', '2026-04-09'))] }))).toBe(
      'stale',
    );
  });
});
