import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import { PASTED, pastedSheet } from '../../src/excel/pasted.ts';
import { recognise } from '../../src/excel/recognise.ts';
import { isRefusal } from '../../src/excel/refusal.ts';
import { textOf } from '../../src/excel/workbook.ts';

const cells = (text: string) => {
  const sheet = pastedSheet(text);
  return isRefusal(sheet) ? sheet.message : sheet.rows.map((row) => row.map((cell) => textOf(cell)));
};
const HEADING = ['日期', '督导对象', '组长', '备注'];

describe('rows of a pasted table', () => {
  test('cells copied from a workbook have tabs between them, empty ones and line breaks inside quotes included', () => {
    expect(cells('四月督导安排\r\n日期\t督导对象\t组长\t备注\r\n4月9日\t一中\t\t"带\n相机"\r\n\t二中\t韩丙\t')).toEqual(
      [['四月督导安排'], HEADING, ['4月9日', '一中', '', '带\n相机'], ['', '二中', '韩丙', '']],
    );
  });

  test.each([
    ['markdown', '| 日期 | 督导对象 | 组长 | 备注 |\n|---|:--:|---|---|\n| 4月9日 | 一中 |  | 甲\\|乙 |', '甲|乙'],
    ['bars without a frame', '日期|督导对象|组长|备注\n\n4月9日|一中||甲', '甲'],
    ['full width bars', '｜日期｜督导对象｜组长｜备注｜\n\n｜4月9日｜一中｜｜甲｜', '甲'],
  ])('%s keep an empty cell, and row numbers stay those of the lines', (_, text, note) => {
    expect(cells(text)).toEqual([HEADING, [], ['4月9日', '一中', '', note]]);
  });

  test.each([
    '日期  督导对象   组长    备注\n4月9日  一中  韩丙  上午 九点',
    '日期　　督导对象　　组长　　备注\n4月9日　　一中　　韩丙　　上午 九点',
    '日期,督导对象,组长,备注\n4月9日,一中,韩丙,上午 九点',
    '日期 督导对象 组长 备注\n4月9日 一中 韩丙 上午九点',
  ])('spaces and commas do where each row is as long as the heading: %j', (text) => {
    expect(cells(text)).toMatchObject([HEADING, ['4月9日', '一中', '韩丙', expect.stringContaining('上午')]]);
  });

  test('with spaces a row that has other cells than the heading is refused by its number, for nobody sees which cell is empty', () => {
    expect(cells('四月 安排\n日期  督导对象  组长  备注\n4月9日  一中  韩丙  无\n4月10日  二中  甲')).toMatch(
      /^粘贴的表格第4行：格数和表头不一样/,
    );
  });

  test('whatever is copied is read back', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '\r', '中', '|', ',') });
    const table = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { minLength: 2 });
    fc.assert(
      fc.property(table, (rows) => {
        const copied = rows
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join('\t'))
          .join('\r\n');
        const sheet = pastedSheet(copied);
        const values = isRefusal(sheet) ? [] : sheet.rows.map((row) => row.map((cell) => cell?.value ?? ''));
        const isBlank = (row: readonly string[]) => row.every((value) => value.trim() === '');
        expect(values).toEqual(rows.map((row) => (isBlank(row) ? [] : row)));
      }),
    );
  });

  test('any text gives a sheet or one line of refusal', async () => {
    const noise = fc.string({
      unit: fc.constantFrom('PK', '\u0003', '日期', '单位', '组长', '\t', '|', ' ', '-', '\n', '"', ','),
    });
    await fc.assert(
      fc.asyncProperty(noise, async (text) => {
        const workbook = await openWorkbook(new TextEncoder().encode(text), PASTED);
        if (isRefusal(workbook)) expect(workbook.message).toMatch(/^粘贴的表格/);
        else expect(recognise(workbook)).toBeDefined();
      }),
    );
  });

  test('more than 5000 rows are refused as in a file', async () => {
    const text = `日期\t单位\t组长\n${'4月9日\t一中\t韩丙\n'.repeat(5_001)}`;
    expect(await openWorkbook(new TextEncoder().encode(text), PASTED)).toMatchObject({ refused: 'tooManyRows' });
  });
});
