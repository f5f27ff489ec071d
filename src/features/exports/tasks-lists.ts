import { yearOf } from '../../domain/calendar/local-date.ts';
import type { ListColumn } from '../../domain/imports/workbook-column.ts';
import { type Task, taskName } from '../../domain/tasks/task.ts';
import { TASK_COLUMNS, type TaskLine } from '../../domain/tasks/task-columns.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import type { IndicatorRow } from '../../ports/checklists.ts';
import type { TaskRow } from '../../ports/tasks.ts';
import { column, type List, type ListSource, statements, tableOf } from './list.ts';
import { askedTasks } from './progress-list.ts';

/** 任务台账, a workbook for each program, as 导入 takes one program at a time. The title names the unit that runs it, by which 导入 finds it again. */
export async function taskLists(
  source: ListSource,
  request: ListRequest<'tasks'>,
  reader: ListReader,
): Promise<readonly List[]> {
  const { store } = source;
  const { programId, state } = request;
  const [tasks, programs] = await Promise.all([askedTasks(source, request, reader), store.programs(reader.scope)]);
  const visible = new Map(tasks.map((task) => [task.id, task]));
  const lists: List[] = [];
  for (const program of programs.toSorted((a, b) => (a.unit.name < b.unit.name ? -1 : 1))) {
    if (programId !== undefined && program.id !== programId) continue;
    const rows = (await store.importedTasks(program.id)).filter(({ id }) => visible.has(id));
    if (rows.length === 0) continue;
    const indicators = new Map((await store.importedIndicators(`own_${program.id}`)).map((row) => [row.id, row]));
    const ordered = rows.toSorted((a, b) => placeOf(a, indicators) - placeOf(b, indicators));
    const lines = ordered.flatMap((row): StandingLine[] => {
      const task = visible.get(row.id);
      const indicator = indicators.get(row.indicatorId ?? '');
      const { standard, points } = indicator ?? {};
      return task ? [{ ...row, standard, points, number: task.number, state: task.state }] : [];
    });
    const year = commonYear(rows) ?? yearOf(reader.today);
    lists.push({
      name: `${program.unit.name}“${program.name}”任务分解表`,
      sheet: {
        title: `${program.unit.name}“${program.name}”任务分解表（${year}年）`,
        statements: statements(reader),
        ...tableOf<StandingLine>(state === undefined ? TASK_COLUMNS : [...TASK_COLUMNS, ...STANDING], lines),
      },
    });
  }
  return lists;
}

/** A task with how it stands, where done tasks are among the rows: beside what 导入 takes back. */
type StandingLine = TaskLine & Pick<Task, 'number' | 'state'>;
const STANDING: readonly ListColumn<StandingLine>[] = [
  column('任务编号', 9, taskName),
  column('办理状态', 10, ({ state }) => (state === 'done' ? '已办结' : '进行中')),
];

/** Tasks with an indicator of the office's own list come in its order; others by their number. */
const placeOf = ({ indicatorId, code }: TaskRow, indicators: ReadonlyMap<string, IndicatorRow>): number =>
  indicators.get(indicatorId ?? '')?.position ?? Number(/\d+/.exec(code)?.[0] ?? 0);

/** The year that a date without one means is the title's. */
function commonYear(rows: readonly TaskRow[]): number | undefined {
  const years = rows.flatMap(({ due, dueText }) =>
    due.kind === 'date' && !dueText.includes(String(yearOf(due.date))) ? [yearOf(due.date)] : [],
  );
  const counts = Map.groupBy(years, (year) => year);
  return [...counts].toSorted((a, b) => b[1].length - a[1].length)[0]?.[0];
}
