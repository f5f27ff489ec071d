import { expect, test } from 'vitest';
import { openSqlite } from '../../src/db/sqlite.ts';
import type { Change } from '../../src/ports/changes.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { onEveryHome } from '../support/homes.ts';
import { given, message, take, work } from './district.ts';

const NOW = 2_000_000_000_000;
const DAY = 86_400_000;
const refreshed = (revision: string, at = NOW, ...subjects: string[]): Change => ({
  kind: 'cards.refreshed',
  subjects: subjects.length > 0 ? subjects : ['task:1'],
  revision,
  at,
  dueAt: at + 2_000,
});

onEveryHome('live cards', (home) => {
  const claim = (now: number) => take(home().outbox, now);
  /** A sent card of the subject; its message id is om_<key>. */
  const sent = async (key: string, subject = 'task:1', at = NOW) => {
    const live = { subjects: [subject], query: `任务 ${key}`, openId: 'ou_1' };
    const row = message(key, { live, createdAt: at, dueAt: at });
    expect(await home().store.commit(work({ messages: [row] }))).toBe('done');
    await claim(at);
    await home().outbox.sent(key, `om_${key}`, at);
  };

  test('many changes of a subject make one update for each card, and none for others', async () => {
    await sent('a');
    await sent('b');
    await sent('c', 'task:2');
    await given(home(), refreshed('v1'), refreshed('v2', NOW + 500), refreshed('v3', NOW + 900, 'task:1', 'task:1'));
    expect(await claim(NOW + 1_999)).toEqual([]);
    const updates = await claim(NOW + 2_000);
    expect(updates.map(({ key, updates: of, api }) => [key, of, api])).toEqual([
      ['update:a', 'a', 'patch'],
      ['update:b', 'b', 'patch'],
    ]);
    expect(await home().outbox.card('a')).toEqual({
      messageId: 'om_a',
      state: 'sent',
      chatId: 'oc_1',
      query: '任务 a',
      openId: 'ou_1',
      dueAt: expect.any(Number),
    });
  });

  test('what changes while an update is being sent makes one more; otherwise it is done', async () => {
    await sent('a');
    await given(home(), refreshed('v1'));
    const [first] = await claim(NOW + 2_000);
    await given(home(), refreshed('v2', NOW + 2_100));
    expect(await claim(NOW + 5_000)).toEqual([]);
    await home().outbox.updated('update:a', first?.uuid ?? '', NOW + 5_000);
    const [second] = await claim(NOW + 5_000);
    expect(second).toMatchObject({ key: 'update:a', attempts: 0 });
    expect(second?.uuid).not.toBe(first?.uuid);
    await home().outbox.updated('update:a', second?.uuid ?? '', NOW + 6_000);
    expect(await claim(NOW + DAY)).toEqual([]);
    await given(home(), refreshed('v3', NOW + DAY));
    expect(await claim(NOW + DAY + 2_000)).toHaveLength(1);
  });

  test('a card older than 14 days, and one that was never sent, get no update', async () => {
    await sent('old', 'task:1', NOW - 14 * DAY);
    expect(
      await home().store.commit(work({ messages: [message('lost', { live: { subjects: ['task:1'], query: 'x' } })] })),
    ).toBe('done');
    await home().outbox.keep('lost', 'failed', 230_013, 'no', NOW);
    await given(home(), refreshed('v1'));
    expect(await claim(NOW + 2_000)).toEqual([]);
    expect(await home().outbox.card('lost')).toMatchObject({ state: 'gone' });
    expect(await home().outbox.card('nothing')).toBeUndefined();
  });

  test('a card that is on its way is updated once it is there', async () => {
    const live = { subjects: ['task:1'], query: '任务 1' };
    await home().store.commit(work({ messages: [message('a', { live, createdAt: NOW, dueAt: NOW + DAY })] }));
    await given(home(), refreshed('v1'));
    expect((await claim(NOW + 2_000)).map(({ key }) => key)).toEqual(['update:a']);
    expect(await home().outbox.card('a')).toMatchObject({ state: 'coming' });
  });

  test('a press puts another card into the message: from then on that one is updated', async () => {
    await sent('a');
    const shown = (subject?: string): Change => ({
      kind: 'card.shown',
      messageId: 'om_a',
      at: NOW,
      card: subject === undefined ? undefined : { subjects: [subject], query: '任务 9' },
    });
    await given(home(), shown('task:9'), refreshed('v1'));
    expect(await claim(NOW + 2_000)).toEqual([]);
    await given(home(), refreshed('v2', NOW, 'task:9'));
    expect(await claim(NOW + 2_000)).toHaveLength(1);
    expect(await home().outbox.card('a')).toMatchObject({ query: '任务 9', openId: undefined });
    await given(home(), shown());
    expect(await home().outbox.card('a')).toMatchObject({ state: 'sent', query: '' });
  });

  test('a form that a press puts into a card outdates what was called for before, and others wait until it is done', async () => {
    await sent('a');
    const form = (until: number): Change => ({ kind: 'card.form', messageId: 'om_a', until });
    const begin = async (at: number) => {
      const [update = expect.fail()] = await claim(at);
      const begun = await home().outbox.begin(update, at, 60_000);
      if (begun.kind === 'form') await home().outbox.again(update, begun.until, 'form');
      if (begun.kind === 'outdated') await home().outbox.updated(update.key, update.uuid, at, 'outdated');
      return begun;
    };
    // Its content is made, and it is on its way.
    await given(home(), refreshed('v1'));
    const [early = expect.fail()] = await claim(NOW + 2_000);
    await given(home(), form(NOW + 600_000), refreshed('v2', NOW + 1_000));
    expect(await home().outbox.begin(early, NOW + 2_000, 60_000)).toEqual({ kind: 'outdated' });
    await home().outbox.updated(early.key, early.uuid, NOW + 2_000, 'outdated');
    // The change after it has called for another one, which waits for the form.
    expect(await begin(NOW + 3_000)).toEqual({ kind: 'form', until: NOW + 600_000 });
    expect(await claim(NOW + 599_999)).toEqual([]);
    expect(await begin(NOW + 600_000)).toMatchObject({ kind: 'go' });
    await home().outbox.updated('update:a', 'v2-1', NOW + 600_100);
    // A form that was submitted is over, and the change that it made is due like any other.
    const day = NOW + DAY;
    await given(home(), form(day + 600_000), refreshed('v3', day));
    expect(await begin(day + 2_000)).toMatchObject({ kind: 'form' });
    const card = { subjects: ['task:1', 'task:2'], query: '任务 1' };
    await given(home(), { kind: 'card.shown', messageId: 'om_a', at: day + 3_000, card }, refreshed('v4', day + 3_000));
    expect(await begin(day + 5_000)).toMatchObject({ kind: 'go' });
    await home().outbox.updated('update:a', 'v4-1', day + 5_000);
    // So is one that was left by a button that leads back; nothing was called for meanwhile.
    await given(home(), form(day + 900_000), refreshed('v5', day + 6_000), form(0), form(0));
    expect(await begin(day + 8_000)).toEqual({ kind: 'outdated' });
    expect(await claim(day + 900_000)).toEqual([]);
    expect(await home().outbox.card('a')).toMatchObject({ state: 'sent', query: '任务 1' });
  });

  test('of a chat only the newest copies are updated, whatever the number of chats', async () => {
    for (const [n, chatId] of ['x', 'x', 'y', 'x', 'x', 'y'].entries()) {
      const row = message(`m${n}`, { chatId, live: { subjects: ['task:1'], query: 'q' }, createdAt: NOW + n });
      await home().store.commit(work({ messages: [row] }));
      await home().outbox.sent(`m${n}`, `om_m${n}`, NOW + n);
    }
    await given(home(), refreshed('v1'));
    expect((await claim(NOW + 2_000)).map(({ updates }) => updates)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
  });

  test('an update that can never be is dropped with its reason, and is no message that was kept', async () => {
    await sent('a');
    await given(home(), refreshed('v1'));
    const [update] = await claim(NOW + 2_000);
    await home().outbox.updated('update:a', update?.uuid ?? '', NOW + 3_000, '230031');
    expect(await home().store.keptMessages(9)).toEqual([]);
    expect(await home().rows("SELECT state, reason FROM outbox WHERE key = 'update:a'")).toEqual([
      { state: 'dropped', reason: '230031' },
    ]);
  });

  test('what waits and shows a subject is found with its chat and reader, and withdrawn for good', async () => {
    const shows = (openId?: string, query = '') => ({ subjects: ['finding:1', 'finding:2'], query, openId });
    await given(home(), { kind: 'group.joined', chatId: 'oc_group', name: '甲群' });
    const messages = [
      message('later', { chatId: 'oc_group', live: shows('ou_asker', '整改 W1'), dueAt: NOW + DAY }),
      message('kept', { chatId: 'oc_group', live: shows() }),
      message('direct', { chatId: 'ou_1', live: shows('ou_1'), dueAt: NOW + DAY }),
      message('answer', { chatId: 'oc_p2p', live: shows('ou_2'), dueAt: NOW + DAY }),
      message('other', { chatId: 'oc_group', dueAt: NOW + DAY }),
    ];
    expect(await home().store.commit(work({ messages }))).toBe('done');
    await home().outbox.keep('kept', 'failed', 1, 'no', NOW);
    await sent('a', 'finding:1');
    const subjects = ['finding:1', 'finding:2'];
    expect(await home().store.waitingMessages({ subject: 'finding:1' })).toEqual([
      { key: 'answer', dueAt: NOW + DAY, chatId: 'oc_p2p', group: undefined, openId: 'ou_2', subjects },
      { key: 'direct', dueAt: NOW + DAY, chatId: 'ou_1', group: undefined, openId: 'ou_1', subjects },
      { key: 'kept', dueAt: 1_000, chatId: 'oc_group', group: '甲群', openId: undefined, subjects },
      { key: 'later', dueAt: NOW + DAY, chatId: 'oc_group', group: '甲群', openId: undefined, subjects },
    ]);
    const keysIn = async (of: { chatId: string } | { subject: string }) =>
      (await home().store.waitingMessages(of)).map(({ key }) => key);
    expect(await keysIn({ chatId: 'oc_group' })).toEqual(['kept', 'later', 'other']);
    const keys = ['kept', 'later', 'a'];
    await given(home(), { kind: 'message.withdrawn', keys, at: NOW, reason: 'not for them' });
    expect(await keysIn({ subject: 'finding:1' })).toEqual(['answer', 'direct']);
    expect(await keysIn({ chatId: 'oc_group' })).toEqual(['other']);
    expect((await claim(NOW + DAY)).map(({ key }) => key).toSorted()).toEqual(['answer', 'direct', 'other']);
    // What was kept cannot be sent again, what was sent stays sent.
    expect(await home().store.keptMessages(9)).toEqual([]);
    expect(await home().rows("SELECT key, state FROM outbox WHERE key IN ('a', 'kept') ORDER BY key")).toEqual([
      { key: 'a', state: 'sent' },
      { key: 'kept', state: 'dropped' },
    ]);
    // A copy that cannot be made again is never updated, only closed.
    await sent('b', 'finding:3');
    const once = message('once', { live: { subjects: ['finding:3'], query: '' }, dueAt: NOW + 9 * DAY });
    expect(await home().store.commit(work({ messages: [once] }))).toBe('done');
    await given(home(), refreshed('v1', NOW + DAY, 'finding:3'));
    expect((await claim(NOW + DAY + 2_000)).map(({ key }) => key)).toEqual(['update:b']);
    expect(await home().outbox.card('once')).toMatchObject({ state: 'coming', query: '' });
    expect(await home().store.shownCards({ subject: 'finding:3' }, NOW)).toEqual([]);
  });

  test('what may not be seen any more is closed on every card, whether it can be made again or not', async () => {
    await home().store.commit(work({ changes: [{ kind: 'group.joined', chatId: 'oc_1', name: '甲群' }] }));
    for (const key of ['a', 'b', 'c', 'd', 'e']) await sent(key, 'finding:1', NOW + 1);
    const once = message('once', { live: { subjects: ['finding:1'], query: '' }, createdAt: NOW + 1, dueAt: NOW });
    expect(await home().store.commit(work({ messages: [once] }))).toBe('done');
    await claim(NOW + 1);
    await home().outbox.sent('once', 'om_once', NOW + 1);
    const shown = await home().store.shownCards({ subject: 'finding:1' }, NOW);
    expect(shown).toEqual(['a', 'b', 'c', 'd', 'e', 'once'].map((key) => ({ key, openId: undefined })));
    expect(await home().store.shownCards({ chatId: 'oc_1' }, NOW + 1)).toEqual([]);
    const keys = shown.map(({ key }) => key);
    // A change that comes with it, before or after, does not open them again.
    await given(home(), refreshed('v1', NOW + 2, 'finding:1'), {
      kind: 'cards.closed',
      keys,
      revision: 'v2',
      at: NOW + 2,
    });
    await given(home(), refreshed('v3', NOW + 2, 'finding:1'));
    const updates = await claim(NOW + 3_000);
    expect(updates.map(({ key, content }) => [key, content])).toEqual(keys.map((key) => [`update:${key}`, 'closing']));
  });
});

test('what a refresh costs grows with the copies in a chat, not with their square', async () => {
  const { store, outbox, migrate, close } = openSqlite(':memory:');
  await migrate();
  const costs = async (subject: string, copies: number): Promise<number> => {
    const live = { subjects: [subject], query: 'q' };
    const messages = Array.from({ length: copies }, (_, n) => message(`${subject}${n}`, { live, createdAt: NOW + n }));
    await store.commit(work({ messages }));
    await Promise.all(messages.map(({ key }) => outbox.sent(key, `om_${key}`, NOW)));
    const before = cpuMs();
    await store.commit(work({ changes: [refreshed(`v-${subject}`, NOW, subject)] }));
    return cpuMs() - before;
  };
  await costs('warm', 10);
  const few = Math.max(await costs('few', 200), 1);
  expect((await costs('many', 2_000)) / few).toBeLessThan(40);
  await close();
});
