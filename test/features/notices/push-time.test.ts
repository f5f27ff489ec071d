import { describe, expect, test } from 'vitest';
import { date, instantAt, type LocalTime } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { readNoticePhrase } from '../../../src/features/notices/notice-phrase.ts';
import { readPushTime } from '../../../src/features/notices/push-time.ts';

const zone = 'Asia/Shanghai';
const today = date('2026-04-21');
const at = (day: string, time: LocalTime = '00:00') => instantAt(date(day), time, zone);
const DAY = 24 * 3_600_000;

describe('how a push is named', () => {
  test.each([
    ['4月20日', '2026-04-20'],
    ['4月20号', '2026-04-20'],
    ['4-20', '2026-04-20'],
    ['2026年4月20日', '2026-04-20'],
    ['2026-04-20', '2026-04-20'],
    ['4月20日的推送', '2026-04-20'],
    ['今天', '2026-04-21'],
    ['昨天的', '2026-04-20'],
    ['今天的日程', '2026-04-21'],
    // A day that has not come was last year's: nobody confirms what was not pushed.
    ['12月30日', '2025-12-30'],
    ['4月22日', '2026-04-22'],
  ])('%s is the whole day %s', (text, day) => {
    expect(readPushTime(text, { today, zone })).toEqual({ from: at(day), before: at(day) + DAY });
  });

  test.each([
    ['2026-04-20 08:30', '2026-04-20', '08:30'],
    ['2026-04-2008:30', '2026-04-20', '08:30'],
    ['4月20日 8:30', '2026-04-20', '08:30'],
    ['4月20日 16:05 的推送', '2026-04-20', '16:05'],
  ] as const)('%s is one minute', (text, day, time) => {
    expect(readPushTime(text, { today, zone })).toEqual({ from: at(day, time), before: at(day, time) + 60_000 });
  });

  test.each(['', '3', '明天9点开会', '4月20日开会', '2月30日', '13月1日', '2026', '今天下午开会'])(
    '“%s” names none',
    (text) => {
      expect(readPushTime(text, { today, zone })).toBeUndefined();
    },
  );
});

describe('a line of 通知', () => {
  const read = (text: string) =>
    readNoticePhrase(text, true, { now: at('2026-04-21', '10:00'), today, zone, calendar: statutoryCalendar() });

  test('asks who has not confirmed the push of a day, a notice, or the latest', () => {
    expect(read('谁没收到 4月20日')).toMatchObject({ verb: 'missing', push: { from: at('2026-04-20') } });
    expect(read('谁还没有签收 2026-04-20 08:30')).toMatchObject({ push: { from: at('2026-04-20', '08:30') } });
    expect(read('谁没收到 3')).toEqual({ verb: 'missing', number: 3, push: undefined });
    expect(read('谁没收到')).toEqual({ verb: 'missing', number: undefined, push: undefined });
  });

  test('shows a push by its time; what only begins with a day is said', () => {
    expect(read('2026-04-20 08:30')).toMatchObject({ verb: 'show', push: { from: at('2026-04-20', '08:30') } });
    expect(read('4月22日上午9点开会')).toMatchObject({ verb: 'send', words: '4月22日上午9点开会' });
  });
});
