import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { Deadline } from '../../src/domain/tasks/deadline.ts';
import { type Inspection, visibleTo } from '../../src/domain/visits/inspection.ts';
import { askedBy, namedInDeadlines, namedInVisits } from '../../src/features/reminders/push-asked.ts';

const day = date('2026-04-20');
const visit = (more: Partial<Inspection>): Inspection => ({
  id: 'i',
  number: 1,
  state: 'planned',
  reason: '',
  unit: { id: 'u1', name: '一中' },
  from: day,
  to: day,
  dateText: '',
  period: '上午',
  beginsAt: 1_000,
  kind: '综合督导',
  topic: '',
  unannounced: false,
  team: [
    { role: 'leader', name: '韩丙', personId: 'p1', openId: 'ou_1' },
    { role: 'member', name: '曹丙' },
  ],
  contact: '朱戊、何辛',
  contactPhone: '',
  note: '',
  version: 1,
  ...more,
});
const root = { kind: 'group', isRoot: true } as const;

test('a visit asks its team, its unit’s liaison, and whom the schedule names as contact', () => {
  expect(namedInVisits(visibleTo(root, [visit({})], 0))).toEqual({
    openIds: ['ou_1'],
    speakers: ['', '朱戊', '何辛'].map((name) => ({ unitId: 'u1', name })),
  });
});

test('of a withheld visit the team is asked, and nobody who would learn by it', () => {
  const withheld = visibleTo(root, [visit({ unannounced: true })], 0);
  expect(namedInVisits(withheld)).toEqual({ openIds: ['ou_1'], speakers: [] });
});

test('what is due asks those who are responsible, and the liaisons of the units that lead', () => {
  const due: Deadline = {
    source: 'task',
    program: '',
    code: '',
    title: '',
    role: 'lead',
    veto: false,
    dayUnit: 'working',
    dueText: '',
    units: [
      { role: 'lead', unit: { id: 'u1', name: '一中' }, written: '一中' },
      { role: 'assist', unit: { id: 'u2', name: '二中' }, written: '二中' },
      { role: 'lead', written: '各学校' },
    ],
    people: [{ name: '陈甲', openId: 'ou_2' }, { name: '王丁' }],
    provisional: false,
  };
  expect(namedInDeadlines([due])).toEqual({ openIds: ['ou_2'], speakers: [{ unitId: 'u1', name: '' }] });
});

test('each account is asked once, each speaker looked for once', async () => {
  const looked: unknown[] = [];
  const liaisons = async (of: readonly unknown[]) => {
    looked.push(...of);
    return ['ou_1', 'ou_3'];
  };
  const speaker = { unitId: 'u1', name: '' };
  const named = { openIds: ['ou_1', 'ou_2'], speakers: [speaker] };
  expect(await askedBy({ liaisons }, [named, named])).toEqual(['ou_1', 'ou_2', 'ou_3']);
  expect(looked).toEqual([speaker]);
});
