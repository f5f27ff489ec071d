import { monthOf, wallClock, yearOf } from '../../domain/calendar/local-date.ts';
import type { SheetCell } from '../../domain/imports/sheet.ts';
import type { ProgressReport } from '../../domain/tasks/progress.ts';
import { type Task, taskName } from '../../domain/tasks/task.ts';
import { standing, type TaskState } from '../../domain/tasks/task-board.ts';
import type { AskedTasks, ListReader, ListRequest } from '../../language/workbooks.ts';
import { figureOf, KIND_WORD, LIGHT_WORD } from '../tasks/task-card.ts';
import { column, type List, type ListSource, LONGEST_LEDGER, NUMBER, statements } from './list.ts';

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
  request: Extract<ListRequest, { kind: 'progress' }>,
  reader: ListReader,
): Promise<List> {
  const { store, zone } = source;
  const { about, today, scope } = reader;
  const tasks = await askedTasks(source, request, reader);
  const [reports, programs] = await Promise.all([store.progress(tasks.map(({ id }) => id)), store.programs(scope)]);
  const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
  const byTask = Map.groupBy(reports, ({ taskId }) => taskId);
  const months = Array.from({ length: monthOf(today) }, (_, at) => at + 1);
  const title = `${about.name}${yearOf(today)}年${request.of ? KIND_WORD[request.of] : '任务'}进展调度表`;
  const rows = standing(tasks, { reports, milestones, today, zone }).map((state, at) =>
    cells(state, at + 1, byMonth(byTask.get(state.task.id) ?? [], state.task, months, yearOf(today), zone), zone),
  );
  return {
    name: title,
    most: LONGEST_LEDGER,
    sheet: {
      title,
      statements: statements(reader),
      rows,
      columns: [...BEFORE, ...months.map((month) => column(`${month}月`, 12)), ...AFTER],
      notes: ['注：各月一栏是到月底为止的累计；没有报的月份空着。'],
    },
  };
}

const BEFORE = [
  NUMBER,
  column('任务编号', 9),
  column('类别', 14),
  column('事项名称', 36),
  column('专项', 24),
  column('牵头单位', 22),
  column('责任人', 12),
  column('年度目标', 10),
  column('计量单位', 9),
  column('完成时限', 16),
];
const AFTER = [
  column('完成率（%）', 10),
  column('序时进度（%）', 11),
  column('亮灯', 8),
  column('状态', 9),
  column('进展情况', 44),
  column('上报日期', 14),
  column('备注', 20),
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

function cells(
  { task, due, latest, light, expected }: TaskState,
  at: number,
  months: readonly SheetCell[],
  zone: string,
): readonly SheetCell[] {
  const leads = task.units.filter(({ role }) => role === 'lead').map(({ written }) => written);
  const done = task.state === 'done';
  return [
    at,
    taskName(task),
    KIND_WORD[task.kind],
    task.title,
    task.program,
    leads.join('、'),
    task.people.map(({ name }) => name).join('、'),
    task.target,
    task.measure,
    task.due.kind === 'date' && due ? { date: due } : task.dueText,
    ...months,
    latest?.percent,
    expected,
    light && !done ? LIGHT_WORD[light.light] : '',
    done ? '已办结' : '进行中',
    latest?.words,
    latest && { date: wallClock(latest.at, zone).date },
    [task.restricted && '保密，勿外传', !done && light?.why].filter(Boolean).join('；'),
  ];
}
