import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { FindingEvent } from '../../src/domain/findings/finding.ts';
import { progressOf } from '../../src/domain/findings/progress.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { Home } from '../support/homes.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, inspection, person, program, task, work } from './district.ts';

const TODAY = date('2026-04-20');
const linked = (personId: string, openId: string, seen = 1): Change => ({
  kind: 'person.linked',
  personId,
  openId,
  by: 'administrator',
  seen,
});
const seat = (name: string, personId: string, role: 'leader' | 'member' = 'member') => ({ name, personId, role });

/** 陈甲 (a) has a visit that is over, one today and one to come, where 李乙 (b) is already; a task alone and one with 李乙. */
const busy: readonly Change[] = [
  district,
  {
    kind: 'people.put',
    rows: [
      person('a', 'wanghai', '陈甲', { mobile: '13800000001', position: '科长' }),
      person('b', 'wanghai', '李乙', { officePhone: '0530-1' }),
      person('c', 'chengguan', '陈甲'),
    ],
  },
  program('p', 'bureau'),
  {
    kind: 'inspections.put',
    rows: [
      inspection('past', 'wanghai-1', '2026-04-19', { team: [seat('陈甲', 'a', 'leader')] }),
      inspection('now', 'wanghai-1', '2026-04-20', { team: [seat('周丙', 'c', 'leader'), seat('陈甲', 'a')] }),
      inspection('next', 'wanghai-1', '2026-04-21', { team: [seat('陈甲', 'a', 'leader'), seat('李乙', 'b')] }),
      inspection('own', 'wanghai', '2026-04-22', { contact: '陈甲', contactPhone: '13800000001' }),
    ],
  },
  {
    kind: 'tasks.put',
    rows: [
      task('p', '1', { people: [{ name: '陈甲', personId: 'a' }] }),
      task('p', '2', {
        people: [
          { name: '陈甲', personId: 'a' },
          { name: '李乙', personId: 'b' },
        ],
      }),
    ],
  },
];

const handed = (more: Partial<Extract<Change, { kind: 'duties.handed' }>> = {}): Change => ({
  kind: 'duties.handed',
  fromId: 'a',
  toId: 'b',
  today: TODAY,
  seen: 1,
  visitIds: ['next', 'now'],
  contactIds: ['own'],
  taskIds: ['p-1', 'p-2'],
  findingIds: [],
  sightIds: [],
  ...more,
});
const left = (seen = 1): Change => ({ kind: 'person.left', personId: 'a', successorId: 'b', at: 5_000, seen });
const merged = (keptId: string, droppedId: string, kept = 1, dropped = 1): Change => ({
  kind: 'people.merged',
  keptId,
  droppedId,
  seen: { kept, dropped },
  at: 5_000,
});

const teams = async ({ store }: Home) =>
  (await store.importedInspections({ from: date('2026-04-01'), to: date('2026-04-30') })).map(
    ({ id, team, contact, contactPhone, version }) => [
      `${id} v${version} ${team.map(({ role, name, personId }) => `${role}:${name}:${personId}`).join()}`,
      ...(contact ? [`${contact} ${contactPhone}`] : []),
    ],
  );
const responsible = async ({ store }: Home) =>
  (await store.importedTasks('p')).map(
    ({ code, people, version }) => `${code} v${version} ${people.map(({ name, personId }) => `${name}:${personId}`)}`,
  );

