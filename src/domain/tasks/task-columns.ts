import { addDays } from '../calendar/local-date.ts';
import {
  inOneCell,
  type ListColumn,
  textFields,
  type WorkbookColumn,
  type WorkbookShape,
} from '../imports/workbook-column.ts';
import type { Task, TaskRole, TaskTexts } from './task.ts';

/** The same row as an indicator of the office's own checklist. */
interface IndicatorLine {
  readonly title: string;
  readonly standard?: string | undefined;
  readonly points?: number | undefined;
}

/** A task as a line of its table. */
export interface TaskLine
  extends TaskTexts,
    IndicatorLine,
    Pick<Task, 'code' | 'level1' | 'level2' | 'due' | 'dueText' | 'dayUnit'> {
  readonly units: readonly { readonly role: TaskRole; readonly written: string }[];
  readonly people: readonly { readonly name: string }[];
  readonly program?: string | undefined;
}

const unitsOf = ({ units }: TaskLine, as: TaskRole) =>
  inOneCell(units.filter(({ role }) => role === as).map(({ written }) => written));

const STANDARD = {
  field: 'standard',
  heading: '评估标准',
  reads: [
    /评估标准|评价标准|评估细则|评价细则|评估要点/,
    /(工作|重点|主要)?任务(内容|名称|事项)?$|工作内容|事项(名称)?$|^细则$|^标准$/,
  ],
  width: 48,
  example: '按时足额拨付公用经费',
  cell: ({ standard, title }) => standard ?? title,
} as const satisfies WorkbookColumn<IndicatorLine>;

const POINTS = {
  field: 'points',
  heading: '分值',
  reads: [/^(分值|标准分|满分|权重)$/],
  width: 7,
  example: 5,
  cell: ({ points }) => points,
} as const satisfies WorkbookColumn<IndicatorLine>;

/** 任务分解表. */
export const TASK_COLUMNS = [
  {
    field: 'no',
    heading: '序号',
    reads: [/^(序号|编号)$/],
    width: 6,
    cell: ({ code }) => (/^\d{1,6}$/.test(code) ? Number(code) : code),
  },
  {
    field: 'level1',
    heading: '一级指标',
    reads: [/^(一级|A级)指标$/, /^(类别|板块|指标类别)$/],
    width: 16,
    fillsDown: true,
    example: '政府职责',
    cell: ({ level1 }) => level1,
  },
  {
    field: 'level2',
    heading: '二级指标',
    reads: [/^(二级|B级)指标$/],
    width: 20,
    fillsDown: true,
    example: '经费保障',
    cell: ({ level2 }) => level2,
  },
  STANDARD,
  POINTS,
  {
    field: 'lead',
    heading: '牵头单位',
    reads: [/牵头|主办/, /(责任|承办)(单位|部门|科室)$/],
    width: 22,
    choices: ({ units }) => units,
    example: ({ units }) => units[0] ?? '望海区教育局',
    cell: (line) => unitsOf(line, 'lead'),
  },
  {
    field: 'assist',
    heading: '配合单位',
    reads: [/(配合|协办|协同|参与)(单位|部门|科室)$/],
    width: 26,
    choices: ({ units }) => [...units, '各学校', '各乡镇（街道）', '各县区'],
    example: ({ units }) => units[1],
    cell: (line) => unitsOf(line, 'assist'),
  },
  {
    field: 'persons',
    heading: '责任人',
    reads: [/责任人$|经办人$/, /负责人$/],
    width: 12,
    example: '王丁',
    cell: ({ people }) => inOneCell(people.map(({ name }) => name)),
  },
  {
    field: 'due',
    heading: '完成时限',
    reads: [/(完成|办结|落实)?(时限|期限)$/, /^(完成|办结|截止)(时间|日期)$/],
    width: 16,
    date: true,
    example: ({ today }) => ({ date: addDays(today, 30) }),
    // A date that was a date stays one; 4月底前 stays in its words.
    cell: ({ due, dueText }) => (due.kind === 'date' && dueText === due.date ? { date: due.date } : dueText),
  },
  {
    field: 'dayUnit',
    heading: '计日',
    reads: [/自然日|工作日|^天数|^计日/],
    width: 9,
    choices: ['工作日', '自然日'],
    example: '工作日',
    cell: ({ dayUnit }) => (dayUnit === 'natural' ? '自然日' : '工作日'),
  },
  {
    field: 'requirement',
    heading: '工作要求',
    reads: [/^(工作|具体|有关)?要求$/],
    width: 30,
    text: 'merged',
    example: '每周五前报一次进度',
    cell: ({ requirement }) => requirement,
  },
  {
    field: 'evidence',
    heading: '佐证材料',
    reads: [/佐证|支撑材料|印证|备查/],
    width: 30,
    text: 'merged',
    example: '拨付凭证',
    cell: ({ evidence }) => evidence,
  },
  {
    field: 'note',
    heading: '备注',
    reads: [/^备注|^说明/],
    width: 20,
    text: 'merged',
    example: '时限也可写：每月底、长期坚持',
    cell: ({ note }) => note,
  },
  {
    field: 'program',
    heading: '所属专项',
    reads: [/^(所属|归属)?专项(名称|工作)?$/],
    width: 20,
    only: 'template',
    choices: ({ programs }) => programs,
    example: ({ programs }) => programs[0],
    cell: ({ program }) => program,
  },
] as const satisfies readonly WorkbookColumn<TaskLine>[];

export type TaskField = (typeof TASK_COLUMNS)[number]['field'];

export const TASKS_SHAPE: WorkbookShape<TaskField> = {
  name: '任务分解表',
  columns: TASK_COLUMNS,
  must: [['standard'], ['lead'], ['due']],
};

/** The columns of which a task keeps the words; the store keeps each under the same name. */
export const TASK_TEXTS = textFields(TASK_COLUMNS);

/** What the preview compares of a task. Number and program tell which task it is: another one is another task. */
export const COMPARED_OF_TASK: readonly ListColumn<TaskLine>[] = TASK_COLUMNS.filter(
  ({ field }) => field !== 'no' && field !== 'program',
);

/** What stands in the indicator of a task that has one, and not in the task. */
export const COMPARED_OF_INDICATOR: readonly ListColumn<IndicatorLine>[] = [STANDARD, POINTS];

export const COMPARED_BESIDE_INDICATOR = COMPARED_OF_TASK.filter(
  ({ heading }) => !COMPARED_OF_INDICATOR.some((column) => column.heading === heading),
);
