import { yearOf } from '../../domain/calendar/local-date.ts';
import type { SheetCell } from '../../domain/imports/sheet.ts';
import { type Task, taskName } from '../../domain/tasks/task.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import type { IndicatorRow, TaskRow } from '../../ports/rows.ts';
import { column, type List, type ListSource, NUMBER, statements } from './list.ts';
import { askedTasks } from './progress-list.ts';

/** 任务台账, a workbook for each program, as 导入 takes one program at a time. The title names the unit that runs it, by which 导入 finds it again. */
export async function taskLists(
  source: ListSource,
  request: Extract<ListRequest, { kind: 'tasks' }>,
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
    const year = commonYear(rows) ?? yearOf(reader.today);
    lists.push({
      name: `${program.unit.name}“${program.name}”任务分解表`,
      sheet: {
        title: `${program.unit.name}“${program.name}”任务分解表（${year}年）`,
        statements: statements(reader),
        columns: state === undefined ? TASK_COLUMNS : [...TASK_COLUMNS, ...STANDING],
        rows: ordered.map((row) => [
          ...taskCells(row, indicators.get(row.indicatorId ?? '')),
          ...(state === undefined ? [] : standingOf(visible.get(row.id))),
        ]),
      },
    });
  }
  return lists;
}

export const TASK_COLUMNS = [
  NUMBER,
  column('一级指标', 16),
  column('二级指标', 20),
  column('评估标准', 48),
  column('分值', 7),
  column('牵头单位', 22),
  column('配合单位', 26),
  column('责任人', 12),
  { ...column('完成时限', 16), date: true } as const,
  column('计日', 9, ['工作日', '自然日']),
  column('佐证材料', 30),
  column('备注', 20),
];

/** Beside what 导入 takes back, where done tasks are among the rows. */
const STANDING = [column('任务编号', 9), column('办理状态', 10)];
const standingOf = (task: Task | undefined): readonly SheetCell[] =>
  task ? [taskName(task), task.state === 'done' ? '已办结' : '进行中'] : [];

function taskCells(task: TaskRow, indicator: IndicatorRow | undefined): readonly SheetCell[] {
  const { code, level1, level2, title, due, dueText, dayUnit, evidence, note, people } = task;
  const units = (role: 'lead' | 'assist') =>
    task.units
      .filter((unit) => unit.role === role)
      .map(({ written }) => written)
      .join('、');
  return [
    /^\d{1,6}$/.test(code) ? Number(code) : code,
    level1,
    level2,
    indicator?.standard ?? title,
    indicator?.points,
    units('lead'),
    units('assist'),
    people.map(({ name }) => name).join('、'),
    // A date that was a date stays one; 4月底前 stays in its words.
    due.kind === 'date' && dueText === due.date ? { date: due.date } : dueText,
    dayUnit === 'natural' ? '自然日' : '工作日',
    evidence,
    note,
  ];
}

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
