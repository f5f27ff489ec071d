import { addDays, weekday } from '../calendar/local-date.ts';
import { inOneCell, textFields, type WorkbookColumn, type WorkbookShape } from '../imports/workbook-column.ts';
import { type Inspection, isUnannounced, type TeamSeat } from './inspection.ts';

/** A visit as a line of the schedule. */
export interface VisitLine
  extends Pick<
    Inspection,
    | 'from'
    | 'to'
    | 'dateText'
    | 'period'
    | 'starts'
    | 'kind'
    | 'topic'
    | 'unannounced'
    | 'contact'
    | 'contactPhone'
    | 'note'
  > {
  readonly team: readonly Pick<TeamSeat, 'role' | 'name'>[];
  /** Names; '' where there is none. */
  readonly unit: string;
  readonly program: string;
  readonly checklist: string;
}

const isOneDay = ({ from, to, dateText }: VisitLine) => from === to && dateText === '';

const namesOf = ({ team }: VisitLine, as: TeamSeat['role']) =>
  inOneCell(team.filter(({ role }) => role === as).map(({ name }) => name));

const WEEKDAYS = '一二三四五六日';

/** 督导日程表. */
export const VISIT_COLUMNS = [
  { field: 'seq', heading: '序号', reads: [/^(序号|编号)$/], width: 6, cell: (_line, at) => at },
  {
    field: 'date',
    heading: '日期',
    reads: [/^(督导|检查|督查|入校|活动)?(日期|时间)$/],
    width: 14,
    fillsDown: true,
    date: true,
    example: ({ today }) => ({ date: addDays(today, 7) }),
    cell: (line) => (isOneDay(line) ? { date: line.from } : line.dateText || `${line.from}至${line.to}`),
  },
  {
    field: 'weekday',
    heading: '星期',
    reads: [/^(星期|周次?|周几)$/],
    width: 9,
    cell: (line) => (isOneDay(line) ? `星期${WEEKDAYS.charAt(weekday(line.from) - 1)}` : ''),
  },
  {
    field: 'period',
    heading: '时段',
    reads: [/^(时段|时间段|具体时间|上下午|起止时间)$/],
    width: 12,
    choices: () => ['上午', '下午', '全天', '上午9:00', '下午2:30'],
    example: '上午9:00',
    cell: ({ period, starts }) => `${period}${starts ?? ''}`,
  },
  {
    field: 'kind',
    heading: '督导类型',
    reads: [/^(督导|检查|督查)?(类型|类别|方式|形式)$/],
    width: 14,
    text: 'merged',
    choices: () => ['综合督导', '专项督导', '经常性督导', '随机督导', '复查'],
    example: '专项督导',
    cell: ({ kind }) => kind,
  },
  {
    field: 'unit',
    heading: '督导对象',
    reads: [/^(被|受|拟)?(督导|检查|督查|受检|迎检)(对象|单位|学校)$/, /^(对象|学校|单位)(名称)?$/],
    width: 28,
    choices: ({ units }) => units,
    example: ({ units }) => units[0] ?? '望海区第一中学',
    cell: ({ unit }) => unit,
  },
  {
    field: 'topic',
    heading: '督导内容',
    reads: [/^(督导|检查|督查)?(内容|主题|事项|重点)$/],
    width: 36,
    text: 'merged',
    example: '校园安全、食堂管理',
    cell: ({ topic }) => topic,
  },
  {
    field: 'leader',
    heading: '组长',
    reads: [/组长|带队|领队/, /负责人$/],
    width: 10,
    example: '韩丙',
    cell: (line) => namesOf(line, 'leader'),
  },
  {
    field: 'members',
    heading: '成员',
    reads: [/成员|组员|参加人员|督导人员/, /^(责任)?督学$/],
    width: 20,
    example: '李庚、曹丙',
    cell: (line) => namesOf(line, 'member'),
  },
  {
    field: 'contact',
    heading: '联络员',
    reads: [/联络员|联系人/],
    width: 10,
    example: '朱戊',
    cell: ({ contact }) => contact,
  },
  {
    field: 'phone',
    heading: '联系电话',
    reads: [/电话|手机|联系方式/],
    width: 15,
    example: '13900000013',
    cell: ({ contactPhone }) => contactPhone,
  },
  {
    field: 'program',
    heading: '所属专项',
    reads: [/^(所属|归属)?专项(名称|工作)?$/],
    width: 20,
    text: 'merged',
    choices: ({ programs }) => programs,
    cell: ({ program }) => program,
  },
  {
    field: 'checklist',
    heading: '评估细则',
    reads: [/^(适用|依据)?(评估)?细则$|^评估标准$/],
    width: 26,
    text: 'merged',
    choices: ({ checklists }) => checklists,
    cell: ({ checklist }) => checklist,
  },
  {
    field: 'unannounced',
    heading: '不预先通知',
    reads: [/^不预先通知/],
    width: 12,
    choices: () => ['是'],
    // Said in words of its own only where no other column says it.
    cell: ({ unannounced, kind, topic, note }) => (unannounced && !isUnannounced(kind, topic, note) ? '是' : ''),
  },
  {
    field: 'note',
    heading: '备注',
    reads: [/^备注|^说明/],
    width: 20,
    text: 'merged',
    example: '成员用顿号隔开',
    cell: ({ note }) => note,
  },
] as const satisfies readonly WorkbookColumn<VisitLine>[];

type VisitColumn = (typeof VISIT_COLUMNS)[number];
export type VisitField = VisitColumn['field'];

export const VISITS_SHAPE: WorkbookShape<VisitField> = {
  name: '督导日程表',
  columns: VISIT_COLUMNS,
  must: [['date'], ['unit'], ['leader', 'members']],
};

export const VISIT_TEXTS = textFields(VISIT_COLUMNS);

/** Which visit a line is, in the preview's own words, or what follows from the rest. */
const TELLS_WHICH: readonly VisitField[] = ['seq', 'weekday', 'kind', 'unit'];

/** What the preview compares. */
export const COMPARED_OF_VISIT: readonly WorkbookColumn<VisitLine>[] = VISIT_COLUMNS.filter(
  ({ field }) => !TELLS_WHICH.includes(field),
);
