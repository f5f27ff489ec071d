import type { LocalDate, LocalTime } from '../domain/calendar/local-date.ts';
import type { UnitRef } from '../domain/people/unit.ts';
import type { Headings } from './header.ts';

export type ScheduleField =
  | 'seq'
  | 'date'
  | 'weekday'
  | 'period'
  | 'kind'
  | 'unit'
  | 'topic'
  | 'leader'
  | 'members'
  | 'contact'
  | 'phone'
  | 'program'
  | 'checklist'
  | 'unannounced'
  | 'note';

/** 督导日程表. */
export const scheduleHeadings: Headings<ScheduleField> = {
  words: {
    seq: [/^(序号|编号)$/],
    date: [/^(督导|检查|督查|入校|活动)?(日期|时间)$/],
    weekday: [/^(星期|周次?|周几)$/],
    period: [/^(时段|时间段|具体时间|上下午|起止时间)$/],
    kind: [/^(督导|检查|督查)?(类型|类别|方式|形式)$/],
    unit: [/^(被|受|拟)?(督导|检查|督查|受检|迎检)(对象|单位|学校)$/, /^(对象|学校|单位)(名称)?$/],
    topic: [/^(督导|检查|督查)?(内容|主题|事项|重点)$/],
    leader: [/组长|带队|领队/, /负责人$/],
    members: [/成员|组员|参加人员|督导人员/, /^(责任)?督学$/],
    contact: [/联络员|联系人/],
    phone: [/电话|手机|联系方式/],
    program: [/^(所属|归属)?专项(名称|工作)?$/],
    checklist: [/^(适用|依据)?(评估)?细则$|^评估标准$/],
    unannounced: [/^不预先通知/],
    note: [/^备注|^说明/],
  },
  must: [['date'], ['unit'], ['leader', 'members']],
};

/** One visit as the schedule writes it. Empty cells are ''. */
export interface ScheduleRecord {
  readonly row: number;
  readonly seq: number | null;
  /** First and last day; null when the row has no usable date. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  /** 'day' also for a date taken from the row above; 'fuzzy' is a part of a month (4月中旬). */
  readonly precision: 'day' | 'range' | 'fuzzy' | null;
  readonly yearInferred: boolean;
  readonly fromSerial: boolean;
  /** The date as written, when it is not a plain day: 4月中旬, 4月13日-15日, 待定. */
  readonly dateText: string;
  /** 上午, 下午, 晚上, 全天, or as written. */
  readonly period: string;
  readonly starts?: LocalTime | undefined;
  readonly kind: string;
  readonly unitRaw: string;
  /** Null when it cannot be resolved without asking. */
  readonly unit: UnitRef | null;
  /** The row names a county by its short name (岛湾县): the visit is to the whole of it. */
  readonly wholeCounty: boolean;
  readonly topic: string;
  readonly leader: string;
  readonly members: readonly string[];
  readonly contact: string;
  readonly contactPhone: string;
  readonly note: string;
  readonly unannounced: boolean;
  /** Name of the program (专项) and of the checklist (评估细则), when the table has such columns. */
  readonly program: string;
  readonly checklist: string;
}
