import type { LocalDate, LocalTime } from '../domain/calendar/local-date.ts';
import type { UnitRef } from '../domain/people/unit.ts';

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
