import type { Doc } from '../../../src/cards/views.ts';
import type { ReminderContent } from '../../../src/domain/reminders/contents.ts';
import type { PushTally } from '../../../src/domain/reminders/push-rates.ts';
import type { Recurrence } from '../../../src/domain/reminders/reminder.ts';
import type { Unsent, UnsentPush } from '../../../src/domain/reminders/self-alarm.ts';
import type { Clash } from '../../../src/domain/visits/clashes.ts';
import { statusDoc } from '../../../src/features/overview/status-card.ts';
import { withEveryoneOnFirstPage } from '../../../src/features/reminders/everyone-card.ts';
import { pushSummaryDoc } from '../../../src/features/reminders/push-summary-card.ts';
import { rehearsalDoc } from '../../../src/features/reminders/rehearsal-card.ts';
import { ruleFormDoc } from '../../../src/features/reminders/reminder-form-card.ts';
import { groupRulesDoc, remindersDoc, ruleDoc, sampleDoc } from '../../../src/features/reminders/reminders-card.ts';
import { missedPushesDoc, selfAlarmDoc } from '../../../src/features/reminders/self-alarm-card.ts';
import { pauseDoc, resumeDoc } from '../../../src/features/settings/pause-card.ts';
import { at, inDays, named, today, told, unit, visit, zone } from './district.ts';
import { many, type Sample, sample, turn } from './sample.ts';

const RECURRENCES: readonly Recurrence[] = [
  { kind: 'workdays' },
  { kind: 'weekdays', days: [1, 3, 5], restDays: 'forward', inTerm: true },
  { kind: 'weekdays', days: [1], restDays: 'skip', fortnight: today },
  { kind: 'firstWorkdayOfMonth', months: [1, 4, 7, 10] },
  { kind: 'monthDays', days: [10, 30, 31], restDays: 'back' },
  { kind: 'yearDays', days: ['09-01'], restDays: 'ignore' },
  { kind: 'daily' },
];
const CONTENTS: readonly ReminderContent[] = ['day', 'week', 'month', 'deadline', 'countdown', 'collect', 'collected'];
const rule = (index: number) => ({
  number: index + 1,
  recurrence: turn(RECURRENCES, index),
  content: turn(CONTENTS, index),
  ...({ time: index % 2 === 0 ? '08:30' : '16:00', nominalAt: at(inDays(index % 9), '08:30') } as const),
  enabled: index % 6 !== 5,
  until: index % 7 === 6 ? inDays(-1) : undefined,
  mention: turn(['responsible', 'nobody', 'everyone'] as const, index),
});
const ruleForm = { title: '修改提醒', once: 'form_1', subtitle: '望海区教育局' };
const place = { ...told, unit: '望海区教育局' };
const groups = many(5, (i) => ({
  group: { name: i === 1 ? '' : `望海区第${i + 1}督学责任区工作群`, unit: { name: unit(i).name } },
  rules: many(i + 2, (n) => ({ enabled: n !== 1 })),
}));
const choices = many(8, (i) => ({
  value: `望海区第${i + 1}督学责任区工作群`,
  text: `第${i + 1}督学责任区（${unit(i).name}）`,
}));

/** A push that calls so many people, and the whole group. */
const push = (people: number, calls: Doc['blocks'] = []): Doc => ({
  title: '今日督导　截止提醒',
  tone: 'late',
  summary: '今日督导 2 项，逾期 1 项',
  query: '推送 2026-04-20 08:30',
  blocks: [
    ...calls,
    { kind: 'section', text: '截止提醒' },
    {
      kind: 'entries',
      entries: many(people, (i) => ({
        head: [{ text: '逾期 2 个工作日', tone: 'late' }, ' ', { strong: '化解义务教育学校大班额' }],
        lines: [
          [`牵头：${unit(i).name}`],
          ['责任人：', { mention: { name: `${named(i).name}${i}`, openId: `ou_person${i}` } }],
        ],
      })),
    },
    { kind: 'fields', fields: [{ label: '联系', value: ['市教育局督导室'] }] },
    { kind: 'table', columns: [{ key: 'day', title: '日期' }], rows: [{ day: '4月21日' }] },
    { kind: 'note', text: '有变化请及时报。' },
  ],
  footer: '节假日安排尚未公布，暂按周末推算',
});
const EVERYONE: Doc['blocks'] = [{ kind: 'text', text: [{ mention: { name: '所有人', everyone: true } }, ' 请注意'] }];

