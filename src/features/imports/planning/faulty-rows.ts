import { wallClock } from '../../../domain/calendar/local-date.ts';
import type { Sheet, SheetCell } from '../../../domain/imports/sheet.ts';
import type { Table } from '../../../excel/header.ts';
import { type Issue, reasonOf, severityOf } from '../../../excel/issue.ts';
import { openWorkbook } from '../../../excel/open-workbook.ts';
import { type Recognised, recognise } from '../../../excel/recognise.ts';
import { isRefusal } from '../../../excel/refusal.ts';
import { type DataRow, readRows } from '../../../excel/table-rows.ts';
import { readTitle } from '../../../excel/table-title.ts';
import { type Cell, textOf } from '../../../excel/workbook.ts';
import { planTable } from './import-workbook.ts';
import type { Planner } from './plan.ts';

/** Columns whose blank cell means the one above it, merged or not: a row that stands alone must say it. */
const FILLED_DOWN: Readonly<Record<Recognised['kind'], RegExp>> = {
  schedule: /日期|时间$/,
  tasks: /^(一级|二级|A级|B级)指标$|类别|板块/,
  assessment: /^(一级|A级)指标$/,
  directory: /^$/,
};

/**
 * The rows that were left out, as they were written, each with what is wrong: mended and sent back they are imported. A row that only repeats
 * another has nothing to be mended and is left out here as well. Undefined when there is none.
 */
export async function faultyRowsSheet(
  importer: Planner,
  bytes: Uint8Array,
  fileName: string,
): Promise<Sheet | undefined> {
  const workbook = await openWorkbook(bytes, fileName);
  const found = isRefusal(workbook) ? workbook : recognise(workbook);
  if (isRefusal(found) || found.kind === 'notYet') return undefined;
  const plan = await planTable(importer, found, undefined);
  if (plan.kind === 'refused') return undefined;
  const complaints = Map.groupBy(
    plan.issues.filter((issue) => severityOf(issue) === 'error' && issue.type !== 'duplicate_of'),
    ({ row }) => row,
  );
  if (complaints.size === 0) return undefined;
  const { table } = found;
  return {
    title: titleOf(table, importer),
    statements: otherLines(table),
    columns: [
      ...table.columns.map(({ heading }) => ({ heading, width: Math.min(40, Math.max(10, heading.length * 3)) })),
      { heading: '原因', width: 40 },
    ],
    rows: rowsOf(found, complaints),
    notes: ['说明：请在原来的列里改正，改好后把本文件发给我；“原因”一列不会导入。'],
  };
}

function titleOf(table: Table, { time, zone }: Planner): string {
  return readTitle(table, wallClock(time.now(), zone).date).text || '有错误的行';
}

/** What stands above the header besides the title: who issued the table, and when. Without it the rows may mean something else. */
function otherLines(table: Table): readonly string[] {
  const lines = table.titleRows.flatMap((row) =>
    (table.sheet.rows[row - 1] ?? []).map((cell) => textOf(cell)).filter(Boolean),
  );
  return lines.slice(1);
}

function rowsOf(
  { kind, table }: Recognised,
  complaints: ReadonlyMap<number, readonly Issue[]>,
): readonly SheetCell[][] {
  const headings = new Map(table.columns.map(({ heading, index }) => [heading, index]));
  const above = new Map<string, SheetCell>();
  const used = new Set<string>();
  const found: { readonly row: DataRow<string>; readonly cells: SheetCell[] }[] = [];
  for (const row of readRows(table, headings).rows) {
    const cells = table.columns.map(({ heading }) => {
      const own = cellOf(row.filled(heading));
      const value = own === '' && FILLED_DOWN[kind].test(heading) ? (above.get(heading) ?? '') : own;
      above.set(heading, value);
      return value;
    });
    if (complaints.has(row.row)) found.push({ row, cells });
    else used.add(String(cells[0]));
  }
  return found.map(({ row, cells }) => {
    if (kind === 'tasks') cells[0] = freeCode(cells[0], row.row, used);
    return [...cells, (complaints.get(row.row) ?? []).map((issue) => reasonOf(issue)).join('；')];
  });
}

/** A task is known by its number: one that has none, or repeats another's, gets the number that it would have had in its table. */
function freeCode(cell: SheetCell, row: number, used: Set<string>): SheetCell {
  const own = typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
  const base = own === '' ? `R${row}` : own;
  let code = base;
  for (let times = 2; used.has(code); times += 1) code = `${base}-${times}`;
  used.add(code);
  return code === own ? cell : code;
}

function cellOf(cell: Cell | undefined): Exclude<SheetCell, undefined> {
  if (cell?.date) return { date: cell.date };
  if (typeof cell?.value === 'number') return cell.value;
  return textOf(cell);
}
