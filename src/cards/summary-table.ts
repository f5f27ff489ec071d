import type { Block } from './views.ts';

/** The figures of a summary, a row for each unit, month …: a table of the card, and a sheet of 导出 汇总. */
export interface SummaryTable {
  /** The first is what a row is called by. */
  readonly headings: readonly [string, ...string[]];
  readonly rows: readonly (readonly (string | number)[])[];
  /** 合计: not the sum of the rows where one thing stands in two of them. */
  readonly total: readonly (string | number)[];
  /** How each rate is reckoned. */
  readonly note: string;
}

export const tableOf = ({ headings, rows }: SummaryTable): Block => ({
  kind: 'table',
  columns: headings.map((title, at) => ({ key: `${at}`, title })),
  rows: rows.map((cells) => Object.fromEntries(cells.map((cell, at) => [`${at}`, `${cell}`]))),
});
