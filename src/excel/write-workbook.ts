import type { Sheet, SheetColumn } from '../domain/imports/sheet.ts';
import { columnName, escapeXml, headerRowOf, listsXml, STYLES, sheetXml } from './sheet-xml.ts';

/** What Excel takes as a sheet's name: no : \ / ? * [ ], 31 characters. */
const sheetName = (title: string): string =>
  title
    .replace(/[:\\/?*[\]']/g, ' ')
    .trim()
    .slice(0, 31) || '表';

const LISTS = '选项';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A list as .xlsx: the XML is our own (see sheet-xml), the zip is the library's. The pick lists stand on a hidden sheet. */
export async function writeWorkbook(sheet: Sheet): Promise<Uint8Array> {
  const { CFB } = await import('@e965/xlsx');
  const picked = sheet.columns.filter(({ choices = [] }) => choices.length > 0);
  const lists = new Map<SheetColumn, string>(
    picked.map((column, at) => [
      column,
      `'${LISTS}'!$${columnName(at)}$1:$${columnName(at)}$${column.choices?.length ?? 1}`,
    ]),
  );
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': contentTypes(picked.length > 0),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbookXml(sheet, picked.length > 0),
    'xl/_rels/workbook.xml.rels': relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
      ...(picked.length > 0 ? [['worksheet', 'worksheets/sheet2.xml'] as const] : []),
    ]),
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': sheetXml(sheet, lists),
    ...(picked.length > 0 && { 'xl/worksheets/sheet2.xml': listsXml(picked.map(({ choices = [] }) => choices)) }),
  };
  const zip = CFB.utils.cfb_new();
  const encoder = new TextEncoder();
  for (const [path, xml] of Object.entries(parts)) CFB.utils.cfb_add(zip, `/${path}`, encoder.encode(HEAD + xml));
  const written: unknown = CFB.write(zip, { type: 'buffer', fileType: 'zip', compression: true });
  if (!(written instanceof Uint8Array)) throw new TypeError('the zip writer gave no bytes');
  return written;
}

function contentTypes(hasLists: boolean): string {
  const part = (name: string, kind: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${TYPE}.${kind}+xml"/>`;
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('workbook', 'sheet.main')}${part('styles', 'styles')}${part('worksheets/sheet1', 'worksheet')}${hasLists ? part('worksheets/sheet2', 'worksheet') : ''}</Types>`;
}

const relations = (targets: readonly (readonly [kind: string, target: string])[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(
      ([kind, target], at) =>
        `<Relationship Id="rId${at + 1}" Type="${OFFICE}/relationships/${kind}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

/** The header is printed on every page. */
function workbookXml(sheet: Sheet, hasLists: boolean): string {
  const name = escapeXml(sheetName(sheet.title));
  const header = headerRowOf(sheet);
  return `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}/relationships"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/>${hasLists ? `<sheet name="${LISTS}" sheetId="2" state="hidden" r:id="rId3"/>` : ''}</sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${name}'!$${header}:$${header}</definedName></definedNames></workbook>`;
}