const CLASHES: readonly Clash[] = [
  { kind: 'inspector', name: '陈甲', day: inDays(2), half: '上午', visits: [visit(0), visit(1)] },
  { kind: 'often', unit: unit(1), month: inDays(-19), cap: 2, visits: many(3, (i) => visit(i)) },
  { kind: 'restDay', visit: visit(3), day: inDays(11), holiday: '劳动节' },
  { kind: 'dueOnRestDay', title: '报送自查报告', program: '两项督导', day: inDays(5) },
  { kind: 'pushes', group: '望海区教育督导工作群', day: inDays(1), count: 4, cap: 3 },
];
const rehearsal = { ...told, span: { from: today, to: inDays(6) }, about: '本群', paused: false };

const unsent = (index: number): UnsentPush => ({
  chatId: `oc_${index % 3}`,
  group: index % 3 === 1 ? '' : `望海区第${(index % 3) + 1}督学责任区工作群`,
  nominalAt: at(today, index < 3 ? '08:30' : '09:00'),
  why: 'kept',
});
const WHYS: readonly Unsent[] = ['unfired', 'waiting', 'late', 'paused'];
const tally = (index: number, group: string): PushTally => ({
  group,
  outcome: turn(['sent', 'sent', 'late', 'missed'] as const, index),
  paused: index === 3,
  undelivered: index === 1,
  count: 10 + index,
});

