import { toLines } from './markdown.ts';
import { fieldLines, markdown, PARAGRAPH, piece, shapeOf, type Unit, unitOfLines } from './pieces.ts';
import { oneLine } from './plain-text.ts';
import type { Block } from './views.ts';

type Table = Extract<Block, { kind: 'table' }>;

/** A platform limit; and sizes beyond which cells are not short and a table is no help to the reader. */
const MAX_COLUMNS = 50;
const MAX_TABLE_HEAD_BYTES = 4000;
const MAX_ROW_BYTES = 3000;

const cell = (row: Table['rows'][number], key: string): string => (Object.hasOwn(row, key) ? (row[key] ?? '') : '');

export function tableUnits(table: Table): Unit[] {
  const { columns, rows } = table;
  if (columns.length === 0 || rows.length === 0) return [];
  if (columns.length > MAX_COLUMNS) return tableAsList(table);
  const shape = shapeOf(
    {
      tag: 'table',
      page_size: Math.min(10, rows.length),
      row_height: 'auto',
      header_style: { bold: true, background_style: 'grey', lines: 1 },
      // Own names: a key may be anything, also twice the same.
      columns: columns.map(({ title }, index) => ({
        name: `c${index}`,
        display_name: oneLine(title),
        data_type: 'text',
        width: 'auto',
      })),
      rows: [],
    },
    { tags: 1, isTable: true },
  );
  if (shape.bytes > MAX_TABLE_HEAD_BYTES) return tableAsList(table);
  const units = rows.map((row) => {
    const cells = columns.map(({ key }, index) => [`c${index}`, oneLine(cell(row, key))]);
    return [piece(shape, JSON.stringify(Object.fromEntries(cells)), ',')];
  });
  return units.some(([row]) => row !== undefined && row.bytes > MAX_ROW_BYTES) ? tableAsList(table) : units;
}

/** The same rows for a table that is too wide, each a paragraph of its titled cells. */
function tableAsList({ columns, rows }: Table): Unit[] {
  const prose = markdown();
  return rows.map((row) => {
    const lines = columns.flatMap(({ key, title }) => fieldLines(title, toLines([oneLine(cell(row, key))])));
    return unitOfLines(prose, lines, PARAGRAPH);
  });
}
