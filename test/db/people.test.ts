import { expect, test } from 'vitest';
import { onEveryHome } from '../support/homes.ts';
import { district, given, person, work } from './district.ts';

const people = (...rows: ReturnType<typeof person>[]) => ({ kind: 'people.put', rows }) as const;
const linked = (personId: string, openId: string, seen = 1) =>
  ({ kind: 'person.linked', personId, openId, by: 'mobile', seen }) as const;
const granted = (openId: string, role: 'administrator' | 'liaison', unitId?: string) =>
  ({ kind: 'role.granted', openId, role, unitId, by: 'operator', at: 1_000 }) as const;

onEveryHome('people', (home) => {
  test('two people of one name are told apart by their unit', async () => {
    await given(
      home(),
      district,
      people(person('a', 'wanghai', '陈甲'), person('b', 'chengguan', '陈甲', { position: '科长' })),
    );
    expect(await home().store.peopleByName('陈甲')).toEqual([
      { id: 'b', name: '陈甲', unit: { id: 'chengguan', name: '城关区教育局' }, position: '科长', version: 1 },
      { id: 'a', name: '陈甲', unit: { id: 'wanghai', name: '望海区教育局' }, position: '', version: 1 },
    ]);
    expect(await home().store.peopleByName('陈')).toEqual([]);
    expect(await home().store.person('nobody')).toBeUndefined();
  });

  test('one account may be linked to a person in two units', async () => {
    await given(
      home(),
      district,
      people(person('a', 'wanghai', '陈甲'), person('b', 'chengguan', '陈甲'), person('c', 'bureau', '林乙')),
    );
    await given(home(), linked('a', 'ou_1'), linked('b', 'ou_1'), linked('c', 'ou_2'));
    expect((await home().store.peopleByOpenId('ou_1')).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await home().store.person('a')).toMatchObject({ openId: 'ou_1', version: 2 });
  });

  test('a link that was decided on an older row is stale', async () => {
    await given(home(), district, people(person('a', 'wanghai', '陈甲')), linked('a', 'ou_1'));
    expect(await home().store.commit(work({ changes: [linked('a', 'ou_2')] }))).toBe('stale');
    expect(await home().store.commit(work({ changes: [linked('nobody', 'ou_2')] }))).toBe('stale');
    expect((await home().store.person('a'))?.openId).toBe('ou_1');
  });

  test('people with a number are asked about, the longest waiting first, until they are linked', async () => {
    const numbered = (id: string, mobile?: string) => person(id, 'wanghai', id, { mobile });
    await given(home(), district, people(numbered('a', '1'), numbered('b', '2'), numbered('c'), numbered('d', '4')));
    await given(home(), linked('d', 'ou_d'), { kind: 'people.asked', personIds: ['a', 'nobody'], at: 500 });
    const waiting = async (askedBefore: number, limit = 9) =>
      (await home().store.peopleToLink(askedBefore, limit)).map(({ id, mobile }) => [id, mobile]);
    expect(await waiting(501)).toEqual([
      ['b', '2'],
      ['a', '1'],
    ]);
    expect(await waiting(500)).toEqual([['b', '2']]);
    expect(await waiting(501, 1)).toEqual([['b', '2']]);
    expect((await home().store.person('a'))?.version).toBe(1);
    await given(home(), { kind: 'people.asked', personIds: [], at: 900 });
  });

  test('a new number is asked about at once, the same number is not', async () => {
    await given(
      home(),
      district,
      people(person('a', 'wanghai', '甲', { mobile: '1' }), person('b', 'wanghai', '乙', { mobile: '2' })),
    );
    await given(home(), { kind: 'people.asked', personIds: ['a', 'b'], at: 500 });
    const changed = [
      person('a', 'wanghai', '甲', { mobile: '9', seen: 1 }),
      person('b', 'wanghai', '乙', { mobile: '2', position: '主任', seen: 1 }),
    ];
    await given(home(), people(...changed));
    expect((await home().store.peopleToLink(500, 9)).map(({ id, mobile }) => [id, mobile])).toEqual([['a', '9']]);
  });

  test('a put keeps the link of a person and adds whom it does not know', async () => {
    await given(home(), district, people(person('a', 'wanghai', '甲')), linked('a', 'ou_1'));
    await given(
      home(),
      people(person('a', 'wanghai', '甲', { position: '主任', seen: 2 }), person('b', 'wanghai', '乙')),
    );
    expect(await home().store.person('a')).toMatchObject({ position: '主任', openId: 'ou_1', version: 3 });
    expect(await home().store.commit(work({ changes: [people(person('z', 'wanghai', '乙'))] }))).toBe('stale');
    expect(await home().store.commit(work({ changes: [people(person('z', 'nowhere', '丙'))] }))).toBe('stale');
  });

  test('groups are searched for the people whom a number cannot find', async () => {
    const joined = (chatId: string) => ({ kind: 'group.joined', chatId, name: '群' }) as const;
    await given(home(), district, joined('oc_1'), joined('oc_2'), joined('oc_3'), joined('oc_4'));
    const bound = (chatId: string, unitId: string) => ({ kind: 'group.bound', chatId, unitId, seen: 1 }) as const;
    await given(home(), bound('oc_1', 'bureau'), bound('oc_2', 'wanghai'), bound('oc_3', 'culture'));
    const rows = [
      person('bare', 'wanghai-1', '甲'),
      person('asked', 'chengguan', '乙', { mobile: '1' }),
      person('fresh', 'culture', '丙', { mobile: '2' }),
      person('linked', 'culture', '丁'),
    ];
    await given(home(), people(...rows), linked('linked', 'ou_1'), {
      kind: 'people.asked',
      personIds: ['asked'],
      at: 5,
    });
    const found = async (askedBefore: number, limit = 9) =>
      (await home().store.groupsToLink(askedBefore, limit)).map((group) => [
        group.chatId,
        ...group.people.map(({ id }) => id),
      ]);
    expect(await found(1)).toEqual([
      ['oc_1', 'asked', 'bare'],
      ['oc_2', 'bare'],
    ]);
    expect(await found(1, 1)).toEqual([['oc_1', 'asked', 'bare']]);
    await given(home(), { kind: 'group.asked', chatId: 'oc_1', at: 50 });
    expect(await found(50)).toEqual([['oc_2', 'bare']]);
    expect(await found(51)).toEqual([
      ['oc_2', 'bare'],
      ['oc_1', 'asked', 'bare'],
    ]);
    await given(home(), { kind: 'group.bound', chatId: 'oc_1', unitId: 'wanghai', seen: 2 });
    expect(await found(1)).toEqual([
      ['oc_1', 'bare'],
      ['oc_2', 'bare'],
    ]);
  });

  test('roles are held for a unit or everywhere, and granting one again changes nothing', async () => {
    await given(home(), district);
    expect(await home().store.hasAdministrator()).toBe(false);
    await given(home(), granted('ou_1', 'liaison', 'wanghai'), granted('ou_1', 'liaison', 'chengguan'));
    await given(home(), granted('ou_1', 'liaison', 'wanghai'), granted('ou_2', 'administrator'));
    await given(home(), granted('ou_2', 'administrator'));
    expect(await home().store.roles('ou_1')).toHaveLength(2);
    expect(await home().store.roles('ou_1')).toContainEqual({ role: 'liaison', unitId: 'wanghai' });
    expect(await home().store.roles('ou_2')).toEqual([{ role: 'administrator' }]);
    expect(await home().store.hasAdministrator()).toBe(true);
  });

  test('a claim code is used once, and a new one replaces it', async () => {
    const used = (hash: string) => home().store.commit(work({ changes: [{ kind: 'claim.used', hash }] }));
    expect(await home().store.claimHash()).toBeUndefined();
    await given(home(), { kind: 'claim.issued', hash: 'old' });
    await given(home(), { kind: 'claim.issued', hash: 'new' });
    expect(await home().store.claimHash()).toBe('new');
    expect(await used('old')).toBe('stale');
    const both = await Promise.all([used('new'), used('new')]);
    expect(both.toSorted()).toEqual(['done', 'stale']);
    expect(await home().store.claimHash()).toBeUndefined();
  });

  test('the bot’s own open id is remembered', async () => {
    expect(await home().store.botOpenId()).toBeUndefined();
    await given(home(), { kind: 'bot.known', openId: 'ou_bot' });
    await given(home(), { kind: 'bot.known', openId: 'ou_new' });
    expect(await home().store.botOpenId()).toBe('ou_new');
  });

  test('an account has one open request to be linked, and settling it twice is stale', async () => {
    await given(home(), district, people(person('a', 'wanghai', '甲'), person('b', 'wanghai', '乙')));
    const requested = (id: string, openId: string, personId: string, at: number) =>
      ({ kind: 'link.requested', id, openId, personId, chatId: 'oc_1', at }) as const;
    await given(
      home(),
      requested('l1', 'ou_1', 'a', 30),
      requested('l2', 'ou_2', 'b', 20),
      requested('l3', 'ou_1', 'b', 10),
    );
    expect((await home().store.linkRequests(9)).map(({ id }) => id)).toEqual(['l3', 'l2']);
    expect(await home().store.linkRequests(1)).toHaveLength(1);
    expect(await home().store.linkRequest('l3')).toMatchObject({
      id: 'l3',
      openId: 'ou_1',
      chatId: 'oc_1',
      requestedAt: 10,
      person: { id: 'b', unit: { name: '望海区教育局' } },
    });
    await given(home(), { kind: 'link.settled', id: 'l3' });
    expect(await home().store.linkRequest('l3')).toBeUndefined();
    expect(await home().store.commit(work({ changes: [{ kind: 'link.settled', id: 'l3' }] }))).toBe('stale');
  });
});
