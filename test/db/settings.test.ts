import { expect, test } from 'vitest';
import { onEveryHome } from '../support/homes.ts';
import { given, message, rule, work } from './district.ts';

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
      ...{ ...row, chatId: '', value: undefined, before: undefined, changedAt: 3_000, version: 2 },
    });
  });

  test('a change that was decided on another version is stale', async () => {
    await given(home(), changed('7', 0));
    for (const seen of [0, 2]) expect(await home().store.commit(work({ changes: [changed('1', seen)] }))).toBe('stale');
    expect((await home().store.settings()).map(({ value }) => value)).toEqual(['7']);
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
  });
});
