import type { LocalDate } from '../calendar/local-date.ts';

/** A cell of a list that leaves as a workbook: text, a number, a real date, or nothing. Text stays text, whatever it begins with. */
export type SheetCell = string | number | { readonly date: LocalDate } | undefined;

export interface SheetColumn {
  readonly heading: string;
  /** In characters of half width, as Excel counts: a Chinese character takes two. */
  readonly width: number;
  /** What is typed into it is a date. */
  readonly date?: true;
  /** Whoever fills the list in picks one of these; others may still be typed. */
  readonly choices?: readonly string[] | undefined;
}

/** A list as officials print it: a title over it, who fills it in and when, a header that stays, 序号 as its first column. */
export interface Sheet {
  readonly title: string;
  /** 填报单位 and its like, side by side under the title. */
  readonly statements: readonly string[];
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** The first of the rows are examples, set off by their look. */
  readonly examples?: number | undefined;
  /** Empty rows below that are prepared for typing. */
  readonly blanks?: number | undefined;
  /** Remarks under the list; each begins with 注 or 说明, so that it is read as none of its rows. */
  readonly notes?: readonly string[] | undefined;
}
