import { date, daysBetween, type LocalDate } from '../domain/calendar/local-date.ts';
import type { Sheet, SheetCell, SheetColumn } from '../domain/imports/sheet.ts';

/** Indices of `cellXfs` in STYLES. */
const STYLE = { title: 1, statement: 2, header: 3, text: 4, quoted: 5, date: 6, number: 7, note: 8 } as const;
/** The same looks for an example row: grey and slanted. */
const EXAMPLE = { [STYLE.text]: 9, [STYLE.quoted]: 10, [STYLE.date]: 11, [STYLE.number]: 12 } as const;

const TITLE_ROWS = 2;
/** Excel's own bound on the text of a cell. */
const MAX_TEXT = 32_767;
/** Serial 61: the calendar of Excel is right from here on. */
const DAY_61 = date('1900-03-01');

export const STYLES = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="4"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><i/><sz val="11"/><color rgb="FF808080"/><name val="宋体"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/></patternFill></fill></fills>
<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="13">
<xf/>
${xf('fontId="1"', 'horizontal="center" vertical="center"')}
${xf('', 'vertical="center"')}
${xf('fontId="2" fillId="2" borderId="1"', 'horizontal="center" vertical="center" wrapText="1"')}
${xf('numFmtId="49" borderId="1"', 'vertical="center" wrapText="1"')}
${xf('numFmtId="49" borderId="1" quotePrefix="1"', 'vertical="center" wrapText="1"')}
${xf('numFmtId="164" borderId="1"', 'horizontal="center" vertical="center"')}
${xf('borderId="1"', 'horizontal="center" vertical="center"')}
${xf('fontId="3"', 'vertical="center"')}
${xf('numFmtId="49" fontId="3" borderId="1"', 'vertical="center" wrapText="1"')}
${xf('numFmtId="49" fontId="3" borderId="1" quotePrefix="1"', 'vertical="center" wrapText="1"')}
${xf('numFmtId="164" fontId="3" borderId="1"', 'horizontal="center" vertical="center"')}
${xf('fontId="3" borderId="1"', 'horizontal="center" vertical="center"')}
</cellXfs>
</styleSheet>`;

function xf(attributes: string, alignment: string): string {
  const applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"';
  return `<xf ${attributes} xfId="0" ${applied}><alignment ${alignment}/></xf>`;
}

/** The name of the row that a header stands in, for the name Print_Titles and the filter. */
export const headerRowOf = (sheet: Sheet): number => TITLE_ROWS + (sheet.statements.length > 0 ? 1 : 0);

/**
 * The XML of a list: title over all columns, statements, frozen header, widths, pick lists from the ranges of `lists`. By hand, because the
 * community build of the workbook library writes neither frozen panes nor formats nor pick lists.
 */
export function sheetXml(sheet: Sheet, lists: ReadonlyMap<SheetColumn, string>): string {
  const { columns, rows, examples = 0, blanks = 0, notes = [], statements } = sheet;
  const last = columnName(columns.length - 1);
  const header = headerRowOf(sheet);
  const end = header + rows.length + blanks;
  const lines = [
    rowXml(1, [cellXml('A1', sheet.title, STYLE.title)], 36),
    ...(header > 2 ? [rowXml(2, [cellXml('A2', statements.join('　　'), STYLE.statement)], 22)] : []),
    rowXml(
      header,
      columns.map(({ heading }, at) => cellXml(`${columnName(at)}${header}`, heading, STYLE.header)),
      30,
    ),
    ...rows.map((cells, index) => dataRow(header + 1 + index, cells, index < examples)),
    ...Array.from({ length: blanks }, (_, at) => blankRow(header + rows.length + 1 + at, columns)),
    ...notes.map((note, at) => rowXml(end + 1 + at, [cellXml(`A${end + 1 + at}`, note, STYLE.note)])),
  ];
  const merged = [
    `A1:${last}1`,
    ...(header > 2 ? [`A2:${last}2`] : []),
    ...notes.map((_, at) => `A${end + 1 + at}:${last}${end + 1 + at}`),
  ];
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>
<sheetViews><sheetView workbookViewId="0"><pane ySplit="${header}" topLeftCell="A${header + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
<sheetFormatPr defaultRowHeight="18"/>
<cols>${columns.map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>
<sheetData>${lines.join('')}</sheetData>
${end > header ? `<autoFilter ref="A${header}:${last}${end}"/>` : ''}
<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>
${validations(columns, lists, header + 1, Math.max(end, header + 1))}
<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>
</worksheet>`;
}

/** One column of texts, for the hidden sheet that the pick lists come from. */
export function listsXml(lists: readonly (readonly string[])[]): string {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const rows = Array.from({ length: longest }, (_, row) =>
    rowXml(
      row + 1,
      lists.flatMap((list, at) =>
        list[row] === undefined ? [] : [cellXml(`${columnName(at)}${row + 1}`, list[row], 0)],
      ),
    ),
  );
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

/** Advice, not a fence: a name that the list does not have yet may be typed. */
function validations(
  columns: readonly SheetColumn[],
  lists: ReadonlyMap<SheetColumn, string>,
  from: number,
  to: number,
): string {
  const all = columns.flatMap((column, at) => {
    const range = lists.get(column);
    const cells = `${columnName(at)}${from}:${columnName(at)}${to}`;
    return range === undefined
      ? []
      : [
          `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${cells}"><formula1>${escapeXml(range)}</formula1></dataValidation>`,
        ];
  });
  return all.length > 0 ? `<dataValidations count="${all.length}">${all.join('')}</dataValidations>` : '';
}

function dataRow(row: number, cells: readonly SheetCell[], isExample: boolean): string {
  const xml = cells.map((cell, at) => {
    const style = styleOf(cell);
    return cellXml(`${columnName(at)}${row}`, cell, isExample ? EXAMPLE[style] : style);
  });
  return rowXml(row, xml);
}

/** Text format, so that a number typed into it keeps its zeros. */
const blankRow = (row: number, columns: readonly SheetColumn[]): string =>
  rowXml(
    row,
    columns.map(({ date: isDate }, at) => `<c r="${columnName(at)}${row}" s="${isDate ? STYLE.date : STYLE.text}"/>`),
  );

/** Text that a spreadsheet would take for a formula is marked as text, so that it stays one when it is edited or saved as .csv. */
const FORMULA = /^[=+\-@\t\r]/;

function styleOf(cell: SheetCell): keyof typeof EXAMPLE {
  if (typeof cell === 'number') return STYLE.number;
  if (typeof cell === 'object') return STYLE.date;
  return FORMULA.test(cell ?? '') ? STYLE.quoted : STYLE.text;
}

function cellXml(ref: string, cell: SheetCell, style: number): string {
  if (cell === undefined || cell === '') return `<c r="${ref}" s="${style}"/>`;
  if (typeof cell === 'number') return `<c r="${ref}" s="${style}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') return `<c r="${ref}" s="${style}"><v>${serialOf(cell.date)}</v></c>`;
  return `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell.slice(0, MAX_TEXT))}</t></is></c>`;
}

const rowXml = (row: number, cells: readonly string[], height?: number): string =>
  `<row r="${row}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>${cells.join('')}</row>`;

const serialOf = (day: LocalDate): number => 61 + daysBetween(DAY_61, day);

/** A, B … Z, AA. */
export function columnName(at: number): string {
  return (at >= 26 ? columnName(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML has no way to write most control characters; Excel's own for the rest is _x000D_, which must then be written itself as _x005F_. */
export function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll('\r', '_x000D_')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 refuses
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
  );
}
