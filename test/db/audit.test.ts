import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { AuditEntry, AuditQuery, AuditReader } from '../../src/ports/audit.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, inspection, person, work } from './district.ts';

onEveryHome('the record', (home) => {
  const written = async (
    ...entries: (Partial<Omit<AuditEntry, 'action'>> & { readonly id: string; readonly action?: string })[]
  ) => {
    // The store keeps any word; which ones there are is the program's.
    const audit = entries.map((entry, index) => ({
      at: 1_000 + index,
      actor: 'heartbeat',
      action: 'x',
      subject: 'y',
      ...entry,
    })) as AuditEntry[];
    expect(await home().store.commit(work({ audit }))).toBe('done');
  };
  const actions = async (query: Omit<AuditQuery, 'limit'>, limit = 9) =>
    (await home().store.audit({ ...query, limit })).map(({ action }) => action);

  const reader = (openId: string, now: number): AuditReader => ({
    ...{ openId, now, personIds: [], office: [] },
    visits: 'begun',
  });

  test('entries come newest first, with the names of people, groups and units', async () => {
    await given(
      home(),
      district,
      { kind: 'people.put', rows: [person('a', 'wanghai', '陈甲')] },
      { kind: 'person.linked', personId: 'a', openId: 'ou_a', by: 'mobile', seen: 1 },
      { kind: 'group.joined', chatId: 'oc_1', name: '甲群' },
    );
    await written(
      {
        id: '1',
        actor: 'ou_a',
        chatId: 'oc_1',
        action: 'group.bound',
        subject: 'oc_1',
        before: 'bureau',
        after: 'wanghai',
      },
      {
        id: '2',
        actor: 'ou_b',
        chatId: 'oc_direct',
        action: 'role.granted',
        subject: 'ou_a',
        after: { role: 'leader' },
      },
    );
    const [newest, oldest, ...more] = await home().store.audit({ limit: 9 });
    expect(more).toEqual([]);
    expect(newest).toMatchObject({
      at: 1_001,
      actor: 'ou_b',
      actorPeople: [],
      inChat: true,
      action: 'role.granted',
      subjectPeople: [{ name: '陈甲' }],
      after: { role: 'leader' },
    });
    expect(newest?.group).toBeUndefined();
    expect(oldest).toMatchObject({
      actorPeople: [{ name: '陈甲' }],
      group: '甲群',
      subjectGroup: '甲群',
      before: '海州市教育局',
      after: '望海区教育局',
    });
    expect(await actions({}, 1)).toEqual(['role.granted']);
  });

  test('kinds of actions narrow it', async () => {
    await written(
      { id: '1', action: 'rule.added' },
      { id: '2', action: 'role.granted' },
      { id: '3', action: 'rule.removed' },
    );
    expect(await actions({ actions: ['rule.'] })).toEqual(['rule.removed', 'rule.added']);
    expect(await actions({ actions: ['role.', 'import.'] })).toEqual(['role.granted']);
    expect(await actions({ actions: ['import.'] })).toEqual([]);
  });

  test('what others did to an unannounced visit is left out until it begins', async () => {
    await given(
      home(),
      district,
      { kind: 'inspections.put', rows: [inspection('secret', 'wanghai-1', '2026-04-21', { unannounced: true })] },
      { kind: 'inspections.put', rows: [inspection('open', 'wanghai-1', '2026-04-22')] },
    );
    const [secret, open] = await home().store.inspections({
      scope: { unitIds: ['wanghai-1'] },
      span: { from: date('2026-04-21'), to: date('2026-04-22') },
    });
    await written(
      { id: '1', action: 'inspection.seen', subject: `D${secret?.number}`, actor: 'ou_a' },
      { id: '2', action: 'inspection.added', subject: `D${open?.number}`, actor: 'ou_a' },
      { id: '3', action: 'group.renamed', subject: `D${secret?.number}`, actor: 'ou_a' },
    );
    const at = secret?.beginsAt ?? 0;
    expect(await actions({ reader: reader('ou_b', at - 1) })).toEqual(['group.renamed', 'inspection.added']);
    expect(await actions({ reader: reader('ou_a', at - 1) })).toHaveLength(3);
    expect(await actions({ reader: reader('ou_b', at) })).toHaveLength(3);
    expect(await actions({})).toHaveLength(3);
  });

  test('days, people and units narrow it', async () => {
    await given(
      home(),
      district,
      { kind: 'people.put', rows: [person('a', 'wanghai-1', '陈甲'), person('b', 'chengguan', '林乙')] },
      { kind: 'person.linked', personId: 'a', openId: 'ou_a', by: 'mobile', seen: 1 },
      { kind: 'group.joined', chatId: 'oc_1', name: '甲群' },
      { kind: 'group.bound', chatId: 'oc_1', unitId: 'wanghai', seen: 1 },
    );
    await written(
      { id: '1', action: 'by a', actor: 'ou_a' },
      { id: '2', action: 'to a', subject: 'a' },
      { id: '3', action: 'to b', subject: 'b' },
      { id: '4', action: 'in the group', chatId: 'oc_1' },
      { id: '5', action: 'of the group', subject: 'oc_1' },
      { id: '6', action: 'elsewhere' },
    );
    expect(await actions({ from: 1_001, before: 1_003 })).toEqual(['to b', 'to a']);
    const [a, b] = [await home().store.person('a'), await home().store.person('b')];
    if (!a || !b) throw new Error('nobody');
    expect(await actions({ people: [a] })).toEqual(['to a', 'by a']);
    expect(await actions({ people: [b] })).toEqual(['to b']);
    expect(await actions({ unitId: 'wanghai' })).toEqual(['of the group', 'in the group', 'to a', 'by a']);
    expect(await actions({ unitId: 'chengguan' })).toEqual(['to b']);
    expect(await actions({ subjects: ['a', 'oc_1'] })).toEqual(['of the group', 'to a']);
    expect(await actions({ subjects: ['a'], before: 1_001 })).toEqual([]);
  });

  test('a unit’s visits are its own', async () => {
    await given(home(), district, { kind: 'inspections.put', rows: [inspection('v1', 'wanghai-1', '2026-04-20')] });
    const span = { from: date('2026-04-20'), to: date('2026-04-20') };
    const [visit] = await home().store.inspections({ scope: { unitIds: ['wanghai-1'] }, span });
    await written(
      { id: '1', action: 'moved', subject: `D${visit?.number}` },
      { id: '2', action: 'other', subject: 'D99' },
    );
    expect(await actions({ unitId: 'wanghai' })).toEqual(['moved']);
    expect(await actions({ unitId: 'chengguan' })).toEqual([]);
  });
});
