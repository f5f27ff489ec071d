import type { Sheet } from '../domain/imports/sheet.ts';
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

/** With 序号 before and 合计 below, as it is sent upward. */
export const sheetOf = ({ headings, rows, total, note }: SummaryTable): Pick<Sheet, 'columns' | 'rows' | 'notes'> => ({
  columns: [{ heading: '序号', width: 6 }, ...headings.map((heading, at) => ({ heading, width: at === 0 ? 30 : 14 }))],
  rows: [...rows.map((cells, at) => [at + 1, ...cells]), [undefined, ...total]],
  notes: [`注：${note}`],
});
