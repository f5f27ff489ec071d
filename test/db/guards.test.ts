import { expect, test } from 'vitest';
import { KNOWN_POINTERS } from '../../src/db/imports/needed-rows.ts';
import { TAKEN_KEYS } from '../../src/db/taken-keys.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { FindingEvent, FindingFacts } from '../../src/domain/findings/finding.ts';
import { progressOf } from '../../src/domain/findings/progress.ts';
import type { RemovedRows } from '../../src/ports/applied-imports.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { AssessmentRow, IndicatorRow } from '../../src/ports/checklists.ts';
import { type Home, onEveryHome } from '../support/homes.ts';
import { district, findingFacts, given, inspection, person, program, task, work } from './district.ts';

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
};
const entered = (more: Partial<FindingFacts>): Change => ({
  kind: 'finding.entered',
  facts: findingFacts(1, more),
  events: [enter],
  progress: progressOf([enter]),
  evidence: [],
  watchAt: undefined,
});

const indicator = (checklistId: string): Omit<IndicatorRow, 'version'> => ({
  id: `${checklistId}:X-1`,
  checklistId,
  code: 'X-1',
  position: 1,
  level1: '',
  level2: '',
  title: '某项',
  standard: '',
  veto: false,
  unverified: false,
  evidence: [],
  unitHint: '',
  formula: '',
  note: '',
  thresholds: '{}',
});
const assessment = (more: Partial<AssessmentRow>): Change => ({
  kind: 'assessments.put',
  rows: [
    {
      programId: 'p',
      unitId: 'wanghai',
      indicatorId: 'yz:YZ-1.1',
      state: 'met',
      results: [],
      evidence: '',
      assessor: '',
      remark: '',
      ...more,
    },
  ],
});
const visit = (more: Parameters<typeof inspection>[3]): Change => ({
  kind: 'inspections.put',
  rows: [inspection('v', 'wanghai-1', '2026-04-09', more)],
});
const ofTask = (more: Parameters<typeof task>[2]): Change => ({ kind: 'tasks.put', rows: [task('p', '1', more)] });
const gone = { id: 'gone', name: '' };
const seat = { role: 'leader', name: '某人', personId: 'gone' } as const;

/** Of each column that points at a row which an undo may remove: a change that writes it, for a row that is gone by now. */
const WRITES: Readonly<Record<string, Change>> = {
  'work_group.unit_id': { kind: 'group.bound', chatId: 'oc_1', unitId: 'gone', seen: 1 },
  'role_grant.unit_id': { kind: 'role.granted', openId: 'ou_b', role: 'liaison', unitId: 'gone', by: 'ou_a', at: 1 },
  'school_period.unit_id': {
    kind: 'schoolPeriod.entered',
    period: { unitId: 'gone', schoolYear: 2026, part: 'autumn', from: day, to: day },
    seen: 1,
  },
  'program_unit.unit_id': {
    kind: 'program.participants',
    id: 'p',
    participants: [{ unit: gone, collective: undefined, written: '某县' }],
    seen: 1,
  },
  'milestone.program_id': { kind: 'milestones.put', rows: [{ programId: 'gone', name: '自评', dueText: '5月' }] },
  'inspection.unit_id': visit({ unitId: 'gone' }),
  'inspection.program_id': visit({ programId: 'gone' }),
  'inspection.checklist_id': visit({ checklistId: 'gone' }),
  'inspection_member.person_id': visit({ team: [seat] }),
  'task.program_id': ofTask({ programId: 'gone' }),
  'task.indicator_id': ofTask({ indicatorId: 'gone' }),
  'task_unit.unit_id': ofTask({ units: [{ role: 'lead', unitId: 'gone', written: '某县' }] }),
  'task_person.person_id': ofTask({ people: [seat] }),
  'finding.unit_id': entered({ unit: gone }),
  'finding.program_id': entered({ program: gone }),
  'finding.indicator_id': entered({ indicator: { id: 'gone', code: 'X-1' } as FindingFacts['indicator'] }),
  'finding.inspection_id': entered({ visit: { id: 'gone', number: 9 } as FindingFacts['visit'] }),
  'finding.responsible_id': entered({ responsible: { name: '某人', personId: 'gone' } as FindingFacts['responsible'] }),
  'assessment.unit_id': assessment({ unitId: 'gone' }),
  'assessment.program_id': assessment({ programId: 'gone' }),
  'assessment.indicator_id': assessment({ indicatorId: 'gone' }),
  'person.unit_id': { kind: 'people.put', rows: [person('z', 'gone', '某人')] },
  'person.successor_id': { kind: 'person.left', personId: 'chen', successorId: 'gone', at: 1, seen: 1 },
  'unit.parent_id': {
    kind: 'units.put',
    rows: [{ id: 'u', name: '某校', kind: '小学', parentId: 'gone', names: ['某校'] }],
  },
  'program.unit_id': program('q', 'gone'),
  'program.checklist_id': program('q', 'bureau', 'gone'),
  'indicator.checklist_id': { kind: 'indicators.put', rows: [indicator('gone')] },
};

