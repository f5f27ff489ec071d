import type { Doc } from '../../../src/cards/views.ts';
import type { Notice, NoticeReceiver, NoticeTarget } from '../../../src/domain/notices/notice.ts';
import {
  missingDoc,
  noticeDoc,
  noticesDoc,
  receiptDoc,
  reminderDoc,
} from '../../../src/features/notices/notice-card.ts';
import { at, inDays, named, person, today, told, unit } from './district.ts';
import { many, type Sample, sample } from './sample.ts';

const target = (index: number, more: Partial<NoticeTarget> = {}): NoticeTarget => ({
  chatId: `oc_${index}`,
  group: index === 2 ? '' : `望海区教育督导工作群（${index + 1}群）`,
  unit: unit(index),
  known: true,
  readersAt: at(today, '11:00'),
  ...more,
});
const WORDS = '明天9点在区教育局一楼会议室召开校园安全工作例会，请各校安全负责人参加，并带上第一季度隐患台账。';

export const notice = (number: number | undefined, more: Partial<Notice> = {}): Notice => ({
  id: `notice_${number ?? 'push'}`,
  number,
  words: number === undefined ? '今日督导　4月20日（周一）' : WORDS,
  ...(number === undefined && { push: { nominalAt: at(today, '08:30'), closesAt: at(inDays(1), '00:00') } }),
  sender: 'ou_lvren',
  sentAt: at(today, '08:31'),
  confirmBy: number === undefined ? undefined : at(today, '17:00'),
  targets: [target(0), target(1), target(2, { known: false, readersAt: undefined })],
  version: 1,
  ...more,
});

/** Of twenty-four in two groups every fourth has confirmed, and of the others every second has read it. */
const receivers: readonly NoticeReceiver[] = many(24, (index) => ({
  openId: `ou_person${index}`,
  chatId: `oc_${index % 2}`,
  name: person(index).name,
  linked: index % 3 !== 0,
  unit: index % 6 === 5 ? undefined : unit(Math.floor(index / 4)),
  confirmedAt: index % 4 === 0 ? at(today, '09:05') : undefined,
  readAt: index % 2 ? at(today, '09:00') : undefined,
}));
const missing = receivers.filter(({ confirmedAt }) => confirmedAt === undefined);
const view = { ...told, notice: notice(3), receivers, senderName: '市教育局督导室 吕壬', open: true };

const { name, openId } = named(0);
const push = (visits: number): Doc => ({
  title: '今日督导',
  subtitle: '4月20日（周一）',
  tone: 'normal',
  summary: '今日督导　4月20日（周一）：1 项',
  blocks: [
    {
      kind: 'entries',
      entries: many(visits, (i) => ({
        head: ['上午 ', { strong: unit(i + 1).name }],
        lines: [['组长：', { mention: { name, openId } }]],
      })),
    },
  ],
  query: '推送 2026-04-20 08:30',
  live: ['visit:1'],
});

export const noticeSamples: readonly Sample[] = [
  sample(noticeDoc, {
    'what its sender sees': [{ ...view, news: '已发到 3 个群。' }],
    'in a group': [{ ...view, chatId: 'oc_0' }],
    'in the direct chat of one who has confirmed': [{ ...view, own: receivers[0] }],
    'a push, in the direct chat of one who has not': [{ ...view, notice: notice(undefined), own: receivers[1] }],
    'over, to the group whose members are not known': [{ ...view, open: false, chatId: 'oc_2' }],
  }),
  sample(receiptDoc, {
    'below a short push': [push(1), { ...view, notice: notice(undefined), chatId: 'oc_0' }],
    'above a long one, after a press': [
      push(20),
      { ...view, notice: notice(undefined), chatId: 'oc_0', news: '林乙 已收到。' },
    ],
    'nobody of the named is in the group': [
      push(1),
      { ...view, notice: notice(undefined), receivers: [], chatId: 'oc_0' },
    ],
  }),
  sample(missingDoc, {
    'in two groups': [{ ...view, others: ['通知 2：还有 1 人没有收到'] }],
    nobody: [{ ...view, receivers: receivers.slice(0, 1), chatId: 'oc_0' }],
    'members not known': [{ ...view, chatId: 'oc_2' }],
  }),
  sample(noticesDoc, {
    twelve: [many(12, (i) => ({ notice: notice(i + 1), receivers })), told],
    none: [[], told],
  }),
  sample(reminderDoc, {
    'of a notice': [notice(3), missing, at(today, '17:00'), told],
    'of a push': [notice(undefined), missing.slice(0, 2), at(today, '17:00'), told],
  }),
];
