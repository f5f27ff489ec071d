import { expect, test } from 'vitest';
import { HEARTBEAT, pushId } from '../../src/domain/notices/notice.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { Store } from '../../src/ports/store.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, message, person, take, work } from './district.ts';

type NoticeSent = Extract<Change, { readonly kind: 'notice.sent' }>;
const AT = 2_000_000_000_000;
const HOUR = 3_600_000;
const sent = (number: number, more: { remindAt?: number; chatIds?: string[] } = {}): NoticeSent => ({
  kind: 'notice.sent',
  notice: { id: `n${number}`, number, words: '开会', sender: 'ou_boss', sentAt: AT, confirmBy: AT + 4 * HOUR },
  remindAt: more.remindAt,
  chatIds: more.chatIds ?? ['oc_1'],
});
const members = (...ids: string[]): Change => ({
  kind: 'notice.rostered',
  noticeId: 'n1',
  chatId: 'oc_1',
  at: AT + 1,
  members: ids.map((openId) => ({ openId, name: `群里的${openId}` })),
});
const confirmed = (openId: string, at: number): Change => ({
  kind: 'notice.confirmed',
  noticeId: 'n1',
  openId,
  chatId: 'oc_1',
  name: openId,
  at,
});

onEveryHome('notices', (home) => {
  test('a notice knows its groups, its receivers and who confirmed first; names come from the address book', async () => {
    await given(home(), district, { kind: 'people.put', rows: [person('chen', 'wanghai', '陈甲')] });
    await given(home(), { kind: 'person.linked', personId: 'chen', openId: 'ou_1', by: 'group', seen: 1 });
    await given(
      home(),
      { kind: 'group.joined', chatId: 'oc_1', name: '工作群' },
      sent(1),
      sent(2, { chatIds: ['oc_2'] }),
    );
    expect(await home().store.noticesDue(AT - 1, 9)).toEqual([]);
    expect(
      (await home().store.noticesDue(AT, 9)).map(({ notice, askIn }) => [notice.number, askIn]).toSorted(),
    ).toEqual([
      [1, 'oc_1'],
      [2, 'oc_2'],
    ]);
    // Confirmed before the members were known: the answer to the roster changes nothing about it.
    await given(home(), confirmed('ou_1', AT + 5), members('ou_1', 'ou_2'), confirmed('ou_1', AT + 9));
    expect(await home().store.noticeReceivers('n1')).toMatchObject([
      { openId: 'ou_1', name: '陈甲', unit: { id: 'wanghai' }, linked: true, confirmedAt: AT + 5 },
      { openId: 'ou_2', name: '群里的ou_2', linked: false },
    ]);
    expect(await home().store.notice(1)).toMatchObject({
      words: '开会',
      confirmBy: AT + 4 * HOUR,
      targets: [{ chatId: 'oc_1', group: '工作群', known: true }],
    });
    expect((await home().store.noticesDue(AT, 9)).map(({ askIn }) => askIn)).toEqual(['oc_2']);
    await given(home(), { kind: 'notice.unrostered', noticeId: 'n2', chatId: 'oc_2' });
    expect(await home().store.noticesDue(AT + HOUR, 9)).toEqual([]);
  });

  test('who has read it is asked for when it is due, kept from the first time, and is no confirmation', async () => {
    const roster: Change = {
      kind: 'notice.rostered',
      noticeId: 'n1',
      chatId: 'oc_1',
      at: AT + 1,
      askReadersAt: AT + HOUR,
      members: ['ou_1', 'ou_2'].map((openId) => ({ openId, name: openId })),
    };
    await given(home(), sent(1), roster, {
      kind: 'notice.sent',
      notice: { id: 'n2', number: 2, words: '停电', sender: 'ou_boss', sentAt: AT },
      chatIds: [],
    });
    const live = { subjects: ['notice:n1'], query: '通知 1', openId: undefined };
    const cards = [
      message('elsewhere', { live, chatId: 'ou_1', createdAt: AT, dueAt: AT }),
      message('first', { live, createdAt: AT + 1, dueAt: AT + 1 }),
      message('answer', { live, createdAt: AT + 2, dueAt: AT + 2 }),
    ];
    expect(await home().store.commit(work({ messages: cards }))).toBe('done');
    const asked = async (at: number) => (await home().store.noticesDue(at, 9)).map(({ readersOf }) => readersOf);
    expect(await asked(AT + HOUR - 1)).toEqual([]);
    expect(await asked(AT + HOUR)).toEqual(['']);
    await take(home().outbox, AT + 3);
    for (const key of ['elsewhere', 'first', 'answer']) await home().outbox.sent(key, `om_${key}`, AT + 3);
    expect(await asked(AT + HOUR)).toEqual(['om_first']);
    const read = (at: number, ...openIds: string[]): Change => ({
      kind: 'notice.read',
      noticeId: 'n1',
      chatId: 'oc_1',
      at,
      openIds,
      askAgainAt: at + HOUR,
    });
    await given(home(), read(AT + HOUR, 'ou_1', 'ou_elsewhere'), read(AT + 2 * HOUR, 'ou_1'));
    expect(await home().store.noticeReceivers('n1')).toMatchObject([
      { openId: 'ou_1', readAt: AT + HOUR, confirmedAt: undefined },
      { openId: 'ou_2', readAt: undefined, confirmedAt: undefined },
    ]);
    expect((await home().store.notice(1))?.targets).toMatchObject([{ readersAt: AT + 2 * HOUR }]);
    expect((await home().store.notice(2))?.targets).toEqual([]);
    expect(await asked(AT + 2 * HOUR)).toEqual([]);
    expect(await asked(AT + 3 * HOUR)).toEqual(['om_first']);
    await given(home(), { kind: 'notice.readers-unknown', noticeId: 'n1', chatId: 'oc_1', askAgainAt: AT + 4 * HOUR });
    expect([await asked(AT + 3 * HOUR), await asked(AT + 4 * HOUR)]).toEqual([[], ['om_first']]);
    await given(home(), { kind: 'notice.readers-unknown', noticeId: 'n1', chatId: 'oc_1' });
    expect(await asked(AT + 99 * HOUR)).toEqual([]);
  });

  test('two who confirm at the same moment both count', async () => {
    await given(home(), sent(1), members('ou_1', 'ou_2'));
    const both = ['ou_1', 'ou_2'].map((openId) => home().store.commit(work({ changes: [confirmed(openId, AT + 7)] })));
    expect(await Promise.all(both)).toEqual(['done', 'done']);
    expect((await home().store.noticeReceivers('n1')).map(({ confirmedAt }) => confirmedAt)).toEqual([AT + 7, AT + 7]);
  });

  test('a number is given once, and a reminder is due once', async () => {
    await given(home(), sent(1, { remindAt: AT + HOUR }));
    const twin: Change = { ...sent(9), notice: { ...sent(9).notice, number: 1 } };
    await expect(home().store.commit(work({ changes: [twin] }))).rejects.toThrow('number');
    await given(home(), members());
    expect(await home().store.noticesDue(AT, 9)).toEqual([]);
    expect(await home().store.noticesDue(AT + HOUR, 9)).toMatchObject([{ notice: { id: 'n1', version: 1 } }]);
    const reminded: Change = { kind: 'notice.reminded', id: 'n1', seen: 1 };
    const twice = [home(), home()].map(({ store }) => store.commit(work({ changes: [reminded] })));
    expect((await Promise.all(twice)).toSorted()).toEqual(['done', 'moved']);
    expect(await home().store.noticesDue(AT + HOUR, 9)).toEqual([]);
  });

  test('what is taken back is due for nothing any more, and of two who take it back one does', async () => {
    await given(home(), sent(1, { remindAt: AT + HOUR }), members('ou_1'), {
      ...confirmed('ou_1', AT + 7),
      words: '由他人代',
    } as Change);
    const back: Change = { kind: 'notice.withdrawn', id: 'n1', at: AT + 9, by: 2, seen: 1 };
    const twice = [home(), home()].map(({ store }) => store.commit(work({ changes: [back] })));
    expect((await Promise.all(twice)).toSorted()).toEqual(['done', 'moved']);
    expect(await home().store.notice(1)).toMatchObject({ withdrawn: { at: AT + 9, by: 2 }, version: 2 });
    expect(await home().store.noticesDue(AT + 99 * HOUR, 9)).toEqual([]);
    await given(home(), confirmed('ou_1', AT + 8));
    expect(await home().store.noticeReceivers('n1')).toMatchObject([{ confirmedAt: AT + 7, words: '由他人代' }]);
  });

  test('a push is known by its group and time, beside the notices, and a group has one at a time', async () => {
    const push = (chatId: string, nominalAt: number, words = '今日督导'): Change => ({
      kind: 'notice.sent',
      notice: {
        id: pushId(chatId, nominalAt),
        push: { nominalAt, closesAt: nominalAt + HOUR },
        words,
        sender: HEARTBEAT,
        sentAt: nominalAt + 5,
      },
      chatIds: [chatId],
    });
    await given(home(), sent(1), push('oc_1', AT), push('oc_2', AT), push('oc_1', AT + HOUR));
    expect(await home().store.commit(work({ changes: [push('oc_1', AT)] }))).toBe('taken');
    const found = async (of: Partial<Parameters<Store['notices']>[0]>) =>
      (await home().store.notices({ since: 0, limit: 9, ...of })).map(({ id }) => id);
    expect(await found({ chatId: 'oc_1' })).toEqual([pushId('oc_1', AT + HOUR), pushId('oc_1', AT), 'n1']);
    expect(await found({ kind: 'notice' })).toEqual(['n1']);
    const nominal = { from: AT, before: AT + 60_000 };
    expect(await found({ kind: 'push', nominal })).toEqual([pushId('oc_1', AT), pushId('oc_2', AT)]);
    const [first] = await home().store.notices({ nominal, chatId: 'oc_1', since: 0, limit: 1 });
    expect(first).toMatchObject({ words: '今日督导', push: { nominalAt: AT, closesAt: AT + HOUR }, sender: HEARTBEAT });
    expect(first?.number).toBeUndefined();
  });

  test('what was pushed at a time is known, unless it was empty or missed', async () => {
    const occurred = (nominalAt: number, outcome: 'sent' | 'late' | 'missed' | 'empty') =>
      home().store.commit(
        work({ guard: { kind: 'occurrence', chatId: 'oc_1', nominalAt, outcome, contents: ['day', 'week'], at: AT } }),
      );
    await given(home(), { kind: 'group.joined', chatId: 'oc_1', name: '工作群' });
    for (const [index, outcome] of (['sent', 'late', 'missed', 'empty'] as const).entries())
      expect(await occurred(AT + index, outcome)).toBe('done');
    const { pushed } = home().store;
    expect(await pushed('oc_1', AT)).toEqual({ contents: ['day', 'week'], late: false });
    expect(await pushed('oc_1', AT + 1)).toEqual({ contents: ['day', 'week'], late: true });
    for (const none of [AT + 2, AT + 3, AT + 4]) expect(await pushed('oc_1', none)).toBeUndefined();
    expect(await pushed('oc_2', AT)).toBeUndefined();
  });

  test('for a unit speak those whom the schedule names in it, and its liaisons; nobody of another unit', async () => {
    const rows = [
      person('chen', 'wanghai-1', '陈甲'),
      person('chen2', 'wanghai', '陈甲'),
      person('li', 'wanghai-1', '李乙'),
    ];
    await given(home(), district, { kind: 'people.put', rows });
    for (const { id } of rows)
      await given(home(), { kind: 'person.linked', personId: id, openId: `ou_${id}`, by: 'group', seen: 1 });
    const granted = (openId: string, role: 'liaison' | 'leader', unitId: string): Change => ({
      kind: 'role.granted',
      openId,
      role,
      unitId,
      by: 'ou_boss',
      at: AT,
    });
    await given(
      home(),
      granted('ou_a', 'liaison', 'wanghai-1'),
      granted('ou_b', 'liaison', 'wanghai'),
      granted('ou_c', 'leader', 'wanghai-1'),
    );
    const of = ['', '陈甲', '陈甲'].map((name) => ({ unitId: 'wanghai-1', name }));
    expect(await home().store.liaisons(of)).toEqual(['ou_a', 'ou_chen']);
    expect(await home().store.liaisons([{ unitId: 'chengguan', name: '陈甲' }])).toEqual([]);
    expect(await home().store.liaisons([])).toEqual([]);
  });

  test('who left the group or the service and has not confirmed is asked no more; who has confirmed stays', async () => {
    await given(home(), district, { kind: 'people.put', rows: [person('chen', 'wanghai', '陈甲')] });
    await given(home(), { kind: 'person.linked', personId: 'chen', openId: 'ou_1', by: 'group', seen: 1 });
    await given(home(), sent(1), sent(2), members('ou_1', 'ou_2', 'ou_3', 'ou_4'), confirmed('ou_3', AT));
    await given(home(), {
      kind: 'notice.rostered',
      noticeId: 'n2',
      chatId: 'oc_1',
      at: AT,
      members: [{ openId: 'ou_2', name: '' }],
    });
    const asked = async (id = 'n1') => (await home().store.noticeReceivers(id)).map(({ openId }) => openId).toSorted();
    const left = (noticeId: string, chatId = 'oc_1'): Change => ({
      kind: 'notice.departed',
      noticeId,
      chatId,
      openIds: ['ou_2', 'ou_3'],
    });
    await given(home(), left('n1', 'oc_2'));
    expect(await asked()).toEqual(['ou_1', 'ou_2', 'ou_3', 'ou_4']);
    // They left before the group was listed: whoever the listing names has come back.
    await given(home(), { ...left('n1'), at: AT } as Change);
    expect(await asked()).toEqual(['ou_1', 'ou_2', 'ou_3', 'ou_4']);
    await given(home(), { ...left('n1'), at: AT + 2 } as Change);
    expect([await asked(), await asked('n2')]).toEqual([['ou_1', 'ou_3', 'ou_4'], ['ou_2']]);
    await given(home(), left('n2'));
    expect(await asked('n2')).toEqual([]);
    expect(await home().store.hasLeft('ou_1')).toBe(false);
    await given(home(), { kind: 'person.left', personId: 'chen', at: AT, seen: 2 });
    expect(await home().store.hasLeft('ou_1')).toBe(true);
    expect(await asked()).toEqual(['ou_3', 'ou_4']);
    await given(home(), confirmed('ou_1', AT));
    expect(await asked()).toEqual(['ou_1', 'ou_3', 'ou_4']);
  });

  test('it is found by its chat, its sender, its receiver and its card', async () => {
    await given(home(), sent(1), sent(2, { chatIds: ['oc_2'] }), members('ou_1'));
    const numbers = async (of: { chatId?: string; sender?: string; receiver?: string }) =>
      (await home().store.notices({ ...of, since: AT, limit: 9 })).map(({ number }) => number);
    expect(await numbers({ chatId: 'oc_2' })).toEqual([2]);
    expect(await numbers({ sender: 'ou_boss' })).toEqual([2, 1]);
    expect(await numbers({ receiver: 'ou_1' })).toEqual([1]);
    const live = { subjects: ['notice:n1'], query: '通知 1' };
    await home().store.commit(work({ messages: [message('card', { live, dueAt: AT, createdAt: AT })] }));
    await take(home().outbox, AT);
    await home().outbox.sent('card', 'om_card', AT);
    expect(await home().store.noticeOfMessage('om_card')).toMatchObject({ number: 1 });
    expect(await home().store.noticeOfMessage('om_other')).toBeUndefined();
  });
});
