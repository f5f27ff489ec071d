import { expect, test } from 'vitest';
import type { Change } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, message, rule, work } from './district.ts';

const changed = (value: string | undefined, seen: number, at = 1_000, chatId = '') =>
  ({ kind: 'setting.changed', key: 'alertDays', chatId, value, before: { value: '5' }, by: 'ou_a', at, seen }) as const;

onEveryHome('settings', (home) => {
  test('a setting is kept with what it replaced, the latest change first', async () => {
    const { store } = home();
    expect(await store.settings()).toEqual([]);
    await given(home(), changed('7、3', 0), changed('2', 0, 2_000, 'oc_1'));
    const row = { key: 'alertDays', before: { value: '5' }, changedBy: 'ou_a', version: 1 };
    expect(await store.settings()).toEqual([
      { ...row, chatId: 'oc_1', value: '2', changedAt: 2_000 },
      { ...row, chatId: '', value: '7、3', changedAt: 1_000 },
    ]);
    await given(home(), { ...changed(undefined, 1, 3_000), before: undefined });
    expect((await store.settings())[0]).toEqual({
      ...row,
      chatId: '',
      value: undefined,
      before: undefined,
      changedAt: 3_000,
      version: 2,
    });
  });

  test('a change that was decided on another version is stale', async () => {
    await given(home(), changed('7', 0));
    for (const seen of [0, 2]) expect(await home().store.commit(work({ changes: [changed('1', seen)] }))).toBe('stale');
    expect((await home().store.settings()).map(({ value }) => value)).toEqual(['7']);
  });

  test('pushes that had not left by the alarm are those of rules not fired, in the queue, kept, late or paused', async () => {
    const { store } = home();
    const chats = ['oc_1', 'oc_2', 'oc_3', 'oc_4', 'oc_5', 'oc_6'];
    const groups = chats.flatMap((chatId): Change[] => [
      { kind: 'group.joined', chatId, name: `群${chatId}` },
      { kind: 'group.bound', chatId, unitId: 'wanghai', seen: 1 },
    ]);
    await given(home(), district, ...groups, rule('oc_1', 'day', 1_090));
    const decided = (chatId: string, outcome: 'sent' | 'late' | 'missed', at: number, reason?: 'paused') =>
      store.commit(
        work({
          guard: { kind: 'occurrence', chatId, nominalAt: 1_000, outcome, reason, contents: ['day'], at },
          messages: outcome === 'sent' ? [message(`push:${chatId}:1000`, { lane: 'push', chatId })] : [],
        }),
      );
    await decided('oc_2', 'sent', 1_100);
    await decided('oc_3', 'sent', 1_100);
    await decided('oc_4', 'late', 2_100);
    await decided('oc_5', 'missed', 1_100, 'paused');
    await decided('oc_6', 'sent', 1_100);
    await home().outbox.keep('push:oc_3:1000', 'failed', 230099, 'refused', 1_200);
    await home().outbox.sent('push:oc_6:1000', 'om_6', 1_200);
    const asked = { from: 500, to: 1_500, alarm: 2_000, now: 2_100 };
    expect((await store.unsentPushes(asked)).map(({ group, nominalAt, why }) => [group, nominalAt, why])).toEqual([
      ['群oc_1', 1_000, 'unfired'],
      ['群oc_2', 1_000, 'waiting'],
      ['群oc_3', 1_000, 'kept'],
      ['群oc_4', 1_000, 'late'],
      ['群oc_5', 1_000, 'paused'],
    ]);
    expect(await store.unsentPushes({ ...asked, to: 999 })).toEqual([]);
  });

  test('lifted quiet hours let go what waits in their group, and nothing else', async () => {
    const joined = (chatId: string) => ({ kind: 'group.joined', chatId, name: '群' }) as const;
    await given(home(), joined('oc_1'), joined('oc_2'), rule('oc_1', 'day', 9_000), rule('oc_2', 'day', 9_000));
    const push = (key: string, chatId: string) => message(key, { lane: 'push', chatId, dueAt: 9_000 });
    const messages = [push('a', 'oc_1'), push('b', 'oc_2'), message('c', { dueAt: 9_000 })];
    await home().store.commit(work({ messages }));
    // The rules' nominal time is 8,910.
    const lifted = { kind: 'quiet.lifted', chatId: 'oc_1', until: 20_000, by: 'ou_a', at: 8_950 } as const;
    await given(home(), lifted);
    expect(await home().rows('SELECT key, CAST(due_at AS TEXT) AS due_at FROM outbox ORDER BY key')).toEqual([
      { key: 'a', due_at: '8950' },
      { key: 'b', due_at: '9000' },
      { key: 'c', due_at: '9000' },
    ]);
    expect((await home().store.dueRules(8_950, 9)).map(({ group }) => group.chatId)).toEqual(['oc_1']);
    await given(home(), { ...lifted, chatId: '', until: 30_000 });
    expect((await home().store.settings()).map(({ chatId, value }) => [chatId, value])).toEqual([
      ['', '30000'],
      ['oc_1', '20000'],
    ]);
    expect(await home().store.dueRules(8_950, 9)).toHaveLength(2);
    // Of all: what waits for people goes as well.
    expect(await home().rows("SELECT CAST(due_at AS TEXT) AS due_at FROM outbox WHERE key = 'c'")).toEqual([
      { due_at: '8950' },
    ]);
  });
});
