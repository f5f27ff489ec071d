import * as xlsx from '@e965/xlsx';
import { type File, type FileNumber, fixture } from './desk.ts';

/** A fixture as an office would send it again: cells with new texts, whole rows (Excel's numbers) or columns (its letters) emptied. */
export function edited(
  number: FileNumber,
  change: {
    readonly cells?: Readonly<Record<string, string | number>>;
    readonly without?: readonly number[];
    readonly withoutColumn?: string;
  },
): File {
  const { name, bytes } = fixture(number);
  const book = xlsx.read(bytes, { type: 'array', cellNF: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) throw new Error(`${name} has no sheet`);
  for (const [address, value] of Object.entries(change.cells ?? {}))
    sheet[address] = typeof value === 'number' ? { t: 'n', v: value } : { t: 's', v: value };
  for (const address of Object.keys(sheet))
    if (change.without?.includes(Number(/^[A-Z]+(\d+)$/.exec(address)?.[1]))) delete sheet[address];
  // From the third row on: the title stands in the first column too.
  for (const address of Object.keys(sheet)) {
    const [, column, row] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
    if (column === change.withoutColumn && Number(row) > 2) delete sheet[address];
  }
  return { name, bytes: new Uint8Array(xlsx.write(book, { type: 'buffer', bookType: 'xlsx' })) };
}
