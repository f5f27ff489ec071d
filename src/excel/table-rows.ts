import { eachField, type WorkbookShape } from '../domain/imports/workbook-column.ts';
import { fold, keyOf, wholeNumber } from './cell-text.ts';
import { type Column, matchHeadings, type Table } from './header.ts';
import { type Cell, isEmpty, type Row, type Sheet, textOf } from './workbook.ts';

/** Rows under the header by what they are; all numbers are Excel's. */
export interface Layout {
  readonly titleRows: readonly number[];
  readonly headerRows: readonly number[];
  readonly blankRows: readonly number[];
  readonly noteRows: readonly number[];
  readonly groupRows: readonly number[];
}

/** A row of data. `group` is the heading of the merged row above it (二、市教育局科室), '' without one. */
export interface DataRow<Field extends string> {
  readonly row: number;
  readonly group: string;
  /** The field's own cell. */
  own(field: Field): Cell | undefined;
  /** The field's cell, or the one that is merged over it from above. */
  filled(field: Field): Cell | undefined;
  cellAt(column: number): Cell | undefined;
  /** Text of `filled`, trimmed; '' for an empty cell or a missing column. */
  text(field: Field): string;
}

export interface TableRows<Field extends string> {
  readonly layout: Layout;
  readonly rows: readonly DataRow<Field>[];
  /** 合计 rows, which are no data but may carry a sum. */
  readonly totals: readonly DataRow<Field>[];
}

/** A table of a known kind: its rows, where its columns are, and which of them nobody reads. */
export interface KnownTable<Field extends string> extends TableRows<Field> {
  readonly columns: ReadonlyMap<Field, number>;
  /** Headings of columns that hold something and that are kept nowhere. */
  readonly unread: readonly string[];
}

