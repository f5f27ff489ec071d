import { monthOf, wallClock, yearOf } from '../../domain/calendar/local-date.ts';
import type { SheetCell } from '../../domain/imports/sheet.ts';
import type { ListColumn } from '../../domain/imports/workbook-column.ts';
import type { ProgressReport } from '../../domain/tasks/progress.ts';
import { type Task, taskName } from '../../domain/tasks/task.ts';
import { computeTaskStates, type TaskState } from '../../domain/tasks/task-board.ts';
import type { AskedTasks, ListReader, ListRequest } from '../../language/workbooks.ts';
import { figureOf, KIND_WORD, LIGHT_WORD } from '../tasks/task-card.ts';
import { column, type List, type ListSource, LONGEST_LEDGER, NUMBER, statements, tableOf } from './list.ts';

/** The tasks that are meant, those of a kind, in a state or due within days only; a confidential one for whoever it is shown to. */
export async function askedTasks(
  { store }: ListSource,
  { unitId, programId, state, of, due }: AskedTasks,
  { scope, confidant }: ListReader,
): Promise<readonly Task[]> {
  const tasks = await store.tasks({ scope, unitId, programId, state, confidant, given: true });
  return tasks.filter((task) => {
    const day = task.due.kind === 'date' ? task.due.date : undefined;
    return (
      (of === undefined || task.kind === of) &&
      (due === undefined || (day !== undefined && day >= due.from && day <= due.to))
    );
  });
}

/** 进展调度表: what was reported by the end of each month of this year, and how each task stands now. */
export async function progressList(
  source: ListSource,
  request: ListRequest<'progress'>,
  reader: ListReader,
): Promise<readonly List[]> {
  const { store, zone, calendar } = source;
  const { about, today, scope } = reader;
  const tasks = await askedTasks(source, request, reader);
  const [reports, programs] = await Promise.all([store.progress(tasks.map(({ id }) => id)), store.programs(scope)]);
  const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
  const byTask = Map.groupBy(reports, ({ taskId }) => taskId);
  const months = Array.from({ length: monthOf(today) }, (_, at) => at + 1);
  const title = `${about.name}${yearOf(today)}年${request.of ? KIND_WORD[request.of] : '任务'}进展调度表`;
  const lines = computeTaskStates(tasks, { reports, milestones, today, zone, calendar }).map((state) => ({
    ...state,
    months: byMonth(byTask.get(state.task.id) ?? [], state.task, months, yearOf(today), zone),
  }));
  return [
    {
      name: title,
      most: LONGEST_LEDGER,
      sheet: {
        title,
        statements: statements(reader),
        ...tableOf(columns(months, zone), lines),
        notes: ['注：各月一栏是到月底为止的累计；没有报的月份空着。'],
      },
    },
  ];
}

interface ProgressLine extends TaskState {
  /** By month, from January; what was reported last in it. */
  readonly months: readonly SheetCell[];
}

const columns = (months: readonly number[], zone: string): readonly ListColumn<ProgressLine>[] => [
  NUMBER,
  column('任务编号', 9, ({ task }) => taskName(task)),
  column('类别', 14, ({ task }) => KIND_WORD[task.kind]),
  column('事项名称', 36, ({ task }) => task.title),
  column('专项', 24, ({ task }) => task.program),
  column('牵头单位', 22, ({ task }) =>
    task.units
      .filter(({ role }) => role === 'lead')
      .map(({ written }) => written)
      .join('、'),
  ),
  column('责任人', 12, ({ task }) => task.people.map(({ name }) => name).join('、')),
  column('年度目标', 10, ({ task }) => task.target),
  column('计量单位', 9, ({ task }) => task.measure),
  column('完成时限', 16, ({ task, due }) => (task.due.kind === 'date' && due ? { date: due } : task.dueText)),
  ...months.map((month) => column<ProgressLine>(`${month}月`, 12, (line) => line.months[month - 1])),
  column('完成率（%）', 10, ({ latest }) => latest?.percent),
  column('序时进度（%）', 11, ({ expected }) => expected),
  column('亮灯', 8, ({ task, light }) => (light && task.state !== 'done' ? LIGHT_WORD[light.light] : '')),
  column('状态', 9, ({ task }) => (task.state === 'done' ? '已办结' : '进行中')),
  column('进展情况', 44, ({ latest }) => latest?.words),
  column('上报日期', 14, ({ latest }) => latest && { date: wallClock(latest.at, zone).date }),
  column('备注', 20, ({ task, light }) =>
    [task.restricted && '保密，勿外传', task.state !== 'done' && light?.why].filter(Boolean).join('；'),
  ),
];

/** The last figure reported in each month. */
function byMonth(
  reports: readonly ProgressReport[],
  task: Task,
  months: readonly number[],
  year: number,
  zone: string,
): readonly SheetCell[] {
  const last = new Map<number, ProgressReport>();
  for (const report of reports) {
    const day = wallClock(report.at, zone).date;
    if (yearOf(day) === year) last.set(monthOf(day), report);
  }
  return months.map((month) => {
    const report = last.get(month);
    return report && figureOf(task, report);
  });
}
