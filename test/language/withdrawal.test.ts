import { expect, test } from 'vitest';
import { withdrawSubject } from '../../src/language/answer/withdrawal.ts';
import type { WaitingMessage } from '../../src/ports/live-cards.ts';

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
const withdrawn = (...waiting: readonly WaitingMessage[]) =>
  withdrawSubject({ read: { waitingMessages: async () => waiting }, now: 5 }, 'finding:1', {
    name: 'W1',
    readers: ['ou_reader'],
  });

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
