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
])('%s is due on %s', (text, on) => {
  expect(read(text).due).toMatchObject({ kind: 'date', date: on });
});
// Wednesday, 1 April 2026; 4 to 6 April is holiday.
test.each([
  ['4月3日18:00前', '2026-04-03', '18:00'],
  ['4月3日 下午5点前', '2026-04-03', '17:00'],
  ['2026-04-03 9:30', '2026-04-03', '09:30'],
  ['4月3日下班前', '2026-04-03', '17:30'],
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
  ['', { kind: 'none' }],
])('%s is the rule that it says', (text, due) => {
  expect(read(text).due).toEqual(due);
});
test('4月31日前 does not exist and is due on no day', () => {
  expect(read('4月31日前')).toMatchObject({ due: null, problem: 'impossible' });
});
test('a serial is a day', () => {
  expect(read(46171)).toMatchObject({ due: { kind: 'date', date: '2026-05-29' }, fromSerial: true });
});
