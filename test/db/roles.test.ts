import { expect, test } from 'vitest';
import type { Change } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, person, work } from './district.ts';

type Role = Extract<Change, { kind: 'role.granted' }>['role'];
const granted = (openId: string, role: Role, unitId?: string, at = 1_000) =>
  ({ kind: 'role.granted', openId, role, unitId, by: 'ou_admin', at }) as const;
const revoked = (openId: string, role: Role, unitId?: string) =>
  ({ kind: 'role.revoked', openId, role, unitId }) as const;

onEveryHome('roles', (home) => {
  test('who holds what is listed with unit and person, administrators first', async () => {
    const { store } = home();
    await given(home(), district, { kind: 'people.put', rows: [person('a', 'wanghai', '陈甲')] });
    await given(
      home(),
      { kind: 'person.linked', personId: 'a', openId: 'ou_a', by: 'mobile', seen: 1 },
      granted('ou_a', 'liaison', 'wanghai'),
      granted('ou_b', 'administrator', undefined, 2_000),
      granted('ou_b', 'leader'),
    );
    const shown = async (openId?: string) =>
      (await store.roleHolders(openId)).map(({ openId, role, unit, people, by, at }) => [
        openId,
        role,
        unit?.name,
        people.map(({ name }) => name).join(),
        by,
        at,
      ]);
    expect(await shown()).toEqual([
      ['ou_b', 'administrator', undefined, '', 'ou_admin', 2_000],
      ['ou_b', 'leader', undefined, '', 'ou_admin', 1_000],
      ['ou_a', 'liaison', '望海区教育局', '陈甲', 'ou_admin', 1_000],
    ]);
    expect(await shown('ou_a')).toHaveLength(1);
    expect(await shown('nobody')).toEqual([]);
  });

  test('a role is revoked for one unit and stays for the others', async () => {
    const { store } = home();
    await given(home(), district, granted('ou_a', 'liaison', 'wanghai'), granted('ou_a', 'liaison', 'chengguan'));
    await given(home(), revoked('ou_a', 'liaison', 'wanghai'));
    expect(await store.roles('ou_a')).toEqual([{ role: 'liaison', unitId: 'chengguan' }]);
    expect(await store.commit(work({ changes: [revoked('ou_a', 'liaison', 'wanghai')] }))).toBe('stale');
    expect(await store.commit(work({ changes: [revoked('ou_a', 'liaison')] }))).toBe('stale');
  });

  test('the last administrator stays, and so does everything that was to happen with it', async () => {
    const { store } = home();
    await given(home(), granted('ou_a', 'administrator'), granted('ou_b', 'leader'));
    const both = work({ changes: [revoked('ou_b', 'leader'), revoked('ou_a', 'administrator')] });
    expect(await store.commit(both)).toBe('stale');
    expect(await store.roles('ou_b')).toEqual([{ role: 'leader', unitId: undefined }]);
    expect(await store.hasAdministrator()).toBe(true);
  });

  test('an administrator of a unit is none of everything', async () => {
    const { store } = home();
    await given(home(), district, granted('ou_a', 'administrator', 'wanghai'));
    expect(await store.hasAdministrator()).toBe(false);
    await given(home(), granted('ou_b', 'administrator'), revoked('ou_a', 'administrator', 'wanghai'));
    await given(home(), granted('ou_a', 'administrator', 'wanghai'));
    expect(await store.commit(work({ changes: [revoked('ou_b', 'administrator')] }))).toBe('stale');
  });

  test('of twenty administrators who are all revoked at once one stays', async () => {
    const { store } = home();
    const all = Array.from({ length: 20 }, (_, index) => `ou_${index}`);
    await given(home(), ...all.map((openId) => granted(openId, 'administrator')));
    const outcomes = await Promise.all(
      all.map((openId) => store.commit(work({ changes: [revoked(openId, 'administrator')] }))),
    );
    const left = await store.roleHolders();
    expect(left).toHaveLength(20 - outcomes.filter((outcome) => outcome === 'done').length);
    expect(left.length).toBeGreaterThan(0);
    // What was stale only because others were at work is tried again, one after the other, as the core does.
    for (const { openId } of left) await store.commit(work({ changes: [revoked(openId, 'administrator')] }));
    expect(await store.roleHolders()).toHaveLength(1);
  });
});
