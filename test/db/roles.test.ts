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
      (await store.givenRoles(openId)).map(({ openId, role, unit, people, granted }) => [
        openId,
        role,
        unit?.name,
        people.map(({ name }) => name).join(),
        granted?.by,
        granted?.at,
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
    expect(await store.commit(work({ changes: [revoked('ou_a', 'liaison', 'wanghai')] }))).toBe('moved');
    expect(await store.commit(work({ changes: [revoked('ou_a', 'liaison')] }))).toBe('moved');
  });

  test('the last administrator stays, and so does everything that was to happen with it', async () => {
    const { store } = home();
    await given(home(), granted('ou_a', 'administrator'), granted('ou_b', 'leader'));
    const both = work({ changes: [revoked('ou_b', 'leader'), revoked('ou_a', 'administrator')] });
    expect(await store.commit(both)).toBe('last administrator');
    expect(await store.roles('ou_b')).toEqual([{ role: 'leader', unitId: undefined }]);
    expect(await store.hasAdministrator()).toBe(true);
  });

  test('an administrator of a unit is none of everything', async () => {
    const { store } = home();
    await given(home(), district, granted('ou_a', 'administrator', 'wanghai'));
    expect(await store.hasAdministrator()).toBe(false);
    await given(home(), granted('ou_b', 'administrator'), revoked('ou_a', 'administrator', 'wanghai'));
    await given(home(), granted('ou_a', 'administrator', 'wanghai'));
    expect(await store.commit(work({ changes: [revoked('ou_b', 'administrator')] }))).toBe('last administrator');
  });

  test('of twenty administrators who are all revoked at once one stays', async () => {
    const { store } = home();
    const all = Array.from({ length: 20 }, (_, index) => `ou_${index}`);
    await given(home(), ...all.map((openId) => granted(openId, 'administrator')));
    const outcomes = await Promise.all(
      all.map((openId) => store.commit(work({ changes: [revoked(openId, 'administrator')] }))),
    );
    const left = await store.givenRoles();
    expect(left).toHaveLength(20 - outcomes.filter((outcome) => outcome === 'done').length);
    expect(left.length).toBeGreaterThan(0);
    // What was stale only because others were at work is tried again, one after the other, as the core does.
    for (const { openId } of left) await store.commit(work({ changes: [revoked(openId, 'administrator')] }));
    expect(await store.givenRoles()).toHaveLength(1);
  });

  /** A city whose schools stand below the county's government, beside its bureau. */
  const city: Change = {
    kind: 'units.put',
    rows: (
      [
        ['city', '海州市', '', undefined],
        ['bureau', '市教育局', '', 'city'],
        ['office', '市教育局督导室', '科室', 'bureau'],
        ['county', '望海区人民政府', '县区政府', 'city'],
        ['education', '望海区教育局', '县区教育局', 'county'],
        ['faith', '望海区民族宗教局', '', 'county'],
        ['school', '望海区第一小学', '小学', 'county'],
        ['zone', '望海高新区管委会', '县区政府', 'city'],
        ['affairs', '望海高新区社会事业局', '县区教育局', 'zone'],
        ['office2', '望海区人民政府教育督导室', '', 'county'],
        ['stray', '青山县教育局', '县区教育局', 'city'],
        ['pupils', '青山县第一小学', '小学', 'stray'],
      ] as const
    ).map(([id, name, kind, parentId]) => ({ id, name, kind, parentId, names: [name] })),
  };

  test('an education bureau sees what its government sees, and nobody else more than their own', async () => {
    const { store } = home();
    await given(home(), city);
    const sees = async (id: string) => (await store.sights([id])).join();
    const all = ['bureau', 'office', 'education', 'faith', 'school', 'affairs', 'office2', 'stray', 'county', 'city'];
    expect(Object.fromEntries(await Promise.all(all.map(async (id) => [id, await sees(id)])))).toEqual({
      bureau: 'city',
      office: 'city',
      education: 'county',
      faith: 'faith',
      school: 'school',
      affairs: 'zone',
      office2: 'county',
      stray: 'stray',
      county: 'county',
      city: 'city',
    });
    expect(await store.sights(['school', 'education', 'county'])).toEqual(['county', 'school']);
  });

  test('whom the address book names is the liaison from the moment of the account, until an administrator takes it away', async () => {
    const { store } = home();
    const liaison = person('a', 'school', '朱戊', { liaison: 'named' });
    await given(home(), city, { kind: 'people.put', rows: [liaison, person('b', 'school', '何辛')] });
    expect(await store.givenRoles()).toEqual([]);
    await given(
      ...([home(), { kind: 'person.linked', personId: 'a', openId: 'ou_a', by: 'mobile', seen: 1 }] as const),
      { kind: 'person.linked', personId: 'b', openId: 'ou_b', by: 'mobile', seen: 1 },
    );
    expect(await store.roles('ou_a')).toEqual([{ role: 'liaison', unitId: 'school' }]);
    expect(await store.roles('ou_b')).toEqual([]);
    expect(await store.givenRoles()).toMatchObject([
      { openId: 'ou_a', unit: { name: '望海区第一小学' }, granted: undefined },
    ]);
    expect((await store.roleHolders(['liaison'], ['county', 'school'])).map(({ openId }) => openId)).toEqual(['ou_a']);
    expect(await store.roleHolders(['liaison'], ['county'])).toEqual([]);
    // What is granted besides is not counted twice.
    await given(home(), granted('ou_a', 'liaison', 'school'));
    expect(await store.givenRoles()).toMatchObject([{ granted: { by: 'ou_admin' } }]);
    await given(home(), revoked('ou_a', 'liaison', 'school'));
    expect(await store.commit(work({ changes: [{ kind: 'liaison.withdrawn', personId: 'a', seen: 1 }] }))).toBe(
      'moved',
    );
    await given(home(), { kind: 'liaison.withdrawn', personId: 'a', seen: 2 });
    expect(await store.roles('ou_a')).toEqual([]);
    expect(await store.speakersOf(['school'])).toEqual([{ unitId: 'school', openId: 'ou_b' }]);
  });

  test('the liaison of a bureau stands for its government while that has none with an account', async () => {
    const { store } = home();
    const people = [
      person('a', 'education', '陈甲', { liaison: 'named' }),
      person('b', 'county', '钱壬', { liaison: 'named' }),
    ];
    await given(home(), city, { kind: 'people.put', rows: people });
    await given(home(), { kind: 'person.linked', personId: 'a', openId: 'ou_a', by: 'mobile', seen: 1 });
    const acting = (extent: string) => [
      { role: 'liaison', unitId: 'education' },
      { role: 'liaison', unitId: 'county', of: 'education', extent },
    ];
    expect(await store.roles('ou_a')).toEqual(acting('itself'));
    expect((await store.roleHolders(['liaison'], ['county'])).map(({ openId }) => openId)).toContain('ou_a');
    expect(await store.liaisons([{ unitId: 'county', name: '' }])).toEqual(['ou_a']);
    expect(await store.speakersOf(['county'])).toContainEqual({ unitId: 'county', openId: 'ou_a' });
    await given(home(), { kind: 'person.linked', personId: 'b', openId: 'ou_b', by: 'mobile', seen: 1 });
    expect(await store.roles('ou_a')).toEqual(acting('sight'));
    expect(await store.liaisons([{ unitId: 'county', name: '' }])).toEqual(['ou_b']);
  });

  test('a role for a bureau is one for its government', async () => {
    const { store } = home();
    await given(home(), city, granted('ou_a', 'supervisor', 'education'), granted('ou_b', 'inspector', 'school'));
    expect(await store.roles('ou_a')).toEqual([{ role: 'supervisor', unitId: 'county', of: 'education' }]);
    expect(await store.roles('ou_b')).toEqual([{ role: 'inspector', unitId: 'school' }]);
  });

  test('a group of a bureau reads for the county’s schools where nobody nearer does', async () => {
    const { store } = home();
    const bound = (chatId: string, unitId: string): readonly Change[] => [
      { kind: 'group.joined', chatId, name: chatId },
      { kind: 'group.bound', chatId, unitId, seen: 1 },
    ];
    await given(home(), city, ...bound('oc_education', 'education'), ...bound('oc_office', 'office'));
    const over = async (id: string) =>
      (await store.groupsOver([id])).map(({ group, distance }) => [group.chatId, distance]);
    expect(await over('school')).toEqual([['oc_education', 3]]);
    expect(await over('city')).toEqual([['oc_office', 1]]);
    await given(home(), ...bound('oc_county', 'county'));
    expect(await over('school')).toEqual([
      ['oc_county', 2],
      ['oc_education', 3],
    ]);
    expect((await store.group('oc_office'))?.unit).toMatchObject({ sees: 'city', isRoot: true });
    expect((await store.groupsAbove(['school'])).map(({ chatId }) => chatId)).toEqual([
      'oc_county',
      'oc_education',
      'oc_office',
    ]);
  });
});
