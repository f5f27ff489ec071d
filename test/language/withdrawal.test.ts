import { expect, test } from 'vitest';
import { withdrawSubject } from '../../src/language/answer/withdrawal.ts';
import type { ShownCard, WaitingMessage } from '../../src/ports/live-cards.ts';

const inGroup = (key: string, group: string, ...subjects: string[]): WaitingMessage => ({
  key,
  dueAt: 5,
  chatId: `oc_${group}`,
  group,
  subjects: ['finding:1', ...subjects],
});
const toPerson = (key: string, openId: string): WaitingMessage => ({
  key,
  dueAt: 5,
  chatId: `oc_of_${openId}`,
  openId,
  subjects: ['finding:1'],
});
const withdraw = (waiting: readonly WaitingMessage[], shown: readonly ShownCard[]) =>
  withdrawSubject(
    {
      read: { waitingMessages: async () => waiting, shownCards: async () => shown },
      now: 5,
      ids: { next: (kind) => `${kind}1`, code: () => '' },
    },
    'finding:1',
    { name: 'W1', readers: ['ou_reader'] },
  );
const withdrawn = (...waiting: readonly WaitingMessage[]) => withdraw(waiting, []);

test('what waits for a group or for somebody else is withdrawn; what waits for a reader stays', async () => {
  const { changes, audit, sentence } = await withdrawn(
    inGroup('a', '甲群'),
    inGroup('b', '甲群'),
    toPerson('c', 'ou_reader'),
    toPerson('d', 'ou_other'),
  );
  expect(changes).toMatchObject([{ kind: 'message.withdrawn', keys: ['a', 'b', 'd'], at: 5 }]);
  expect(audit).toEqual([{ action: 'message.withdrawn', subject: 'W1', after: '3 条（甲群）' }]);
  expect(sentence).toBe('还没有发出的 3 条消息已撤下，不再发送。');
});

test('what else a withdrawn message says is named, so that nobody waits for it', async () => {
  const { sentence } = await withdrawn(inGroup('a', '甲群', 'finding:2', 'task:12', 'notice:x'));
  expect(sentence).toContain('其中也写有 W2、T12，请另行告知。');
});

test('where nothing waits nothing is changed, and nothing said', async () => {
  expect(await withdrawn(toPerson('c', 'ou_reader'))).toEqual({ changes: [], audit: [], sentence: '' });
});

test('a card that was sent is closed for all but its readers, once where it is just leaving', async () => {
  const leaving = inGroup('a', '甲群');
  const shown = [{ key: 'a' }, { key: 'b' }, { key: 'c', openId: 'ou_reader' }, { key: 'd', openId: 'ou_other' }];
  const { changes, audit, sentence } = await withdraw([leaving], shown);
  expect(changes).toMatchObject([
    { kind: 'message.withdrawn', keys: ['a'] },
    { kind: 'cards.closed', keys: ['b', 'd'], revision: 'v1', at: 5 },
  ]);
  expect(audit.map(({ action, after }) => [action, after])).toEqual([
    ['message.withdrawn', '1 条（甲群）'],
    ['message.closed', '2 张'],
  ]);
  expect(sentence).toContain('已发出的 2 张卡片收回不该再看的内容。');
});
