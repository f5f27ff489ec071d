import { heading, run, show, when } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import type { Block, Button, Doc, Entry, FormField, Inline, Tone } from '../../cards/views.ts';
import { describeDate, describeDue } from '../../domain/calendar/describe.ts';
import { describeDaysLeft } from '../../domain/calendar/due.ts';
import { daysBetween, type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { Action } from '../../domain/people/rights.ts';
import { type Deadline, isLateAt } from '../../domain/tasks/deadline.ts';
import type { Light } from '../../domain/tasks/light.ts';
import { figureText } from '../../domain/tasks/measure.ts';
import type { ProgressReport } from '../../domain/tasks/progress.ts';
import { leadUnitIds, type Task, type TaskEntry, taskName, taskSubject, unitWord } from '../../domain/tasks/task.ts';
import type { TaskState, TaskStory } from '../../domain/tasks/task-board.ts';
import { momentText } from '../groups/groups-card.ts';
import { joined, personInline } from '../visits/schedule-card.ts';
import { rowText } from './deadline-card.ts';

export const KIND_WORD: Readonly<Record<Task['kind'], string>> = {
  keyWork: '重点工作',
  decisionMatter: '重大决策事项',
  livelihoodProject: '民生实事',
};
export const LIGHT_WORD: Readonly<Record<Light, string>> = { green: '绿灯', yellow: '黄灯', red: '红灯' };
const LIGHT_TONE: Readonly<Record<Light, Tone>> = { green: 'done', yellow: 'soon', red: 'late' };

interface Told {
  readonly zone: string;
  readonly today: LocalDate;
}

/** Which of its buttons whoever reads the card may press. */
export interface TaskOffers {
  readonly report: boolean;
  readonly close: boolean;
}

export interface TaskView extends Told, TaskStory {
  readonly offers: TaskOffers;
  /** What just happened, as the first sentence. */
  readonly news?: string | undefined;
  /** The people are rung: when a task is given. */
  readonly rings?: boolean;
}

/** 任务 T12. */
export function taskDoc(view: TaskView): Doc {
  const { state, deadline, news, today, offers } = view;
  const { task, latest, light, expected } = state;
  const done = task.state === 'done';
  const standing = done ? '已办结' : `进展：${figureOf(task, latest)}`;
  const units = (role: 'lead' | 'assist') => task.units.filter((unit) => unit.role === role).map(unitWord);
  const fields: { label: string; value: Inline[] }[] = [
    { label: '任务', value: [{ strong: task.title }] },
    { label: '来源', value: [`${task.program}${rowText(task)}　${KIND_WORD[task.kind]}`] },
    { label: '牵头', value: [units('lead').join('、') || '未登记'] },
    ...(units('assist').length > 0 ? [{ label: '配合', value: [units('assist').join('、')] }] : []),
    ...(task.people.length > 0
      ? [
          {
            label: '责任人',
            value: [
              ...joined(
                task.people.map((person) => personInline(person, view.rings === true)),
                '',
              ),
            ],
          },
        ]
      : []),
    { label: '截止', value: [dueText(deadline, today, done)] },
    ...(task.requirement === '' ? [] : [{ label: '要求', value: [task.requirement] }]),
    ...(task.target === undefined ? [] : [{ label: '目标', value: [`${figureText(task.target)} ${task.measure}`] }]),
    ...(task.steps.length > 0 ? [{ label: '节点', value: stepsText(task, today) }] : []),
    { label: '进展', value: [progressText(task, latest, view)] },
    ...(light && !done
      ? [
          {
            label: '序时',
            value: [
              { text: LIGHT_WORD[light.light], tone: LIGHT_TONE[light.light] },
              `${light.why ? `　${light.why}` : ''}${expected === undefined ? '' : `（应到 ${expected}%）`}`,
            ],
          },
        ]
      : []),
  ];
  const history = historyOf(view);
  return {
    title: `任务 ${taskName(task)}`,
    tone: done ? 'done' : light ? LIGHT_TONE[light.light] : 'normal',
    ...(task.restricted && { tags: [{ text: '保密', tone: 'muted' }] }),
    summary: news ?? `${taskName(task)} ${task.title}　${standing}`,
    blocks: [
      ...(news ? [{ kind: 'text', text: [news] } as const] : []),
      { kind: 'fields', fields },
      ...(history.length > 0 ? ([heading('历次情况'), { kind: 'entries', entries: history }] as const) : []),
      ...buttonsOf(task, offers),
    ],
    ...footerOf(task, offers),
    query: `任务 ${taskName(task)}`,
    live: [taskSubject(task)],
  };
}

/** 开工 4月30日（已完成）；主体封顶 9月30日. */
const stepsText = ({ steps }: Task, today: LocalDate): Inline[] =>
  steps.flatMap(({ name, due, doneOn }, index): Inline[] => {
    const text = `${name} ${describeDate(due, today)}`;
    const late = doneOn === undefined && due < today;
    return [
      ...(index > 0 ? ['；'] : []),
      late ? { text: `${text}（已过期）`, tone: 'late' } : `${text}${doneOn ? '（已完成）' : ''}`,
    ];
  });

function buttonsOf(task: Task, offers: TaskOffers): readonly Block[] {
  const code = taskName(task);
  const on = { unitIds: leadUnitIds(task), responsible: task.people.flatMap(({ personId }) => personId ?? []) };
  // Who runs 各学校 is not said here: then whoever made the card has looked.
  const needs = (right: Action) => (on.unitIds.length > 0 ? { needs: { ...on, right } } : {});
  const order = (label: string, query: string) => ({ label, press: run(query), ...needs('task.close') }) as const;
  const buttons: readonly Button[] =
    task.state === 'done'
      ? [...(offers.close ? [order('重开', `任务 重开 ${code}`)] : [])]
      : [
          ...(offers.report
            ? [
                {
                  label: '报进展',
                  style: 'primary',
                  press: show(`进展 ${code}`),
                  ...needs('task.report'),
                } as const,
              ]
            : []),
          ...(offers.close ? [order('办结', `任务 完成 ${code}`)] : []),
        ];
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [];
}

function footerOf(task: Task, { report, close }: TaskOffers): Pick<Doc, 'footer'> {
  const code = taskName(task);
  if (task.state === 'done') return close ? { footer: `重开请发送：任务 重开 ${code} 原因` } : {};
  return report ? { footer: `报进展也可以打字：进展 ${code} 60% 已完成主体施工` } : {};
}

/** 60%, 8 所（66.7%）, 未报. */
export function figureOf(
  task: Pick<Task, 'measure'>,
  latest: Pick<ProgressReport, 'percent' | 'amount'> | undefined,
): string {
  if (latest?.amount !== undefined)
    return `${figureText(latest.amount)} ${task.measure}${latest.percent === undefined ? '' : `（${latest.percent}%）`}`;
  return latest?.percent === undefined ? '未报' : `${latest.percent}%`;
}

const progressText = (task: Task, latest: ProgressReport | undefined, { zone, today }: Told): string =>
  latest
    ? `${figureOf(task, latest)}${latest.words ? `　${latest.words}` : ''}（${describeDate(wallClock(latest.at, zone).date, today)}）`
    : '还没有报过';

/** 5月8日-10日: it is due on the last day, and the first one is not lost. */
const RANGE = /^(?!\d{4}-\d\d-\d\d$).*[\d日号]\s*(?:[-~–−―〜至到→]|—{1,2})\s*\d/;

function dueText(
  { date, time, restDay, left, dayUnit, dueText: written, approximate }: Deadline,
  today: LocalDate,
  done: boolean,
): Inline {
  if (date === undefined || left === undefined) return written || '没有固定日期';
  if (approximate && left === 0) return `${written}（日期未定）　随时可能截止`;
  const about = approximate ? '约 ' : '';
  const from = RANGE.test(written) ? `（原文：${written}）` : '';
  const day = `${about}${describeDue(date, time, today, restDay)}${from}`;
  if (done) return day;
  const text = `${day}　${about.trim()}${describeDaysLeft(left, dayUnit, daysBetween(today, date))}`;
  return left < 0 ? { text, tone: 'late' } : text;
}

const ENTRY_WORD: Readonly<Record<TaskEntry['kind'], string>> = {
  added: '下达',
  due: '改期',
  target: '改目标',
  done: '办结',
  reopened: '重开',
  handed: '转交',
  closedOff: '转为保密',
  openedUp: '解除保密',
  urged: '催办',
  limited: '限期整改',
  censured: '通报',
  eased: '赶上进度',
  step: '节点',
};

/** What a report added to the one before: words alone leave the figure as it was. */
function figureHead(task: Task, report: ProgressReport, before: ProgressReport | undefined): string {
  const figure = figureOf(task, report);
  if (figure === '未报') return '情况说明';
  return `${report.correction ? '更正为 ' : before && figureOf(task, before) === figure ? '仍是 ' : ''}${figure}`;
}

const lateMark = (head: string, isLate: boolean): Inline => (isLate ? { text: `${head}（迟报）`, tone: 'late' } : head);

function historyOf({ reports, entries, names, deadline, state: { task }, ...told }: TaskView): readonly Entry[] {
  const line = (at: Instant, actor: string, head: Inline, words: string): { at: Instant; entry: Entry } => ({
    at,
    entry: {
      head: [head],
      lines: [
        [`${momentText(at, told)}${names.get(actor) ? `　${names.get(actor)}` : ''}${words ? `　${words}` : ''}`],
      ],
    },
  });
  return [
    ...reports.map((report, index) =>
      line(
        report.at,
        report.actor,
        lateMark(figureHead(task, report, reports[index + 1]), isLateAt(deadline, report.at, told.zone)),
        [report.words, report.files > 0 && `附材料 ${report.files} 份`].filter(Boolean).join('　'),
      ),
    ),
    ...entries.map((entry) => {
      const changed =
        entry.before && entry.after ? `：${entry.before} → ${entry.after}` : entry.after ? `：${entry.after}` : '';
      return line(
        entry.at,
        entry.actor,
        `${ENTRY_WORD[entry.kind]}${changed}`,
        entry.reason && `原因：${entry.reason}`,
      );
    }),
  ]
    .toSorted((a, b) => b.at - a.at)
    .map(({ entry }) => entry);
}

export interface TaskListView extends Told {
  readonly title: string;
  readonly about?: string | undefined;
  readonly states: readonly TaskState[];
  readonly query: string;
  /** A part of the titles that was searched. */
  readonly keyword?: string;
  /** What may have been meant, where nothing was found. */
  readonly help?: string | undefined;
}

/** 任务, 民生实事 亮灯: red first where lights are asked for, as given otherwise. */
export function taskListDoc({ title, about, states, today, query, keyword, help }: TaskListView): Doc {
  if (states.length === 0)
    return plainDoc(
      title,
      keyword
        ? `${about ? `${about} ` : ''}没有标题里有“${keyword}”的任务。`
        : `${about ? `${about} ` : ''}没有这样的任务。`,
      {
        tone: 'muted',
        lines: [
          ...(help ? [help] : []),
          '发送“任务”看全部；新任务由管理员、督导员下达：任务 新增 内容 牵头 单位 截止 6月30日',
        ],
      },
    );
  const count = (light: Light) => states.filter((state) => state.light?.light === light).length;
  const lights = (['red', 'yellow', 'green'] as const).flatMap((light) =>
    count(light) > 0 ? [`${LIGHT_WORD[light]} ${count(light)}`] : [],
  );
  const sentence = `共 ${states.length} 项${lights.length > 0 ? `：${lights.join('、')}` : ''}`;
  return {
    title,
    ...(about && { subtitle: about }),
    tone: count('red') > 0 ? 'late' : count('yellow') > 0 ? 'soon' : 'normal',
    summary: sentence,
    blocks: [{ kind: 'text', text: [`${sentence}。`] }, ...listBlocks(states, today)],
    footer: '看一项：任务 T12；报进展：进展 T12 60% 已完成主体施工',
    query,
  };
}

/** 牵头 and 配合 apart. */
function listBlocks(states: readonly TaskState[], today: LocalDate): readonly Block[] {
  const part = (role: Task['ownRole']) => states.filter(({ task }) => task.ownRole === role);
  const entries = (some: readonly TaskState[]) =>
    ({ kind: 'entries', entries: some.map((state) => listEntry(state, today)) }) as const;
  const [lead, assist] = [part('lead'), part('assist')];
  return [
    ...when(lead.length > 0, heading(`牵头（${lead.length} 项）`), entries(lead)),
    ...when(assist.length > 0, heading(`配合（${assist.length} 项）`), entries(assist)),
  ];
}

function listEntry({ task, due, latest, light }: TaskState, today: LocalDate): Entry {
  const lead = task.units.filter(({ role }) => role === 'lead').map(unitWord);
  const head: Inline[] = [
    `${taskName(task)} `,
    ...(light ? [{ text: LIGHT_WORD[light.light], tone: LIGHT_TONE[light.light] } as const, ' '] : []),
    { strong: task.title },
  ];
  return {
    head,
    lines: [
      [
        `牵头：${lead.join('、') || '未登记'}　截止：${due ? describeDate(due, today) : task.dueText || '未定'}　进展：${task.state === 'done' ? '已办结' : figureOf(task, latest)}${light?.why ? `　${light.why}` : ''}`,
      ],
    ],
  };
}

/** 进展 T12 without a figure: a form, with what was said last to be edited. */
export function progressFormDoc(view: { readonly state: TaskState; readonly once: string }): Doc {
  const { task, latest } = view.state;
  const code = taskName(task);
  const figure: FormField =
    task.target === undefined
      ? {
          kind: 'number',
          name: 'percent',
          label: '进度（%）',
          as: '{}%',
          required: true,
          min: 0,
          max: 100,
          ...initial(latest?.percent),
        }
      : {
          kind: 'number',
          name: 'amount',
          label: `累计完成（${task.measure}）`,
          required: true,
          min: 0,
          as: `完成 {} ${task.measure}`,
          ...initial(latest?.amount),
        };
  return {
    title: `报进展 ${code}`,
    subtitle: task.title,
    tone: 'normal',
    summary: `报进展 ${code}：可以填表，也可以打字，例如：进展 ${code} 60% 已完成主体施工`,
    blocks: [
      { kind: 'text', text: [`上次：${figureOf(task, latest)}${latest?.words ? `　${latest.words}` : ''}`] },
      {
        kind: 'form',
        line: `进展 ${code}`,
        once: view.once,
        submit: '提交进展',
        fields: [
          figure,
          {
            kind: 'text',
            name: 'words',
            label: '进展情况',
            multiline: true,
            maxLength: 500,
            ...(latest?.words && { initial: latest.words }),
          },
        ],
      },
    ],
    footer: `也可以打字：进展 ${code} ${task.target === undefined ? '60%' : `完成 8 ${task.measure}`} 已完成主体施工`,
  };
}

const initial = (value: number | undefined) => (value === undefined ? {} : { initial: value });
