import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { deadlinesWithin, wrongDateWithin } from '../../src/language/words/dates-within.ts';
import { normalise } from '../../src/language/words/normalise.ts';
import { seats } from '../commands/seats.ts';

const dates = { today: date('2026-04-20'), calendar: statutoryCalendar() };

test.each([
  ['请于4月24日（周四）前报送', '前后不一致：4月24日（周五）'],
  ['4月24日星期四开会，请参加', '前后不一致'],
  ['请于4月15日前报送材料', '4月15日（周三），已经过了'],
  ['请于4月31日前报送材料', '没有“4月31日前”这一天'],
])('free words with a wrong date, %s, are told so', (words, says) => {
  expect(wrongDateWithin(normalise(words), dates)).toContain(says);
});

test.each([
  '根据4月10日会议要求，请于4月24日（周五）前报送',
  '截至4月15日已完成8所',
  '第2.11条，五一前，会前，三年内',
  '五月初五前后注意安全',
  '以前年度、前期工作',
])('free words whose dates are right, or facts, pass: %s', (words) => {
  expect(wrongDateWithin(normalise(words), dates)).toBeUndefined();
});

test('deadlines are found wherever they stand, facts and feasts are none', () => {
  const days = (words: string) => deadlinesWithin(normalise(words), dates).map(({ day }) => day);
  expect(days('4月28日前完成，5月8日17:00前整改')).toEqual(['2026-04-28', '2026-05-08']);
  expect(days('10个工作日内上报')).toEqual(['2026-05-07']);
  expect(days('4月10日检查发现，五一前整改，会前准备')).toEqual([]);
});

const { director } = seats();

test('a notice with a wrong date is not sent before a press, and one with a deadline says that nobody is reminded of it', async () => {
  const asked = await director.say('通知 望海区：请于4月24日（周四）前报送材料');
  expect(asked).toContain('还没有发送');
  expect(asked).toContain('按【照发】：run 通知 确认 望海区:请于4月24日(周四)前报送材料');
  expect(await director.order('通知 确认 望海区：请于4月24日（周四）前报送材料')).toContain('已发到');
  expect(await director.order('通知 望海区：请于5月2日前报送材料')).toContain(
    '文中的“5月2日前”（5月2日（周六，休息日））不会到期提醒',
  );
});

test('a task with a wrong date in its words is not given, and deadlines that are not its own are said', async () => {
  const task = (words: string) => `任务 新增 ${words} 牵头 望海区教育局`;
  expect(await director.say(task('请各单位4月24日（周四）前报送材料'))).toContain('没有下达。任务内容里的“4月24日');
  const answer = await director.order(task('报送报告，4月28日前完成，5月8日前整改'));
  expect(answer).toContain('“4月28日前”（4月28日（周二））、“5月8日前”（5月8日（周五））没有作为截止');
  expect(answer).toMatch(/按【截止改为4月28日（周二）】：run 任务 改期 T\d+ 2026-04-28 原因/);
});
