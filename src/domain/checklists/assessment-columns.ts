import type { SheetCell } from '../imports/sheet.ts';
import { textFields, type WorkbookColumn, type WorkbookShape } from '../imports/workbook-column.ts';
import type { AssessmentResult, Indicator } from './checklist.ts';

/** What a unit reported on an indicator; in a table that is still to be filled in only the points that are to be had. */
interface ReportLine {
  readonly results?: readonly Pick<AssessmentResult, 'stage' | 'raw'>[];
  readonly points?: number | undefined;
  readonly score?: number | undefined;
  readonly evidence?: string;
  readonly assessor?: string;
  readonly remark?: string;
}

/** A line of the self-assessment. */
export interface AssessmentLine extends ReportLine {
  readonly indicator: Pick<Indicator, 'code' | 'level1' | 'title' | 'standard'>;
}

/** One for each stage. */
export const RESULT = {
  field: 'result',
  heading: '自评结果',
  reads: [/^自评(结果|值|数据|情况)(\/|$)/],
  width: 16,
  many: true,
  example: 4.86,
  cell: (line) => resultOf('', line),
} as const satisfies WorkbookColumn<ReportLine>;

export const SCORE = {
  field: 'score',
  heading: '自评得分',
  reads: [/^自评(得)?分/, /^得分$/],
  width: 10,
  example: 5,
  cell: ({ score }) => score,
} as const satisfies WorkbookColumn<ReportLine>;

/** What the unit says; the rest is the checklist's. This the preview compares. */
export const REPORT_COLUMNS = [
  {
    field: 'points',
    heading: '分值',
    reads: [/^(分值|标准分|满分)$/],
    width: 7,
    example: 5,
    cell: ({ points }) => points,
  },
  RESULT,
  SCORE,
  {
    field: 'evidence',
    heading: '佐证材料',
    reads: [/佐证|支撑材料|印证|备查/],
    width: 30,
    text: 'merged',
    example: '竣工图纸',
    cell: ({ evidence }) => evidence,
  },
  {
    field: 'assessor',
    heading: '自评人',
    reads: [/^自评人|^填报人|^责任人/],
    width: 10,
    text: 'merged',
    example: '陈甲',
    cell: ({ assessor }) => assessor,
  },
  {
    field: 'remark',
    heading: '复核意见',
    reads: [/复核|审核意见/],
    width: 20,
    text: 'own',
    cell: ({ remark }) => remark,
  },
] as const satisfies readonly WorkbookColumn<ReportLine>[];

/** 评估指标自评表. */
export const ASSESSMENT_COLUMNS = [
  { field: 'no', heading: '序号', reads: [/^(序号|编号)$/], width: 6, cell: (_line, at) => at },
  {
    field: 'code',
    heading: '指标代码',
    reads: [/^(指标)?(代码|编码)$/],
    width: 12,
    example: 'A1',
    cell: ({ indicator }) => indicator.code,
  },
  {
    field: 'level1',
    heading: '一级指标',
    reads: [/^(一级|A级)指标$/],
    width: 18,
    fillsDown: true,
    example: '资源配置',
    cell: ({ indicator }) => indicator.level1,
  },
  {
    field: 'title',
    heading: '指标名称',
    reads: [/^(三级|C级)指标$/, /^(二级|B级)指标$/, /^(评估)?指标(名称|内容)?$/],
    width: 40,
    example: '生均教学用房面积',
    cell: ({ indicator }) => indicator.title,
  },
  {
    field: 'standard',
    heading: '评估标准',
    reads: [/评估标准|评价标准|^标准|细则/],
    width: 48,
    example: '不低于4.5平方米',
    cell: ({ indicator }) => indicator.standard,
  },
  ...REPORT_COLUMNS,
] as const satisfies readonly WorkbookColumn<AssessmentLine>[];

export type AssessmentField = (typeof ASSESSMENT_COLUMNS)[number]['field'];

export const ASSESSMENT_SHAPE: WorkbookShape<AssessmentField> = {
  name: '评估指标自评表',
  columns: ASSESSMENT_COLUMNS,
  must: [['title'], ['result', 'score']],
};

export const ASSESSMENT_TEXTS = textFields(ASSESSMENT_COLUMNS);

/** The columns with a 自评结果 for each stage (小学, 初中); '' is a table that has but one. */
export const stagedColumns = <Line extends ReportLine>(
  columns: readonly WorkbookColumn<Line>[],
  stages: readonly string[],
): readonly WorkbookColumn<Line>[] =>
  columns.flatMap((column) =>
    column.many
      ? stages.map((stage) => ({
          ...column,
          heading: stage ? `${column.heading}/${stage}` : column.heading,
          cell: (line: Line) => resultOf(stage, line),
        }))
      : [column],
  );

/** A number where the text is one, so that it can be reckoned with; the text where a number would read differently. */
function resultOf(stage: string, { results = [] }: ReportLine): SheetCell {
  const text = results.find((result) => result.stage === stage)?.raw ?? '';
  return text !== '' && String(Number(text)) === text ? Number(text) : text;
}
