import { expect, test } from 'vitest';
import type { Change, Seen } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { audit, district, event, given, inspection, message, person, program, task, work } from './district.ts';

const joined = (chatId: string): Change => ({ kind: 'group.joined', chatId, name: '督导群' });
const bound = (unitId: string, seen: number): Change => ({ kind: 'group.bound', chatId: 'oc_1', unitId, seen });

onEveryHome('commit', (home) => {
  test('the database is ready once it is migrated, and keeps what it wrote', async () => {
    await home().ready();
    expect(await home().store.checklists()).toHaveLength(7);
  });

  test('event, change, message and audit become true together', async () => {
    const unit = work({
      guard: event('e1'),
      changes: [joined('oc_1')],
      messages: [message('reply:e1')],
      audit: [audit('a1')],
    });
    expect(await home().store.commit(unit)).toBe('done');
    expect(await home().store.group('oc_1')).toMatchObject({ state: 'active', version: 1 });
    expect(await home().rows('SELECT event_id FROM inbox')).toEqual([{ event_id: 'e1' }]);
    expect(await home().rows('SELECT key, state, lane FROM outbox')).toEqual([
      { key: 'reply:e1', state: 'waiting', lane: 0 },
    ]);
    expect(await home().rows('SELECT id, actor, chat_id, before FROM audit')).toEqual([
      { id: 'a1', actor: 'ou_1', chat_id: null, before: null },
    ]);
  });

  test('a redelivered event changes nothing, even when what it asked for has moved since', async () => {
    await given(home(), district, joined('oc_1'));
    const unit = work({
      guard: event('e1'),
      changes: [bound('wanghai', 1)],
      messages: [message('reply:e1')],
      audit: [audit('a1')],
    });
    expect(await home().store.commit(unit)).toBe('done');
    expect(await home().store.commit(unit)).toBe('already');
    expect(await home().store.group('oc_1')).toMatchObject({ version: 2 });
    expect(await home().rows('SELECT key FROM outbox')).toHaveLength(1);
  });

  test('an occurrence of a group happens once', async () => {
    await given(home(), joined('oc_1'), joined('oc_2'));
    const occurrence = (chatId: string) =>
      work({
        guard: { kind: 'occurrence', chatId, nominalAt: 500, outcome: 'sent', contents: ['day', 'deadline'], at: 600 },
      });
    expect(await home().store.commit(occurrence('oc_1'))).toBe('done');
    expect(await home().store.commit(occurrence('oc_1'))).toBe('already');
    expect(await home().store.commit(occurrence('oc_2'))).toBe('done');
    expect(await home().rows('SELECT contents, outcome FROM notification')).toEqual(
      Array(2).fill({ contents: '["day","deadline"]', outcome: 'sent' }),
    );
  });

  test('a message whose key or uuid exists is not sent twice', async () => {
    await home().store.commit(work({ messages: [message('push:1')] }));
    expect(await home().store.commit(work({ messages: [message('push:1', { uuid: 'other' })] }))).toBe('already');
    expect(await home().store.commit(work({ messages: [message('other', { uuid: 'push:1' })] }))).toBe('already');
    expect(await home().rows('SELECT key FROM outbox')).toHaveLength(1);
  });

  test('a unit that fails in the middle leaves nothing', async () => {
    const unit = work({
      guard: event('e1'),
      changes: [joined('oc_1'), bound('nowhere', 1), joined('oc_2')],
      messages: [message('reply:e1')],
      audit: [audit('a1')],
    });
    expect(await home().store.commit(unit)).toBe('moved');
    for (const table of ['inbox', 'work_group', 'outbox', 'audit', 'guard']) {
      expect(await home().rows(`SELECT * FROM ${table}`), table).toEqual([]);
    }
  });

  test('what the schema forbids is the caller’s bug: it throws, and leaves nothing', async () => {
    const unit = work({ guard: event('e1'), messages: [message('reply:e1', { uuid: 'x'.repeat(51) })] });
    await expect(home().store.commit(unit)).rejects.toThrow();
    expect(await home().rows('SELECT * FROM inbox')).toEqual([]);
  });

  test('a decision that relied on a row that has moved is told so', async () => {
    await given(home(), district, joined('oc_1'), bound('wanghai', 1), program('p', 'bureau', 'yz'), {
      kind: 'people.put',
      rows: [person('chen', 'wanghai', '陈甲')],
    });
    await given(home(), { kind: 'inspections.put', rows: [inspection('i', 'wanghai-1', '2026-04-09')] });
    await given(home(), { kind: 'tasks.put', rows: [task('p', '1')] });
    const rows: readonly [Seen['table'], string, number][] = [
      ['work_group', 'oc_1', 2],
      ['person', 'chen', 1],
      ['unit', 'wanghai', 1],
      ['program', 'p', 1],
      ['task', 'p-1', 1],
      ['inspection', 'i', 1],
      ['indicator', 'yz:YZ-1.1', 1],
    ];
    for (const [table, id, version] of rows) {
      const relying = (at: number) => work({ seen: [{ table, id, version: at }], changes: [joined('oc_9')] });
      expect(await home().store.commit(relying(version)), table).toBe('done');
      expect(await home().store.commit(relying(version + 1)), table).toBe('moved');
      expect(await home().store.commit(relying(version - 1)), table).toBe('moved');
    }
  });

  test('of 20 writers that saw the same version exactly one is done, the others have moved', async () => {
    await given(home(), district, joined('oc_1'));
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        home().store.commit(
          work({ guard: event(`e${index}`), changes: [bound('wanghai', 1)], audit: [audit(`a${index}`)] }),
        ),
      ),
    );
    expect(outcomes.toSorted()).toEqual(['done', ...Array(19).fill('moved')]);
    expect(await home().store.group('oc_1')).toMatchObject({ version: 2 });
    expect(await home().rows('SELECT event_id FROM inbox')).toHaveLength(1);
    expect(await home().rows('SELECT id FROM audit')).toHaveLength(1);
  });

  test('of 20 copies of one event exactly one is done, the others are already', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        home().store.commit(work({ guard: event('e1'), changes: [joined('oc_1')], messages: [message('reply:e1')] })),
      ),
    );
    expect(outcomes.toSorted()).toEqual([...Array(19).fill('already'), 'done']);
    expect(await home().rows('SELECT key FROM outbox')).toHaveLength(1);
  });

  test('of 20 copies of one message under event ids of their own exactly one is done, and none later', async () => {
    const copy = (id: string) =>
      home().store.commit(
        work({
          guard: { kind: 'event', eventId: id, messageIds: ['om_1'], at: 1_000 },
          changes: [joined('oc_1')],
          messages: [message(`reply:${id}`)],
        }),
      );
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => copy(`e${index}`)));
    expect(outcomes.toSorted()).toEqual([...Array(19).fill('already'), 'done']);
    expect(await copy('later')).toBe('already');
    expect(await home().rows('SELECT key FROM outbox')).toHaveLength(1);
    expect(await home().store.group('oc_1')).toMatchObject({ version: 1 });
  });

  test('a message whose event was kept by a program that knew no message ids is not done again', async () => {
    await home().run(["INSERT INTO inbox (event_id, received_at) VALUES ('e1', 1000)"]);
    const again = work({ guard: { kind: 'event', eventId: 'e1', messageIds: ['om_1'], at: 2_000 } });
    expect(await home().store.commit(again)).toBe('already');
  });

  test('60 units that rely on one row and write different ones are all done', async () => {
    await given(home(), district);
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        home().store.commit(
          work({
            guard: event(`e${index}`),
            seen: [{ table: 'unit', id: 'wanghai', version: 1 }],
            changes: [joined(`oc_${index}`)],
            messages: [message(`reply:${index}`)],
          }),
        ),
      ),
    );
    expect(outcomes).toEqual(Array(60).fill('done'));
  });

  test('one unit that fails does not take its neighbours along', async () => {
    const good = (id: string) => work({ guard: event(id), changes: [joined(id)] });
    const outcomes = await Promise.allSettled([
      home().store.commit(good('a')),
      home().store.commit(work({ guard: event('b'), changes: [joined('b'), bound('nowhere', 7)] })),
      home().store.commit(good('c')),
      home().store.commit(work({ guard: event('d'), messages: [message('d', { uuid: 'x'.repeat(51) })] })),
      home().store.commit(good('a')),
      home().store.commit(good('e')),
    ]);
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'thrown')).toSorted()).toEqual(
      ['done', 'done', 'done', 'already', 'moved', 'thrown'].toSorted(),
    );
    const kept = await home().rows('SELECT event_id FROM inbox ORDER BY event_id');
    expect(kept.map((row) => row['event_id'])).toEqual(['a', 'c', 'e']);
  });

  test('5,000 rows go in as one unit, and 5,000 replacements too', async () => {
    await given(home(), district);
    const rows = Array.from({ length: 5_000 }, (_, index) => person(`p${index}`, 'wanghai', `人员${index}号`));
    await given(home(), { kind: 'people.put', rows });
    const changed = rows.map((row) => ({ ...row, position: '联络员'.repeat(60), seen: 1 }));
    await given(home(), { kind: 'people.put', rows: changed });
    expect(await home().rows('SELECT id FROM person WHERE version = 2')).toHaveLength(5_000);
    expect(await home().store.person('p4999')).toMatchObject({ position: '联络员'.repeat(60) });
  });

  test('one row that has moved among 5,000 takes the whole unit down', async () => {
    await given(home(), district);
    const rows = Array.from({ length: 5_000 }, (_, index) => person(`p${index}`, 'wanghai', `人员${index}号`));
    await given(home(), { kind: 'people.put', rows });
    const changed = rows.map((row, index) => ({ ...row, position: '主任', seen: index === 4_321 ? 2 : 1 }));
    expect(await home().store.commit(work({ changes: [{ kind: 'people.put', rows: changed }] }))).toBe('moved');
    expect(await home().store.person('p0')).toMatchObject({ position: '', version: 1 });
  });

  test('text that PostgreSQL’s JSON refuses is kept without the offending character, on every home', async () => {
    await given(home(), district, {
      kind: 'people.put',
      rows: [person('p', 'wanghai', '陈\0甲', { position: '半\ud83d个' })],
    });
    expect(await home().store.person('p')).toMatchObject({ name: '陈甲', position: '半\ufffd个' });
  });

  test('purging deletes what is past its keep, oldest first, at most so many', async () => {
    const { store, outbox } = home();
    for (const at of [10, 20, 30]) {
      await store.commit(work({ guard: { kind: 'event', eventId: `m${at}`, messageIds: [`om_${at}`], at: at + 1 } }));
      await store.commit(
        work({ guard: event(`e${at}`, at), messages: [message(`m${at}`), message(`w${at}`, { chatId: 'oc_2' })] }),
      );
      await outbox.sent(`m${at}`, 'om_1', at);
      await outbox.pauseChat(`oc_${at}`, at);
    }
    const left = async () => ({
      inbox: (await home().rows('SELECT event_id AS id FROM inbox ORDER BY event_id')).map((row) => row['id']),
      outbox: (await home().rows("SELECT key AS id FROM outbox WHERE state = 'sent' ORDER BY key")).map(
        (row) => row['id'],
      ),
      pace: (await home().rows('SELECT key AS id FROM pace ORDER BY key')).map((row) => row['id']),
    });
    await store.purge({ inbox: 30, sent: 30, pace: 30 }, 1, { id: 'a1', at: 40 });
    expect(await left()).toEqual({
      inbox: ['e20', 'e30', 'm10', 'm20', 'm30', 'message:om_10', 'message:om_20', 'message:om_30'],
      outbox: ['m20', 'm30'],
      pace: ['app', 'oc_20', 'oc_30'],
    });
    await store.purge({ inbox: 30, sent: 30, pace: 30 }, 10, { id: 'a2', at: 40 });
    expect(await left()).toEqual({
      inbox: ['e30', 'm30', 'message:om_30'],
      outbox: ['m30'],
      pace: ['app', 'oc_30'],
    });
    expect(await home().rows("SELECT key FROM outbox WHERE state = 'waiting'")).toHaveLength(3);
    expect(await home().rows('SELECT id FROM audit')).toEqual([]);
  });

  test('what could not be sent is forgotten with one line in the audit, not before its time', async () => {
    const { store, outbox } = home();
    const messages = ['held', 'failed', 'later', 'left'].map((key) =>
      message(key, { chatId: key === 'left' ? 'oc_left' : 'oc_1', dueAt: 10 }),
    );
    await given(home(), { kind: 'group.gone', chatId: 'oc_left', state: 'left' });
    await store.commit(work({ messages }));
    await outbox.keep('held', 'held', undefined, 'unknown', 10);
    await outbox.keep('failed', 'failed', 1, 'no', 20);
    await outbox.keep('later', 'failed', 1, 'no', 30);
    for (const id of ['a1', 'a2']) await store.purge({ inbox: 30, sent: 30, pace: 30 }, 10, { id, at: 40 });
    expect(await home().rows('SELECT key, state FROM outbox ORDER BY key')).toEqual([
      { key: 'later', state: 'failed' },
      { key: 'left', state: 'dropped' },
    ]);
    expect(await home().rows('SELECT id, action, after FROM audit')).toEqual([
      { id: 'a1', action: 'messages.forgotten', after: '2' },
    ]);
  });
});
