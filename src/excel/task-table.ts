import type { DayUnit } from '../domain/calendar/due.ts';
import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Collective, UnitRef } from '../domain/people/unit.ts';
import type { Due, TaskTexts } from '../domain/tasks/task.ts';

/** A unit of a task as written, with what it means. Neither unit nor collective: see the row's complaint. */
export interface TaskUnitRead {
  readonly written: string;
  readonly unit: UnitRef | null;
  /** 各学校, 各乡镇（街道）: stays symbolic until it is expanded by the kinds of units. */
  readonly collective: Collective | null;
}

export interface TaskRecord extends TaskTexts {
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
  readonly veto: boolean;
  /** Name of the program (专项), when the table has such a column. */
  readonly program: string;
}
