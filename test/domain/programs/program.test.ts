import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, date, weekday } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { countdown, countedOn, datedOf, expectedOf, inOrder } from '../../../src/domain/programs/program.ts';
import { deadlines } from '../../../src/domain/tasks/deadline.ts';
import { NOT_PURSUED } from '../../../src/domain/tasks/pursuit.ts';
import { type Due, dueOn, type Task } from '../../../src/domain/tasks/task.ts';

const calendar = statutoryCalendar();
const dated = (day: string, name = '市级核查') => ({ name, due: date(day), dueText: '' });
const vague = { name: '省级评估', period: { from: date('2026-06-01'), to: date('2026-06-10') }, dueText: '6月初' };

test('a countdown leaves out holidays and counts swapped working days', () => {
  // 1 to 5 May is holiday, Saturday 9 May is worked.
  expect(countdown(dated('2026-05-11'), date('2026-04-30'), calendar)).toMatchObject({
    kind: 'day',
    workdays: 5,
    days: 11,
  });
  expect(countdown(dated('2026-05-11'), date('2026-05-11'), calendar)).toMatchObject({ workdays: 0, days: 0 });
  expect(countdown(dated('2026-05-11'), date('2026-05-12'), calendar)).toEqual({ kind: 'over' });
});

test('a vague milestone is counted to its first day as about, then may begin any day, then has lapsed', () => {
  const kindOn = (day: string) => countdown(vague, date(day), calendar).kind;
  expect(['2026-05-31', '2026-06-01', '2026-06-10', '2026-06-11'].map(kindOn)).toEqual([
    'about',
    'within',
    'within',
    'lapsed',
  ]);
  expect(countdown({ name: '国家认定', dueText: '待定' }, date('2026-06-01'), calendar)).toEqual({ kind: 'open' });
});

test('a year that is not announced is marked', () => {
  expect(countdown(dated('2031-05-11'), date('2026-04-30'), calendar)).toMatchObject({ provisional: true });
});

test('pushes count daily within the last ten working days, on the week’s first working day before, and never after', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 60 }), (before) => {
      const milestone = dated('2026-06-18');
      const day = addDays(date('2026-06-18'), -before);
      if (!calendar.isWorkday(day)) return;
      const left = countdown(milestone, day, calendar);
      const wanted = left.kind === 'day' && (left.workdays <= 10 || weekday(day) === 1 || day === '2026-05-06');
      expect(countedOn(milestone, day, calendar)).toBe(wanted);
    }),
  );
  // Vague ones weekly, however near.
  expect(countedOn(vague, date('2026-05-25'), calendar)).toBe(true);
  expect(countedOn(vague, date('2026-05-29'), calendar)).toBe(false);
  // Its days are over and the office has not said which it was: still weekly, for a month.
  expect(countedOn(vague, date('2026-06-15'), calendar)).toBe(true);
  expect(countedOn(vague, date('2026-07-13'), calendar)).toBe(false);
});

test('the end of a self-assessment is left to its own alert', () => {
  expect(countedOn(dated('2026-05-11', '县级自评'), date('2026-05-11'), calendar)).toBe(false);
});

test('milestones stand in the order of their days, those without any last', () => {
  const steps = inOrder([
    { name: '国家认定', dueText: '待定' },
    vague,
    dated('2026-06-05', '省级进驻'),
    dated('2026-04-08'),
  ]);
  expect(steps.map(({ name }) => name)).toEqual(['市级核查', '省级评估', '省级进驻', '国家认定']);
  expect([...datedOf(steps).keys()]).toEqual(['市级核查', '省级进驻']);
  expect([...expectedOf(steps)]).toEqual([['省级评估', { from: '2026-06-01', to: '2026-06-10' }]]);
});

test('what is due before a vague milestone is due about, and never overdue by a guess', () => {
  const task: Task = {
    id: 't',
    programId: 'p',
    program: '两项督导',
    code: '1',
    number: 1,
    kind: 'keyWork',
    title: '布置',
    state: 'open',
    level1: '',
    level2: '',
    veto: false,
    due: { kind: 'relative', event: '省级评估', offset: -3 },
    dueText: '',
    dayUnit: 'natural',
    requirement: '',
    evidence: '',
    note: '',
    units: [],
    people: [],
    ownRole: 'lead',
    measure: '',
    restricted: false,
    pursuit: NOT_PURSUED,
    steps: [],
    version: 1,
  };
  const on = (day: string, milestones = new Map()) =>
    deadlines(
      {
        tasks: [task],
        assessments: [],
        findings: [],
        milestones: new Map([['p', milestones]]),
        expected: new Map([['p', expectedOf([vague])]]),
      },
      date(day),
      calendar,
    )[0];
  expect(on('2026-05-26')).toMatchObject({ date: '2026-05-29', left: 3, approximate: true });
  // From then on it may be due any day, the days after the vague ones too, until nobody speaks of them any more.
  for (const day of ['2026-05-30', '2026-06-05', '2026-06-16'])
    expect(on(day)).toMatchObject({ date: day, left: 0, approximate: true });
  expect(on('2026-07-11')?.date).toBeUndefined();
  const exact = on('2026-06-06', new Map([['省级评估', date('2026-06-08')]]));
  expect(exact).toMatchObject({ date: '2026-06-05', left: -1 });
  expect(exact?.approximate).toBeUndefined();
});

test('市级核查前 is the last working day before it, and 前5个工作日 leaves the rest days out', () => {
  const milestones = new Map([['市级核查', date('2026-05-11')]]);
  const on = (due: Due) => dueOn(due, date('2026-04-20'), milestones, calendar);
  const event = '市级核查';
  // Monday 11 May; Saturday 9 May is worked, 1 to 5 May is holiday.
  expect(on({ kind: 'relative', event, offset: 0 })).toBe('2026-05-09');
  expect(on({ kind: 'relative', event, offset: -5, unit: 'working' })).toBe('2026-04-30');
  expect(on({ kind: 'relative', event, offset: -5 })).toBe('2026-05-06');
  expect(on({ kind: 'relative', event, offset: 5, unit: 'working' })).toBe('2026-05-18');
});
