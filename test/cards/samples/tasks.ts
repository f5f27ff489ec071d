import type { Collection } from '../../../src/domain/tasks/collection.ts';
import type { Deadline } from '../../../src/domain/tasks/deadline.ts';
import type { ProgressReport } from '../../../src/domain/tasks/progress.ts';
import { NOT_PURSUED } from '../../../src/domain/tasks/pursuit.ts';
import type { Task, TaskEntry, TaskUnit } from '../../../src/domain/tasks/task.ts';
import type { TaskState } from '../../../src/domain/tasks/task-board.ts';
import type { CountedTask } from '../../../src/domain/tasks/task-rates.ts';
import { askedDoc, missingDoc } from '../../../src/features/tasks/collection-card.ts';
import { deadlineDoc } from '../../../src/features/tasks/deadline-card.ts';
import {
  bulletinDoc,
  bulletinDraftDoc,
  confidentialDueDoc,
  draftsDoc,
  limitDraftDoc,
  unreachedDoc,
  urgedDoc,
} from '../../../src/features/tasks/pursuit-card.ts';
import { progressFormDoc, type TaskView, taskDoc, taskListDoc } from '../../../src/features/tasks/task-card.ts';
import { taskFormDoc } from '../../../src/features/tasks/task-form-card.ts';
import { taskSummaryDoc } from '../../../src/features/tasks/task-summary-card.ts';
import { at, inDays, named, today, told, unit } from './district.ts';
import { many, type Sample, sample, turn } from './sample.ts';

const TITLES = [
  '开展防溺水专题教育，逐生签订承诺书',
  '新建公办幼儿园12所，新增普惠性学位3600个',
  '化解义务教育学校大班额',
  '中小学校舍安全隐患排查整治，建立“一校一策”台账并按月更新，年底前全部销号',
];
const led = (index: number): TaskUnit => ({ role: 'lead', unit: unit(index), written: unit(index).name });
const SCHOOLS: TaskUnit = { role: 'assist', collective: 'schools', written: '各学校（幼儿园）' };

const task = (index: number, more: Partial<Task> = {}): Task => ({
  id: `task_${index}`,
  programId: 'program_1',
  program: '望海区迎接2026年“两项督导”',
  code: String(index + 1),
  kind: turn(['keyWork', 'livelihoodProject', 'decisionMatter'] as const, index),
  title: turn(TITLES, index),
  level1: '',
  level2: '',
  veto: index % 9 === 4,
  number: index + 1,
  state: 'open',
  due: { kind: 'date', date: inDays(index * 3 - 10) },
  dueText: '',
  dayUnit: 'working',
  requirement: '',
  evidence: '',
  note: '',
  units: [led(index), SCHOOLS],
  people: [named(index), named(index + 2)],
  ownRole: index % 3 === 2 ? 'assist' : 'lead',
  measure: '',
  restricted: false,
  pursuit: NOT_PURSUED,
  steps: [],
  version: 1,
  ...more,
});

const report = (index: number, more: Partial<ProgressReport> = {}): ProgressReport => ({
  id: `report_${index}`,
  taskId: 'task_1',
  at: at(inDays(index * 7 - 40), '16:20'),
  actor: `ou_person${index}`,
  percent: 10 + index * 10,
  words: `第${index + 1}次调度：已开工${index + 3}所`,
  correction: false,
  files: index % 2,
  ...more,
});

const LIGHTS: readonly TaskState['light'][] = [
  { light: 'red', why: '落后序时 31 个百分点' },
  { light: 'yellow', why: '节点“主体封顶”已过期' },
  { light: 'green' },
  undefined,
];
export const state = (index: number): TaskState => ({
  task: task(index),
  due: index % 5 === 3 ? undefined : inDays(index * 3 - 10),
  latest: index % 2 === 0 ? report(index % 6) : undefined,
  light: LIGHTS[index % LIGHTS.length],
  expected: 62,
});

export const deadline = (index: number): Deadline => {
  const left = index * 2 - 7;
  const { program, code, number, title, units, people, veto, ownRole } = task(index);
  return {
    source: 'task',
    program,
    code,
    number,
    title,
    units,
    people,
    veto,
    role: ownRole,
    dayUnit: 'working',
    ...(index % 10 === 9
      ? { dueText: index % 20 === 9 ? '立行立改' : '长期坚持', provisional: false }
      : { dueText: index % 7 === 6 ? '市级核查前5日' : '', date: inDays(left), left, provisional: index > 30 }),
    ...(index % 7 === 6 && { approximate: true }),
    ...(index % 8 === 3 && { finding: index }),
  };
};

const KINDERGARTENS = task(1, {
  target: 12,
  measure: '所',
  restricted: true,
  ownRole: 'lead',
  steps: [
    { name: '开工', due: inDays(-40), doneOn: inDays(-42) },
    { name: '主体封顶', due: inDays(-3) },
    { name: '竣工验收', due: inDays(120) },
  ],
});
const ENTRIES: readonly TaskEntry[] = (
  [
    ['limited', '', '5月8日', '催办后仍滞后'],
    ['due', '6月30日', '8月31日', '土地手续未办结'],
    ['handed', '青山县教育和体育局', '望海区教育局', ''],
    ['added', '', '', ''],
  ] as const
).map(([kind, before, after, reason], index) => ({
  id: `entry_${index}`,
  taskId: 'task_1',
  at: at(inDays(-5 * index - 1)),
  actor: index === 0 ? 'heartbeat' : 'ou_lvren',
  kind,
  before,
  after,
  reason,
}));
const NAMES = new Map([
  ['ou_lvren', '市教育局督导室 吕壬'],
  ['ou_person1', '望海区第一中学 林乙'],
]);
const LATEST = report(4, { percent: 66.7, amount: 8 });
const EVERYTHING = { report: true, close: true };
const story: TaskView = {
  ...told,
  state: { task: KINDERGARTENS, due: inDays(130), latest: LATEST, light: LIGHTS[0], expected: 97 },
  deadline: { ...deadline(1), date: inDays(130), left: 88 },
  reports: [LATEST, ...many(4, report)],
  entries: ENTRIES,
  names: NAMES,
  news: '已转为保密，只有承办人、下达人和督导室看得到。',
  rings: true,
  offers: EVERYTHING,
};
const DONE = task(2, { state: 'done', people: [], units: [led(2)] });

