import type { DayUnit } from '../domain/calendar/due.ts';
import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Collective, UnitRef } from '../domain/people/unit.ts';
import type { Due } from '../domain/tasks/task.ts';
import type { Headings } from './header.ts';

export type TaskField =
  | 'no'
  | 'level1'
  | 'level2'
  | 'standard'
  | 'points'
  | 'lead'
  | 'assist'
  | 'persons'
  | 'due'
  | 'dayUnit'
  | 'evidence'
  | 'program'
  | 'note';

/** 任务分解表. */
export const taskHeadings: Headings<TaskField> = {
  words: {
    no: [/^(序号|编号)$/],
    level1: [/^(一级|A级)指标$/, /^(类别|板块|指标类别)$/],
    level2: [/^(二级|B级)指标$/],
    standard: [
      /评估标准|评价标准|评估细则|评价细则|评估要点/,
      /(工作|重点|主要)?任务(内容|名称|事项)?$|工作内容|事项(名称)?$|^细则$|^标准$/,
    ],
    points: [/^(分值|标准分|满分|权重)$/],
    lead: [/牵头|主办/, /(责任|承办)(单位|部门|科室)$/],
    assist: [/(配合|协办|协同|参与)(单位|部门|科室)$/],
    persons: [/责任人$|经办人$/, /负责人$/],
    due: [/(完成|办结|落实)?(时限|期限)$/, /^(完成|办结|截止)(时间|日期)$/],
    dayUnit: [/自然日|工作日|^天数|^计日/],
    evidence: [/佐证|支撑材料|印证|备查/],
    program: [/^(所属|归属)?专项(名称|工作)?$/],
    note: [/^备注|^说明/],
  },
  must: [['standard'], ['lead'], ['due']],
};

/** A unit of a task as written, with what it means. Neither unit nor collective: see the row's complaint. */
export interface TaskUnitRead {
  readonly written: string;
  readonly unit: UnitRef | null;
  /** 各学校, 各乡镇（街道）: stays symbolic until it is expanded by the kinds of units. */
  readonly collective: Collective | null;
}

export interface TaskRecord {
  readonly row: number;
  readonly no: number | null;
  /** The number as this bot writes it for rows that had none of their own: R12, 3-2. */
  readonly code?: string | undefined;
  /** The standard without its number: 召开专题会议研究，形成会议纪要. */
  readonly title: string;
  readonly standard: string;
  readonly level1: string;
  readonly level2: string;
  readonly points: number | null;
  readonly lead: readonly TaskUnitRead[];
  readonly assist: readonly TaskUnitRead[];
  readonly persons: readonly string[];
  /** The cell as Excel has it: 46171, '3月底前'. */
  readonly dueRaw: string | number | null;
  /** The same for people: a date cell as its date. */
  readonly dueText: string;
  readonly due: Due | null;
  readonly dueFrom?: LocalDate | undefined;
  readonly dueFromSerial: boolean;
  /** Working days unless a column or the text says 自然日. */
  readonly dayUnit: DayUnit;
  readonly evidence: string;
  readonly note: string;
  readonly veto: boolean;
  /** Name of the program (专项), when the table has such a column. */
  readonly program: string;
}
