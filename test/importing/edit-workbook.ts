import * as xlsx from '@e965/xlsx';
import { type File, type FileNumber, fixture } from './desk.ts';

/** A fixture as an office would send it again: cells with new texts, whole rows (Excel's numbers) emptied. */
export function edited(
  number: FileNumber,
  change: { readonly cells?: Readonly<Record<string, string | number>>; readonly without?: readonly number[] },
): File {
  const { name, bytes } = fixture(number);
  const book = xlsx.read(bytes, { type: 'array', cellNF: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) throw new Error(`${name} has no sheet`);
  for (const [address, value] of Object.entries(change.cells ?? {}))
    sheet[address] = typeof value === 'number' ? { t: 'n', v: value } : { t: 's', v: value };
  for (const address of Object.keys(sheet))
    if (change.without?.includes(Number(/^[A-Z]+(\d+)$/.exec(address)?.[1]))) delete sheet[address];
  return { name, bytes: new Uint8Array(xlsx.write(book, { type: 'buffer', bookType: 'xlsx' })) };
}
