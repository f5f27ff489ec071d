import * as z from 'zod';
import { addDays } from '../../domain/calendar/local-date.ts';
import type { Sheet, SheetCell, SheetColumn } from '../../domain/imports/sheet.ts';
import type { ListReader, TemplateRequest } from '../../language/workbooks.ts';
import type { Reads } from '../../ports/store.ts';
import { assessmentColumns } from './assessment-lists.ts';
import { DIRECTORY_COLUMNS } from './directory-list.ts';
import { column, type List, statements, unitsWithin } from './list.ts';
import { SCHEDULE_COLUMNS } from './schedule-list.ts';
import { TASK_COLUMNS } from './tasks-lists.ts';

/** Rows that are prepared for typing; more may be added below. */
const BLANK_ROWS = 50;
/** What the first cell of an example says: 导入 leaves such a row out. */
const EXAMPLE = '示例';
const NOTE = '说明：“示例”一行不会导入，可以保留或删除；下拉里没有的内容可以直接填写。';

/** An empty workbook of a kind: the headings that 导入 knows, pick lists, an example. */
export async function templateOf(
  store: Reads,
  request: TemplateRequest,
  reader: ListReader | undefined,
): Promise<List | undefined> {
  switch (request.kind) {
    case 'directory':
      return directoryTemplate(reader);
    case 'schedule':
      return reader && scheduleTemplate(store, reader);
    case 'tasks':
      return reader && tasksTemplate(store, reader);
    case 'assessment':
      return reader && assessmentTemplate(store, request, reader);
  }
}

const sheet = (
  title: string,
  over: readonly string[],
  columns: readonly SheetColumn[],
  example: readonly SheetCell[],
): Sheet => ({
  title,
  columns,
  statements: over,
  examples: 1,
  blanks: BLANK_ROWS,
  notes: [NOTE],
  rows: [example],
});

/** The same columns with what may be picked in them, by heading. */
const withChoices = (
  columns: readonly SheetColumn[],
  choices: Readonly<Record<string, readonly string[]>>,
): readonly SheetColumn[] => columns.map((each) => ({ ...each, choices: choices[each.heading] ?? each.choices }));

/** Without an address book there is no name to put over it; the title of the first one names the district. */
function directoryTemplate(reader: ListReader | undefined): List {
  const title = reader ? `${reader.about.name}单位通讯录` : '单位通讯录';
  const example = [EXAMPLE, '望海区第一中学', '一中', '初中', '朱戊', '主任', '0580-1234567', '13900000013', ''];
  return { name: '单位通讯录模板', sheet: sheet(title, reader ? statements(reader) : [], DIRECTORY_COLUMNS, example) };
}

async function scheduleTemplate(store: Reads, reader: ListReader): Promise<List> {
  const [units, programs, checklists] = await Promise.all([
    unitsOf(store, reader),
    store.programs(reader.scope),
    store.checklists(),
  ]);
  const day = addDays(reader.today, 7);
  const [unit = '望海区第一中学'] = units;
  const columns = withChoices(SCHEDULE_COLUMNS, {
    时段: ['上午', '下午', '全天', '上午9:00', '下午2:30'],
    督导类型: ['综合督导', '专项督导', '经常性督导', '随机督导', '复查'],
    督导对象: units,
    所属专项: programs.map(({ name }) => name),
    评估细则: checklists.filter(({ builtIn }) => builtIn).map(({ title }) => title),
    不预先通知: ['是'],
  });
  const example = [
    EXAMPLE,
    { date: day },
    '',
    '上午9:00',
    '专项督导',
    unit,
    '校园安全、食堂管理',
    '韩丙',
    '李庚、曹丙',
    '朱戊',
    '13900000013',
    '',
    '',
    '',
    '成员用顿号隔开',
  ];
  const title = `${reader.about.name}督导日程表（${reader.today.slice(0, 4)}年）`;
  return { name: '督导日程表模板', sheet: sheet(title, statements(reader), columns, example) };
}

async function tasksTemplate(store: Reads, reader: ListReader): Promise<List> {
  const [units, programs] = await Promise.all([unitsOf(store, reader), store.programs(reader.scope)]);
  const [lead = '望海区教育局', assist = ''] = units;
  const columns = [
    ...withChoices(TASK_COLUMNS, { 牵头单位: units, 配合单位: [...units, '各学校', '各乡镇（街道）', '各县区'] }),
    column(
      '所属专项',
      20,
      programs.map(({ name }) => name),
    ),
  ];
  const example = [
    EXAMPLE,
    '政府职责',
    '经费保障',
    '按时足额拨付公用经费',
    5,
    lead,
    assist,
    '王丁',
    { date: addDays(reader.today, 30) },
    '工作日',
    '拨付凭证',
    '时限也可写：每月底、长期坚持',
    programs[0]?.name ?? '',
  ];
  const title = `${reader.about.name}任务分解表（${reader.today.slice(0, 4)}年）`;
  return { name: '任务分解表模板', sheet: sheet(title, statements(reader), columns, example) };
}

const thresholds = z.record(z.string(), z.unknown());

/** Every indicator of the checklist stands in it: what is left empty counts as not reported. */
async function assessmentTemplate(
  store: Reads,
  { checklistId, program }: Extract<TemplateRequest, { kind: 'assessment' }>,
  { about, today }: ListReader,
): Promise<List | undefined> {
  const indicators = await store.importedIndicators(checklistId);
  if (indicators.length === 0) return undefined;
  const named = indicators.flatMap((row) => Object.keys(thresholds.parse(JSON.parse(row.thresholds))));
  const stages = [...new Set(named.filter((stage) => stage !== '全部'))];
  const columns = assessmentColumns(stages.length > 0 ? stages : ['']);
  const blank = columns.length - 6;
  const rows = indicators.map(({ code, level1, title, standard, points }, at): SheetCell[] => [
    at + 1,
    code,
    level1,
    title,
    standard,
    points,
    ...Array.from({ length: blank }, () => undefined),
  ]);
  const example = [
    EXAMPLE,
    'A1',
    '资源配置',
    '生均教学用房面积',
    '不低于4.5平方米',
    5,
    ...Array.from({ length: blank - 4 }, () => 4.86),
  ];
  return {
    name: `${program}自评表模板`,
    sheet: {
      title: `${about.name}“${program}”评估指标自评表`,
      statements: statements({ about, today }, '自评单位'),
      columns,
      rows: [[...example, 5, '竣工图纸', '陈甲', ''], ...rows],
      examples: 1,
      notes: [NOTE],
    },
  };
}

/** Full names of the units that the reader may see, the reader's own first. */
const unitsOf = async (store: Reads, { scope }: ListReader): Promise<readonly string[]> =>
  unitsWithin(scope, (await store.directory()).units).map(({ name }) => name);
