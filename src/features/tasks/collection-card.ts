import type { Block, Doc, Entry, Inline } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import { type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { Collection } from '../../domain/tasks/collection.ts';
import { taskName, unitWord } from '../../domain/tasks/task.ts';
import type { TaskState } from '../../domain/tasks/task-board.ts';
import { joined, personInline } from '../visits/schedule-card.ts';
import { figureOf } from './task-card.ts';

interface Told {
  readonly zone: string;
  readonly today: LocalDate;
}

const leadOf = ({ task }: TaskState): string =>
  task.units
    .filter(({ role }) => role === 'lead')
    .map(unitWord)
    .join('、') || '未登记';

/** 上次：6 所（50%）　已有3所开园（3月20日）: to be edited into this month's. */
function lastInline({ task, latest }: TaskState, { zone, today }: Told): string {
  if (!latest) return '还没有报过';
  const when = describeDate(wallClock(latest.at, zone).date, today);
  return `上次：${figureOf(task, latest)}${latest.words ? `　${latest.words}` : ''}（${when}）`;
}

function missingEntry(state: TaskState, told: Told, calls: boolean): Entry {
  const { task } = state;
  const people: readonly Inline[] =
    task.people.length > 0
      ? [
          '　',
          ...joined(
            task.people.map((person) => personInline(person, calls)),
            '',
          ),
        ]
      : [];
  return {
    head: [`${taskName(task)} `, { strong: task.title }],
    lines: [[`${leadOf(state)}`, ...people], [lastInline(state, told)]],
  };
}

/** 进展催报: only those who have not reported this month; nobody else is troubled. */
export const askingBlocks = ({ month, missing, by }: Collection, told: Told, calls: boolean): readonly Block[] => [
  {
    kind: 'text',
    text: [
      `请牵头单位${by ? `在 ${describeDate(by, told.today)} 前` : ''}报${month}进展，还有 ${missing.length} 项没有报：`,
    ],
  },
  { kind: 'entries', entries: missing.map((state) => missingEntry(state, told, calls)) },
  { kind: 'note', text: `报法：进展 T12 60% 已完成主体施工；没有变化也请报一次，例如：进展 T12 60% 无变化` },
];

/** 进展汇总: who has not, by unit, and what was reported. */
export const collectedBlocks = (
  { month, reported, missing, late, by }: Collection,
  { today }: Told,
): readonly Block[] => [
  { kind: 'text', text: [{ strong: `${month}进展：已报 ${reported.length} 项，未报 ${missing.length} 项` }] },
  ...(missing.length > 0
    ? [
        { kind: 'heading', text: '未报的单位' } as const,
        {
          kind: 'entries',
          entries: [...Map.groupBy(missing, leadOf)].map(([unit, states]) => ({
            head: [{ strong: unit }, `　${states.map(({ task }) => `${taskName(task)} ${task.title}`).join('；')}`],
          })),
        } as const,
      ]
    : []),
  ...(late.length > 0 && by
    ? [
        { kind: 'heading', text: `迟报（报送日 ${describeDate(by, today)}）` } as const,
        {
          kind: 'entries',
          entries: late.map(({ state, on }) => ({
            head: [
              { strong: leadOf(state) },
              `　${taskName(state.task)} ${state.task.title}　${describeDate(on, today)}报`,
            ],
          })),
        } as const,
      ]
    : []),
  ...(reported.length > 0
    ? [
        { kind: 'heading', text: '已报的进展' } as const,
        {
          kind: 'entries',
          entries: reported.map((state) => ({
            head: [`${taskName(state.task)} `, { strong: state.task.title }, `　${figureOf(state.task, state.latest)}`],
            lines: [[`${leadOf(state)}${state.latest?.words ? `　${state.latest.words}` : ''}`]],
          })),
        } as const,
      ]
    : []),
];

/** Said to one person in the direct chat: their own tasks, each with a form. */
export function askedDoc(month: string, states: readonly TaskState[], told: Told): Doc {
  const shown = states.slice(0, 5);
  return {
    title: `请报${month}进展`,
    tone: 'soon',
    summary: `请报${month}进展：${states.length} 项`,
    blocks: [
      { kind: 'entries', entries: states.map((state) => missingEntry(state, told, false)) },
      {
        kind: 'buttons',
        buttons: shown.map(({ task }) => ({
          label: `报 ${taskName(task)}`,
          press: { v: 1, op: 'open', query: `进展 ${taskName(task)}`, page: 1 },
        })),
      },
    ],
    footer: '也可以打字：进展 T12 60% 已完成主体施工',
  };
}

/** To the office, some days before the day of reporting: what nobody has reported yet, by unit (S4.3). */
export function missingDoc({ month, missing, by }: Collection, today: LocalDate): Doc {
  const sentence = `${month}进展还有 ${missing.length} 项没有报${by ? `，报送日 ${describeDate(by, today)}` : ''}。`;
  return {
    title: '进展缺报清单',
    tone: 'soon',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [sentence] },
      {
        kind: 'entries',
        entries: [...Map.groupBy(missing, leadOf)].map(([unit, states]) => ({
          head: [{ strong: unit }],
          lines: states.map(({ task }) => [`${taskName(task)} ${task.title}`]),
        })),
      },
    ],
    footer: '催一项：任务 催办 T12；全部进展：进展',
  };
}
