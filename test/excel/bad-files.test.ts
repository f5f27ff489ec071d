import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import { recognise } from '../../src/excel/recognise.ts';
import { isRefusal, type RefusalCode } from '../../src/excel/refusal.ts';
import type { Workbook } from '../../src/excel/workbook.ts';
import { bytesOf } from './fixture-files.ts';
import { heavyFiles } from './heavy-files.ts';
import { oleFile, workbookParts, zip } from './make-files.ts';

const text = (content: string) => new TextEncoder().encode(content);
const good = () => bytesOf('01-督导日程表.xlsx');
const sheetOf = (rows: string) => zip(workbookParts(rows));

const refusals: readonly [string, string, RefusalCode, () => Uint8Array][] = [
  ['an empty file', 'a.xlsx', 'empty', () => new Uint8Array()],
  ['plain text named .xlsx', 'a.xlsx', 'notWorkbook', () => text('hello world')],
  ['a file of another type', 'a.pdf', 'unknownType', () => text('%PDF-1.7')],
  ['an old .xls', 'a.xls', 'oldFormat', () => oleFile('Workbook')],
  ['an encrypted workbook', 'a.xlsx', 'encrypted', () => oleFile('EncryptedPackage')],
  ['a workbook cut off', 'a.xlsx', 'damaged', () => good().subarray(0, 9_000)],
  ['a workbook with a broken part', 'a.xlsx', 'damaged', () => good().fill(0x55, 400, 600)],
  ['a workbook without any sheet in it', 'a.xlsx', 'damaged', () => zip([{ name: 'xl/workbook.xml', content: 'x' }])],
  ['a Word file', 'a.xlsx', 'notWorkbook', () => zip([{ name: 'word/document.xml', content: '<w/>' }])],
  ['macros', 'a.xlsm', 'macro', () => zip([...workbookParts(''), { name: 'xl/vbaProject.bin', content: 'x' }])],
  ['an encrypted zip', 'a.xlsx', 'encrypted', () => zip(workbookParts('').map((part) => ({ ...part, flags: 1 })))],
  [
    'thousands of parts',
    'a.xlsx',
    'tooMuchInside',
    () => zip([...workbookParts(''), ...Array.from({ length: 1_000 }, (_, at) => ({ name: `x${at}`, content: '' }))]),
  ],
  ['5,001 rows', 'a.xlsx', 'tooManyRows', () => sheetOf('<row><c><v>1</v></c></row>'.repeat(5_001))],
  ['a .csv that is neither UTF-8 nor GBK', 'a.csv', 'encoding', () => new Uint8Array([0xff, 0xff, 0x2c, 0x0a])],
];

test.each(refusals)('%s is refused with one line that says what to do', async (_what, fileName, code, make) => {
  const answer = await openWorkbook(make(), fileName);
  expect(answer).toMatchObject({ refused: code });
  if (isRefusal(answer)) expect(answer.message).toMatch(/^a\.\w+：[^\n]+。$/);
});

test('5,000 rows are read', async () => {
  expect(await openWorkbook(sheetOf('<row><c><v>1</v></c></row>'.repeat(5_000)), 'a.xlsx')).toMatchObject({
    sheets: [{}],
  });
});

test('a workbook of another kind is refused, and told what can be read', () => {
  const cells = (...texts: string[]) => texts.map((value) => ({ value }));
  const workbook: Workbook = {
    fileName: '工资表.xlsx',
    sheets: [
      { name: '表', hidden: false, merges: [], rows: [cells('姓名', '岗位工资', '绩效'), cells('陈甲', '1', '2')] },
    ],
  };
  expect(recognise(workbook)).toMatchObject({ refused: 'unknownKind' });
});

test('a sheet that is hidden is never read', () => {
  const rows = [['督导日期', '督导对象', '组长'].map((value) => ({ value }))];
  const sheet = { name: '表', rows, merges: [] };
  expect(recognise({ fileName: 'a', sheets: [{ ...sheet, hidden: false }] })).toMatchObject({ kind: 'schedule' });
  expect(recognise({ fileName: 'a', sheets: [{ ...sheet, hidden: true }] })).toMatchObject({ refused: 'unknownKind' });
});

describe('memory above idle, in a process of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-heavy-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(Object.entries(heavyFiles))('%s', (name, { answer, make }) => {
    const path = join(folder, `${name.replaceAll(/\W/g, '-')}.xlsx`);
    writeFileSync(path, make());
    const child = execFileSync(process.execPath, [fileURLToPath(new URL('./open-one.ts', import.meta.url)), path], {
      encoding: 'utf8',
    });
    const result: { answer: string; megabytes: number } = JSON.parse(child);
    expect(result.answer).toBe(answer);
    // What is let through is held to the same order, with room for the garbage collector's moods.
    expect(result.megabytes).toBeLessThan(answer === 'opened' ? 120 : 100);
  });
});
