import type { WorkbookShape } from '../domain/imports/workbook-column.ts';
import { keyOf } from './cell-text.ts';
import { type Cell, isEmpty, type Row, type Sheet, textOf } from './workbook.ts';

/** A column by its heading; a two-level heading is joined: 责任分工/牵头单位. Brackets and spaces are left out. */
export interface Column {
  readonly index: number;
  readonly heading: string;
}

export interface Table {
  readonly sheet: Sheet;
  /** Excel row numbers. */
  readonly titleRows: readonly number[];
  readonly headerRows: readonly number[];
  readonly columns: readonly Column[];
}

/** A header stands within the first rows; a title, a remark and an attachment number may come before it. */
const LAST_HEADER_ROW = 30;

/** Possible headers, from the top: each row with three headings or more, alone and joined with the row below it. */
export function* headerCandidates(sheet: Sheet): Generator<Table> {
  for (let top = 0; top < Math.min(LAST_HEADER_ROW, sheet.rows.length); top += 1) {
    for (const levels of [1, 2]) {
      if (levels === 2 && !isSecondLevel(sheet.rows[top], sheet.rows[top + 1])) continue;
      const columns = columnsAt(sheet, top, levels);
      if (columns.length < 3) continue;
      yield {
        sheet,
        titleRows: [...Array(top).keys()].filter((row) => hasContent(sheet.rows[row])).map((row) => row + 1),
        headerRows: levels === 1 ? [top + 1] : [top + 1, top + 2],
        columns,
      };
    }
  }
}

/** Short words under a few of the headings, one of which is spread over several columns: not yet a row of data. */
function isSecondLevel(upper: Row = [], lower: Row = []): boolean {
  const columns = [...Array(Math.max(upper.length, lower.length)).keys()];
  const words = columns.filter((at) => !isEmpty(lower[at]));
  const isWord = (at: number) => typeof lower[at]?.value === 'string' && textOf(lower[at]).length <= 12;
  const alone = columns.filter((at) => !isEmpty(upper[at]) && isEmpty(lower[at]));
  return words.every(isWord) && words.some((at) => isEmpty(upper[at])) && words.length <= alone.length;
}

const hasContent = (row: Row | undefined): boolean => row?.some((cell) => !isEmpty(cell)) ?? false;
const headingText = (cell: Cell | undefined): string => keyOf(textOf(cell)).replace(/\(.*?\)/g, '');

function columnsAt(sheet: Sheet, top: number, levels: number): readonly Column[] {
  const upper = sheet.rows[top] ?? [];
  const lower = levels === 2 ? (sheet.rows[top + 1] ?? []) : [];
  const width = Math.max(upper.length, lower.length);
  const columns: Column[] = [];
  let group = '';
  for (let index = 0; index < width; index += 1) {
    const own = headingText(upper[index]);
    if (own !== '') group = own;
    const below = headingText(lower[index]);
    // Without a text of its own a column stands under the heading to its left: merged, or the blank that a .csv leaves of a merge.
    const heading = below === '' ? own : `${own || group}/${below}`;
    if (heading !== '') columns.push({ index, heading });
  }
  return columns;
}

/** The column of each field that the header has; undefined when a field that must be there is not. */
export function matchHeadings<Field extends string>(
  columns: readonly Column[],
  { columns: known, must }: WorkbookShape<Field>,
): ReadonlyMap<Field, number> | undefined {
  const found = new Map<Field, number>();
  for (const { field, reads } of known) {
    const free = columns.filter((column) => ![...found.values()].includes(column.index));
    const column = reads.flatMap((word) => free.filter(({ heading }) => word.test(heading)))[0];
    if (column) found.set(field, column.index);
  }
  return must.every((group) => group.some((field) => found.has(field))) ? found : undefined;
}
