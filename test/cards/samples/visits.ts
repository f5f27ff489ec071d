import { mineDoc } from '../../../src/features/overview/mine-card.ts';
import { type ScheduleView, scheduleDoc } from '../../../src/features/visits/schedule-card.ts';
import { askVisitDoc, savedDoc, visitDoc, visitNoticeDoc } from '../../../src/features/visits/visit-card.ts';
import { visitFormDoc } from '../../../src/features/visits/visit-form-card.ts';
import { inDays, person, seen, today, visit, withheld, zone } from './district.ts';
import { finding } from './findings.ts';
import { notice } from './notices.ts';
import { many, type Sample, sample } from './sample.ts';
import { deadline } from './tasks.ts';

const cancelled = visit(40, { state: 'cancelled', reason: '学校承办高考模拟考试', from: today, to: today });
const before = visit(0);
const after = visit(0, { from: inDays(3), to: inDays(3), period: '下午', reason: '与期中考试冲突', note: '' });

const schedule: ScheduleView = {
  about: '望海区',
  span: { from: today, to: inDays(6) },
  today,
  provisional: true,
  visits: [...many(30, (i) => seen(visit(i))), withheld(visit(30))],
  cancelled: [seen(cancelled)],
  numbered: true,
  unused: '食堂',
  reader: 'person',
  query: '日程 本周 望海区',
};
const shown = { today, reader: 'person' } as const;

export const visitSamples: readonly Sample[] = [
  sample(scheduleDoc, {
    'thirty visits of a week': [schedule],
    'pushed to a group, of one day': [
      { ...schedule, span: { from: today, to: today }, visits: many(3, (i) => seen(visit(i))), reader: 'pushed' },
    ],
    'none, and none after': [
      {
        span: { from: today, to: today },
        today,
        visits: [],
        provisional: false,
        unused: '',
        reader: 'group',
        query: '日程',
      },
    ],
    'none, and the next': [
      {
        ...schedule,
        visits: [],
        cancelled: [],
        next: seen(visit(20)),
        unrecorded: '值班',
        unused: '',
        reader: 'group',
      },
    ],
  }),
  sample(visitDoc, {
    'with problems, and may be changed': [
      seen(before),
      { ...shown, mayChange: true, problems: [finding(0), finding(1), { state: 'closed' }] },
    ],
    cancelled: [seen(cancelled), { ...shown, mayChange: true, problems: [] }],
    withheld: [withheld(before), { ...shown, reader: 'group', mayChange: false, problems: [] }],
  }),
  sample(visitNoticeDoc, {
    'put off': [{ ...shown, event: 'postponed', before: seen(before), after: seen(after), by: '由 吕壬 变更' }],
    added: [{ ...shown, event: 'added', after: seen(before), by: '由 吕壬 新增' }],
    cancelled: [{ ...shown, event: 'cancelled', before: seen(before), after: seen(cancelled), by: '由 吕壬 取消' }],
    'no more on the team': [{ ...shown, event: 'changed', before: seen(before), by: '由 吕壬 变更' }],
    'no more to this unit': [{ ...shown, reader: 'group', event: 'changed', before: seen(before), by: '由 吕壬 变更' }],
  }),
  sample(savedDoc, {
    changed: [
      {
        ...shown,
        event: 'changed',
        before,
        after,
        remarks: ['陈甲 4月23日下午同时有 2 次督导', '望海区第一中学 4月有 3 次督导'],
      },
    ],
    cancelled: [{ ...shown, event: 'cancelled', before, after: cancelled, remarks: [] }],
    restored: [{ ...shown, event: 'restored', before: cancelled, after: before, remarks: [] }],
  }),
  sample(askVisitDoc, {
    'twelve to cancel': [
      {
        title: '取消督导安排',
        sentence: '将取消这 12 次督导，并告知有关单位和督导组成员。',
        today,
        visits: many(12, (i) => visit(i)),
        button: { label: '取消这 12 次', line: '日程 取消 D1、D2 确认' },
        note: '确认之前不会改动。',
      },
    ],
  }),
  sample(visitFormDoc, {
    'to change one': [{ line: '日程 变更 D1', once: 'form_1', visit: before, today, inspectors: ['ou_a', 'ou_b'] }],
    'a new one, nobody has an account': [{ line: '日程 新增', once: 'form_1', inspectors: [] }],
  }),
  sample(mineDoc, {
    'all that one may have to do': [
      {
        kind: 'linked',
        people: [person(0), person(3)],
        span: { from: today, to: inDays(13) },
        today,
        zone,
        visits: many(5, (i) => seen(visit(i))),
        cancelled: [seen(cancelled)],
        reader: 'person',
        deadlines: many(8, deadline),
        unitDeadlines: many(3, deadline),
        reportable: [1, 2, 3],
        notices: [notice(3), notice(undefined)],
        others: { visits: 2, tasks: 3, findings: 1 },
        waiting: many(12, (i) => ({
          finding: finding(i),
          what: i % 2 === 0 ? '等复查' : '等同意延期',
          until: i < 6 ? inDays(i - 3) : undefined,
        })),
      },
    ],
    'nothing to do, in a group': [
      {
        kind: 'linked',
        people: [person(0)],
        span: { from: today, to: inDays(13) },
        today,
        zone,
        visits: [],
        cancelled: [],
        deadlines: [],
        unitDeadlines: [],
        reportable: [],
        notices: [],
        waiting: [],
        reader: 'group',
        others: { visits: 2, tasks: 3, findings: 1 },
      },
    ],
    'who is not known': [{ kind: 'unlinked' }],
  }),
];
