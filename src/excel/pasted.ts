import { parseCsv } from './csv.ts';
import { type Refusal, refuse } from './refusal.ts';
import { isEmpty, type Row, type Sheet } from './workbook.ts';

/** What a table is called that came as the text of a message. */
export const PASTED = '粘贴的表格';

/**
 * How the cells of a pasted table stand apart. Excel and WPS copy tabs; bars come from notes and web pages. Spaces come from programs that
 * turn tabs into them; an empty cell is then not to be seen.
 */
type Separator = 'tab' | 'bar' | 'wide' | 'comma' | 'space';

const BAR = /(?<!\\)[|｜]/;
const WIDE = /[ \u3000\u00a0]{2,}/;
const SPACE = /[ \u3000\u00a0]+/;
const RULED = /^[\s|｜:+-]*--[\s|｜:+-]*$/;
const FEWEST_CELLS = 3;

/** Undefined for lines that are no table. */
export function separatorOf(text: string): Separator | undefined {
  const lines = linesOf(text);
  const tabs = lines.map((line) => line.split('\t').length - 1).filter((count) => count > 0);
  if (tabs.length > 1 || (tabs[0] ?? 0) >= FEWEST_CELLS - 1) return 'tab';
  if (lines.filter((line) => cellsOf(line, 'bar').length >= FEWEST_CELLS).length > 1) return 'bar';
  for (const separator of ['wide', 'comma', 'space'] as const)
    if (lines.filter((line) => cellsOf(line, separator).length >= FEWEST_CELLS).length > 1) return separator;
  return undefined;
}

/** The rows of a pasted table; row 1 is its first line. With spaces between the cells, each row must have as many as the heading. */
export function pastedSheet(text: string): Sheet | Refusal {
  const separator = separatorOf(text);
  if (separator === undefined) return refuse('unknownKind', PASTED);
  if (separator === 'tab') return sheetOf(parseCsv(text, '\t'));
  if (separator === 'comma') return sheetOf(parseCsv(text));
  const rows = linesOf(text).map((line) =>
    separator === 'bar' && RULED.test(line) ? [] : cellsOf(line, separator).map((value) => ({ value: value || null })),
  );
  const header = rows.findIndex((row) => row.length >= FEWEST_CELLS);
  const uneven = rows.findIndex((row, at) => at > header && row.length > 1 && row.length !== rows[header]?.length);
  return separator !== 'bar' && uneven >= 0 ? refuse('uneven', PASTED, uneven + 1) : sheetOf(rows);
}

const sheetOf = (rows: readonly Row[]): Sheet => ({
  name: PASTED,
  hidden: false,
  merges: [],
  rows: rows.map((row) => (row.every(isEmpty) ? [] : row)),
});

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n|\r/);

function cellsOf(line: string, separator: Exclude<Separator, 'tab'>): readonly string[] {
  const trimmed = line.trim();
  if (trimmed === '') return [];
  if (separator === 'comma') return trimmed.split(',');
  if (separator !== 'bar') return trimmed.split(separator === 'wide' ? WIDE : SPACE);
  const framed = trimmed.replace(/^[|｜]/, '').replace(/(?<!\\)[|｜]$/, '');
  return framed.split(BAR).map((cell) => cell.replaceAll(/\\(?=[|｜])/g, '').trim());
}
