import { fold, keyOf, wholeNumber } from './cell-text.ts';
import { type Cell, isEmpty, type Row, type Sheet, textOf } from './workbook.ts';

/** A column by its heading; a two-level heading is joined: 责任分工/牵头单位. Brackets and spaces are left out. */
export interface Column {
  readonly index: number;
  readonly heading: string;
}

/** The words by which a kind of table is known: for each field its headings, the preferred ones first. */
export interface Headings<Field extends string> {
  readonly words: Readonly<Record<Field, readonly RegExp[]>>;
  /** At least one field of each group must be there. */
  readonly must: readonly (readonly Field[])[];
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
  headings: Headings<Field>,
): ReadonlyMap<Field, number> | undefined {
  const found = new Map<Field, number>();
  for (const field of fieldsOf(headings)) {
    const free = columns.filter((column) => ![...found.values()].includes(column.index));
    const column = headings.words[field].flatMap((word) => free.filter(({ heading }) => word.test(heading)))[0];
    if (column) found.set(field, column.index);
  }
  return headings.must.every((group) => group.some((field) => found.has(field))) ? found : undefined;
}

function fieldsOf<Field extends string>(headings: Headings<Field>): readonly Field[] {
  const fields: Field[] = [];
  for (const field in headings.words) fields.push(field);
  return fields;
}

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

const TOTAL = /^(合计|小计|总计|总分|累计)[:：]?$/;
const SIGNED = /^(填表人|填报人|审核人|制表人?|负责人|单位负责人|联系电话|报送人)[:：]/;
const REMARK = /^(注|备注|说明|附注)([:：]|\d)/;
const GROUP =
  /^([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[—–-]{2,}|第[一二三四五六七八九十]+(部分|组|批|片区))/;

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
  const seqColumn = seq === undefined ? undefined : columns.get(seq);
  let group = '';
  for (let index = table.headerRows.at(-1) ?? 0; index < sheet.rows.length; index += 1) {
    const row = sheet.rows[index] ?? [];
    const data = dataRow(row, index, group, columns, above);
    switch (kindOfRow(table, index, seqColumn)) {
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
): 'blank' | 'total' | 'note' | 'group' | 'data' {
  const row = table.sheet.rows[index] ?? [];
  const content = row.flatMap((cell, column) => (isEmpty(cell) ? [] : [{ cell, column, text: textOf(cell) }]));
  const first = content[0];
  if (!first) return 'blank';
  if (content.slice(0, 3).some(({ text }) => TOTAL.test(keyOf(text)))) return 'total';
  if (SIGNED.test(fold(first.text)) || isHeaderAgain(table, row)) return 'note';
  if (content.length > 2) return 'data';
  if (REMARK.test(fold(first.text))) return 'note';
  if (content.length > 1) return 'data';
  // One cell alone: a number waiting for its row, a heading across the table, or a row of data that is almost empty.
  if (first.column === seqColumn) return wholeNumber(first.cell) === null ? 'group' : 'blank';
  const across = table.sheet.merges.some(
    ({ top, left, right }) => top === index && left === first.column && right - left >= 2,
  );
  return across || GROUP.test(first.text) ? 'group' : 'data';
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
