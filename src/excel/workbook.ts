import { addDays, date, type LocalDate } from '../domain/calendar/local-date.ts';

/** One cell as Excel keeps it: nothing is rounded, trimmed or converted. */
export interface Cell {
  readonly value: string | number | null;
  /** Set when the cell is formatted as a date. A number without it may still be a bare serial (46115). */
  readonly date?: LocalDate | undefined;
  /** '#VALUE!' and its like, left by a formula; `value` is null then. */
  readonly error?: string | undefined;
}

export type Row = readonly (Cell | undefined)[];

/** A merged area; rows and columns are 0-based and inclusive. Only its top left cell has a value. */
interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** `rows[0]` is Excel's row 1: a complaint names `index + 1`. Empty rows are kept; a hidden sheet's rows are not read at all. */
  readonly rows: readonly Row[];
  readonly merges: readonly Merge[];
}

export interface Workbook {
  readonly fileName: string;
  readonly sheets: readonly Sheet[];
}

/** The value of a cell as text, with the spaces around it removed; '' for an empty cell. A date cell gives YYYY-MM-DD. */
export function textOf(cell: Cell | undefined): string {
  if (!cell) return '';
  if (cell.error !== undefined) return cell.error;
  if (cell.date) return cell.date;
  return cell.value === null ? '' : String(cell.value).trim();
}

export const isEmpty = (cell: Cell | undefined): boolean => textOf(cell) === '';

/** Serial 61; before this day Excel believes in 29 February 1900. */
const DAY_61 = date('1900-03-01');

/** The date of a serial number, by arithmetic: no zone is involved. Undefined outside 2000 to 2099, which no table of ours reaches. */
export function dateOfSerial(serial: number): LocalDate | undefined {
  return serial >= 36_526 && serial < 73_051 ? addDays(DAY_61, Math.floor(serial) - 61) : undefined;
}
