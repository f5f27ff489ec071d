import { enterDays } from '../../../src/domain/calendar/calendar-edit.ts';
import { addDays, date } from '../../../src/domain/calendar/local-date.ts';
import { SCHOOL_PARTS } from '../../../src/domain/calendar/school-year.ts';
import { type EnteredDay, NOTHING_ENTERED } from '../../../src/domain/calendar/work-calendar.ts';
import { countdown, type Milestone } from '../../../src/domain/programs/program.ts';
import { calendarDoc, noticePreviewDoc } from '../../../src/features/calendars/calendar-card.ts';
import { schoolCalendarDoc } from '../../../src/features/calendars/school-calendar-card.ts';
import { askDayDoc, type Counted, countdownDoc } from '../../../src/features/programs/countdown-card.ts';
import { milestoneMovedDoc, programsDoc, roadmapDoc } from '../../../src/features/programs/programs-card.ts';
import { calendar, inDays, named, today, unit } from './district.ts';
import { many, type Sample, sample, turn } from './sample.ts';

const SPRING: readonly EnteredDay[] = [
  ...many(8, (i) => ({ day: addDays(date('2027-02-05'), i), kind: 'rest', name: '春节' }) as const),
  { day: date('2027-02-14'), kind: 'work', name: '' },
];
const CORRECTED: readonly EnteredDay[] = [
  { day: date('2026-05-06'), kind: 'rest', name: '劳动节' },
  { day: date('2026-05-16'), kind: 'work', name: '' },
];
const year = { today, calendar, isAdministrator: true };

const MILESTONES: readonly Milestone[] = [
  { name: '县级自评完成', due: inDays(-6), dueText: '4月14日' },
  { name: '进驻动员会', due: today, dueText: '4月20日' },
  { name: '市级核查', due: inDays(3), dueText: '4月23日' },
  { name: '省级实地督导检查暨满意度问卷调查（含家长、教师、学生三类）', due: inDays(300), dueText: '2027年2月14日' },
  { name: '反馈意见', period: { from: inDays(11), to: inDays(20) }, dueText: '5月上旬' },
  { name: '材料补报', period: { from: inDays(-2), to: inDays(2) }, dueText: '4月20日左右' },
  { name: '整改“回头看”', dueText: '待定' },
];
const counted = (program = ''): readonly Counted[] =>
  MILESTONES.map((step) => ({ program, step, left: countdown(step, today, calendar) }));
const PROGRAMS = ['2026年“两项督导”', '义务教育优质均衡发展县创建', '校园安全专项督导'];
const roadmap = { name: '2026年“两项督导”', unit: unit(0), archived: false, today, query: '专项 两项督导' };

export const calendarSamples: readonly Sample[] = [
  sample(calendarDoc, {
    'a year with corrections': [{ ...year, year: 2026, published: true, announced: false, entered: CORRECTED }],
    'a year that is not announced': [{ ...year, year: 2027, published: false, announced: false, entered: SPRING }],
    'a year that was entered': [
      { ...year, year: 2027, published: false, announced: true, entered: SPRING, isAdministrator: false },
    ],
  }),
  sample(noticePreviewDoc, {
    'what would change, looked at again': [
      {
        year: 2027,
        days: SPRING,
        missing: ['端午', '中秋'],
        again: true,
        today,
        edited: enterDays(calendar, NOTHING_ENTERED, SPRING, 2027),
        confirm: '节假日 确认 2027',
      },
    ],
    'nothing would': [
      {
        year: 2026,
        days: [],
        missing: [],
        again: false,
        today,
        edited: enterDays(calendar, NOTHING_ENTERED, []),
        confirm: '节假日 确认 2026',
      },
    ],
  }),
  sample(schoolCalendarDoc, {
    'a whole year': [
      {
        unit: '望海区第一中学',
        today,
        mayEnter: true,
        periods: SCHOOL_PARTS.map((part, i) => ({
          unitId: 'unit_0',
          schoolYear: 2025,
          part,
          of: unit(i % 2).name,
          from: addDays(date('2025-09-01'), i * 100),
          to: addDays(date('2025-09-01'), i * 100 + 90),
        })),
      },
    ],
    none: [{ unit: '望海区第一中学', periods: [], today, mayEnter: true }],
  }),
  sample(countdownDoc, {
    'of one program, with words that are none of it': [
      { counted: counted('2026年“两项督导”'), about: '望海区', missed: '国检', today, query: '倒计时 望海区' },
    ],
    none: [{ counted: [], about: '望海区', missed: '', today, query: '倒计时 望海区' }],
  }),
  sample(askDayDoc, {
    'its days begin, and deadlines hang on it': [
      {
        program: { name: PROGRAMS[0] ?? '', unit: unit(0) },
        step: { name: '市级核查', dueText: '5月上旬', period: { from: date('2026-05-01'), to: date('2026-05-10') } },
        asks: 'begun',
        hanging: 3,
        today,
      },
    ],
    'they are over': [
      {
        program: { name: PROGRAMS[1] ?? '', unit: unit(1) },
        step: { name: '省级评估', dueText: '', period: { from: date('2026-05-01'), to: date('2026-05-10') } },
        asks: 'over',
        hanging: 0,
        today,
      },
    ],
  }),
  sample(programsDoc, {
    'three that run': [
      {
        programs: PROGRAMS.map((name, i) => ({
          name,
          unit: unit(i),
          archived: false,
          checklist: i === 1 ? '优质均衡' : undefined,
          next: i === 2 ? undefined : turn(counted(), i + 2),
        })),
        archived: 2,
        listsArchived: false,
        isAdministrator: true,
      },
    ],
    archived: [
      {
        programs: [{ name: '2025年“两项督导”', unit: unit(0), archived: true }],
        archived: 0,
        listsArchived: true,
        isAdministrator: false,
      },
    ],
    none: [{ programs: [], archived: 1, listsArchived: false, isAdministrator: true }],
  }),
  sample(roadmapDoc, {
    'that runs': [
      {
        ...roadmap,
        checklist: '义务教育优质均衡发展评估细则',
        steps: counted(),
        participants: ['望海区教育局', '各乡镇（街道）', '各学校（幼儿园）'],
        progress: ['督导安排：已完成 8 次，共 20 次。', '任务：已办结 12 项，共 40 项，逾期 2 项。'],
      },
    ],
    archived: [{ ...roadmap, archived: true, steps: [], participants: [], progress: [] }],
  }),
  sample(milestoneMovedDoc, {
    'twenty deadlines with it': [
      '2026年“两项督导”',
      { name: '市级核查', before: MILESTONES[4], after: MILESTONES[2] },
      many(20, (i) => ({
        title: `归集佐证材料（第${i + 1}类）`,
        dueText: i % 2 === 0 ? '市级核查前5日' : '',
        before: i % 3 === 2 ? undefined : { date: inDays(6), approximate: true },
        after: i % 5 === 4 ? undefined : { date: inDays(-2 + i), approximate: false },
        people: i % 2 === 0 ? [named(i), named(i + 1)] : [],
      })),
      today,
    ],
    'it is new': ['2026年“两项督导”', { name: '市级核查', after: MILESTONES[2] }, [], today],
    'it is gone': ['2026年“两项督导”', { name: '市级核查', before: MILESTONES[2] }, [], today],
  }),
];
