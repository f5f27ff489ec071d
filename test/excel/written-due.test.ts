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
  expect(read(text).due).toEqual({ kind: 'date', date: on });
});
test.each([
  ['每月25日前', { kind: 'monthly', day: 25 }],
  ['每月底', { kind: 'monthly', day: 31 }],
  ['按季度报送', { kind: 'quarterly' }],
  ['长期坚持', { kind: 'ongoing' }],
  ['立行立改', { kind: 'immediate' }],
  ['省督导组进驻前3日', { kind: 'relative', event: '省督导组进驻', offset: -3 }],
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
