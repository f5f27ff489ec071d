import { describe, expect, test } from 'vitest';
import { date, type LocalTime } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { deadlineClashes, pushClashes, visitClashes } from '../../../src/domain/visits/clashes.ts';
import type { Inspection } from '../../../src/domain/visits/inspection.ts';
import { clashText } from '../../../src/features/visits/clashes-card.ts';

const calendar = statutoryCalendar();
const today = date('2026-04-01');
const april = { from: today, to: date('2026-04-30') };

const visit = (
  number: number,
  unit: string,
  days: string,
  period: string,
  team: readonly string[],
  more: { state?: 'cancelled'; dateText?: string; starts?: LocalTime; ids?: readonly (string | undefined)[] } = {},
): Inspection => {
  const [from = '', to = from] = days.split('~');
  return {
    id: `i${number}`,
    number,
    state: more.state ?? 'planned',
    reason: '',
    unit: { id: unit, name: unit },
    from: date(from),
    to: date(to),
    dateText: more.dateText ?? '',
    period,
    starts: more.starts,
    beginsAt: 0,
    kind: '专项督导',
    topic: '',
    unannounced: false,
    contact: '',
    contactPhone: '',
    note: '',
    version: 1,
    team: team.map((name, seat) => ({
      role: seat === 0 ? 'leader' : 'member',
      name,
      personId: more.ids?.[seat] ?? name,
    })),
  };
};
const said = (...visits: readonly Inspection[]) =>
  visitClashes(visits, april, { calendar, monthlyVisits: 2 }).map((clash) => clashText(clash, today));

describe('an inspector', () => {
  test.each<[string, string, Partial<{ starts: LocalTime }>, boolean]>([
    ['上午', '上午', {}, true],
    ['上午', '下午', {}, false],
    ['全天', '下午', {}, true],
    ['', '上午', {}, true],
    ['', '上午', { starts: '14:30' }, false],
    ['晚上', '全天', {}, false],
  ])('in two units, %s and %s %j, clashes: %s', (one, other, more, clash) => {
    const clashes = said(
      visit(1, '甲镇', '2026-04-08', one, ['韩丙'], more),
      visit(2, '乙镇', '2026-04-08', other, ['李庚', '韩丙']),
    );
    expect(clashes.length > 0).toBe(clash);
  });

  test('is named with the half-day and both places', () => {
    expect(
      said(
        visit(1, '甲镇', '2026-04-08', '上午', ['韩丙']),
        visit(2, '乙镇', '2026-04-07~2026-04-09', '全天', ['韩丙']),
      ),
    ).toEqual(['韩丙 4月8日（周三）上午同时有 2 次督导：D1 甲镇、D2 乙镇']);
  });

  test('is not in two places by a cancelled visit, a vague day, two visits of one unit, or a namesake who is somebody else', () => {
    const first = visit(1, '甲镇', '2026-04-08', '上午', ['韩丙']);
    expect(said(first, visit(2, '乙镇', '2026-04-08', '上午', ['韩丙'], { state: 'cancelled' }))).toEqual([]);
    expect(said(first, visit(2, '乙镇', '2026-04-08', '上午', ['韩丙'], { dateText: '4月上旬' }))).toEqual([]);
    expect(said(first, visit(2, '甲镇', '2026-04-08', '上午', ['韩丙']))).toEqual([]);
    expect(said(first, visit(2, '乙镇', '2026-04-08', '上午', ['韩丙'], { ids: ['another'] }))).toEqual([]);
  });
});

test('a school with more visits in a month than the cap is named with them; an office is not', () => {
  const three = (unit: string) =>
    [2, 9, 16].map((day, at) => visit(at + 1, unit, `2026-04-${String(day).padStart(2, '0')}`, '上午', []));
  expect(said(...three('望海区第一中学'))).toEqual([
    '望海区第一中学 4月有 3 次督导，超过每校每月 2 次（减负）：D1、D2、D3',
  ]);
  expect(said(...three('望海区教育局'))).toEqual([]);
  expect(said(...three('望海区第一中学').slice(1), visit(4, '望海区第一中学', '2026-05-06', '上午', []))).toEqual([]);
});

test('a visit that begins or ends on a rest day is named with the holiday; a worked Saturday is none', () => {
  const may = { from: date('2026-05-01'), to: date('2026-05-31') };
  const rest = (days: string) =>
    visitClashes([visit(1, '甲镇', days, '上午', [])], may, { calendar, monthlyVisits: 2 }).map((clash) =>
      clashText(clash, today),
    );
  expect(rest('2026-05-04')).toEqual(['D1 甲镇 安排在5月4日（周一），是劳动节假期']);
  expect(rest('2026-05-16')).toEqual(['D1 甲镇 安排在5月16日（周六），是休息日']);
  expect(rest('2026-05-09')).toEqual([]);
  expect(rest('2026-05-14~2026-05-19')).toEqual([]);
});

test('a deadline on a rest day, and more messages in a day than the cap', () => {
  const due = (day: string) => ({ title: '报送自查报告', program: '两项督导', date: date(day) });
  expect(
    deadlineClashes([due('2026-04-05'), due('2026-04-07'), due('2026-05-02')], april, calendar).map((clash) =>
      clashText(clash, today),
    ),
  ).toEqual(['“报送自查报告”（两项督导）4月5日（周日）到期，是清明假期']);
  const push = (chatId: string, day: string) => ({ chatId, group: `群${chatId}`, day: date(day) });
  const pushes = [push('a', '2026-04-08'), push('a', '2026-04-08'), push('b', '2026-04-08'), push('a', '2026-04-09')];
  expect(pushClashes(pushes, 1).map((clash) => clashText(clash, today))).toEqual([
    '“群a”4月8日（周三）要发 2 条消息，超过每群每天 1 条',
  ]);
  expect(pushClashes(pushes, 2)).toEqual([]);
});