async function filled(home: Home): Promise<void> {
  await given(home, district, program('p', 'bureau', 'yz'), { kind: 'group.joined', chatId: 'oc_1', name: '群' });
  await given(home, { kind: 'people.put', rows: ['chen', 'li', 'zhu'].map((id) => person(id, 'wanghai', id)) });
}

const NOTHING: RemovedRows = {
  units: [],
  people: [],
  programs: [],
  milestones: [],
  checklists: [],
  indicators: [],
  inspections: [],
  tasks: [],
  assessments: [],
};

onEveryHome('guards', (home) => {
  const commit = (...changes: Change[]) => home().store.commit(work({ changes }));

  test('a row that is gone when something comes to stand on it has moved: no foreign key finds out first', async () => {
    await filled(home());
    expect(Object.keys(WRITES).toSorted()).toEqual(KNOWN_POINTERS.asked.toSorted());
    for (const [pointer, change] of Object.entries(WRITES)) expect(await commit(change), pointer).toBe('moved');
    const request = {
      kind: 'link.requested',
      id: 'l',
      openId: 'ou_b',
      personId: 'gone',
      chatId: 'oc_1',
      at: 1,
    } as const;
    expect(await commit(request)).toBe('moved');
  });

  test('who was merged into another while somebody decided on them has moved', async () => {
    await filled(home());
    await given(home(), {
      kind: 'people.merged',
      keptId: 'chen',
      droppedId: 'li',
      seen: { kept: 1, dropped: 1 },
      at: 1,
    });
    const merged = { ...seat, personId: 'li' };
    const writes = [visit({ team: [merged] }), ofTask({ people: [merged] })];
    for (const change of writes) expect(await commit(change), change.kind).toBe('moved');
    expect(await commit(entered({ responsible: { name: '李', personId: 'li' } as FindingFacts['responsible'] }))).toBe(
      'moved',
    );
    const kept = { ...seat, personId: 'chen' };
    expect(await commit(visit({ team: [kept] }), ofTask({ people: [kept] }))).toBe('done');
  });

  test('of what comes to stand on a row and what takes it away at the same moment one is done, the other has moved', async () => {
    const removed: Change = { kind: 'rows.removed', removed: { ...NOTHING, units: [{ id: 'culture', seen: 1 }] } };
    const standing: readonly Change[] = [
      { kind: 'role.granted', openId: 'ou_b', role: 'liaison', unitId: 'culture', by: 'ou_a', at: 1 },
      {
        kind: 'schoolPeriod.entered',
        period: { unitId: 'culture', schoolYear: 2026, part: 'autumn', from: day, to: day },
        seen: 2,
      },
      entered({ unit: { id: 'culture', name: '市文明办' } }),
      { kind: 'people.put', rows: [person('z', 'culture', '某人')] },
    ];
    await filled(home());
    for (const change of standing) {
      const outcomes = await Promise.all([commit(change), commit(removed)]);
      expect(outcomes.toSorted(), change.kind).toEqual(['done', 'moved']);
      const { units } = await home().store.directory();
      expect(units.some(({ id }) => id === 'culture')).toBe(outcomes[0] === 'done');
      if (outcomes[0] !== 'done') return;
    }
    const other: Change = { kind: 'rows.removed', removed: { ...NOTHING, units: [{ id: 'wanghai-k', seen: 1 }] } };
    const both = [commit(other), commit(entered({ id: 'finding_2', number: 2, unit: { id: 'wanghai-k', name: '' } }))];
    expect((await Promise.all(both)).toSorted()).toEqual(['done', 'moved']);
  });

  test('what nobody reckons with is neither moved nor taken: it throws, and the database has not failed', async () => {
    await filled(home());
    await given(home(), entered({}));
    const twice = entered({ id: 'finding_2' });
    const error: unknown = await commit(twice, { kind: 'group.renamed', chatId: 'oc_1', name: '新' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'UnforeseenConstraint' });
    expect(home().store.isFailure(error)).toBe(false);
    expect(await home().store.group('oc_1')).toMatchObject({ name: '群' });
  });

  test('each key that may be taken is one of the schema', async () => {
    const isPostgres = / on PostgreSQL /.test(expect.getState().currentTestName ?? '');
    const known = isPostgres
      ? await home().rows(`SELECT conname AS name FROM pg_constraint WHERE contype IN ('p', 'u')`)
      : await home().rows(`SELECT (SELECT group_concat(m.name || '.' || c.name, ', ' ORDER BY c.seqno)
          FROM pragma_index_info(i.name) AS c) AS name
        FROM sqlite_schema AS m, pragma_index_list(m.name) AS i WHERE m.type = 'table' AND i."unique" = 1`);
    const names = new Set(known.map(({ name }) => name));
    const keys = isPostgres ? Object.values(TAKEN_KEYS) : Object.keys(TAKEN_KEYS);
    expect(keys.filter((key) => !names.has(key))).toEqual([]);
  });
});
