import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { decodeText, parseCsv } from './csv.ts';
import { PASTED, pastedSheet } from './pasted.ts';
import { isRefusal, type Refusal, type RefusalCode, refuse } from './refusal.ts';
import { type Cell, dateOfSerial, isEmpty, type Row, type Sheet, type Workbook } from './workbook.ts';
import { judgeZip } from './zip-directory.ts';

/** Whoever can, asks for the size first and does not load a larger file at all. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** Rows with content on one sheet. */
export const MAX_ROWS = 5_000;
/** Content further down or to the right is a stray cell: such a sheet is refused, such a column is left out. */
const LAST_ROW = 20_000;
const LAST_COLUMN = 256;

/**
 * Opens an .xlsx or .csv file, or a table that was pasted as text. It never throws for what a file contains: whatever cannot be read is a refusal, decided before the
 * workbook reader sees the bytes wherever possible (encrypted, old format, macros, zip bombs, plain text under another name).
 */
export async function openWorkbook(bytes: Uint8Array, fileName: string): Promise<Workbook | Refusal> {
  if (bytes.length > MAX_FILE_BYTES) return refuse('tooLarge', fileName);
  if (bytes.length === 0) return refuse('empty', fileName);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    return refuse(contains(bytes, 'EncryptedPackage') ? 'encrypted' : 'oldFormat', fileName);
  }
  if (fileName === PASTED) return pastedWorkbook(bytes);
  const sheets = startsWith(bytes, [0x50, 0x4b]) ? await readZip(bytes) : readText(bytes, fileName);
  return typeof sheets === 'string' ? refuse(sheets, fileName) : { fileName, sheets };
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

/** Names in an OLE directory are UTF-16. */
function contains(bytes: Uint8Array, name: string): boolean {
  const wide = Array.from(name).join('\0');
  return new TextDecoder('latin1').decode(bytes).includes(wide);
}

function pastedWorkbook(bytes: Uint8Array): Workbook | Refusal {
  const text = decodeText(bytes);
  if (text === undefined) return refuse('encoding', PASTED);
  const sheet = pastedSheet(text);
  if (isRefusal(sheet)) return sheet;
  return sheet.rows.length > MAX_ROWS ? refuse('tooManyRows', PASTED) : { fileName: PASTED, sheets: [sheet] };
}

function readText(bytes: Uint8Array, fileName: string): readonly Sheet[] | RefusalCode {
  if (!/\.csv$/i.test(fileName)) return /\.xls[xm]?$/i.test(fileName) ? 'notWorkbook' : 'unknownType';
  const text = decodeText(bytes);
  if (text === undefined) return 'encoding';
  const rows = parseCsv(text);
  return rows.length > MAX_ROWS ? 'tooManyRows' : [{ name: fileName, hidden: false, rows, merges: [] }];
}

async function readZip(bytes: Uint8Array): Promise<readonly Sheet[] | RefusalCode> {
  const verdict = await judgeZip(bytes);
  if (verdict !== 'fits') return verdict;
  // Loaded here so that a Worker pays for it (117 KiB gzipped) only when somebody sends a workbook.
  const xlsx = await import('@e965/xlsx');
  let book: WorkBook;
  try {
    book = xlsx.read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellFormula: false,
    });
  } catch {
    return 'damaged';
  }
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  const isDateFormat = (format: unknown): boolean => typeof format === 'string' && xlsx.SSF.is_date(format) === true;
  const sheets: Sheet[] = [];
  for (const [index, name] of book.SheetNames.entries()) {
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    const read = (cell: CellObject) => toCell(cell, is1904, isDateFormat);
    const sheet = toSheet(name, hidden, book.Sheets[name] ?? {}, read);
    if (!sheet) return 'tooManyRows';
    sheets.push(sheet);
  }
  return sheets;
}

/** Undefined when the sheet is too long. */
function toSheet(name: string, hidden: boolean, sheet: WorkSheet, read: (cell: CellObject) => Cell): Sheet | undefined {
  if (hidden) return { name, hidden, rows: [], merges: [] };
  const data = sheet['!data'] ?? [];
  const last = data.findLastIndex((row) => row?.some((cell) => cell.v !== undefined && cell.v !== ''));
  if (last >= LAST_ROW) return undefined;
  // Not map: the reader leaves holes for empty rows and cells, and one cell in column XFD makes a row of 16,384.
  const rows = Array.from({ length: last + 1 }, (_, at): Row => {
    const row = data[at] ?? [];
    return Array.from(
      { length: Math.min(row.length, LAST_COLUMN) },
      (_none, column) => row[column] && read(row[column]),
    );
  });
  if (rows.filter((row) => row.some((cell) => !isEmpty(cell))).length > MAX_ROWS) return undefined;
  const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c }));
  return { name, hidden, rows, merges };
}

function toCell(cell: CellObject, is1904: boolean, isDateFormat: (format: unknown) => boolean): Cell {
  switch (cell.t) {
    case 'n':
      return typeof cell.v === 'number'
        ? { value: cell.v, date: isDateFormat(cell.z) ? dateOfSerial(cell.v + (is1904 ? 1462 : 0)) : undefined }
        : { value: null };
    case 's':
      return { value: typeof cell.v === 'string' ? cell.v : null };
    case 'b':
      return { value: cell.v === true ? '是' : '否' };
    case 'e':
      return { value: null, error: ERRORS.get(Number(cell.v)) ?? '#N/A' };
    default:
      return { value: null };
  }
}

const ERRORS: ReadonlyMap<number, string> = new Map([
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
]);
