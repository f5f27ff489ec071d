import { heading } from '../../cards/kit.ts';
import { type SummaryTable, tableOf } from '../../cards/summary-table.ts';
import type { Doc } from '../../cards/views.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { percent } from '../../domain/findings/rates.ts';
import {
  type CountedTask,
  type TaskDimension,
  type TaskFigures,
  taskFiguresOf,
} from '../../domain/tasks/task-rates.ts';
import { KIND_WORD } from './task-card.ts';

const DIMENSION_WORD: Readonly<Record<TaskDimension, string>> = {
  unit: '牵头单位',
  program: '专项',
  kind: '类别',
  light: '亮灯',
};

/** In which rows a task stands: one for each unit that leads it. */
function groupsOf({ state: { task, light } }: CountedTask, by: TaskDimension): readonly string[] {
  switch (by) {
    case 'unit': {
      const leads = task.units.filter(({ role }) => role === 'lead').map(({ unit, written }) => unit?.name ?? written);
      return leads.length > 0 ? [...new Set(leads)] : ['未登记'];
    }
    case 'program':
      return [task.program];
    case 'kind':
      return [KIND_WORD[task.kind]];
    case 'light':
      return [
        task.state === 'done'
          ? '已办结'
          : light
            ? { green: '绿灯', yellow: '黄灯', red: '红灯' }[light.light]
            : '不亮灯',
      ];
  }
}

interface Group {
  readonly name: string;
  readonly figures: TaskFigures;
}

function grouped(tasks: readonly CountedTask[], by: TaskDimension, today: LocalDate): readonly Group[] {
  const placed = tasks.flatMap((task) => groupsOf(task, by).map((name) => ({ name, task })));
  return [...Map.groupBy(placed, ({ name }) => name)]
    .map(([name, rows]) => ({
      name,
      figures: taskFiguresOf(
        rows.map(({ task }) => task),
        today,
      ),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A row for each unit that leads, program, kind or light. */
export function taskTable(tasks: readonly CountedTask[], by: TaskDimension, today: LocalDate): SummaryTable {
  const row = ({ name, figures }: Group) => [
    name,
    figures.total,
    figures.done,
    percent(figures.completion),
    figures.late,
    figures.behind,
    percent(figures.punctuality),
  ];
  return {
    headings: [DIMENSION_WORD[by], '任务', '已办结', '办结率', '逾期', '慢于序时', '按期办结率'],
    rows: grouped(tasks, by, today).map(row),
    total: row({ name: '合计', figures: taskFiguresOf(tasks, today) }),
    note: '办结率：已办结÷全部任务。按期办结率：按期办结÷（有完成时限的已办结+逾期）。慢于序时：未逾期的黄灯和红灯。几个单位牵头的任务，各单位都列，合计只算一次。不含保密任务和已归档专项的任务。',
  };
}

/** How the tasks stand: figures, by a dimension, and the lights. */
export function taskSummaryDoc(
  tasks: readonly CountedTask[],
  asked: {
    readonly what: string;
    readonly about: string;
    readonly by: TaskDimension;
    readonly today: LocalDate;
    readonly query: string;
  },
): Doc {
  const { what, about, by, today, query } = asked;
  const all = taskFiguresOf(tasks, today);
  const groups = grouped(tasks, by, today);
  const table = taskTable(tasks, by, today);
  return {
    title: `${what}汇总`,
    subtitle: about,
    tone: all.late > 0 ? 'late' : all.behind > 0 ? 'soon' : all.done === all.total ? 'done' : 'normal',
    summary: `${about}：${what} ${all.total} 项，已办结 ${all.done} 项，办结率 ${percent(all.completion)}，逾期 ${all.late} 项`,
    blocks: [
      {
        kind: 'fields',
        fields: [
          ['全部', `${all.total} 项`],
          ['已办结', `${all.done} 项，办结率 ${percent(all.completion)}`],
          ['逾期', `${all.late} 项，按期办结率 ${percent(all.punctuality)}`],
          ['慢于序时', `${all.behind} 项`],
        ].map(([label = '', value = '']) => ({ label, value: [value] })),
      },
      heading(`按${DIMENSION_WORD[by]}`),
      {
        kind: 'chart',
        title: `${what}（项）`,
        parts: groups.flatMap(({ name, figures: { total, done, late, behind } }) => [
          { bar: name, part: '已办结', value: done },
          { bar: name, part: '按序时', value: total - done - late - behind },
          { bar: name, part: '慢于序时', value: behind },
          { bar: name, part: '逾期', value: late },
        ]),
      },
      tableOf(table),
    ],
    footer: table.note,
    query,
  };
}
