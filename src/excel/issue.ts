import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { UnitRef } from '../domain/people/unit.ts';

/** error: the row is not imported until somebody mends it. warning: imported, and somebody should look. note: imported, said. */
export type Severity = 'error' | 'warning' | 'note';

/** What is wrong with a row, or was understood from little. `row` is Excel's row number. */
export type Issue = { readonly row: number } & (
  | { readonly type: 'missing_unit' }
  | { readonly type: 'unknown_unit'; readonly raw: string }
  | { readonly type: 'ambiguous_unit'; readonly raw: string; readonly candidates: readonly UnitRef[] }
  | { readonly type: 'collective_unit'; readonly raw: string }
  | { readonly type: 'no_date'; readonly raw: string }
  | { readonly type: 'impossible_date' | 'unreadable_date' | 'ambiguous_date'; readonly raw: string }
  | { readonly type: 'date_fill_down'; readonly date: LocalDate }
  | { readonly type: 'date_range'; readonly from: LocalDate; readonly to: LocalDate }
  | { readonly type: 'fuzzy_date'; readonly raw: string; readonly from: LocalDate; readonly to: LocalDate }
  | { readonly type: 'year_suspect'; readonly date: LocalDate; readonly titleYear: number }
  | { readonly type: 'weekday_mismatch'; readonly date: LocalDate; readonly written: string; readonly actual: string }
  | {
      readonly type: 'non_workday';
      readonly date: LocalDate;
      readonly weekday: string;
      readonly holiday?: string | undefined;
      /** 暂按周末推算: that year's arrangement is not announced. */
      readonly provisional: boolean;
    }
  | { readonly type: 'person_conflict'; readonly person: string; readonly rowRef: number }
  /** 朱戊（兼）; `name` is '' when nobody is named at all: 各科室负责人. */
  | { readonly type: 'beside_name' | 'second_name'; readonly raw: string; readonly name: string }
  | { readonly type: 'duplicate_of'; readonly rowRef: number }
  | { readonly type: 'missing_seq' | 'missing_contact' | 'missing_alias' | 'missing_task' | 'missing_deadline' }
  | { readonly type: 'missing_score'; readonly code?: string | undefined }
  | { readonly type: 'already_past' | 'deadline_non_workday'; readonly due: LocalDate }
  | { readonly type: 'no_fixed_deadline' | 'relative_deadline'; readonly raw: string }
  | {
      readonly type: 'below_standard';
      readonly code: string;
      readonly stage: string;
      readonly value: number | string;
      readonly required: string;
    }
  | { readonly type: 'unknown_indicator'; readonly raw: string }
  | { readonly type: 'formula_error'; readonly raw: string; readonly column: string }
  | { readonly type: 'phone_as_number' }
  | { readonly type: 'bad_phone'; readonly raw: string }
);

type IssueType = Issue['type'];

/** An error is where the bot could not say when, where or what without guessing. */
const severities: Readonly<Record<IssueType, Severity>> = {
  missing_unit: 'error',
  unknown_unit: 'error',
  ambiguous_unit: 'error',
  no_date: 'error',
  impossible_date: 'error',
  unreadable_date: 'error',
  ambiguous_date: 'error',
  year_suspect: 'error',
  duplicate_of: 'error',
  missing_task: 'error',
  unknown_indicator: 'error',
  weekday_mismatch: 'warning',
  non_workday: 'warning',
  person_conflict: 'warning',
  missing_contact: 'warning',
  beside_name: 'warning',
  second_name: 'warning',
  missing_deadline: 'warning',
  missing_score: 'warning',
  already_past: 'warning',
  deadline_non_workday: 'warning',
  below_standard: 'warning',
  formula_error: 'warning',
  bad_phone: 'warning',
  date_fill_down: 'note',
  date_range: 'note',
  fuzzy_date: 'note',
  missing_seq: 'note',
  missing_alias: 'note',
  collective_unit: 'note',
  no_fixed_deadline: 'warning',
  relative_deadline: 'note',
  phone_as_number: 'note',
};

export const severityOf = (issue: Issue): Severity => severities[issue.type];

/** Excel row numbers of the rows that are not imported. */
export const faultyRows = (issues: readonly Issue[]): ReadonlySet<number> =>
  new Set(issues.filter((issue) => severityOf(issue) === 'error').map((issue) => issue.row));

