import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as xlsx from '@e965/xlsx';
import { StepError } from './cast.ts';

const FIXTURES = new URL('../../fixtures/workbooks/', import.meta.url);

interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A table that stands in a play, as an office's program would save it: the name says whether as text or as a workbook of text cells. */
export function tableFile(name: string, lines: readonly string[]): File {
  const text = `${lines.join('\n')}\n`;
  if (!name.endsWith('.xlsx')) return { name, bytes: new TextEncoder().encode(text) };
  const book = xlsx.read(text, { type: 'string', raw: true });
  return { name, bytes: new Uint8Array(xlsx.write(book, { type: 'buffer', bookType: 'xlsx' })) };
}

/** A fixture by its name, or a file of the disk by its path. */
export function storedFile(name: string): File {
  const file = name.includes('/') ? name : new URL(name, FIXTURES);
  if (!existsSync(file))
    throw new StepError(`没有文件“${name}”；写路径（./表.xlsx），或在行末写冒号，下面各行以 | 开头写出表的内容`);
  return { name: basename(name), bytes: new Uint8Array(readFileSync(file)) };
}

/** What only has to be there, a photo or a paper: the bot passes it on and reads none of it. */
export const anyFile = (name: string): File => ({ name, bytes: new TextEncoder().encode(name) });
