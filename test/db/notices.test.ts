import { expect, test } from 'vitest';
import type { Change } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, message, person, work } from './district.ts';

const AT = 2_000_000_000_000;
const HOUR = 3_600_000;
const sent = (number: number, more: { remindAt?: number; chatIds?: string[] } = {}): Change => ({
  kind: 'notice.sent',
  notice: { id: `n${number}`, number, words: '开会', sender: 'ou_boss', sentAt: AT, confirmBy: AT + 4 * HOUR },
  remindAt: more.remindAt,
  chatIds: more.chatIds ?? ['oc_1'],
});
const members = (...ids: string[]): Change => ({
  ...{ kind: 'notice.rostered', noticeId: 'n1', chatId: 'oc_1', at: AT + 1 },
  members: ids.map((openId) => ({ openId, name: `群里的${openId}` })),
});
const confirmed = (openId: string, at: number): Change => ({
  ...{ kind: 'notice.confirmed', noticeId: 'n1', openId, chatId: 'oc_1', name: openId, at },
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
      ...{ words: '开会', confirmBy: AT + 4 * HOUR },
      targets: [{ chatId: 'oc_1', group: '工作群', known: true }],
    });
    expect((await home().store.noticesDue(AT, 9)).map(({ askIn }) => askIn)).toEqual(['oc_2']);
    await given(home(), { kind: 'notice.unrostered', noticeId: 'n2', chatId: 'oc_2' });
    expect(await home().store.noticesDue(AT + HOUR, 9)).toEqual([]);
  });

  test('two who confirm at the same moment both count', async () => {
    await given(home(), sent(1), members('ou_1', 'ou_2'));
    const both = ['ou_1', 'ou_2'].map((openId) => home().store.commit(work({ changes: [confirmed(openId, AT + 7)] })));
    expect(await Promise.all(both)).toEqual(['done', 'done']);
    expect((await home().store.noticeReceivers('n1')).map(({ confirmedAt }) => confirmedAt)).toEqual([AT + 7, AT + 7]);
  });

  test('a number is given once, and a reminder is due once', async () => {
    await given(home(), sent(1, { remindAt: AT + HOUR }));
    expect(await home().store.nextNoticeNumber()).toBe(2);
    expect(await home().store.commit(work({ changes: [{ ...sent(1) }] }))).toBe('stale');
    await given(home(), members());
    expect(await home().store.noticesDue(AT, 9)).toEqual([]);
    expect(await home().store.noticesDue(AT + HOUR, 9)).toMatchObject([{ notice: { id: 'n1', version: 1 } }]);
    const reminded: Change = { kind: 'notice.reminded', id: 'n1', seen: 1 };
    const twice = [home(), home()].map(({ store }) => store.commit(work({ changes: [reminded] })));
    expect((await Promise.all(twice)).toSorted()).toEqual(['done', 'stale']);
    expect(await home().store.noticesDue(AT + HOUR, 9)).toEqual([]);
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
    await home().outbox.claim(AT, 9, 1_000, { appMs: 0, chatMs: 0 });
    await home().outbox.sent('card', 'om_card', AT);
    expect(await home().store.noticeOfMessage('om_card')).toMatchObject({ number: 1 });
    expect(await home().store.noticeOfMessage('om_other')).toBeUndefined();
  });
});
