import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { Change } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, message, rule, work } from './district.ts';

const joined = (chatId: string, name = '督导群') => ({ kind: 'group.joined', chatId, name }) as const;
const bound = (chatId: string, unitId: string, seen = 1) => ({ kind: 'group.bound', chatId, unitId, seen }) as const;

onEveryHome('groups', (home) => {
  test('a chat that is not known has no group', async () => {
    expect(await home().store.group('oc_1')).toBeUndefined();
  });

  test('a bound group knows its unit, and whether that is the district’s own office', async () => {
    await given(home(), district, joined('oc_1'), bound('oc_1', 'bureau'), joined('oc_2'), bound('oc_2', 'wanghai'));
    expect(await home().store.group('oc_1')).toEqual({
      chatId: 'oc_1',
      name: '督导群',
      state: 'active',
      unit: { id: 'bureau', name: '海州市教育局', sees: 'bureau', isRoot: true },
      version: 2,
    });
    expect((await home().store.group('oc_2'))?.unit).toEqual({
      id: 'wanghai',
      name: '望海区教育局',
      sees: 'wanghai',
      isRoot: false,
    });
  });

  test('a group keeps its binding when the bot comes back, and its name when the event brings none', async () => {
    await given(home(), district, joined('oc_1'), bound('oc_1', 'wanghai'));
    await given(home(), { kind: 'group.gone', chatId: 'oc_1', state: 'left' });
    expect(await home().store.group('oc_1')).toMatchObject({ state: 'left', version: 3 });
    await given(home(), joined('oc_1', ''));
    expect(await home().store.group('oc_1')).toMatchObject({
      state: 'active',
      name: '督导群',
      unit: { id: 'wanghai' },
      version: 4,
    });
  });

  test('in whatever order events of a group arrive, the latest of them by Lark’s clock hold', async () => {
    const events = [
      { kind: 'group.joined', name: '甲群', at: 10 },
      { kind: 'group.renamed', name: '乙群', at: 20 },
      { kind: 'group.gone', state: 'left', at: 30 },
      { kind: 'group.joined', name: '', at: 40 },
    ] as const;
    const orders = (rest: readonly number[]): readonly (readonly number[])[] =>
      rest.length === 0
        ? [[]]
        : rest.flatMap((one) => orders(rest.filter((n) => n !== one)).map((more) => [one, ...more]));
    for (const [index, order] of orders([0, 1, 2, 3]).entries()) {
      const chatId = `oc_${index}`;
      for (const n of order) await given(home(), { ...events[n], chatId } as Change);
      expect(await home().store.group(chatId), order.join()).toMatchObject({ state: 'active', name: '乙群' });
      expect(await home().store.groupTimes(chatId)).toEqual({ stateAt: 40, nameAt: 20 });
    }
  });

  test('a late word that the bot has left drops nothing that waits for a group that it has come back to', async () => {
    await given(home(), { ...joined('oc_1'), at: 40 });
    await home().store.commit(work({ messages: [message('a')] }));
    await given(home(), { kind: 'group.gone', chatId: 'oc_1', state: 'left', at: 30 });
    expect(await home().rows('SELECT state FROM outbox')).toEqual([{ state: 'waiting' }]);
    // What the bot itself has just met is of now.
    await given(home(), { kind: 'group.gone', chatId: 'oc_1', state: 'left' });
    expect(await home().rows('SELECT state FROM outbox')).toEqual([{ state: 'dropped' }]);
    expect(await home().store.groupTimes('oc_1')).toEqual({ stateAt: 40, nameAt: 40 });
  });

  test('renaming a group changes its name, not its state', async () => {
    await given(home(), joined('oc_1'), { kind: 'group.gone', chatId: 'oc_1', state: 'disbanded' });
    await given(home(), { kind: 'group.renamed', chatId: 'oc_1', name: '新群名' });
    expect(await home().store.group('oc_1')).toMatchObject({ name: '新群名', state: 'disbanded' });
  });

  test('leaving a group drops what waits for it with the reason, and nothing else', async () => {
    await given(home(), joined('oc_1'), joined('oc_2'));
    const messages = [message('a'), message('b', { chatId: 'oc_2' }), message('c'), message('d')];
    await home().store.commit(work({ messages }));
    await home().outbox.sent('c', 'om_1', 1_500);
    await given(home(), { kind: 'group.gone', chatId: 'oc_1', state: 'disbanded' });
    expect(await home().rows('SELECT key, state, reason FROM outbox ORDER BY key')).toEqual([
      { key: 'a', state: 'dropped', reason: 'group disbanded' },
      { key: 'b', state: 'waiting', reason: null },
      { key: 'c', state: 'sent', reason: null },
      { key: 'd', state: 'dropped', reason: 'group disbanded' },
    ]);
  });

  test('a group that was never seen is remembered as left', async () => {
    await given(home(), { kind: 'group.gone', chatId: 'oc_9', state: 'left' });
    expect(await home().store.group('oc_9')).toMatchObject({ state: 'left' });
  });

  test('a binding that was decided on an older state of the group is stale', async () => {
    await given(home(), district, joined('oc_1'), bound('oc_1', 'wanghai'));
    expect(await home().store.commit(work({ changes: [bound('oc_1', 'chengguan')] }))).toBe('moved');
    expect((await home().store.group('oc_1'))?.unit?.id).toBe('wanghai');
  });

  test('the groups of a unit are those bound to it that the bot is still in', async () => {
    await given(home(), district, joined('oc_1'), joined('oc_2'), joined('oc_3'), joined('oc_4'));
    await given(home(), bound('oc_1', 'wanghai'), bound('oc_2', 'wanghai'), bound('oc_3', 'bureau'));
    await given(home(), { kind: 'group.gone', chatId: 'oc_2', state: 'left' });
    expect((await home().store.boundGroups('wanghai')).map((group) => group.chatId)).toEqual(['oc_1']);
  });

  test('a group’s rules have numbers of their own, in the order in which they were added', async () => {
    await given(home(), joined('oc_1'));
    await given(
      home(),
      rule('oc_1', 'day', 100),
      rule('oc_1', 'week', 200),
      joined('oc_2'),
      rule('oc_2', 'day', 100),
      rule('oc_1', 'deadline', 400),
    );
    const rules = await home().store.rules('oc_1');
    expect(rules.map(({ number, content }) => [number, content])).toEqual([
      [1, 'day'],
      [2, 'week'],
      [3, 'deadline'],
    ]);
    expect((await home().store.rules('oc_2')).map(({ number }) => number)).toEqual([1]);
    expect(rules[0]).toEqual({
      id: 'oc_1:day',
      chatId: 'oc_1',
      content: 'day',
      number: 1,
      enabled: true,
      recurrence: { kind: 'workdays' },
      time: '08:30',
      mention: 'responsible',
      until: undefined,
      nominalAt: 10,
      fireAt: 100,
      calendarVersion: 0,
      version: 1,
    });
  });

  test('a rule is changed and removed at the version that was seen, and keeps its number', async () => {
    await given(home(), joined('oc_1'), rule('oc_1', 'day', 100), rule('oc_1', 'week', 200));
    const recurrence = { kind: 'weekdays', days: [1, 3], restDays: 'forward' } as const;
    const changed = {
      id: 'oc_1:day',
      chatId: 'oc_1',
      content: 'deadline',
      recurrence,
      time: '15:05',
      mention: 'everyone',
      until: date('2026-12-31'),
      enabled: true,
      nominalAt: 900,
      fireAt: 950,
    } as const;
    await given(home(), { kind: 'rule.changed', rule: changed, seen: 1 });
    expect((await home().store.rules('oc_1'))[0]).toEqual({ ...changed, number: 1, calendarVersion: 0, version: 2 });
    const stale = [
      { kind: 'rule.changed', rule: changed, seen: 1 },
      { kind: 'rule.removed', id: 'oc_1:day', seen: 1 },
    ] as const;
    for (const change of stale) expect(await home().store.commit(work({ changes: [change] }))).toBe('moved');

    const end = { kind: 'rule.ended', id: 'oc_1:day', seen: 2 } as const;
    await given(home(), end);
    expect((await home().store.rules('oc_1'))[0]).toMatchObject({ enabled: false, version: 3 });
    expect(await home().store.commit(work({ changes: [end] }))).toBe('moved');
    await given(home(), { kind: 'rule.removed', id: 'oc_1:day', seen: 3 });
    expect((await home().store.rules('oc_1')).map(({ number }) => number)).toEqual([2]);
    expect(await home().store.commit(work({ changes: [{ kind: 'rule.removed', id: 'oc_1:day', seen: 2 }] }))).toBe(
      'moved',
    );
  });

  test('a rule that is switched off is listed, is never due and is no next push', async () => {
    await given(home(), joined('oc_1'), rule('oc_1', 'day', 100));
    const [on] = await home().store.rules('oc_1');
    if (!on) throw new Error('no rule');
    const { number: _number, version, ...same } = on;
    await given(home(), { kind: 'rule.changed', rule: { ...same, enabled: false }, seen: version });
    expect(await home().store.rules('oc_1')).toMatchObject([{ number: 1, enabled: false }]);
    expect(await home().store.dueRules(1_000, 10)).toEqual([]);
    expect(await home().store.nextPushes(undefined, 10)).toEqual([]);
  });

  test('an occurrence that a change has left out is recorded once, and not while another rule brings it', async () => {
    await given(home(), joined('oc_1'), rule('oc_1', 'day', 100), rule('oc_1', 'week', 100));
    const nominalAt = (await home().store.rules('oc_1'))[0]?.nominalAt ?? 0;
    const left = { kind: 'occurrence.left', chatId: 'oc_1', nominalAt, contents: ['day'], at: 120 } as const;
    const rows = () => home().rows('SELECT nominal_at, outcome, contents, at, reason FROM notification');
    await given(home(), { kind: 'rule.removed', id: 'oc_1:day', seen: 1 }, left);
    expect(await rows()).toEqual([]);
    await given(home(), { kind: 'rule.ended', id: 'oc_1:week', seen: 1 }, left);
    await given(home(), left);
    expect(
      (await rows()).map((row) => ({ ...row, nominal_at: Number(row['nominal_at']), at: Number(row['at']) })),
    ).toEqual([{ nominal_at: nominalAt, outcome: 'empty', contents: '["day"]', at: 120, reason: 'changed' }]);
  });

  test('two rules of one content may stand in one group', async () => {
    await given(home(), joined('oc_1'), rule('oc_1', 'day', 100));
    const second = rule('oc_1', 'day', 700);
    if (second.kind !== 'rule.added') throw new Error('no rule');
    await given(home(), { kind: 'rule.added', rule: { ...second.rule, id: 'r2' } });
    expect((await home().store.rules('oc_1')).map(({ number, content }) => [number, content])).toEqual([
      [1, 'day'],
      [2, 'day'],
    ]);
  });

  test('an advanced rule is due at its new time; advancing it from an older version has moved', async () => {
    await given(home(), joined('oc_1'), rule('oc_1', 'day', 100));
    const next = { id: 'oc_1:day', nominalAt: 1_000, fireAt: 1_090, moved: true, seen: 1 };
    const advanced = { kind: 'rules.followed', rules: [next], calendarVersion: 1 } as const;
    await given(home(), advanced);
    expect(await home().store.rules('oc_1')).toMatchObject([{ nominalAt: 1_000, fireAt: 1_090, version: 2 }]);
    expect(await home().store.commit(work({ changes: [advanced] }))).toBe('moved');
    expect(await home().store.dueRules(1_089, 10)).toEqual([]);
    expect(await home().store.dueRules(1_090, 10)).toHaveLength(1);
  });

  test('due rules come by whole groups, the oldest group first, and only of groups that the bot is in', async () => {
    await given(home(), district, joined('oc_1'), joined('oc_2'), joined('oc_3'), bound('oc_2', 'wanghai'));
    await given(home(), rule('oc_1', 'day', 120), rule('oc_1', 'deadline', 500), rule('oc_1', 'week', 150));
    await given(home(), rule('oc_2', 'deadline', 110), rule('oc_2', 'day', 130), rule('oc_3', 'day', 50));
    await given(home(), { kind: 'group.gone', chatId: 'oc_3', state: 'left' });
    const due = async (now: number, groups: number) =>
      (await home().store.dueRules(now, groups)).map(({ group, rules }) => [
        group.chatId,
        ...rules.map((each) => each.content),
      ]);
    expect(await due(49, 10)).toEqual([]);
    expect(await due(200, 10)).toEqual([
      ['oc_2', 'deadline', 'day'],
      ['oc_1', 'day', 'week'],
    ]);
    expect(await due(200, 1)).toEqual([['oc_2', 'deadline', 'day']]);
    expect((await home().store.dueRules(200, 1))[0]?.group.unit?.id).toBe('wanghai');
  });

  test('the next pushes are those of the scope’s groups, the soonest first', async () => {
    await given(home(), district, joined('oc_1', '局群'), joined('oc_2', '望海群'), joined('oc_3', '散群'));
    await given(home(), bound('oc_1', 'bureau'), bound('oc_2', 'wanghai'));
    await given(home(), rule('oc_1', 'day', 300), rule('oc_2', 'day', 200), rule('oc_3', 'day', 100));
    const names = async (unitIds: string[] | undefined, limit = 10) =>
      (await home().store.nextPushes(unitIds && { unitIds }, limit)).map(({ group }) => group);
    expect(await names(undefined)).toEqual(['散群', '望海群', '局群']);
    expect(await names(['bureau'])).toEqual(['望海群', '局群']);
    expect(await names(['wanghai'])).toEqual(['望海群']);
    expect(await names(['bureau'], 1)).toEqual(['望海群']);
    expect(await names([])).toEqual([]);
  });

  test('the figures of a scope count its groups, people and messages, and no others', async () => {
    await given(home(), district, joined('oc_1'), joined('oc_2'), joined('oc_3'));
    await given(home(), bound('oc_1', 'bureau'), bound('oc_2', 'wanghai'));
    const people = ['wanghai', 'wanghai-1', 'chengguan'].map((unitId) => ({
      id: unitId,
      unitId,
      name: '陈甲',
      position: '',
      officePhone: '',
      email: '',
    }));
    await given(home(), { kind: 'people.put', rows: people });
    await given(home(), { kind: 'person.linked', personId: 'wanghai', openId: 'ou_1', by: 'mobile', seen: 1 });
    await given(home(), {
      kind: 'link.requested',
      id: 'l1',
      openId: 'ou_2',
      personId: 'chengguan',
      chatId: 'oc_1',
      at: 5,
    });
    const messages = [
      message('a', { chatId: 'oc_1' }),
      message('b', { chatId: 'oc_2' }),
      message('c', { chatId: 'oc_2' }),
      message('d', { chatId: 'oc_p2p' }),
      message('e', { chatId: 'oc_2' }),
    ];
    await home().store.commit(work({ messages }));
    await home().outbox.sent('b', 'om_1', 1_500);
    await home().outbox.keep('c', 'failed', 230_002, 'bot not in chat', 1_700);
    await home().outbox.keep('d', 'held', undefined, 'fate unknown', 1_600);
    expect(await home().store.figures(undefined)).toEqual({
      boundGroups: 2,
      unboundGroups: 1,
      people: 3,
      unlinkedPeople: 2,
      linkRequests: 1,
      waitingMessages: 2,
      sendingMessages: 0,
      keptMessages: [
        { key: 'c', chatId: 'oc_2', reason: 'bot not in chat', at: 1_700 },
        { key: 'd', chatId: 'oc_p2p', reason: 'fate unknown', at: 1_600 },
      ],
      lastSentAt: 1_500,
    });
    expect(await home().store.figures({ unitIds: ['wanghai'] })).toEqual({
      boundGroups: 1,
      unboundGroups: 0,
      people: 2,
      unlinkedPeople: 1,
      linkRequests: 0,
      waitingMessages: 1,
      sendingMessages: 0,
      keptMessages: [{ key: 'c', chatId: 'oc_2', reason: 'bot not in chat', at: 1_700 }],
      lastSentAt: 1_500,
    });
    expect((await home().store.figures({ unitIds: ['chengguan'] })).lastSentAt).toBeUndefined();
    const later = [8, 7].map((hours) => message(`later${hours}`, { chatId: 'oc_2', dueAt: 1_000 + hours * 3_600_000 }));
    await home().store.commit(work({ messages: later }));
    expect(await home().store.figures(undefined)).toMatchObject({
      waitingMessages: 4,
      waitingLater: { count: 2, from: 1_000 + 7 * 3_600_000 },
    });
  });
});
