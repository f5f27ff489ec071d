import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registry } from '../../../commands/registry.ts';
import { enterDays, isEmpty, runsOf, withdrawDays } from '../../../src/domain/calendar/calendar-edit.ts';
import { date } from '../../../src/domain/calendar/local-date.ts';
import { readNotice } from '../../../src/domain/calendar/notice.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { type EnteredDay, NOTHING_ENTERED, workCalendar } from '../../../src/domain/calendar/work-calendar.ts';
import { confirmLine } from '../../../src/features/calendars/calendar-words.ts';
import { pastedNotice } from '../../../src/features/calendars/pasted-notice.ts';
import { UserError } from '../../../src/language/errors.ts';
import type { Form } from '../../../src/language/forms/form.ts';
import { formOf } from '../../../src/language/forms/forms.ts';
import { readForm } from '../../../src/language/forms/read-form.ts';
import { lookupIn } from '../../language/directory.ts';
import { meanings } from '../../language/said.ts';

/** Some of what people call the command. */
const NAMES = ['节假日', 'holiday', '放假', '放假通知'];

const calendar = statutoryCalendar();
const today = date('2026-11-20');
const formsOf = (command: string) => (registry.find(({ name }) => name === command)?.forms ?? []) as readonly Form[];
/** The arguments of a line of the command. */
async function ask(line: string, command = '节假日') {
  const { form, text } = formOf(formsOf(command), line);
  return (await readForm(form, text, { today, calendar, lookup: lookupIn() })).args;
}
const notice = (year: number) => readFileSync(new URL(`../../fixtures/notices/${year}.txt`, import.meta.url), 'utf8');

const rest = (day: string, name = ''): EnteredDay => ({ day: date(day), kind: 'rest', name });
const work = (day: string): EnteredDay => ({ day: date(day), kind: 'work', name: '' });

test.each([
  ['', { about: { year: undefined } }],
  ['安排', { about: { year: undefined } }],
  ['哪天补班', { about: { year: undefined } }],
  ['2027', { about: { year: 2027 } }],
  ['2027年', { about: { year: 2027 } }],
  ['明年放假安排', { about: { year: 2027 } }],
  ['10月8日上班', { about: { span: { from: '2026-10-08', to: '2026-10-08' } } }],
  ['10月8日要不要补班', { about: { span: { from: '2026-10-08', to: '2026-10-08' } } }],
  ['国庆放几天', { about: { span: { from: '2026-10-01', to: '2026-10-07' } } }],
  ['2027-02-14 班', { days: [work('2027-02-14')] }],
  ['录入 2027-02-14 班', { days: [work('2027-02-14')] }],
  ['2027年2月14日 补班', { days: [work('2027-02-14')] }],
  ['2月14日班', { days: [work('2027-02-14')] }],
  ['11月18日 休', { days: [rest('2026-11-18')] }],
  ['把2027-02-14改为班', { days: [work('2027-02-14')] }],
  ['2027-02-05 至 2027-02-06 休 春节', { days: [rest('2027-02-05', '春节'), rest('2027-02-06', '春节')] }],
  ['春节2027-02-05休', { days: [rest('2027-02-05', '春节')] }],
  ['2027-02-05、2027-02-08 休，2027-02-14 班', { days: [rest('2027-02-05'), rest('2027-02-08'), work('2027-02-14')] }],
  ['2027-02-05休2027-02-14班', { days: [rest('2027-02-05'), work('2027-02-14')] }],
  ['取消 2027-02-14', { withdrawn: { span: { from: '2027-02-14', to: '2027-02-14' } } }],
  ['取消 2027年', { withdrawn: { span: { from: '2027-01-01', to: '2027-12-31' }, year: 2027 } }],
])('“节假日 %s” asks for %o', async (line, wanted) => {
  expect(await ask(line)).toMatchObject(wanted);
});

test.each([
  ['10月8日上班吗'],
  ['10月10日要不要上班'],
  ['国庆节放几天假'],
  ['明天是工作日吗'],
  ['5月9日要上班'],
  ['2027年放假安排'],
  ['今年春节放假通知'],
  ['哪天补班'],
  ['节假日'],
  ['放假'],
  ['holiday 2027'],
  [notice(2026)],
  [`@督导助手 节假日 2026\n${notice(2026)}`],
])('“%s” is one line of 节假日', async (text) => {
  expect(await meanings(text, '2026-09-28')).toMatchObject([{ class: 'command', command: '节假日' }]);
});

