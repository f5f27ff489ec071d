import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { FindingEvent, FindingFacts } from '../../src/domain/findings/finding.ts';
import { progressOf } from '../../src/domain/findings/progress.ts';
import type { Change } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, findingFacts, given, inspection, person, program, work } from './district.ts';

const day = date('2026-04-20');
const enter: FindingEvent = {
  seq: 1,
  at: 1_000,
  on: day,
  by: 'ou_a',
  chatId: 'oc_1',
  move: 'enter',
  to: 'registered',
  text: '',
  limit: { kind: 'days', days: 10, unit: 'working' },
};
const issue: FindingEvent = {
  seq: 2,
  at: 2_000,
  on: day,
  by: 'ou_a',
  chatId: undefined,
  move: 'issue',
  from: 'registered',
  to: 'issued',
  text: '请整改',
  limit: { kind: 'days', days: 10, unit: 'working' },
  due: date('2026-05-07'),
  dayUnit: 'working',
  document: '3号',
};
const submit: FindingEvent = {
  seq: 3,
  at: 3_000,
  on: day,
  by: 'ou_b',
  chatId: undefined,
  move: 'submit',
  from: 'issued',
  to: 'submitted',
  text: '已清理',
  files: 2,
  cause: '无人管',
};

const entered = (of: FindingFacts, watchAt?: number, events: readonly FindingEvent[] = [enter]): Change => ({
  kind: 'finding.entered',
  facts: of,
  events,
  progress: progressOf(events),
  evidence: [],
  watchAt,
});
const moved = (event: FindingEvent, before: readonly FindingEvent[], watchAt?: number): Change => ({
  kind: 'finding.moved',
  id: 'finding_1',
  events: [event],
  progress: progressOf([...before, event]),
  watchAt,
  evidence: event.files
    ? [
        { kind: 'image', messageId: 'om_1', fileKey: 'img_1', name: '' },
        { kind: 'file', messageId: 'om_2', fileKey: 'file_1', name: '台账.xlsx' },
      ]
    : [],
  seen: { version: before.length, seq: before.length },
});

