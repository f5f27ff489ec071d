import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, date } from '../../src/domain/calendar/local-date.ts';
import type { Sheet, SheetCell } from '../../src/domain/imports/sheet.ts';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import { isRefusal } from '../../src/excel/refusal.ts';
import { textOf, type Workbook } from '../../src/excel/workbook.ts';
import { writeWorkbook } from '../../src/excel/write-workbook.ts';

const sheet = (change: Partial<Sheet> = {}): Sheet => ({
  title: '云溪市督导日程安排表',
  statements: ['填报单位：云溪市教育局', '填表日期：2026年4月1日'],
  columns: [
    { heading: '序号', width: 6 },
    { heading: '日期', width: 12 },
    { heading: '类型', width: 14, choices: ['经常性督导', '专项督导', '"a"&<b>'] },
  ],
  rows: [[1, { date: date('2026-04-14') }, '经常性督导']],
  ...change,
});

async function opened(written: Sheet): Promise<Workbook> {
  const workbook = await openWorkbook(await writeWorkbook(written), '表.xlsx');
  if (isRefusal(workbook)) throw new Error(workbook.message);
  return workbook;
}

async function parts(written: Sheet): Promise<(path: string) => string> {
  const { CFB } = await import('@e965/xlsx');
  const zip = CFB.read(Buffer.from(await writeWorkbook(written)), { type: 'buffer' });
  return (path) => Buffer.from(CFB.find(zip, `/${path}`)?.content ?? []).toString('utf8');
}

describe('a written workbook', () => {
  test('has title, statements, header and rows where the reader looks for them; dates are dates', async () => {
    const { sheets } = await opened(sheet());
    const rows = sheets[0]?.rows.map((row) => row.map((cell) => textOf(cell)));
    expect(rows?.slice(0, 4)).toEqual([
      ['云溪市督导日程安排表'],
      ['填报单位：云溪市教育局　　填表日期：2026年4月1日'],
      ['序号', '日期', '类型'],
      ['1', '2026-04-14', '经常性督导'],
    ]);
    expect(sheets[0]?.rows[3]?.[1]).toMatchObject({ value: 46_126, date: '2026-04-14' });
  });

  test('freezes its header, prints it on every page, and sets widths, filter and pick lists', async () => {
    const part = await parts(sheet());
    const xml = part('xl/worksheets/sheet1.xml');
    expect(xml).toContain('<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<col min="2" max="2" width="12" customWidth="1"/>');
    expect(xml).toContain('<autoFilter ref="A3:C4"/>');
    expect(xml).toContain(`sqref="C4:C4"><formula1>'选项'!$A$1:$A$3</formula1>`);
    expect(part('xl/workbook.xml')).toContain(`'云溪市督导日程安排表'!$3:$3`);
    const lists = (await opened(sheet())).sheets[1];
    expect(lists).toMatchObject({ name: '选项', hidden: true });
    expect(part('xl/worksheets/sheet2.xml')).toContain('&quot;a&quot;&amp;&lt;b&gt;');
  });

  test('a text that looks like a formula is a text, marked so that it stays one', async () => {
    for (const bad of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=cmd|x']) {
      const written = sheet({ rows: [[1, bad, '']] });
      const xml = (await parts(written))('xl/worksheets/sheet1.xml');
      expect(xml).not.toContain('<f>');
      expect(xml, bad).toContain('<c r="B4" s="5" t="inlineStr">');
      expect(textOf((await opened(written)).sheets[0]?.rows[3]?.[1])).toBe(bad.trim());
    }
  });

  test('whatever the texts and dates, the reader gets back what was written', async () => {
    const cell: fc.Arbitrary<SheetCell> = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('_x000D_', '_x005F_', '&lt;b&gt;', ']]>', 'a\nb', '', '\u0000', '\ud800'),
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.integer({ min: 0, max: 27_000 }).map((days) => ({ date: addDays(date('2000-01-01'), days) })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
        async (rows) => {
          const read = (await opened(sheet({ rows }))).sheets[0];
          // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot carry
          const gone = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
          const want = (value: SheetCell) =>
            typeof value === 'object'
              ? value.date
              : String(value ?? '')
                  .toWellFormed()
                  .replace(gone, '')
                  .trim();
          for (const [at, row] of rows.entries())
            expect(row.map((_, column) => textOf(read?.rows[3 + at]?.[column]))).toEqual(row.map(want));
        },
      ),
      { numRuns: 60 },
    );
  });
});
