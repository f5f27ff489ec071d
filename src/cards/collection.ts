import { describeDate } from '../domain/calendar/describe.ts';
import { type LocalDate, wallClock } from '../domain/calendar/local-date.ts';
import type { Collection } from '../domain/work/collection.ts';
import { taskName } from '../domain/work/task.ts';
import type { TaskState } from '../domain/work/task-board.ts';
import { joined, personInline } from './schedule.ts';
import { figureOf } from './task.ts';
import type { Block, Doc, Entry, Inline } from './views.ts';

interface Told {
  readonly zone: string;
  readonly today: LocalDate;
}

const leadOf = ({ task }: TaskState): string =>
  task.units
    .filter(({ role }) => role === 'lead')
    .map(({ written }) => written)
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
export const askingBlocks = ({ month, missing }: Collection, told: Told, calls: boolean): readonly Block[] => [
  { kind: 'text', text: [`请牵头单位报${month}进展，还有 ${missing.length} 项没有报：`] },
  { kind: 'entries', entries: missing.map((state) => missingEntry(state, told, calls)) },
  { kind: 'note', text: `报法：进展 T12 60% 已完成主体施工；没有变化也请报一次，例如：进展 T12 60% 无变化` },
];

/** 进展汇总: who has not, by unit, and what was reported. */
export const collectedBlocks = ({ month, reported, missing }: Collection): readonly Block[] => [
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
          press: { v: 1, op: 'show', query: `进展 ${taskName(task)}`, page: 1 },
        })),
      },
    ],
    footer: '也可以打字：进展 T12 60% 已完成主体施工',
  };
}