const TOTAL = /^(合计|小计|总计|总分|累计)[:：]?$/;
const SIGNED = /^(填表人|填报人|审核人|制表人?|负责人|单位负责人|联系电话|报送人)[:：]/;
/** The first cell of a row that only shows how to fill the table in. */
const EXAMPLE = /^(示例|样例|填写示例)[:：]?$/;
const REMARK = /^(注|备注|说明|附注)([:：]|\d)/;
const GROUP =
  /^([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[—–-]{2,}|第[一二三四五六七八九十]+(部分|组|批|片区))/;

/** Reads the rows of a table that is of this kind; `seq` numbers them. */
export function readTable<Field extends string>(
  table: Table,
  shape: WorkbookShape<Field>,
  seq: Field,
): KnownTable<Field> {
  const columns = matchHeadings(table.columns, shape) ?? new Map<Field, number>();
  const read = readRows(table, columns, seq);
  const isFilled = ({ index }: Column) => read.rows.some((row) => !isEmpty(row.cellAt(index)));
  const unread = table.columns.filter((column) => !isRead(column, columns, shape) && isFilled(column));
  return { ...read, columns, unread: unread.map(({ heading }) => heading) };
}

function isRead<Field extends string>(
  { heading, index }: Column,
  columns: ReadonlyMap<Field, number>,
  shape: WorkbookShape<Field>,
): boolean {
  return shape.columns.some(({ field, only, many, reads }) => {
    if (only === 'nowhere') return false;
    return columns.get(field) === index || (many === true && reads.some((word) => word.test(heading)));
  });
}

/** What a row says in the columns that are kept as they are written. */
export const textsOf = <Field extends string, Text extends Field>(
  row: DataRow<Field>,
  { columns }: WorkbookShape<Field>,
  fields: readonly Text[],
): Readonly<Record<Text, string>> => {
  const own = new Set<string>(columns.filter(({ text }) => text === 'own').map(({ field }) => field));
  return eachField(fields, (field) => textOf(own.has(field) ? row.own(field) : row.filled(field)));
};

export function readRows<Field extends string>(
  table: Table,
  columns: ReadonlyMap<Field, number>,
  seq?: Field,
): TableRows<Field> {
  const { sheet } = table;
  const layout = { blankRows: [] as number[], noteRows: [] as number[], groupRows: [] as number[] };
  const rows: DataRow<Field>[] = [];
  const totals: DataRow<Field>[] = [];
  const above = mergedFromAbove(sheet);
  const wide = new Set(sheet.merges.flatMap(({ top, left, right }) => (right - left >= 2 ? [`${top},${left}`] : [])));
  const seqColumn = seq === undefined ? undefined : columns.get(seq);
  let group = '';
  for (let index = table.headerRows.at(-1) ?? 0; index < sheet.rows.length; index += 1) {
    const row = sheet.rows[index] ?? [];
    const data = dataRow(row, index, group, columns, above);
    switch (kindOfRow(table, index, seqColumn, wide)) {
      case 'blank':
        layout.blankRows.push(index + 1);
        break;
      case 'total':
        totals.push(data);
        layout.noteRows.push(index + 1);
        break;
      case 'note':
        layout.noteRows.push(index + 1);
        break;
      case 'group':
        group = textOf(row.find((cell) => !isEmpty(cell)));
        layout.groupRows.push(index + 1);
        break;
      case 'data':
        rows.push(data);
    }
  }
  return { layout: { titleRows: table.titleRows, headerRows: table.headerRows, ...layout }, rows, totals };
}

function kindOfRow(
  table: Table,
  index: number,
  seqColumn: number | undefined,
  wide: ReadonlySet<string>,
): 'blank' | 'total' | 'note' | 'group' | 'data' {
  const row = table.sheet.rows[index] ?? [];
  const content = row.flatMap((cell, column) => (isEmpty(cell) ? [] : [{ cell, column, text: textOf(cell) }]));
  const first = content[0];
  if (!first) return 'blank';
  if (content.slice(0, 3).some(({ text }) => TOTAL.test(keyOf(text)))) return 'total';
  if (EXAMPLE.test(keyOf(first.text))) return 'note';
  if (SIGNED.test(fold(first.text)) || isHeaderAgain(table, row)) return 'note';
  if (content.length > 2) return 'data';
  if (REMARK.test(fold(first.text))) return 'note';
  if (content.length > 1) return 'data';
  // One cell alone: a number waiting for its row, a heading across the table, or a row of data that is almost empty.
  if (first.column === seqColumn) return wholeNumber(first.cell) === null ? 'group' : 'blank';
  return wide.has(`${index},${first.column}`) || GROUP.test(first.text) ? 'group' : 'data';
}

/** A header repeated at the top of each printed page. */
function isHeaderAgain(table: Table, row: Row): boolean {
  const last = table.headerRows.at(-1);
  const header = last === undefined ? undefined : table.sheet.rows[last - 1];
  const texts = (cells: Row) =>
    cells
      .map((cell) => textOf(cell))
      .join('\t')
      .trim();
  return header !== undefined && texts(header) === texts(row);
}

function dataRow<Field extends string>(
  row: Row,
  index: number,
  group: string,
  columns: ReadonlyMap<Field, number>,
  above: ReadonlyMap<string, Cell>,
): DataRow<Field> {
  const cell = (field: Field, fill: boolean): Cell | undefined => {
    const column = columns.get(field);
    if (column === undefined) return undefined;
    return fill && isEmpty(row[column]) ? above.get(`${index},${column}`) : row[column];
  };
  return {
    row: index + 1,
    group,
    own: (field) => cell(field, false),
    filled: (field) => cell(field, true),
    cellAt: (column) => row[column],
    text: (field) => textOf(cell(field, true)),
  };
}

/** The cell that is merged over each empty one of its column. Areas across several columns are headings and fill nothing. */
function mergedFromAbove(sheet: Sheet): ReadonlyMap<string, Cell> {
  const above = new Map<string, Cell>();
  for (const { top, left, bottom, right } of sheet.merges) {
    const cell = sheet.rows[top]?.[left];
    if (left !== right || !cell || isEmpty(cell)) continue;
    for (let row = top + 1; row <= Math.min(bottom, sheet.rows.length - 1); row += 1) {
      const key = `${row},${left}`;
      // Areas do not overlap in a sound workbook; in another one this keeps the work within the number of cells.
      if (above.has(key)) break;
      above.set(key, cell);
    }
  }
  return above;
}