/** The complaint as one Chinese line, with its row, for the person who keeps the table. */
export const reasonOf = (issue: Issue): string => `第${issue.row}行：${complaint(issue)}`;

function complaint(issue: Issue): string {
  switch (issue.type) {
    case 'missing_unit':
      return '没有填单位';
    case 'unknown_unit':
      // The schedule of an unannounced visit may withhold its target too.
      return /^(不通知|保密|待定|随机)$/.test(issue.raw)
        ? `督导对象写的是“${issue.raw}”，定下后请补填`
        : `通讯录中没有单位“${issue.raw}”，请核对名称或先登记`;
    case 'ambiguous_unit':
      return `单位“${issue.raw}”有${issue.candidates.length}个（${issue.candidates.map(({ name }) => name).join('、')}），请写全称`;
    case 'collective_unit':
      return `“${issue.raw}”按单位类别展开`;
    case 'no_date':
      return issue.raw === '' ? '没有填日期' : `日期为“${issue.raw}”，定下后请补填`;
    case 'impossible_date':
      return `没有“${issue.raw}”这一天，请改正`;
    case 'unreadable_date':
      return `日期“${issue.raw}”无法识别，请写成 2026-04-08 的样子`;
    case 'ambiguous_date':
      if (/^\d{4}\./.test(issue.raw))
        return `“${issue.raw}”可能是${issue.raw.replace('.', '年')}月，也可能是${issue.raw.replace('.', '年')}0月，请写成 2026年10月 的样子`;
      return `“${issue.raw}”可能是${issue.raw.replace('.', '月')}日，也可能是${issue.raw.replace('.', '月')}0日，请写成 4月10日 的样子`;
    case 'date_fill_down':
      return `日期为空，按上一行${issue.date}计`;
    case 'date_range':
      return `日期为一段：${issue.from}至${issue.to}`;
    case 'fuzzy_date':
      return `“${issue.raw}”按${issue.from}至${issue.to}计`;
    case 'year_suspect':
      return `日期${issue.date}与标题中的${issue.titleYear}年不符，请改正`;
    case 'weekday_mismatch':
      return `${issue.date}是${issue.actual}，表中写的是${issue.written}，请核对`;
    case 'non_workday':
      return `${issue.date}是休息日（${issue.holiday ? `${issue.holiday}假期` : issue.weekday}${issue.provisional ? '，暂按周末推算' : ''}）`;
    case 'person_conflict':
      return `${issue.person}与第${issue.rowRef}行时间重叠`;
    case 'beside_name':
      return issue.name === ''
        ? `“${issue.raw}”不是人名，没有登记`
        : `“${issue.raw}”登记为${issue.name}，其余的字没有保存`;
    case 'second_name':
      return `这一格只登记${issue.name}，没有登记${issue.raw}，请另写一行或写进成员`;
    case 'duplicate_of':
      return `与第${issue.rowRef}行重复，不再导入`;
    case 'missing_seq':
      return '没有填序号';
    case 'missing_contact':
      return '没有填联络员及电话';
    case 'missing_alias':
      return '没有填简称';
    case 'missing_task':
      return '没有填任务内容';
    case 'missing_deadline':
      return '没有填完成时限';
    case 'missing_score':
      return issue.code === undefined ? '没有填分值' : `${issue.code}没有填自评得分`;
    case 'already_past':
      return `完成时限${issue.due}已过`;
    case 'deadline_non_workday':
      return `完成时限${issue.due}是休息日`;
    case 'no_fixed_deadline':
      return `完成时限“${issue.raw}”没有具体日期，原话照存，不作截止提醒`;
    case 'relative_deadline':
      return `“${issue.raw}”随节点日期推算`;
    case 'below_standard':
      return `${issue.code}${issue.stage}自评${issue.value}，标准${issue.required}，未达标`;
    case 'unknown_indicator':
      return `评估细则中没有指标“${issue.raw}”，请核对名称`;
    case 'formula_error':
      return `“${issue.column}”列公式出错（${issue.raw}）`;
    case 'phone_as_number':
      return '手机号是数字格式，已按文本读取';
    case 'bad_phone':
      return `手机号“${issue.raw}”不是11位，请核对`;
  }
}
