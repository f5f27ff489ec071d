import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { Span } from '../../src/domain/calendar/span.ts';
import type { FindingEvent, FindingFacts } from '../../src/domain/findings/finding.ts';
import { progressOf } from '../../src/domain/findings/progress.ts';
import { type FindingDimension, figuresOf, type GroupedTally } from '../../src/domain/findings/rates.ts';
import { type PushDimension, pushFiguresOf } from '../../src/domain/reminders/push-rates.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { Store } from '../../src/ports/store.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, message, program, task, work } from './district.ts';

const FOUND = date('2026-04-01');
const DUE = date('2026-04-15');
const TODAY = date('2026-04-20');

const step = (
  seq: number,
  on: string,
  event: Pick<FindingEvent, 'move' | 'to'> & Partial<FindingEvent>,
): FindingEvent => ({
  seq,
  at: seq * 1000,
  on: date(on),
  by: 'ou_a',
  chatId: undefined,
  text: '',
  ...event,
});
const enter = step(1, FOUND, { move: 'enter', to: 'registered' });
const issue = step(2, FOUND, { move: 'issue', from: 'registered', to: 'issued', due: DUE, dayUnit: 'natural' });
/** Reported on the one day and struck off on the other. */
const closed = (reported: string, on: string): readonly FindingEvent[] => [
  enter,
  issue,
  step(3, reported, { move: 'submit', from: 'issued', to: 'submitted' }),
  step(4, on, { move: 'close', from: 'submitted', to: 'closed', by: 'ou_b' }),
];

let number = 0;
function entered(unitId: string, events: readonly FindingEvent[], more: Partial<FindingFacts> = {}): Change {
  number += 1;
  const facts: FindingFacts = {
    id: `finding_${number}`,
    number,
    unit: { id: unitId, name: unitId },
    description: '台账不全',
    severity: 'minor',
    term: 'timeLimited',
    viewers: [],
    foundOn: FOUND,
    enteredBy: 'ou_a',
    program: undefined,
    visit: undefined,
    indicator: undefined,
    responsible: undefined,
    ...more,
  };
  return { kind: 'finding.entered', facts, events, progress: progressOf(events), evidence: [], watchAt: undefined };
}

