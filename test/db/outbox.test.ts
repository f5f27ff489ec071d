import { expect, test } from 'vitest';
import { openSqlite } from '../../src/db/sqlite.ts';
import type { NewMessage } from '../../src/ports/changes.ts';
import type { Lease } from '../../src/ports/outbox.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, message, person, program, take, task, work } from './district.ts';

const LEASE = 60_000;
const NOW = 1_000_000;
const by = (key: string, taker = 'a'): Lease => ({ key, taker });

onEveryHome('outbox', (home) => {
  const waiting = async (...messages: NewMessage[]) => {
    expect(await home().store.commit(work({ messages }))).toBe('done');
  };
  const push = (key: string, chatId: string, dueAt = 1_000) => message(key, { lane: 'push', chatId, dueAt });
  const claim = (now = NOW, most = 10, taker = 'a') => take(home().outbox, now, most, taker);
  const keys = async (now?: number, most?: number) => (await claim(now, most)).map(({ key }) => key);

  test('a message that was taken carries all that sending needs', async () => {
    await waiting(
      message('a', { replyTo: 'om_1', type: 'interactive', content: '{"x":1}', uuid: 'u-a' }),
      message('b', { chatId: 'oc_p', person: 'ou_p' }),
    );
    expect(await claim()).toEqual([
      {
        key: 'a',
        taker: 'a',
        api: 'reply',
        to: { chatId: 'oc_1', replyTo: 'om_1' },
        type: 'interactive',
        content: '{"x":1}',
        uuid: 'u-a',
        attempts: 0,
        firstSentAt: undefined,
        revision: 1,
        chatKey: 'oc_1',
        sendAt: NOW,
        createdAt: 1_000,
        madeAt: 1_000,
        basis: [{ table: 'work_group', id: 'oc_1', version: 0 }],
        unitId: undefined,
        remake: undefined,
        heldFor: undefined,
      },
      {
        key: 'b',
        taker: 'a',
        api: 'send',
        to: { chatId: 'oc_p' },
        type: 'text',
        content: '{"text":"好"}',
        uuid: 'b',
        attempts: 0,
        firstSentAt: undefined,
        revision: 1,
        chatKey: 'ou_p',
        sendAt: NOW,
        createdAt: 1_000,
        madeAt: 1_000,
        basis: [{ table: 'work_group', id: 'oc_p', version: 0 }],
        unitId: undefined,
        remake: undefined,
        heldFor: undefined,
      },
    ]);
  });

  test('a file keeps its bytes until it is sent, and the key that Lark gave it', async () => {
    const bytes = Uint8Array.from({ length: 1_300_000 }, (_, at) => at % 253);
    await waiting(message('f', { type: 'file', content: '', file: { name: '日程.xlsx', bytes } }));
    expect(await claim()).toMatchObject([
      { key: 'f', type: 'file', api: 'upload', file: { name: '日程.xlsx', key: undefined } },
    ]);
    expect(Buffer.from((await home().outbox.file('f')) ?? []).equals(bytes)).toBe(true);
    await home().outbox.uploaded(by('f'), 'file_v3_1', NOW);
    expect(await claim(NOW + 1_000)).toMatchObject([{ type: 'file', api: 'send', file: { key: 'file_v3_1' } }]);
    await home().outbox.sent('f', 'om_1', NOW);
    expect(await home().outbox.file('f')).toBeUndefined();
    await home().store.purge({ inbox: 0, sent: NOW + 1, pace: 0 }, 10, { id: 'a1', at: NOW });
    expect(await home().rows('SELECT key FROM outbox')).toEqual([]);
  });

  test('what was taken is nobody else’s until its lease ends, and keeps the instant at which it may have reached Lark', async () => {
    await waiting(message('a'));
    const [taken] = await claim();
    expect(await home().outbox.begin(taken ?? expect.fail(), NOW + 1, LEASE)).toEqual({
      kind: 'go',
      attempts: 1,
      firstSentAt: NOW + 1,
    });
    expect(await keys(NOW + LEASE)).toEqual([]);
    expect(await claim(NOW + LEASE + 1, 10, 'b')).toMatchObject([{ key: 'a', attempts: 1, firstSentAt: NOW + 1 }]);
  });

  test('what a message was made of stands beside it, as the unit leaves it, its chat’s group always among it', async () => {
    await given(home(), district, { kind: 'group.joined', chatId: 'oc_1', name: '群' }, program('p', 'wanghai'));
    const bound = { kind: 'group.bound', chatId: 'oc_1', unitId: 'wanghai', seen: 1 } as const;
    await given(home(), { kind: 'tasks.put', rows: [task('p', '1')] });
    const made = message('a', { live: { subjects: ['task:1', 'task:77', 'other:1'], query: '' } });
    expect(
      await home().store.commit(work({ changes: [bound], messages: [made, message('b', { chatId: 'ou_x' })] })),
    ).toBe('done');
    const [a, b] = await claim();
    expect(a).toMatchObject({
      unitId: 'wanghai',
      basis: [
        { table: 'work_group', id: 'oc_1', version: 2 },
        { table: 'task', id: 'p-1', version: 1 },
      ],
    });
    expect(b).toMatchObject({ unitId: undefined, basis: [{ table: 'work_group', id: 'ou_x', version: 0 }] });
  });

  test('the last look finds what has moved, of what waited for a minute and was never tried', async () => {
    await given(home(), { kind: 'group.joined', chatId: 'oc_1', name: '群' });
    await waiting(message('a', { createdAt: NOW, dueAt: NOW }));
    const [a = expect.fail()] = await claim(NOW);
    await given(home(), { kind: 'group.renamed', chatId: 'oc_1', name: '新群' });
    const later = NOW + 60_001;
    expect(await home().outbox.begin({ ...a, firstSentAt: NOW }, later, LEASE)).toMatchObject({ kind: 'go' });
    await home().outbox.again(by('a'), NOW, 'not reached', true);
    const [again = expect.fail()] = await claim(later);
    expect(await home().outbox.begin(again, later, LEASE)).toEqual({ kind: 'moved' });
    const basis = await home().outbox.basisNow(again);
    expect(basis).toEqual([expect.objectContaining({ table: 'work_group', id: 'oc_1', version: 2 })]);
    expect(await home().outbox.begin({ ...again, basis }, later, LEASE)).toMatchObject({ kind: 'go' });
  });

  test('what nobody knows the rows of is made again when it has waited', async () => {
    await waiting(message('a', { createdAt: NOW, dueAt: NOW }));
    await home().run(["UPDATE outbox SET basis = ''"]);
    const later = NOW + 60_001;
    const [a = expect.fail()] = await claim(later);
    expect(await home().outbox.begin(a, later, LEASE)).toEqual({ kind: 'moved' });
    expect(await home().outbox.basisNow(a)).toEqual([]);
    expect(await home().outbox.begin({ ...a, madeAt: later }, later, LEASE)).toMatchObject({ kind: 'go' });
  });

  test('the last look finds that its reader is another by now: a role was taken, or they are at another unit', async () => {
    const direct = message('a', { chatId: 'ou_1', createdAt: NOW, dueAt: NOW });
    const role = { openId: 'ou_1', role: 'supervisor', unitId: 'wanghai', by: 'ou_0', at: NOW } as const;
    const linked = { kind: 'person.linked', personId: 'p1', openId: 'ou_1', by: 'administrator', seen: 1 } as const;
    await given(home(), district, { kind: 'people.put', rows: [person('p1', 'wanghai', '陈甲')] });
    await given(home(), linked, { kind: 'role.granted', ...role }, { kind: 'role.granted', ...role, role: 'leader' });
    await waiting(direct);
    const [a = expect.fail()] = await claim(NOW);
    const tables = a.basis.map(({ table }) => table);
    expect(tables).toEqual(['work_group', 'person', 'role_grant']);
    const later = NOW + 60_001;
    const moved = { kind: 'moved' };
    await given(home(), { kind: 'role.revoked', openId: 'ou_1', role: 'leader', unitId: 'wanghai' });
    expect(await home().outbox.begin(a, later, LEASE)).toEqual(moved);
    const basis = await home().outbox.basisNow(a);
    await given(home(), { kind: 'role.revoked', openId: 'ou_1', role: 'supervisor', unitId: 'wanghai' });
    expect(await home().outbox.begin({ ...a, basis }, later, LEASE)).toEqual(moved);
    const none = await home().outbox.basisNow(a);
    expect(none.map(({ table, version }) => [table, version])).toContainEqual(['role_grant', 0]);
    expect(await home().outbox.begin({ ...a, basis: none }, later, LEASE)).toMatchObject({ kind: 'go' });
  });

  test('what is made again has its new content and rows, unless it was tried or is another’s by now', async () => {
    const live = { subjects: ['task:1'], query: '任务 T1' };
    await waiting(message('a', { live }));
    const [a = expect.fail()] = await claim();
    const card = { content: 'new', live: { subjects: ['task:2'], query: '任务 T2' } };
    await home().outbox.remade({ ...a, taker: 'frozen' }, card, NOW);
    const had = { content: a.content, basis: 'work_group\toc_1\t0', subject: 'task:1' };
    const rows = () =>
      home().rows('SELECT content, basis, subject FROM outbox JOIN card_copy ON message_key = key ORDER BY subject');
    expect(await rows()).toEqual([had]);
    await home().outbox.remade(a, card, NOW);
    expect(await home().rows('SELECT content FROM outbox')).toEqual([{ content: 'new' }]);
    expect(await home().rows('SELECT subject, query FROM card_copy')).toEqual([
      { subject: 'task:2', query: '任务 T2' },
    ]);
    await home().outbox.begin({ ...a, madeAt: NOW }, NOW, LEASE);
    await home().outbox.remade(a, { content: 'newer' }, NOW);
    expect(await home().rows('SELECT content FROM outbox')).toEqual([{ content: 'new' }]);
  });

  test('behind what Lark was not reached for nothing of its chat goes; one of unknown fate holds up its chat for a few tries only', async () => {
    const at = (key: string, createdAt: number, chatId = 'oc_1') =>
      message(key, { chatId, dueAt: createdAt, createdAt });
    await waiting(at('first', 100), at('second', 200), at('own', 100, 'oc_2'), at('next', 200, 'oc_2'));
    let now = NOW;
    for (let tries = 1; tries <= 5; tries += 1) {
      const claimed = await claim(now);
      expect(claimed.map(({ key }) => key).toSorted()).toEqual(['first', 'own']);
      for (const each of claimed) {
        await home().outbox.begin(each, now, LEASE);
        await home().outbox.again(each, now + 10_000, 'later', each.key === 'first');
      }
      if (tries < 5) expect(await keys(now + 1_000)).toEqual([]);
      now += 10_000;
    }
    expect(await keys(now - 9_000)).toEqual(['next']);
    await home().outbox.sent('next', 'om_n', now - 9_000);
    expect(await home().outbox.nextDue(now - 8_000)).toBe(now);
    expect((await keys(now)).toSorted()).toEqual(['first', 'own']);
  });

  test('once Lark is reached, what was put off for it is due', async () => {
    await waiting(
      message('a'),
      message('b', { chatId: 'oc_2' }),
      message('c', { chatId: 'oc_3', dueAt: NOW + 50_000 }),
    );
    for (const each of await claim(NOW)) {
      await home().outbox.begin(each, NOW, LEASE);
      await home().outbox.again(each, NOW + 90_000, 'later', each.key === 'a');
    }
    await home().outbox.reached(NOW + 1_000);
    expect(await keys(NOW + 1_000)).toEqual(['a', 'b']);
  });

  test('of what was held before it could reach Lark one is tried, and takes the rest along', async () => {
    const held = ['a', 'b', 'c', 'other'];
    await waiting(...held.map((key, n) => message(key, { chatId: `oc_${key}`, createdAt: n })));
    for (const each of await claim(NOW)) {
      await home().outbox.begin(each, NOW, LEASE);
      await home().outbox.keep(each.key, 'held', each.key === 'other' ? 99 : 10014, 'wrong', NOW, each.key !== 'c');
    }
    await home().outbox.probe(NOW + 1_000, NOW - 1);
    expect(await keys(NOW + 1_000)).toEqual([]);
    await home().outbox.probe(NOW + 1_000, NOW);
    await home().outbox.probe(NOW + 1_000, NOW);
    const tried = await claim(NOW + 1_000);
    expect(tried.map(({ key, heldFor }) => [key, heldFor])).toEqual([
      ['a', 10014],
      ['other', 99],
    ]);
    await home().outbox.release(10014, NOW + 2_000);
    expect(await keys(NOW + 2_000)).toEqual(['b']);
  });

  test('who was frozen until another had taken the message makes no call, and cannot give it back', async () => {
    await waiting(message('a'));
    const [frozen = expect.fail()] = await claim(NOW, 1, 'frozen');
    const [taken = expect.fail()] = await claim(NOW + LEASE, 1, 'other');
    await home().outbox.renew(['a'], 'frozen', NOW + 9 * LEASE);
    expect(await home().outbox.begin(frozen, NOW + LEASE, LEASE)).toEqual({ kind: 'lost' });
    await home().outbox.again(frozen, NOW, 'late news');
    expect(await home().outbox.begin(taken, NOW + LEASE, LEASE)).toMatchObject({ kind: 'go', attempts: 1 });
    await home().outbox.sent('a', 'om_1', NOW);
    expect(await home().outbox.begin(taken, NOW + LEASE, LEASE)).toEqual({ kind: 'lost' });
  });

  test('a lease is renewed while its call is under way', async () => {
    await waiting(message('a'), message('b', { chatId: 'oc_2' }));
    await claim();
    await home().outbox.renew(['a', 'elsewhere'], 'a', NOW + 3 * LEASE);
    expect(await keys(NOW + 2 * LEASE)).toEqual(['b']);
    expect(await keys(NOW + 3 * LEASE)).toContain('a');
  });

  test('when whoever held the leases is dead, what was being sent is due at once', async () => {
    await waiting(message('a'), message('b', { chatId: 'oc_2' }), message('c', { chatId: 'oc_3' }));
    const [a = expect.fail()] = await claim();
    await home().outbox.begin(a, NOW, LEASE);
    await home().outbox.sent('c', 'om_c', NOW);
    await home().outbox.reclaim(NOW + 1_000);
    expect(await claim(NOW + 1_000, 9, 'b')).toMatchObject([
      { key: 'a', firstSentAt: NOW },
      { key: 'b', firstSentAt: undefined },
    ]);
  });

  test('those who wait go first, then alerts, then pushes, each in the order of the decisions', async () => {
    await waiting(
      push('push-old', 'oc_1', 100),
      message('alert', { chatId: 'oc_2', lane: 'push', alert: true, dueAt: 600, createdAt: 600 }),
      message('new', { chatId: 'oc_3', dueAt: 300, createdAt: 300 }),
      message('old', { chatId: 'oc_4', dueAt: 400, createdAt: 200 }),
      message('later', { chatId: 'oc_5', dueAt: NOW + 1 }),
    );
    expect(await keys(NOW, 1)).toEqual(['old']);
    expect(await keys(NOW + 500)).toEqual(['new', 'later', 'alert', 'push-old']);
  });

  test('replies, sends and updates never wait for each other', async () => {
    const live = { subjects: ['task:1'], query: '任务' };
    await waiting(
      ...Array.from({ length: 60 }, (_, n) => message(`card${n}`, { chatId: `oc_c${n}`, live, createdAt: NOW })),
    );
    for (let n = 0; n < 60; n += 1) await home().outbox.sent(`card${n}`, `om_${n}`, NOW);
    await given(home(), { kind: 'cards.refreshed', subjects: ['task:1'], revision: 'v1', at: NOW, dueAt: NOW });
    await waiting(...Array.from({ length: 60 }, (_, n) => push(`push${n}`, `oc_p${n}`)));
    await waiting(
      ...Array.from({ length: 60 }, (_, n) => message(`reply${n}`, { chatId: `oc_r${n}`, replyTo: 'om_1' })),
    );
    const taken = Map.groupBy(await claim(NOW, 100), ({ api }) => api);
    for (const api of ['reply', 'send', 'patch'] as const) expect(taken.get(api)?.[0]?.sendAt).toBe(NOW);
    // What somebody waits for leaves as fast as Lark allows, pushes evenly.
    expect(taken.get('reply')?.map(({ sendAt }) => sendAt - NOW)).toEqual(Array.from({ length: 24 }, (_, n) => n * 21));
    expect(taken.get('send')?.map(({ sendAt }) => sendAt - NOW)).toEqual(Array.from({ length: 8 }, (_, n) => n * 63));
    expect(await keys(NOW + 100, 100)).toEqual([]);
  });

  test('of a chat one message at a time is taken, in the order of the decisions, 230 ms apart', async () => {
    const at = (key: string, createdAt: number) => message(key, { dueAt: createdAt, createdAt });
    await waiting(at('second', 200), at('z-third', 300), at('a-fourth', 300), at('first', 100));
    let now = NOW;
    for (const key of ['first', 'second', 'z-third', 'a-fourth']) {
      expect(await claim(now)).toMatchObject([{ key, sendAt: now }]);
      expect(await keys(now + 209)).toEqual([]);
      // One that is still on its way keeps the next back.
      expect(await keys(now + 300)).toEqual([]);
      await home().outbox.sent(key, `om_${key}`, now + 300);
      now += 300;
    }
  });

  test('what was decided in the same millisecond leaves in the order of the commits', async () => {
    const keys = ['z', 'm', 'a', 'q'];
    for (const key of keys) await waiting(message(key));
    const taken: string[] = [];
    for (let now = NOW; taken.length < keys.length; now += 300) {
      const [one = expect.fail()] = await claim(now);
      taken.push(one.key);
      await home().outbox.sent(one.key, `om_${one.key}`, now);
    }
    expect(taken).toEqual(keys);
  });

  test('only what an error of its own has put off is overtaken in its chat', async () => {
    await waiting(
      message('first', { createdAt: 1 }),
      message('second', { createdAt: 2 }),
      message('third', { createdAt: 3 }),
    );
    await claim();
    await home().outbox.again(by('first'), NOW + 1_000, 'HTTP 500');
    expect(await keys(NOW + 230)).toEqual(['second']);
    await home().outbox.sent('second', 'om_2', NOW + 300);
    expect(await keys(NOW + 1_000)).toEqual(['first']);
  });

  test('a direct chat has one pace, whichever id names it', async () => {
    await waiting(message('answer', { chatId: 'oc_p2p', person: 'ou_1', createdAt: 1 }), push('told', 'ou_1'));
    expect(await keys()).toEqual(['answer']);
    await home().outbox.sent('answer', 'om_1', NOW + 50);
    expect(await keys(NOW + 229)).toEqual([]);
    expect(await keys(NOW + 230)).toEqual(['told']);
  });

  test('a reply whose message is gone is due as a message of its own, under its uuid', async () => {
    await waiting(message('a', { replyTo: 'om_gone' }));
    const [taken = expect.fail()] = await claim();
    await home().outbox.begin(taken, NOW, LEASE);
    await home().outbox.orphaned(taken, NOW, true);
    expect(await claim(NOW + 230)).toMatchObject([
      { key: 'a', api: 'send', to: { chatId: 'oc_1' }, uuid: 'a', firstSentAt: undefined },
    ]);
  });

  test('what Lark shut is shut for whoever looks last, and other APIs are not', async () => {
    await waiting(
      message('a'),
      message('b', { chatId: 'oc_2' }),
      message('reply', { chatId: 'oc_3', replyTo: 'om_1' }),
    );
    const [reply = expect.fail(), a = expect.fail()] = await claim(NOW, 2);
    await home().outbox.refused('send', NOW + 5, NOW + 30_000);
    await home().outbox.refused('send', NOW + 6, NOW + 10_000);
    expect(await home().outbox.begin(a, NOW + 10, LEASE)).toEqual({ kind: 'shut', until: NOW + 30_000 });
    expect(await home().outbox.begin(reply, NOW + 10, LEASE)).toMatchObject({ kind: 'go' });
    expect(await keys(NOW + 20_000)).toEqual([]);
    expect(await home().outbox.nextDue(NOW + 20_000)).toBeLessThan(NOW + 30_000);
    expect(await claim(NOW + 29_900)).toMatchObject([{ key: 'b', sendAt: NOW + 30_000 }]);
    expect(await home().outbox.begin(a, NOW + 30_000, LEASE)).toMatchObject({ kind: 'go', attempts: 1 });
  });

  test('a storm of refusals without a word slows everybody down', async () => {
    await waiting(...Array.from({ length: 40 }, (_, n) => message(`m${n}`, { chatId: `oc_${n}` })));
    for (const ms of [0, 10, 20, 30, 40, 50]) await home().outbox.refused('send', NOW + ms);
    const slots = (await claim(NOW + 100, 40, 'b')).map(({ sendAt }) => sendAt - NOW);
    expect(slots).toEqual([100, 184, 268, 352, 436, 520]);
  });

  test('a chat that was paused holds back its own', async () => {
    await waiting(message('a'), message('b', { chatId: 'oc_2' }));
    await home().outbox.pauseChat('oc_1', NOW + 30_000);
    await home().outbox.pauseChat('oc_1', NOW + 10);
    expect(await keys()).toEqual(['b']);
    expect(await home().outbox.nextDue(NOW)).toBe(NOW + 30_000);
    expect(await keys(NOW + 30_000)).toEqual(['a']);
  });

  test('a call that begins late moves the next slots of its chat by as much, at most to a second later', async () => {
    const first = () => home().outbox.nextDue(NOW + 10);
    await waiting(message('a'), message('b'));
    await claim();
    await home().outbox.beganLate('oc_1', 100, NOW + 100);
    await home().outbox.sent('a', 'om_1', NOW + 150);
    expect(await first()).toBe(NOW + 330);
    await home().outbox.beganLate('oc_1', 5_000, NOW + 200);
    await home().outbox.beganLate('oc_1', 5_000, NOW + 100);
    expect(await first()).toBe(NOW + 1_200);
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
    await home().outbox.again(by('a'), NOW, 'late news');
    await home().outbox.keep('a', 'failed', 1, 'late news', NOW);
    expect(await keys(NOW + LEASE)).toEqual([]);
    expect(await home().rows('SELECT state, message_id, reason FROM outbox')).toEqual([
      { state: 'sent', message_id: 'om_9', reason: null },
    ]);
  });

  test('a message to be tried again waits for its time', async () => {
    await waiting(message('a'));
    await claim();
    await home().outbox.again(by('a'), NOW + 2_000, 'HTTP 500');
    expect(await keys(NOW + 1_999)).toEqual([]);
    expect(await keys(NOW + 2_000)).toEqual(['a']);
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
    await home().outbox.again(by('b'), NOW, 'HTTP 500');
    expect(await home().rows('SELECT key, state FROM outbox ORDER BY key')).toEqual([
      { key: 'a', state: 'sent' },
      { key: 'b', state: 'dropped' },
    ]);
  });

  test('the next instant is the first at which something would be taken', async () => {
    const { outbox } = home();
    expect(await outbox.nextDue(NOW)).toBeUndefined();
    await given(home(), { kind: 'group.gone', chatId: 'oc_left', state: 'left' });
    await waiting(message('left', { chatId: 'oc_left' }));
    expect(await outbox.nextDue(NOW)).toBeUndefined();
    await waiting(message('a', { dueAt: NOW + 700 }), message('b', { chatId: 'oc_2', dueAt: NOW + 900 }));
    expect(await outbox.nextDue(NOW)).toBe(NOW + 700);
    await outbox.pauseChat('oc_1', NOW + 60_000);
    expect(await outbox.nextDue(NOW)).toBe(NOW + 900);
    await outbox.refused('send', NOW, NOW + 20_000);
    const next = (await outbox.nextDue(NOW)) ?? 0;
    expect(next).toBeGreaterThan(NOW + 19_500);
    expect(await keys(next - 1)).toEqual([]);
    expect(await claim(next)).toMatchObject([{ key: 'b', sendAt: NOW + 20_000 }]);
    await outbox.sent('b', 'om_1', NOW);
    expect(await outbox.nextDue(NOW + 20_000)).toBe(NOW + 60_000);
  });

  test('20 takers at once never share a message, a slot or a chat', async () => {
    await waiting(...Array.from({ length: 100 }, (_, n) => message(`p${n}`, { chatId: `oc_${n % 30}`, createdAt: n })));
    const claims = await Promise.all(Array.from({ length: 20 }, (_, n) => claim(NOW, 5, `taker${n}`)));
    const taken = claims.flat();
    expect(new Set(taken.map(({ key }) => key)).size).toBe(taken.length);
    expect(new Set(taken.map(({ chatKey }) => chatKey)).size).toBe(taken.length);
    expect(taken.length).toBeGreaterThan(0);
    const slots = taken.map(({ sendAt }) => sendAt).toSorted((a, b) => a - b);
    expect(slots.every((slot, n) => n === 0 || slot - (slots[n - 1] ?? 0) >= 21)).toBe(true);
    const [lane] = await home().rows("SELECT state FROM pace WHERE key = 'send'");
    const { counts } = JSON.parse(String(lane?.['state']));
    expect(counts.reduce((sum: number, [, calls]: [number, number]) => sum + calls, 0)).toBe(taken.length);
  });
});

test('what taking costs grows with the messages that wait, not with their square', async () => {
  const costs = async (waiting: number): Promise<number> => {
    const { store, outbox, migrate, close } = openSqlite(':memory:');
    await migrate();
    const messages = Array.from({ length: waiting }, (_, n) => message(`p${n}`, { lane: 'push', chatId: `oc_${n}` }));
    await store.commit(work({ messages }));
    const before = cpuMs();
    for (let look = 0; look < 4; look += 1) await take(outbox, NOW + look * 10_000, 1);
    const cost = cpuMs() - before;
    await close();
    return cost;
  };
  await costs(10);
  const few = Math.max(await costs(300), 1);
  expect((await costs(3_000)) / few).toBeLessThan(30);
});
