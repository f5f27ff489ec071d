import { expect, test } from 'vitest';
import { onEveryHome } from '../support/homes.ts';
import { district, given, message, person, take, work } from './district.ts';

const joined = (chatId: string, name: string) => ({ kind: 'group.joined', chatId, name }) as const;
const paused = { kind: 'pushes.paused', by: 'ou_a', at: 5_000 } as const;
const resumed = { kind: 'pushes.resumed', since: 5_000, at: 9_000, reason: 'paused' } as const;

onEveryHome('delivery', (home) => {
  const put = async (...messages: ReturnType<typeof message>[]) =>
    expect(await home().store.commit(work({ messages }))).toBe('done');
  /** Those that were taken and whose calls were begun. */
  const taken = async (now = 2_000) => {
    const leased = await take(home().outbox, now);
    for (const one of leased) await home().outbox.begin(one, now, 60_000);
    return leased.map(({ key }) => key);
  };
  const failed = (key: string, at = 3_000) => home().outbox.keep(key, 'failed', 230099, 'refused', at);

  test('groups that the bot sits in are listed with their last delivery and their failures', async () => {
    await given(home(), district, joined('oc_1', '甲群'), joined('oc_2', '乙群'), joined('oc_3', '丙群'));
    await given(home(), { kind: 'group.bound', chatId: 'oc_2', unitId: 'wanghai', seen: 1 });
    await given(home(), { kind: 'group.gone', chatId: 'oc_3', state: 'left' });
    await put(message('a'), message('b'), message('c', { chatId: 'oc_2' }), message('d', { chatId: 'oc_2' }));
    await home().outbox.sent('a', 'om_1', 1_500);
    await home().outbox.sent('b', 'om_2', 1_700);
    await failed('c');
    await home().outbox.keep('d', 'held', undefined, 'unknown', 3_000);
    expect(
      (await home().store.activeGroups()).map(({ group, lastSentAt, kept, failing }) => [
        group.name,
        group.unit?.name,
        lastSentAt,
        kept,
        failing?.reason,
      ]),
    ).toEqual([
      ['乙群', '望海区教育局', undefined, 2, 'unknown'],
      ['甲群', undefined, 1_700, 0, undefined],
    ]);
    await put(message('e', { chatId: 'oc_2' }), message('f'));
    await home().outbox.sent('e', 'om_3', 4_000);
    await home().outbox.keep('f', 'failed', 230_018, 'muted', 5_000);
    expect((await home().store.activeGroups()).map(({ failing }) => failing)).toEqual([
      undefined,
      { at: 5_000, code: 230_018, reason: 'muted' },
    ]);
  });

  test('what was kept says where it was to go, the newest first', async () => {
    await given(home(), district, joined('oc_1', '甲群'), {
      kind: 'people.put',
      rows: [person('a', 'wanghai', '陈甲')],
    });
    await given(home(), { kind: 'person.linked', personId: 'a', openId: 'ou_a', by: 'mobile', seen: 1 });
    await put(message('a'), message('b', { chatId: 'ou_a', lane: 'push' }), message('c'));
    await failed('a');
    await taken(3_500);
    await home().outbox.keep('b', 'held', undefined, 'unknown', 4_000);
    const [newest, oldest, ...more] = await home().store.keptMessages(9);
    expect(more).toEqual([]);
    expect(newest).toEqual({
      key: 'b',
      uuid: 'b',
      lane: 'push',
      chatId: 'ou_a',
      person: '陈甲',
      state: 'held',
      reason: 'unknown',
      at: 4_000,
      firstSentAt: 3_500,
      leaves: false,
    });
    expect(oldest).toMatchObject({ key: 'a', lane: 'reply', group: '甲群', state: 'failed' });
    expect(await home().store.keptMessages(1)).toHaveLength(1);
  });

  test('a kept message is sent again once, under a new uuid when one is given', async () => {
    await put(message('a'));
    expect(await taken()).toEqual(['a']);
    await failed('a');
    const again = { kind: 'message.again', key: 'a', seen: 'a', uuid: 'again_1', at: 4_000 } as const;
    await given(home(), again);
    expect(await home().store.commit(work({ changes: [again] }))).toBe('moved');
    expect(await take(home().outbox, 5_000)).toMatchObject([
      { key: 'a', uuid: 'again_1', attempts: 0, firstSentAt: undefined },
    ]);
  });

  test('held messages are sent again or dropped in one go, all or none', async () => {
    const held = ['a', 'b', 'c'];
    await put(...held.map((key) => message(key, { chatId: `oc_${key}`, remake: { kind: 'answer' } })));
    expect((await taken(2_000)).toSorted()).toEqual(held);
    for (const key of held) await home().outbox.keep(key, 'held', undefined, 'unknown', 3_000);
    const of = (...keys: readonly string[]) =>
      keys.map((key) => ({ key, seen: key, uuid: key === 'a' ? 'a' : `again_${key}` }));
    const dropped = { kind: 'messages.dropped', messages: of('c'), reason: 'nobody wants it', at: 4_000 } as const;
    await given(home(), dropped);
    expect(await home().store.commit(work({ changes: [dropped] }))).toBe('moved');
    const again = { kind: 'messages.again', messages: of('a', 'b'), at: 5_000 } as const;
    expect(await home().store.commit(work({ changes: [{ ...again, messages: of('a', 'b', 'c') }] }))).toBe('moved');
    await given(home(), again);
    expect(await home().store.commit(work({ changes: [again] }))).toBe('moved');
    // What was tried is sent as it was: nothing makes it again.
    expect(
      (await take(home().outbox, 6_000)).map(({ uuid, firstSentAt, remake }) => [uuid, firstSentAt, remake]),
    ).toEqual([
      ['a', 2_000, undefined],
      ['again_b', undefined, undefined],
    ]);
    expect(await home().rows("SELECT reason FROM outbox WHERE state = 'dropped'")).toEqual([
      { reason: 'nobody wants it' },
    ]);
  });

  test('under its old uuid a message keeps the instant of its first attempt', async () => {
    await put(message('a'));
    await taken(2_000);
    await failed('a');
    await given(home(), { kind: 'message.again', key: 'a', seen: 'a', uuid: 'a', at: 4_000 });
    expect(await take(home().outbox, 5_000)).toMatchObject([{ uuid: 'a', firstSentAt: 2_000 }]);
  });

  test('while everything is paused replies leave and pushes wait; afterwards these are held', async () => {
    await put(message('push', { lane: 'push' }), message('reply'));
    await given(home(), paused);
    expect(await home().store.pause()).toEqual({ at: 5_000, by: 'ou_a' });
    expect(await home().store.commit(work({ changes: [paused] }))).toBe('taken');
    expect(await taken(6_000)).toEqual(['reply']);
    await home().outbox.sent('reply', 'om_1', 6_000);
    expect(await home().outbox.nextDue(6_500)).toBeUndefined();
    expect((await home().store.missedByPause(5_000, 9)).waiting).toBe(1);

    expect(await home().store.commit(work({ changes: [{ ...resumed, since: 4_000 }] }))).toBe('moved');
    await given(home(), resumed);
    expect(await home().store.pause()).toBeUndefined();
    expect(await home().store.commit(work({ changes: [resumed] }))).toBe('moved');
    expect(await taken(9_500)).toEqual([]);
    expect(await home().store.keptMessages(9)).toMatchObject([{ key: 'push', state: 'held', reason: 'paused' }]);
  });

  test('what was missed is what the pause kept back, not what downtime did', async () => {
    await given(home(), joined('oc_1', '甲群'));
    const occurrence = (nominalAt: number, at: number, reason?: 'paused') =>
      work({
        guard: {
          kind: 'occurrence',
          chatId: 'oc_1',
          nominalAt,
          outcome: 'missed',
          contents: ['day', 'deadline'],
          at,
          reason,
        },
      });
    for (const unit of [occurrence(1, 4_000, 'paused'), occurrence(2, 6_000), occurrence(3, 7_000, 'paused')])
      expect(await home().store.commit(unit)).toBe('done');
    expect((await home().store.missedByPause(5_000, 9)).occurrences).toEqual([
      { group: '甲群', contents: ['day', 'deadline'], nominalAt: 3 },
    ]);
  });
});