onEveryHome('handing over', (home) => {
  test('what is still to be done moves, once each; what is over keeps the name', async () => {
    await given(home(), ...busy);
    const { store } = home();
    const duties = await store.duties('a', TODAY);
    expect(duties.visits.map(({ id, role }) => [id, role])).toEqual([
      ['now', 'member'],
      ['next', 'leader'],
    ]);
    expect([duties.contacts.map(({ id }) => id), duties.tasks.map(({ id }) => id)]).toEqual([['own'], ['p-1', 'p-2']]);
    await given(home(), linked('a', 'ou_a'), handed(), left(2));
    expect(await teams(home())).toEqual([
      ['past v1 leader:陈甲:a'],
      ['now v2 leader:周丙:c,member:李乙:b'],
      ['next v2 leader:李乙:b'],
      ['own v2 ', '李乙 0530-1'],
    ]);
    expect(await responsible(home())).toEqual(['1 v2 李乙:b', '2 v2 李乙:b']);
    expect(await store.duties('a', TODAY)).toEqual({
      visits: [],
      contacts: [],
      tasks: [],
      findings: [],
      restricted: [],
      confidential: [],
    });
  });

  test('an unannounced visit is counted among the open duties only where it is asked for', async () => {
    const secret = { team: [seat('陈甲', 'a')], unannounced: true };
    await given(
      home(),
      ...busy,
      { kind: 'inspections.put', rows: [inspection('secret', 'wanghai-1', '2026-04-23', secret)] },
      {
        kind: 'inspections.put',
        rows: [inspection('met', 'wanghai', '2026-04-23', { contact: '陈甲', unannounced: true })],
      },
      left(),
    );
    const open = async (more: { readonly unannounced?: true }) =>
      (await home().store.addressBook({ today: TODAY, name: '陈甲', within: ['wanghai'], limit: 9, ...more })).people[0]
        ?.left?.open;
    expect([await open({}), await open({ unannounced: true })]).toEqual([5, 7]);
  });

  test('whoever has left is nobody to a query, and is named by the record', async () => {
    await given(home(), ...busy, linked('a', 'ou_a'), left(2));
    const { store } = home();
    expect(await store.person('a')).toBeUndefined();
    expect(await store.peopleByOpenId('ou_a')).toEqual([]);
    expect((await store.peopleByName('陈甲')).map(({ id }) => id)).toEqual(['c']);
    expect((await store.names(['李乙', '陈甲'])).people).toContainEqual({ name: '陈甲' });
    expect(await store.peopleToLink(9_000, 9)).toEqual([]);
    expect((await store.figures(undefined)).people).toBe(2);
    const { people, ...counts } = await store.addressBook({ today: TODAY, limit: 9 });
    expect(counts).toEqual({ total: 2, unlinked: 2, left: 1 });
    expect(people[0]).toMatchObject({
      id: 'a',
      left: { at: 5_000, successor: '李乙', open: 5 },
      formerOpenId: 'ou_a',
    });
    const entry = { id: 'x', at: 1, actor: 'ou_a', action: 'group.bound', subject: 'a' } as const;
    await home().store.commit(work({ audit: [entry] }));
    const [line] = await store.audit({ limit: 1 });
    expect([line?.actorPeople, line?.subjectPeople].map((named) => named?.[0]?.name)).toEqual(['陈甲', '陈甲']);
    await given(home(), { kind: 'person.returned', personId: 'a', seen: 3 });
    expect(await store.person('a')).toMatchObject({ name: '陈甲', openId: undefined });
  });

  test('duties that are not exactly those decided on are not handed over, and nothing else happens', async () => {
    await given(home(), ...busy);
    const stale = [
      handed({ visitIds: ['next'] }),
      handed({ visitIds: ['next', 'past'] }),
      handed({ taskIds: ['p-1', 'p-2', 'p-3'] }),
      handed({ contactIds: [] }),
      handed({ seen: 2 }),
      handed({ toId: 'a' }),
    ];
    for (const change of stale)
      expect(await home().store.commit(work({ changes: [left(), change] })), JSON.stringify(change)).toBe('moved');
    expect(await home().store.person('a')).toBeDefined();
    await given(home(), { kind: 'person.left', personId: 'b', at: 1, seen: 1 });
    expect(await home().store.commit(work({ changes: [handed({ seen: 2 })] }))).toBe('moved');
  });

  test('open problems move; a restricted one moves unsaid, and is seen by the successor only where it is consented to', async () => {
    const enter = (restricted: boolean): FindingEvent => ({
      seq: 1,
      at: 1,
      on: TODAY,
      by: 'ou_x',
      chatId: undefined,
      move: 'enter',
      to: 'registered',
      text: '',
      restricted,
    });
    const entered = (number: number, restricted: boolean): Change => ({
      kind: 'finding.entered',
      facts: {
        id: `f${number}`,
        number,
        unit: { id: 'wanghai-1', name: '望海区第一小学' },
        description: '台账不全',
        severity: 'minor',
        term: 'timeLimited',
        viewers: restricted ? ['ou_a', 'ou_x'] : [],
        foundOn: TODAY,
        enteredBy: 'ou_x',
        responsible: { name: '陈甲', personId: 'a' },
      },
      events: [enter(restricted)],
      progress: progressOf([enter(restricted)]),
      evidence: [],
      watchAt: undefined,
    });
    await given(home(), ...busy, linked('a', 'ou_a'), linked('b', 'ou_b'), entered(1, false), entered(2, true));
    await given(home(), entered(3, true));
    const { store } = home();
    const { findings, restricted } = await store.duties('a', TODAY);
    expect(findings).toMatchObject([{ id: 'f1', number: 1, description: '台账不全' }]);
    expect(restricted).toEqual([
      { id: 'f2', number: 2, viewers: ['ou_a', 'ou_x'] },
      { id: 'f3', number: 3, viewers: ['ou_a', 'ou_x'] },
    ]);
    expect(await store.commit(work({ changes: [handed({ findingIds: ['f1', 'f2'], seen: 2 })] }))).toBe('moved');
    const ended: Change = { kind: 'sight.ended', openId: 'ou_a' };
    await given(home(), handed({ findingIds: ['f1'], sightIds: ['f2'], seen: 2 }), ended, left(2));
    expect((await store.finding(1))?.responsible).toMatchObject({ name: '李乙', personId: 'b' });
    expect(await store.finding(2)).toMatchObject({
      responsible: { name: '李乙', personId: 'b', openId: 'ou_b' },
      viewers: ['ou_b', 'ou_x'],
    });
    expect(await store.finding(3)).toMatchObject({ responsible: { personId: 'b' }, viewers: ['ou_x'] });
    // The last who sees it goes on seeing it, until somebody else is put there.
    await given(home(), { kind: 'sight.ended', openId: 'ou_x' });
    expect((await store.finding(3))?.viewers).toEqual(['ou_x']);
    await given(
      home(),
      { kind: 'sight.given', findingId: 'f3', openIds: ['ou_y'] },
      { kind: 'sight.ended', openId: 'ou_x' },
    );
    expect((await store.finding(3))?.viewers).toEqual(['ou_y']);
  });

  test('two rows become one: seats, tasks, account and numbers are the kept row’s, and both names find it', async () => {
    await given(home(), ...busy, linked('a', 'ou_a'), merged('b', 'a', 1, 2));
    const { store } = home();
    expect(await teams(home())).toEqual([
      ['past v2 leader:李乙:b'],
      ['now v2 leader:周丙:c,member:李乙:b'],
      ['next v2 leader:李乙:b'],
      ['own v1 ', '陈甲 13800000001'],
    ]);
    expect(await responsible(home())).toEqual(['1 v2 李乙:b', '2 v2 李乙:b']);
    expect(await store.person('b')).toMatchObject({ openId: 'ou_a', position: '科长' });
    const { people } = await store.directory();
    expect(people.find(({ id }) => id === 'a')?.gone).toEqual({ kind: 'merged', into: 'b' });
    expect(people.find(({ id }) => id === 'b')).toMatchObject({ mobile: '13800000001', officePhone: '0530-1' });
    expect((await store.addressBook({ today: TODAY, limit: 9 })).people.map(({ id }) => id)).toEqual(['c', 'b']);
    await given(home(), merged('c', 'b', 1, 2));
    expect((await store.directory()).people.find(({ id }) => id === 'a')?.gone?.into).toBe('c');
  });

  test('two accounts are two people: such rows are not merged, nor is a row with itself', async () => {
    await given(home(), ...busy, linked('a', 'ou_a'), linked('c', 'ou_c'));
    expect(await home().store.commit(work({ changes: [merged('a', 'c', 2, 2)] }))).toBe('moved');
    expect(await home().store.commit(work({ changes: [merged('b', 'b')] }))).toBe('moved');
    await given(home(), { kind: 'person.unlinked', personId: 'c', seen: 2 }, merged('a', 'c', 2, 3));
  });

  test('an account that was taken away is remembered, so that a number does not give it back', async () => {
    await given(home(), ...busy, linked('a', 'ou_a'), { kind: 'person.unlinked', personId: 'a', seen: 2 });
    expect(await home().store.peopleToLink(9_000, 9)).toMatchObject([{ id: 'a', formerOpenId: 'ou_a' }]);
    expect(await home().store.commit(work({ changes: [{ kind: 'person.unlinked', personId: 'a', seen: 2 }] }))).toBe(
      'moved',
    );
  });
});