onEveryHome('findings', (home) => {
  const numbers = async (query: Parameters<ReturnType<typeof home>['store']['findings']>[0]) =>
    (await home().store.findings(query)).map(({ number }) => number);

  test('a problem is read back as it was entered, and after each step as its steps make it', async () => {
    await given(home(), district, { kind: 'people.put', rows: [person('b', 'wanghai-1', '朱戊')] });
    await given(home(), { kind: 'person.linked', personId: 'b', openId: 'ou_b', by: 'mobile', seen: 1 });
    const responsible = { name: '朱戊', personId: 'b', openId: 'ou_b' };
    await given(home(), entered(findingFacts(1, { responsible, severity: 'major' })));
    const { store } = home();
    expect(await store.finding(1)).toEqual({
      ...findingFacts(1, { responsible, severity: 'major' }),
      due: undefined,
      asked: undefined,
      submittedBy: undefined,
      checkedBy: undefined,
      closedOn: undefined,
      document: undefined,
      letter: undefined,
      ...progressOf([enter]),
      seq: 1,
      version: 1,
    });
    await given(home(), moved(issue, [enter]), moved(submit, [enter, issue]));
    const row = await store.finding(1);
    const events = (await store.findingEvents('finding_1')).map(({ actors: _actors, ...event }) => event);
    expect(events).toEqual([enter, issue, submit]);
    expect(row).toMatchObject({ ...progressOf(events), seq: 3, version: 3 });
    expect((await store.findingEvents('finding_1')).map(({ actors }) => actors.map(({ name }) => name))).toEqual([
      [],
      [],
      ['朱戊'],
    ]);
    expect(await store.evidence('finding_1')).toEqual([
      { seq: 3, kind: 'image', messageId: 'om_1', fileKey: 'img_1', name: '' },
      { seq: 3, kind: 'file', messageId: 'om_2', fileKey: 'file_1', name: '台账.xlsx' },
    ]);
  });

  test('of two steps from one state one is made; of two problems with one number too', async () => {
    await given(home(), district, entered(findingFacts(1)));
    const { store } = home();
    const at = async (...changes: Change[]) => store.commit(work({ changes }));
    const both = await Promise.all([at(moved(issue, [enter])), at(moved({ ...issue, move: 'drop' }, [enter]))]);
    expect(both.toSorted()).toEqual(['done', 'moved']);
    expect((await store.finding(1))?.version).toBe(2);
    await expect(at(entered({ ...findingFacts(1), id: 'finding_other' }))).rejects.toThrow();
  });

  test('a reminder of one level is made once a day', async () => {
    await given(home(), district, entered(findingFacts(1)));
    const remind = (level: 1 | 2, on = day): Change => ({ kind: 'finding.reminded', id: 'finding_1', level, day: on });
    const at = (change: Change) => home().store.commit(work({ changes: [change] }));
    expect([
      await at(remind(1)),
      await at(remind(1)),
      await at(remind(2)),
      await at(remind(1, date('2026-04-21'))),
    ]).toEqual(['done', 'taken', 'done', 'done']);
    const last = (level: 1 | 2 | 3) => home().store.lastReminded('finding_1', level);
    expect([await last(1), await last(2), await last(3)]).toEqual(['2026-04-21', '2026-04-20', undefined]);
  });

  test('lists keep to the units asked for; a restricted one is seen by who is named, and by no group', async () => {
    const restricted = { viewers: ['ou_named'] };
    await given(
      home(),
      district,
      entered(findingFacts(1)),
      entered(findingFacts(2, { unit: { id: 'chengguan-1', name: '城关区第一小学' } })),
      entered(findingFacts(3, restricted), undefined, [{ ...enter, restricted: true }]),
      entered(findingFacts(4), undefined, [{ ...enter, to: 'dropped' }]),
      entered(findingFacts(5), undefined, [{ ...enter, due: date('2026-04-30') }]),
    );
    expect(await numbers({ unitIds: 'everywhere' })).toEqual([5, 1, 2, 4]);
    expect(await numbers({ unitIds: ['wanghai'], openOnly: true })).toEqual([5, 1]);
    expect(await numbers({ unitIds: ['bureau'], unitId: 'chengguan' })).toEqual([2]);
    expect(await numbers({ unitIds: [], viewer: 'ou_named' })).toEqual([]);
    expect(await numbers({ unitIds: ['wanghai'], viewer: 'ou_named', openOnly: true })).toEqual([5, 1, 3]);
    expect(await numbers({ unitIds: 'everywhere', limit: 1 })).toEqual([5]);
    expect((await home().store.finding(3))?.viewers).toEqual(['ou_named']);
  });

  test('the visit, its program and the letter are read back by name, and narrow a list', async () => {
    const rows = [inspection('v', 'wanghai-1', day, { programId: 'safety' })];
    await given(home(), district, program('safety', 'wanghai'), { kind: 'inspections.put', rows });
    const [stored] = await home().store.inspections({ scope: { unitIds: ['wanghai'] }, span: { from: day, to: day } });
    const found = { visit: { id: 'v', number: stored?.number ?? 0 }, program: { id: 'safety', name: '专项safety' } };
    await given(home(), entered(findingFacts(1, found), undefined, [enter, issue]), entered(findingFacts(2)));
    expect(await home().store.finding(1)).toMatchObject({ ...found, letter: '3号' });
    const every = { unitIds: 'everywhere' } as const;
    expect([
      await numbers({ ...every, visitId: 'v' }),
      await numbers({ ...every, programId: 'safety' }),
      await numbers({ ...every, letter: '3号' }),
      await numbers({ ...every, letter: '4号' }),
      await numbers({ unitIds: ['chengguan'], visitId: 'v' }),
    ]).toEqual([[1], [1], [1], [], []]);
  });

  test('what is to be looked at is found when its time has come', async () => {
    await given(
      home(),
      district,
      entered(findingFacts(1), 500),
      entered(findingFacts(2), 400),
      entered(findingFacts(3)),
    );
    const watched = async (now: number) => (await home().store.findingsToWatch(now, 9)).map(({ number }) => number);
    expect([await watched(399), await watched(499), await watched(500)]).toEqual([[], [2], [2, 1]]);
    await given(home(), moved(issue, [enter], 900));
    expect(await watched(899)).toEqual([2]);
    await given(home(), { kind: 'findings.watched', at: 300, programId: 'none' });
    expect(await watched(300)).toEqual([]);
    // Rules that changed are looked at for all that is open; a step decided by the old ones comes too late.
    await given(home(), { kind: 'findings.watched', at: 300 });
    expect(await watched(300)).toEqual([1, 2, 3]);
    expect(await home().store.commit(work({ changes: [moved(submit, [enter, issue])] }))).toBe('moved');
  });

  test('what a unit was raised to since a day is known, restricted problems aside', async () => {
    const raise = (level: 2 | 3, on = day): FindingEvent => ({
      seq: 2,
      at: 2_000,
      on,
      by: 'ou_a',
      move: 'escalate',
      from: 'registered',
      to: 'registered',
      text: '',
      level,
    });
    await given(
      home(),
      district,
      entered(findingFacts(1), undefined, [enter, raise(2)]),
      entered(findingFacts(2), undefined, [enter, raise(3)]),
      entered(findingFacts(3, { viewers: ['ou_a'] }), undefined, [{ ...enter, restricted: true }, raise(2)]),
      entered(findingFacts(4, { unit: { id: 'wanghai', name: '望海区' } }), undefined, [enter, raise(2)]),
      entered(findingFacts(5), undefined, [enter, raise(2, date('2026-04-01'))]),
    );
    expect(await home().store.escalated('wanghai-1', 2, date('2026-04-02'))).toEqual([
      { findingId: 'finding_1', on: day },
    ]);
  });
});
