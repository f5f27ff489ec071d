import { ASSESSMENT_SHAPE } from '../checklists/assessment-columns.ts';
import { DIRECTORY_SHAPE } from '../people/directory-columns.ts';
import { TASKS_SHAPE } from '../tasks/task-columns.ts';
import { VISITS_SHAPE } from '../visits/visit-columns.ts';
import { inOneCell, type WorkbookShape } from './workbook-column.ts';

export type WorkbookKind = 'schedule' | 'tasks' | 'assessment' | 'directory';

/** The workbooks that are read. Of two kinds that fit a table as well the upper one is meant. */
export const WORKBOOK_KINDS: Readonly<Record<WorkbookKind, WorkbookShape>> = {
  schedule: VISITS_SHAPE,
  tasks: TASKS_SHAPE,
  assessment: ASSESSMENT_SHAPE,
  directory: DIRECTORY_SHAPE,
};

/** 督导日程表、任务分解表 …, where it is said what can be read. */
export const READABLE = inOneCell(Object.values(WORKBOOK_KINDS).map(({ name }) => name));

/** 督导日程表：日期、督导对象、组长或成员: the headings without which a table is not known. */
export const NEEDED_HEADINGS: readonly string[] = Object.values(WORKBOOK_KINDS).map(({ name, columns, must }) => {
  const groups = must.map((group) =>
    columns.filter(({ field }) => group.includes(field)).map(({ heading }) => heading),
  );
  return `${name}：${inOneCell(groups.map(oneOf))}`;
});

function oneOf(headings: readonly string[]): string {
  return headings.length > 2 ? `“${inOneCell(headings)}”之一` : headings.join('或');
}
