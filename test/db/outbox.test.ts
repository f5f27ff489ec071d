import { expect, test } from 'vitest';
import type { NewMessage } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { given, message, work } from './district.ts';

const LEASE = 60_000;
const NOW = 1_000_000;
const spacing = { appMs: 60, chatMs: 200 };

onEveryHome('outbox', (home) => {
  const waiting = async (...messages: NewMessage[]) => {
    expect(await home().store.commit(work({ messages }))).toBe('done');
  };
  const push = (key: string, chatId: string, dueAt = 1_000) => message(key, { lane: 'push', chatId, dueAt });
  const claim = (now = NOW, limit = 10) => home().outbox.claim(now, limit, LEASE, spacing);
  const keys = async (now?: number, limit?: number) => (await claim(now, limit)).map(({ key }) => key);

  test('a claimed message carries all that sending needs, and counts the attempt', async () => {
    await waiting(
      message('a', { replyTo: 'om_1', type: 'interactive', content: '{"x":1}', uuid: 'u-a' }),
      message('b'),
    );
    expect(await claim()).toEqual([
      {
        key: 'a',
        lane: 'reply',
        to: { chatId: 'oc_1', replyTo: 'om_1' },
        type: 'interactive',
        content: '{"x":1}',
        uuid: 'u-a',
        attempts: 1,
        firstSentAt: NOW,
        sendAt: NOW,
      },
      {
        key: 'b',
        lane: 'reply',
        to: { chatId: 'oc_1' },
        type: 'text',
        content: '{"text":"好"}',
        uuid: 'b',
        attempts: 1,
        firstSentAt: NOW,
        sendAt: NOW + 200,
      },
    ]);
  });

  test('a file keeps its bytes until it is sent, and the key that Lark gave it', async () => {
    const bytes = Uint8Array.from({ length: 1_300_000 }, (_, at) => at % 253);
    await waiting(message('f', { type: 'file', content: '', file: { name: '日程.xlsx', bytes } }));
    expect(await claim()).toMatchObject([{ key: 'f', type: 'file', file: { name: '日程.xlsx', key: undefined } }]);
    expect(Buffer.from((await home().outbox.file('f')) ?? []).equals(bytes)).toBe(true);
    await home().outbox.uploaded('f', 'file_v3_1');
    await home().outbox.again('f', NOW, 'later');
    expect(await claim(NOW + 1_000)).toMatchObject([{ type: 'file', file: { key: 'file_v3_1' } }]);
    await home().outbox.sent('f', 'om_1', NOW);
    expect(await home().outbox.file('f')).toBeUndefined();
    await home().store.purge({ inbox: 0, sent: NOW + 1, pace: 0 }, 10);
    expect(await home().rows('SELECT key FROM outbox')).toEqual([]);
  });

  test('a claimed message is nobody else’s until its lease ends, then it is due again under its first instant', async () => {
    await waiting(message('a'));
    expect(await keys()).toEqual(['a']);
    expect(await keys(NOW + LEASE - 1)).toEqual([]);
    expect(await claim(NOW + LEASE)).toMatchObject([{ key: 'a', attempts: 2, firstSentAt: NOW }]);
  });

  test('replies go before pushes, the oldest first, and what is due later stays', async () => {
    await waiting(
      push('push-old', 'oc_1', 100),
      message('reply-new', { chatId: 'oc_2', dueAt: 300, createdAt: 300 }),
      message('reply-old', { chatId: 'oc_3', dueAt: 200, createdAt: 200 }),
      message('later', { chatId: 'oc_4', dueAt: NOW + 1 }),
    );
    expect(await keys(NOW, 1)).toEqual(['reply-old']);
    expect(await keys()).toEqual(['reply-new', 'push-old']);
    expect(await keys(NOW + 1)).toEqual(['later']);
  });

  test('slots are spaced for the app and for each chat, across claims', async () => {
    await waiting(push('a1', 'oc_1'), push('a2', 'oc_1'), push('b1', 'oc_2'), push('b2', 'oc_2'), push('c1', 'oc_3'));
    await waiting(push('d1', 'oc_1'), push('d2', 'oc_3'));
    const taken = [...(await claim(NOW, 3)), ...(await claim(NOW, 9))];
    expect(taken.map(({ key, sendAt }) => [key, sendAt - NOW])).toEqual([
      ['a1', 0],
      ['a2', 200],
      ['b1', 120],
      ['b2', 320],
      ['c1', 240],
      ['d1', 400],
      ['d2', 440],
    ]);
  });

  test('a slot that was not used is not saved up', async () => {
    await waiting(message('a'), message('b', { dueAt: NOW + 5_000 }));
    await claim();
    expect(await claim(NOW + 5_000)).toMatchObject([{ key: 'b', sendAt: NOW + 5_000 }]);
  });

  test('no more than about a second is reserved ahead, so that a reply finds its slot', async () => {
    await waiting(...Array.from({ length: 40 }, (_, index) => push(`p${index}`, `oc_${index}`)));
    expect(await keys(NOW, 25)).toHaveLength(25);
    await waiting(message('reply', { chatId: 'oc_r' }));
    expect(await keys(NOW)).toEqual([]);
    expect((await claim(NOW + 600, 1))[0]).toMatchObject({ key: 'reply', sendAt: NOW + 1_500 });
  });

  test('a pause of the app holds everything back, a pause of a chat only that chat', async () => {
    await waiting(message('a'), message('b', { chatId: 'oc_2' }));
    await home().outbox.pauseUntil(NOW + 30_000, 'oc_1');
    expect(await keys()).toEqual(['b']);
    await home().outbox.pauseUntil(NOW + 60_000);
    await home().outbox.pauseUntil(NOW + 10);
    expect(await keys(NOW + 30_000)).toEqual([]);
    const [late] = await claim(NOW + 59_500);
    expect(late).toMatchObject({ key: 'a', sendAt: NOW + 60_000 });
  });

  test('a group that the bot has left is never sent to, a direct chat always', async () => {
    await given(
      home(),
      { kind: 'group.gone', chatId: 'oc_1', state: 'left' },
      { kind: 'group.joined', chatId: 'oc_2', name: '群' },
    );
    await waiting(message('left'), message('group', { chatId: 'oc_2' }), message('direct', { chatId: 'oc_p2p' }));
    expect((await keys()).toSorted()).toEqual(['direct', 'group']);
    expect(await keys(NOW + LEASE * 9)).not.toContain('left');
  });

  test('what was sent stays sent', async () => {
    await waiting(message('a'));
    await claim();
    await home().outbox.sent('a', 'om_9', NOW + 5);
    await home().outbox.again('a', NOW, 'late news');
    await home().outbox.keep('a', 'failed', 1, 'late news', NOW);
    expect(await keys(NOW + LEASE)).toEqual([]);
    expect(await home().rows('SELECT state, message_id, reason FROM outbox')).toEqual([
      { state: 'sent', message_id: 'om_9', reason: null },
    ]);
  });

  test('a message to be tried again waits for its time', async () => {
    await waiting(message('a'));
    await claim();
    await home().outbox.again('a', NOW + 2_000, 'HTTP 500');
    expect(await keys(NOW + 1_999)).toEqual([]);
    expect(await claim(NOW + 2_000)).toMatchObject([{ key: 'a', attempts: 2, firstSentAt: NOW }]);
  });

  test('what is kept is not sent again, and says why', async () => {
    await waiting(message('a'), message('b'));
    await claim();
    await home().outbox.keep('a', 'failed', 230_002, 'bot not in chat', NOW + 1);
    await home().outbox.keep('b', 'held', undefined, 'fate unknown', NOW + 2);
    expect(await keys(NOW + LEASE)).toEqual([]);
    expect(await home().rows('SELECT key, state, code, reason FROM outbox ORDER BY key')).toEqual([
      { key: 'a', state: 'failed', code: 230_002, reason: 'bot not in chat' },
      { key: 'b', state: 'held', code: null, reason: 'fate unknown' },
    ]);
  });

  test('a message that was on its way when the group was left is known as sent, and not tried again', async () => {
    await waiting(message('a'), message('b'));
    await claim();
    await given(home(), { kind: 'group.gone', chatId: 'oc_1', state: 'left' });
    await home().outbox.sent('a', 'om_1', NOW);
    await home().outbox.again('b', NOW, 'HTTP 500');
    expect(await home().rows('SELECT key, state FROM outbox ORDER BY key')).toEqual([
      { key: 'a', state: 'sent' },
      { key: 'b', state: 'dropped' },
    ]);
  });

  test('the next instant is the first at which a claim would take something', async () => {
    const { outbox } = home();
    expect(await outbox.nextDue()).toBeUndefined();
    await given(home(), { kind: 'group.gone', chatId: 'oc_left', state: 'left' });
    await waiting(message('left', { chatId: 'oc_left' }));
    expect(await outbox.nextDue()).toBeUndefined();
    await waiting(message('a', { dueAt: NOW + 700 }), message('b', { chatId: 'oc_2', dueAt: NOW + 900 }));
    expect(await outbox.nextDue()).toBe(NOW + 700);
    await outbox.pauseUntil(NOW + 60_000, 'oc_1');
    expect(await outbox.nextDue()).toBe(NOW + 900);
    await outbox.pauseUntil(NOW + 20_000);
    const next = await outbox.nextDue();
    expect(next).toBe(NOW + 19_000);
    expect(await keys(NOW + 18_999)).toEqual([]);
    expect(await keys(next)).toEqual(['b']);
    await outbox.sent('b', 'om_1', NOW);
    expect(await outbox.nextDue()).toBe(NOW + 59_000);
  });

  test('20 claimers at once never share a message nor a slot', async () => {
    await waiting(...Array.from({ length: 100 }, (_, index) => push(`p${index}`, `oc_${index % 10}`)));
    const fast = { appMs: 2, chatMs: 10 };
    const claims = await Promise.all(Array.from({ length: 20 }, () => home().outbox.claim(NOW, 5, LEASE, fast)));
    const taken = claims.flat();
    expect(new Set(taken.map(({ key }) => key)).size).toBe(taken.length);
    expect(taken).toHaveLength(100);
    const inChats = Map.groupBy(taken, ({ to }) => to.chatId);
    for (const sent of inChats.values()) {
      const slots = sent.map(({ sendAt }) => sendAt).toSorted((a, b) => a - b);
      expect(slots.every((slot, index) => index === 0 || slot - (slots[index - 1] ?? 0) >= fast.chatMs)).toBe(true);
    }
    expect(await home().rows("SELECT next_at FROM pace WHERE key = 'app'")).toHaveLength(1);
    expect(Number((await home().rows("SELECT next_at FROM pace WHERE key = 'app'"))[0]?.['next_at'])).toBe(NOW + 200);
  });
});