onEveryHome('summaries', (home) => {
  test('problems are counted under the units below the asked one, each once, restricted ones never', async () => {
    await given(
      home(),
      district,
      entered('wanghai-1', [enter]),
      entered('wanghai-1', [enter, issue]),
      entered('wanghai-1', closed('2026-04-14', '2026-04-18')),
      entered('wanghai', closed('2026-04-16', '2026-04-17')),
      entered('wanghai-1', [{ ...enter, restricted: true }, issue], { viewers: ['ou_a'] }),
    );
    const { store } = home();
    const whole = await store.findingTallies({ unitIds: await store.roots(), by: 'unit', today: TODAY });
    expect(new Set(whole.map(({ group }) => group))).toEqual(new Set(['望海区教育局']));
    expect(figuresOf(whole)).toEqual({
      due: 3,
      waiting: 1,
      closed: 2,
      late: 1,
      longTerm: 0,
      completion: 2 / 3,
      punctuality: 1 / 3,
      meanDays: (17 + 16) / 2,
    });
    const county = await store.findingTallies({ unitIds: ['wanghai'], by: 'unit', today: TODAY });
    expect(dueBy(county)).toEqual({ 望海区教育局: 1, 望海区第一小学: 2 });
    expect(await store.findingTallies({ unitIds: ['wanghai'], by: 'unit', programId: 'none', today: TODAY })).toEqual(
      [],
    );
    expect(whole.filter(({ late }) => late)).toMatchObject([{ state: 'issued', band: 2, count: 1, days: 0 }]);
  });

  test('each dimension has every problem in one of its groups, and those that have none in a group of their own', async () => {
    const [checklist] = (await home().store.checklists()).filter(({ builtIn }) => builtIn);
    const [indicator] = await home().store.importedIndicators(checklist?.id ?? '');
    if (!indicator) throw new Error('no indicator');
    await given(
      home(),
      district,
      program('p', 'bureau'),
      entered('wanghai-1', [enter, issue], { program: { id: 'p', name: '专项p' }, severity: 'grave' }),
      entered('wanghai-k', [enter, issue], { foundOn: date('2026-03-31'), indicator }),
      entered('wanghai', [enter, issue]),
      entered('chengguan-1', [{ ...enter, restricted: true }, issue], { viewers: ['ou_a'] }),
    );
    const by = async (dimension: FindingDimension, found?: Span) =>
      dueBy(await home().store.findingTallies({ unitIds: ['bureau'], by: dimension, found, today: TODAY }));
    expect(await by('unit')).toEqual({ 望海区教育局: 3 });
    expect(await by('program')).toEqual({ 专项p: 1, '': 2 });
    expect(await by('stage')).toEqual({ 小学: 1, 幼儿园: 1, 县区教育局: 1 });
    expect(await by('category')).toEqual({ [indicator.level1]: 1, '': 2 });
    expect(await by('severity')).toEqual({ grave: 1, minor: 2 });
    expect(await by('month')).toEqual({ '2026-03': 1, '2026-04': 2 });
    expect(await by('month', { from: FOUND, to: FOUND })).toEqual({ '2026-04': 2 });
  });

  test('a ledger has the last words of the unit, restricted problems for those they name, and no more lines than asked for', async () => {
    const said = (seq: number, move: 'plan' | 'submit', text: string) =>
      step(seq, FOUND, { move, from: 'fixing', to: 'submitted', text });
    await given(
      home(),
      district,
      program('p', 'bureau'),
      entered(
        'wanghai-1',
        [enter, issue, said(3, 'plan', '先清后建'), said(4, 'submit', '初报'), said(5, 'submit', '已清')],
        {
          program: { id: 'p', name: '专项p' },
        },
      ),
      entered('wanghai-1', [enter, issue]),
      entered('wanghai-1', closed('2026-04-14', '2026-04-18')),
      entered('wanghai', [{ ...enter, restricted: true }, issue], { viewers: ['ou_a'] }),
      entered('chengguan-1', [enter, issue]),
    );
    const ledger = (more: Partial<Parameters<Store['findingLedger']>[0]> = {}) =>
      home().store.findingLedger({ unitIds: ['wanghai'], today: TODAY, limit: 9, ...more });
    const [first, ...others] = await ledger();
    expect(first).toMatchObject({
      program: '专项p',
      plan: '先清后建',
      report: '已清',
      unit: { name: '望海区第一小学' },
    });
    expect(others.map(({ state }) => state)).toEqual(['issued', 'closed']);
    expect(await ledger({ viewer: 'ou_a' })).toHaveLength(4);
    expect(await ledger({ viewer: 'ou_b' })).toHaveLength(3);
    expect(await ledger({ limit: 2 })).toHaveLength(2);
    expect((await ledger({ state: 'open' })).map(({ state }) => state)).toEqual(['submitted', 'issued']);
    expect((await ledger({ state: 'closed' })).map(({ closedOn }) => closedOn)).toEqual(['2026-04-18']);
    expect((await ledger({ state: 'overdue' })).map(({ state }) => state)).toEqual(['issued']);
    expect(await ledger({ programId: 'p' })).toHaveLength(1);
    expect(await ledger({ found: { from: DUE, to: DUE } })).toEqual([]);
  });

  test('pushes are counted by unit and month: what left, came late, was missed, was paused or did not arrive', async () => {
    await given(
      home(),
      district,
      ...['oc_1', 'oc_2'].map((chatId): Change => ({ kind: 'group.joined', chatId, name: chatId })),
      { kind: 'group.bound', chatId: 'oc_1', unitId: 'wanghai-1', seen: 1 },
      { kind: 'group.bound', chatId: 'oc_2', unitId: 'chengguan', seen: 1 },
    );
    const occurred = async (
      chatId: string,
      nominalAt: number,
      outcome: 'sent' | 'late' | 'missed' | 'empty',
      more: { readonly reason?: 'paused'; readonly failed?: true } = {},
    ) => {
      const messages = more.failed ? [message(`push:${chatId}:${nominalAt}`, { chatId })] : [];
      const guard = { kind: 'occurrence', chatId, nominalAt, outcome, contents: [], at: nominalAt } as const;
      expect(
        await home().store.commit(work({ guard: { ...guard, ...(more.reason && { reason: more.reason }) }, messages })),
      ).toBe('done');
      if (more.failed) await home().outbox.keep(`push:${chatId}:${nominalAt}`, 'failed', 1, 'x', 1);
    };
    await occurred('oc_1', 10, 'sent');
    await occurred('oc_1', 11, 'empty');
    await occurred('oc_1', 12, 'sent', { failed: true });
    await occurred('oc_1', 20, 'late');
    await occurred('oc_1', 21, 'missed');
    await occurred('oc_1', 22, 'missed', { reason: 'paused' });
    await occurred('oc_1', 30, 'sent');
    await occurred('oc_2', 10, 'sent');
    const months = [
      { month: '2026-04', from: 10, before: 20 },
      { month: '2026-05', from: 20, before: 30 },
    ];
    const figures = async (unitId: string, by: PushDimension) =>
      [...Map.groupBy(await home().store.pushTallies({ unitIds: [unitId], by, months }), ({ group }) => group)].map(
        ([group, rows]) => [group, pushFiguresOf(rows)],
      );
    expect(await figures('wanghai', 'month')).toMatchObject([
      ['2026-04', { due: 2, delivered: 1, late: 0, undelivered: 1, missed: 0, delivery: 0.5, punctuality: 0.5 }],
      [
        '2026-05',
        { due: 2, delivered: 1, late: 1, undelivered: 0, missed: 1, paused: 1, delivery: 0.5, punctuality: 0 },
      ],
    ]);
    expect(await figures('bureau', 'unit')).toMatchObject([
      ['城关区教育局', { due: 1, delivery: 1 }],
      ['望海区教育局', { due: 4, delivered: 2 }],
    ]);
  });

  test('a task was done when it was closed last', async () => {
    await given(home(), district, program('p', 'bureau'), {
      kind: 'tasks.put',
      rows: [task('p', '1'), task('p', '2')],
    });
    const settle = (at: number, state: 'open' | 'done', seen: number): Change => ({
      kind: 'task.settled',
      id: 'p-1',
      state,
      seen,
      entry: {
        id: `e${at}`,
        taskId: 'p-1',
        at,
        actor: 'ou_a',
        before: '',
        after: '',
        reason: '',
        kind: state === 'done' ? 'done' : 'reopened',
      },
    });
    await given(home(), settle(10, 'done', 1));
    await given(home(), settle(20, 'open', 2));
    await given(home(), settle(30, 'done', 3));
    expect(await home().store.taskEndings(['p-1', 'p-2'])).toEqual(new Map([['p-1', 30]]));
    expect(await home().store.taskEndings([])).toEqual(new Map());
  });
});

const dueBy = (tallies: readonly GroupedTally[]) =>
  Object.fromEntries(
    [...Map.groupBy(tallies, ({ group }) => group)].map(([group, rows]) => [group, figuresOf(rows).due]),
  );