/** Every fifth is done. */
const counted = (index: number): CountedTask =>
  index % 5 === 0
    ? { state: { ...state(index), task: task(index, { state: 'done' }) }, doneOn: inDays(-index) }
    : { state: state(index) };

const collection: Collection = {
  month: '2026年4月',
  missing: many(9, state),
  reported: many(3, (i) => state(i * 2)),
  by: inDays(8),
  late: [{ state: state(4), on: inDays(-1) }],
};
const BULLETIN = [
  '关于“新建公办幼儿园12所”推进滞后情况的通报',
  '　　截至4月20日，由望海区教育局牵头的民生实事“新建公办幼儿园12所”完成8所，落后序时31个百分点。',
  '　　请立即整改，并于5月8日前报送整改情况。',
].join('\n');

export const taskSamples: readonly Sample[] = [
  sample(taskDoc, {
    'with a target, steps and a history': [story],
    done: [
      {
        ...told,
        offers: EVERYTHING,
        state: { task: DONE, latest: report(5, { percent: 100 }) },
        deadline: deadline(2),
        reports: [],
        entries: [],
        names: NAMES,
      },
    ],
    'late, with a correction and no target': [
      {
        ...told,
        offers: EVERYTHING,
        state: { task: task(0), due: inDays(-9), latest: report(2), light: LIGHTS[0] },
        deadline: deadline(0),
        entries: [],
        names: NAMES,
        reports: [report(2, { correction: true, words: '上次误报' }), report(1)],
      },
    ],
    'nothing reported, no day': [
      {
        ...told,
        state: { task: task(3, { code: 'T4', units: [] }) },
        reports: [],
        entries: [],
        names: NAMES,
        offers: { report: false, close: false },
        deadline: { ...deadline(9), title: task(3).title },
      },
    ],
  }),
  sample(taskListDoc, {
    'forty tasks': [{ ...told, title: '任务', about: '望海区', states: many(40, state), query: '任务 望海区' }],
    none: [{ ...told, title: '民生实事', about: '望海区', states: [], query: '民生实事 望海区' }],
  }),
  sample(progressFormDoc, {
    'with a target': [{ state: story.state, once: 'form_1' }],
    'by share, nothing reported': [{ state: { task: task(0) }, once: 'form_1' }],
  }),
  sample(taskSummaryDoc, {
    'by unit': [
      many(40, counted),
      { what: '民生实事', about: '云州市', by: 'unit', today, query: '汇总 民生实事 按单位' },
    ],
    'by program': [
      many(12, counted),
      { what: '任务', about: '望海区', by: 'program', today, query: '汇总 任务 按专项' },
    ],
    'by kind': [many(12, counted), { what: '任务', about: '望海区', by: 'kind', today, query: '汇总 任务 按类别' }],
    'by light': [
      many(12, (i) => ({ state: state(i) })),
      { what: '任务', about: '望海区', by: 'light', today, query: '汇总 任务 按亮灯' },
    ],
  }),
  sample(deadlineDoc, {
    'forty deadlines': [
      {
        about: '望海区',
        when: '本月',
        today,
        deadlines: many(40, deadline),
        undatedElsewhere: 3,
        unused: '食堂',
        query: '截止 本月 望海区',
      },
    ],
    none: [{ when: '未来7天', today, deadlines: [], undatedElsewhere: 0, unused: '', query: '截止' }],
  }),
  sample(taskFormDoc, { 'to be filled in': ['form_1'] }),
  sample(askedDoc, { 'seven tasks of one person': ['2026年4月', many(7, state), told] }),
  sample(missingDoc, {
    'nine tasks of the month': [collection, today],
    'without a day': [{ ...collection, by: undefined }, today],
  }),
  sample(urgedDoc, { 'seven tasks': [many(7, state), today] }),
  sample(unreachedDoc, {
    'two tasks': [many(2, state).map((one) => ({ ...one, tried: '望海区财政局（没有工作群，联络员未关联）' })), today],
    'without a lead': [many(1, state).map((one) => ({ ...one, tried: '' })), today],
  }),
  sample(confidentialDueDoc, { 'two tasks': [many(2, state), today] }),
  sample(draftsDoc, {
    'two that are red': [[limitDraftDoc(story.state, today, 'form_1'), limitDraftDoc(story.state, today, 'form_2')]],
  }),
  sample(limitDraftDoc, { 'of one that is red': [story.state, today, 'form_1'] }),
  sample(bulletinDraftDoc, { 'as it is proposed': [story.state, BULLETIN, 'form_1'] }),
  sample(bulletinDoc, { 'as those concerned read it': [{ number: 2 }, '云教督〔2026〕5号', BULLETIN] }),
];
