import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { readWrittenDue } from '../../src/excel/written-due.ts';

const calendar = statutoryCalendar();
const read = (value: string | number) => readWrittenDue({ value }, 2026, date('2026-04-01'), calendar);

test.each([
  ['4月3日前', '2026-04-03'],
  ['4月10日之前', '2026-04-10'],
  ['2026-04-10', '2026-04-10'],
  ['4月3日18:00前', '2026-04-03'],
  ['4月上旬', '2026-04-10'],
  ['4月13日-15日', '2026-04-15'],
  ['5月底', '2026-05-31'],
  ['3月底前', '2026-03-31'],
  ['6月份', '2026-06-30'],
  ['月底前', '2026-04-30'],
  ['年底前', '2026-12-31'],
  ['2027年底前', '2027-12-31'],
  ['2027年年底', '2027-12-31'],
  ['五一前', '2026-04-30'],
  ['国庆节前', '2026-09-30'],
  ['2026.05', '2026-05-31'],
  [2026.05, '2026-05-31'],
  [2026.12, '2026-12-31'],
  ['2026-05前', '2026-05-31'],
  ['五月底', '2026-05-31'],
  ['五月底前完成', '2026-05-31'],
  ['五月三十一日前', '2026-05-31'],
  ['二〇二六年五月三十一日', '2026-05-31'],
  ['四月中旬', '2026-04-20'],
  ['十二月份', '2026-12-31'],
  ['务于5月10日前报送', '2026-05-10'],
  ['最迟5月10日', '2026-05-10'],
  ['二季度末', '2026-06-30'],
  ['第三季度', '2026-09-30'],
  ['2026年4季度前', '2026-12-31'],
  ['上半年', '2026-06-30'],
  ['本周五前', '2026-04-03'],
  ['自即日起15日内', '2026-04-16'],
])('%s is due on %s', (text, on) => {
  expect(read(text).due).toMatchObject({ kind: 'date', date: on });
});
// Wednesday, 1 April 2026; 4 to 6 April is holiday.
test.each([
  ['4月3日18:00前', '2026-04-03', '18:00'],
  ['4月3日 下午5点前', '2026-04-03', '17:00'],
  ['2026-04-03 9:30', '2026-04-03', '09:30'],
  ['4月3日下班前', '2026-04-03', '17:30'],
  ['本周五下班前', '2026-04-03', '17:30'],
  ['四月三日下午5点前', '2026-04-03', '17:00'],
])('%s keeps its hour', (text, on, time) => {
  expect(read(text).due).toEqual({ kind: 'date', date: on, time });
});
test.each([
  ['5个工作日内', '2026-04-09', 'working'],
  ['五个工作日内完成', '2026-04-09', 'working'],
  ['5个自然日内', '2026-04-06', 'natural'],
  ['15日内', '2026-04-16', 'natural'],
])('%s counts from the import', (text, on, unit) => {
  expect(read(text)).toMatchObject({ due: { kind: 'date', date: on }, unit });
});
test('a weekday beside the day is kept for the complaint', () => {
  expect(read('4月24日（周四）前')).toMatchObject({ due: { date: '2026-04-24' }, weekday: '周四' });
});
test.each([
  ['每月25日前', { kind: 'monthly', day: 25 }],
  ['每月底', { kind: 'monthly', day: 31 }],
  ['按季度报送', { kind: 'quarterly' }],
  ['长期坚持', { kind: 'ongoing' }],
  ['立行立改', { kind: 'immediate' }],
  ['省督导组进驻前3日', { kind: 'relative', event: '省督导组进驻', offset: -3 }],
  ['进驻前5个工作日', { kind: 'relative', event: '进驻', offset: -5, unit: 'working' }],
  ['反馈后十个工作日内', { kind: 'relative', event: '反馈', offset: 10, unit: 'working' }],
  ['反馈后5个自然日内', { kind: 'relative', event: '反馈', offset: 5 }],
  ['市级核查前', { kind: 'relative', event: '市级核查', offset: 0 }],
  ['反馈意见印发后15日内', { kind: 'relative', event: '反馈意见印发', offset: 15 }],
  ['另行通知', { kind: 'none' }],
  ['学期末', { kind: 'none' }],
  ['尽快', { kind: 'none' }],
  ['五月初五', { kind: 'none' }],
  ['农历四月二十日', { kind: 'none' }],
  ['每季度末', { kind: 'quarterly' }],
  ['一季度报一次', { kind: 'quarterly' }],
  ['每月二十五日前', { kind: 'monthly', day: 25 }],
  ['即日', { kind: 'immediate' }],
  ['', { kind: 'none' }],
])('%s is the rule that it says', (text, due) => {
  expect(read(text).due).toEqual(due);
});
test('4月31日前 does not exist and is due on no day', () => {
  expect(read('4月31日前')).toMatchObject({ due: null, problem: 'impossible' });
});
test('2026.1 of a number may be October, whose zero Excel does not keep', () => {
  expect(read(2026.1)).toMatchObject({ due: null, problem: 'ambiguous' });
});
test('a serial is a day', () => {
  expect(read(46171)).toMatchObject({ due: { kind: 'date', date: '2026-05-29' }, fromSerial: true });
});
