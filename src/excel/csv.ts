import type { Cell, Row } from './workbook.ts';

/**
 * Text of a .csv file. Excel on a Chinese Windows saves GBK, and UTF-8 with a byte order mark when asked; other programs save plain UTF-8.
 * Undefined when it is neither.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'gbk']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes('\0') ? undefined : text;
    } catch {
      // not this encoding
    }
  }
  return undefined;
}

// Alternatives in order: a quoted field, a plain one; then what ends it.
const BETWEEN_COMMAS = /(?:"((?:[^"]|"")*)"[^,\r\n]*|([^,\r\n]*))(,|\r\n|\n|\r|$)/gy;
const BETWEEN_TABS = /(?:"((?:[^"]|"")*)"[^\t\r\n]*|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;

/**
 * Rows of a .csv text, or of cells as they are copied from a workbook, which have tabs between them: RFC 4180 quotes, CRLF, LF or CR between
 * rows. All values are text; an empty field is an empty cell.
 */
export function parseCsv(text: string, separator: ',' | '\t' = ','): readonly Row[] {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  const endField = (value: string) => row.push({ value: value === '' ? null : value });
  const endRow = () => {
    rows.push(row);
    row = [];
  };
  const token = separator === ',' ? new RegExp(BETWEEN_COMMAS) : new RegExp(BETWEEN_TABS);
  for (;;) {
    const match = token.exec(text);
    if (!match) break;
    endField(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === separator) continue;
    endRow();
    if (match[3] === '' || token.lastIndex >= text.length) break;
  }
  return rows;
}