test.each([['寒假什么时候'], ['什么时候开学'], ['校历 望海区'], ['什么时候放暑假'], ['第二学期']])(
  '“%s” is one line of 校历',
  async (text) => {
    expect(await meanings(text)).toMatchObject([{ class: 'command', command: '校历' }]);
  },
);

describe('the line that confirms a notice', () => {
  test.each([2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027])(
    'of %i fits into a button and says the same',
    async (year) => {
      const pasted = pastedNotice(notice(year), NAMES)?.replace(/^节假日 /, '') ?? '';
      const read = readNotice(pasted, { today });
      if ('refused' in read) throw new Error(read.refused);
      const runs = runsOf(read.days, (a, b) => a.kind === b.kind && a.name === b.name);
      const line = confirmLine(123_456, read.year, true, runs);
      expect(line.length).toBeLessThan(500);
      const confirmed = { version: 123_456, year, complete: true, days: read.days };
      expect(await ask(line.replace('节假日 ', ''))).toEqual({ confirmed });
    },
  );
});

describe('what is entered', () => {
  test('what the package knows is not kept, and a whole year replaces what was entered for it', () => {
    const read = readNotice(notice(2026), { today });
    if ('refused' in read) throw new Error(read.refused);
    expect(isEmpty(enterDays(calendar, NOTHING_ENTERED, read.days, 2026).edit)).toBe(true);
    const entries = { ...NOTHING_ENTERED, days: [rest('2026-03-02'), work('2027-02-14')] };
    expect(enterDays(calendar, entries, read.days, 2026).edit).toEqual({ entered: [], withdrawn: ['2026-03-02'] });
    expect(enterDays(calendar, entries, [work('2026-03-02')]).edit).toEqual({ entered: [], withdrawn: ['2026-03-02'] });
  });

  test('entering and taking back is nothing done, whatever is entered', () => {
    const days = fc.uniqueArray(
      fc.record({
        day: fc
          .integer({ min: 0, max: 500 })
          .map((n) => date(new Date(Date.UTC(2026, 9, 1) + n * 86_400_000).toISOString().slice(0, 10))),
        kind: fc.constantFrom('rest' as const, 'work' as const),
        name: fc.constant(''),
      }),
      { selector: ({ day }) => day, maxLength: 40 },
    );
    fc.assert(
      fc.property(days, (wanted) => {
        const { entries, calendar: after, changed } = enterDays(calendar, NOTHING_ENTERED, wanted);
        const by = workCalendar(calendar, entries, 1);
        for (const { day, kind } of wanted) {
          expect(by.isWorkday(day)).toBe(kind === 'work');
          expect(after.isWorkday(day)).toBe(kind === 'work');
        }
        for (const { day, to } of changed) expect(calendar.isWorkday(day)).toBe(to === 'rest');
        expect(isEmpty(enterDays(calendar, entries, wanted).edit)).toBe(true);
        const span = { from: date('2026-01-01'), to: date('2028-12-31') };
        expect(withdrawDays(calendar, entries, span).entries.days).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

test('no line breaks the reading: it is understood, or refused with a sentence', async () => {
  const pieces = fc.constantFrom(
    '2027-02-14',
    '2月30日',
    '至',
    '休',
    '班',
    '取消',
    '春节',
    '元旦：',
    '1月1日',
    '（周五）',
    '放假',
    '上班',
    '。',
    '、',
    '，',
    ' ',
    '\n',
    '确认',
    '3',
    '全年',
    '休春节20270205-20270212',
    '班20270214',
    '寒假',
    '第一学期',
    '2026-2027学年',
    '共3天',
    '99999999',
    '😀',
    '明年',
    '下周',
    '-',
  );
  const lines = fc.array(pieces, { maxLength: 12 }).map((words) => words.join(''));
  const only = async (read: () => unknown) => {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  };
  await fc.assert(
    fc.asyncProperty(lines, async (line) => {
      await only(() => ask(line));
      await only(() => ask(line, '校历'));
      pastedNotice(line, NAMES);
    }),
    { numRuns: 500 },
  );
});
