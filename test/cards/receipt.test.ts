import { describe, expect, test } from 'vitest';
import { renderCard } from '../../src/cards/render.ts';
import type { Doc } from '../../src/cards/views.ts';
import { date, instantAt } from '../../src/domain/calendar/local-date.ts';
import {
  askReadersAt,
  HEARTBEAT,
  isClosed,
  mayAskReaders,
  type Notice,
  type NoticeReceiver,
  pushId,
} from '../../src/domain/notices/notice.ts';
import { checkCard } from '../../src/emulator/card-check.ts';
import { noticeCode, noticeName, receiptDoc, spokenCode } from '../../src/features/notices/notice-card.ts';
import { readPushTime } from '../../src/features/notices/push-time.ts';
import { NASTY as ALL } from './hostile.ts';

const NASTY = ALL.join(' ');
const zone = 'Asia/Shanghai';
const today = date('2026-04-20');
const nominalAt = instantAt(today, '08:30', zone);
const closesAt = instantAt(date('2026-04-21'), '00:00', zone);
const target = { chatId: 'oc_1', group: '工作群', unit: undefined, known: true };
const notice: Notice = {
  id: pushId('oc_1', nominalAt),
  push: { nominalAt, closesAt },
  words: `今日督导　${NASTY}`,
  sender: HEARTBEAT,
  sentAt: nominalAt + 60_000,
  targets: [target],
  version: 1,
};
const receiver = (openId: string, name: string, confirmedAt?: number): NoticeReceiver => ({
  openId,
  chatId: 'oc_1',
  name,
  linked: true,
  confirmedAt,
});
const receivers = [receiver('ou_1', '韩丙', nominalAt + 90_000), receiver('ou_2', NASTY)];
const view = { notice, receivers, chatId: 'oc_1', open: true, zone, today };
const push = (entries: number): Doc => ({
  title: '今日督导',
  tone: 'normal',
  summary: '今日督导',
  query: '通知 2026-04-20 08:30',
  live: ['visit:1'],
  blocks: [{ kind: 'entries', entries: Array.from({ length: entries }, (_, i) => ({ head: [`第${i}所学校`] })) }],
});
const pressed = '"query":"收到 2026-04-20 08:30"';

describe('a push that is confirmed', () => {
  test('has count, who is missing and the button below what it announces, where that fits', () => {
    const doc = receiptDoc(push(3), view);
    const { json, pages } = renderCard(doc);
    expect(pages).toBe(1);
    expect(json.indexOf('第2所学校')).toBeLessThan(json.indexOf('已收到 1&#47;2'));
    expect(json).toContain(pressed);
    expect(doc.live).toEqual(['visit:1', `notice:${notice.id}`]);
    expect(checkCard(json)).toEqual({ ok: true });
  });

  test('says how many have read it only when Lark was asked and somebody is missing', () => {
    const asked = { ...notice, targets: [{ ...target, readersAt: nominalAt + 3_600_000 }] };
    const json = (of: Partial<typeof view>) => renderCard(receiptDoc(push(3), { ...view, ...of })).json;
    expect(json({})).not.toContain('已读');
    expect(json({ notice: asked })).toContain('，已读 1');
    const [confirmed, missing] = receivers;
    if (!confirmed || !missing) throw new Error('two receivers');
    expect(json({ notice: asked, receivers: [confirmed, { ...missing, readAt: nominalAt + 1 }] })).toContain(
      '，已读 2',
    );
    expect(json({ notice: asked, receivers: [confirmed] })).not.toContain('已读');
  });

  test('Lark is asked for its readers ever more rarely, and never when it is over', () => {
    const sent = { sentAt: nominalAt };
    const minute = 60_000;
    expect(askReadersAt(sent, nominalAt + minute)).toBe(nominalAt + 31 * minute);
    expect(askReadersAt(sent, nominalAt + 240 * minute)).toBe(nominalAt + 300 * minute);
    expect(askReadersAt(sent, nominalAt + 6 * 1440 * minute)).toBeUndefined();
    expect(askReadersAt({ ...notice, sentAt: nominalAt }, closesAt - 29 * minute)).toBeUndefined();
    const week = 7 * 1440 * minute;
    expect([week - 1, week].map((ms) => mayAskReaders(sent, nominalAt + ms))).toEqual([true, false]);
  });

  test('has them above on the first page of a long one, where they are found', () => {
    const { json, pages } = renderCard(receiptDoc(push(16), view));
    expect(pages).toBe(2);
    expect(json).toContain(pressed);
    expect(json.indexOf('已收到')).toBeLessThan(json.indexOf('第0所学校'));
  });

  test('has no button once it is over, and asks nothing where nobody of the named is in the group', () => {
    expect(renderCard(receiptDoc(push(3), { ...view, open: false })).json).not.toContain(pressed);
    expect(receiptDoc(push(3), { ...view, receivers: [] })).toEqual(push(3));
    const unknown = { ...notice, targets: [{ ...target, known: false }] };
    expect(renderCard(receiptDoc(push(3), { ...view, notice: unknown, receivers: [] })).json).toContain('已收到 0 人');
  });
});

test('a notice is called by its number, a push by its words; a line names it by number, or day and time', () => {
  expect([noticeName({ number: 3, words: '开会' }), noticeName({ words: '今日督导' })]).toEqual([
    '通知 3',
    '“今日督导”',
  ]);
  expect([noticeCode({ number: 3 }, { zone }), noticeCode(notice, { zone })]).toEqual(['3', '2026-04-20 08:30']);
});

test('what a card tells people to type names the same push as its button does', () => {
  const spoken = spokenCode(notice, { zone });
  expect([spokenCode({ number: 3 }, { zone }), spoken]).toEqual(['3', '4月20日 08:30']);
  const read = (line: string, day: string) => readPushTime(line, { today: date(day), zone });
  expect(read(spoken, '2026-04-21')).toEqual({ from: nominalAt, before: nominalAt + 60_000 });
  expect(read(spoken, '2027-04-18')).toEqual(read(noticeCode(notice, { zone }), '2027-04-18'));
});

test('a push is over with its days; a notice a month after it was sent or was to be confirmed', () => {
  expect([isClosed(notice, closesAt - 1), isClosed(notice, closesAt)]).toEqual([false, true]);
  const month = 30 * 24 * 3_600_000;
  expect([isClosed({ sentAt: 0 }, month), isClosed({ sentAt: 0 }, month + 1)]).toEqual([false, true]);
  expect(isClosed({ sentAt: 0, confirmBy: month }, 2 * month)).toBe(false);
});