export const reminderSamples: readonly Sample[] = [
  sample(remindersDoc, {
    'ten rules, in a direct chat': [
      many(10, (i) => ({ ...rule(i), leavesAt: i === 3 ? undefined : at(inDays(i), '08:33') })),
      { ...place, group: '望海区教育督导工作群', named: '在“望海区教育督导工作群”' },
    ],
    'none, in the group': [[], { ...place, group: '望海区教育督导工作群', named: '' }],
  }),
  sample(groupRulesDoc, { 'five groups of eight': [groups, choices, 'form_1'] }),
  sample(ruleDoc, {
    'by days of the month': [
      '已新增提醒',
      rule(4),
      many(5, (i) => at(inDays(10 * i + 1), '16:00')),
      { ...place, where: '本群', clock: '16:04', provisional: true, paused: false, also: [] },
    ],
    'only twice more': [
      '已修改提醒',
      rule(0),
      many(2, (i) => at(inDays(i + 1), '08:30')),
      {
        ...place,
        where: '群“望海区教育督导工作群”',
        clock: '08:33',
        provisional: false,
        paused: true,
        also: ['同一天会发两次。'],
      },
    ],
  }),
  sample(sampleDoc, { 'of a push that calls everybody': [push(2, EVERYONE), '将发到：望海区教育督导工作群。'] }),
  sample(ruleFormDoc, {
    'a new one, in a direct chat': [
      { title: '新增提醒', line: '提醒 新增', once: 'form_1', subtitle: '请选择群', groups: choices },
    ],
    ...Object.fromEntries(
      RECURRENCES.map(({ kind }, i) => [
        `to change number ${i + 1}: ${kind}`,
        [{ ...ruleForm, line: `提醒 修改 ${i + 1}`, rule: rule(i) }],
      ]),
    ),
  }),
  sample(withEveryoneOnFirstPage, { 'a push of twenty': [push(20)], 'a short one': [push(2)] }),
  sample(pauseDoc, {
    now: [{ since: at(today, '10:05'), already: false }, told],
    already: [{ since: at(inDays(-3), '10:05'), already: true }, told],
  }),
  sample(resumeDoc, {
    'twelve pushes did not leave': [
      {
        since: at(inDays(-2), '10:05'),
        waiting: 2,
        occurrences: many(12, (i) => ({
          group: `望海区第${i + 1}督学责任区工作群`,
          contents: CONTENTS.slice(0, (i % 3) + 1),
          nominalAt: at(inDays(-1), '08:30'),
        })),
      },
      told,
    ],
    'nothing missed': [{ since: at(today, '10:05'), waiting: 0, occurrences: [] }, told],
    'was not paused': [undefined, told],
  }),
  sample(rehearsalDoc, {
    'three messages and what to look at': [
      {
        ...rehearsal,
        clashes: CLASHES,
        pushes: many(3, (i) => ({
          group: { name: i === 1 ? '' : `望海区第${i + 1}督学责任区工作群`, unit: { name: unit(i).name } },
          sendAt: at(inDays(i), '08:33'),
          doc: push(i, i === 2 ? EVERYONE : []),
        })),
      },
    ],
    'nothing, paused': [{ ...rehearsal, clashes: [], pushes: [], paused: true }],
  }),
  sample(selfAlarmDoc, {
    'not delivered to three groups': ['kept', many(5, unsent), { ...told, alarm: '09:30' }],
    ...Object.fromEntries(
      WHYS.map((why) => [`of one group: ${why}`, [why, many(1, unsent), { ...told, alarm: '09:30' }]]),
    ),
  }),
  sample(missedPushesDoc, {
    'of three groups': [
      many(5, (index) => ({
        ...unsent(index),
        contents: [turn(CONTENTS, index), turn(CONTENTS, index + 1)],
        decidedAt: at(today, '18:31'),
      })),
      told,
    ],
  }),
  sample(pushSummaryDoc, {
    'by unit': [
      many(8, (i) => tally(i % 4, unit(Math.floor(i / 4)).name)),
      { about: '望海区', by: 'unit', query: '汇总 推送 望海区' },
    ],
    'by month': [many(4, (i) => tally(i, '2026-03')), { about: '云州市', by: 'month', query: '汇总 推送 按月份' }],
  }),
  sample(statusDoc, {
    'much to look after': [
      {
        about: '云州市',
        zone,
        today,
        boundGroups: 11,
        unboundGroups: 1,
        people: 246,
        unlinkedPeople: 31,
        waitingMessages: 5,
        sendingMessages: 2,
        lastSentAt: at(today, '08:36'),
        pausedAt: at(inDays(-1), '17:00'),
        keptMessages: many(3, (i) => ({ chatId: `oc_${i}`, reason: '机器人不在群里', at: at(today, '08:32') })),
        requests: [{ id: 'r1', who: '望海区教育局 陈甲' }],
        nextPushes: many(30, (i) => ({
          group: `望海区第${(i % 5) + 1}督学责任区工作群`,
          content: turn(CONTENTS, i),
          nominalAt: at(inDays(1 + Math.floor(i / 10)), '08:30'),
        })),
        years: [2025, 2026, 2027].map((year) => ({ year, known: year < 2027 })),
      },
    ],
    'a message not delivered': [
      {
        zone,
        today,
        boundGroups: 3,
        unboundGroups: 0,
        people: 40,
        unlinkedPeople: 0,
        waitingMessages: 0,
        sendingMessages: 0,
        requests: [],
        nextPushes: [],
        years: [{ year: 2026, known: false }],
        keptMessages: [{ chatId: 'oc_1', reason: '群已解散', at: at(today, '08:32') }],
      },
    ],
    'all well': [
      {
        zone,
        today,
        boundGroups: 3,
        unboundGroups: 0,
        people: 40,
        unlinkedPeople: 0,
        waitingMessages: 0,
        sendingMessages: 0,
        keptMessages: [],
        requests: [],
        nextPushes: [],
        years: [{ year: 2026, known: true }],
      },
    ],
  }),
];
