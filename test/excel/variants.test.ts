import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { fold } from '../../src/excel/cell-text.ts';
import type { Issue } from '../../src/excel/issue.ts';
import { readAssessment } from '../../src/excel/read-assessment.ts';
import { readDirectory } from '../../src/excel/read-directory.ts';
import { readSchedule } from '../../src/excel/read-schedule.ts';
import { readTasks } from '../../src/excel/read-tasks.ts';
import { type Cell, isEmpty, type Row, type Sheet, type Workbook } from '../../src/excel/workbook.ts';
import { flatAssessment, flatIssue, flatTask, flatUnit, flatVisit } from './as-expected.ts';
import { builtInChecklists, cityUnits, indexOf, opened, recognised, today } from './fixture-files.ts';

/** What an office does to a table without changing what it says. */
interface Variant {
  /** Rows put above everything: 附件1, an empty one. */
  readonly above: readonly string[];
  /** Sorts the columns; those under one heading of two levels stay together. */
  readonly order: readonly number[];
  readonly fullWidth: boolean;
  /** Spaces around the headings, as people pad them. */
  readonly padded: boolean;
}

const variant: fc.Arbitrary<Variant> = fc.record({
  above: fc.array(fc.constantFrom('', '附件1', '附件3：', '内部资料'), { maxLength: 3 }),
  order: fc.array(fc.nat(1_000), { minLength: 20, maxLength: 20 }),
  fullWidth: fc.boolean(),
  padded: fc.boolean(),
});

const widen = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000');

function vary(sheet: Sheet, headerRows: readonly number[], { above, order, fullWidth, padded }: Variant): Sheet {
  const width = Math.max(...sheet.rows.map((row) => row.length));
  const wide = sheet.merges.filter(({ left, right }) => right > left);
  const isAcross = (at: number) => wide.some(({ top, left, right }) => top === at && left === 0 && right > 2);
  // A column under a heading that spans several goes where the first of them goes.
  const leader = (column: number) =>
    wide.find(({ top, left, right }) => headerRows.includes(top + 1) && left <= column && column <= right)?.left ??
    column;
  const key = (column: number) => [order[leader(column)] ?? 0, leader(column), column] as const;
  const columns = [...Array(width).keys()].toSorted((a, b) => {
    const [x, y] = [key(a), key(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
  });
  const text = (value: string, at: number) => {
    const shown = fullWidth ? widen(value) : value;
    return padded && headerRows.includes(at + 1) && shown.length === 2 ? `${shown[0]}  ${shown[1]}` : shown;
  };
  const changed = (cell: Cell | undefined, at: number): Cell | undefined =>
    typeof cell?.value === 'string' ? { ...cell, value: text(cell.value, at) } : cell;
  const rows = sheet.rows.map((row, at): Row => {
    const cells = Array.from({ length: width }, (_, column) => changed(row[column], at));
    return isAcross(at) ? cells : columns.map((column) => cells[column]);
  });
  const place = (column: number) => columns.indexOf(column);
  const merges = sheet.merges.map((merge) => {
    const { top, bottom, left, right } = merge;
    const shift = { top: top + above.length, bottom: bottom + above.length };
    if (isAcross(top)) return { ...merge, ...shift };
    return { ...shift, left: place(left), right: place(left) + right - left };
  });
  return { ...sheet, rows: [...above.map((title): Row => [{ value: title }]), ...rows], merges };
}

/** Rows numbered as in the original, and all widths alike. */
function said(records: readonly object[], issues: readonly Issue[], shift: number): unknown {
  const back = (value: unknown): unknown => (typeof value === 'number' ? value - shift : value);
  const lines = issues.map((issue) => {
    const flat = flatIssue(issue);
    return JSON.stringify({ ...flat, row: back(flat['row']), row_ref: back(flat['row_ref']) });
  });
  const rows = records.map((record) => JSON.stringify({ ...record, row: 'row' in record ? back(record.row) : 0 }));
  return [...rows, ...lines.toSorted()].map((line) => fold(line).replace(/\s/g, ''));
}

async function holds(
  name: string,
  read: (workbook: Workbook) => { records: readonly object[]; issues: readonly Issue[] },
) {
  const workbook = await opened(name);
  const { table, kind } = recognised(workbook);
  const original = read(workbook);
  const wanted = said(original.records, original.issues, 0);
  fc.assert(
    fc.property(variant, (change) => {
      const sheet = vary(table.sheet, table.headerRows, change);
      const changed = { ...workbook, sheets: workbook.sheets.map((other) => (other === table.sheet ? sheet : other)) };
      expect(recognised(changed).kind).toBe(kind);
      const { records, issues } = read(changed);
      expect(said(records, issues, change.above.length)).toEqual(wanted);
    }),
    { numRuns: 40 },
  );
}

describe('rows above, columns in another order, full width and padded headings change nothing', async () => {
  const calendar = statutoryCalendar();
  const units = await cityUnits();

  test('01 督导日程表', () =>
    holds('01-督导日程表.xlsx', (workbook) => {
      const { records, issues } = readSchedule(recognised(workbook).table, { units, calendar, today });
      return { records: records.map(flatVisit), issues };
    }));
  test('02 任务分解表', () =>
    holds('02-任务分解表.xlsx', (workbook) => {
      const { table, unitList } = recognised(workbook);
      const list = unitList ? readDirectory(unitList, { today }).records : [];
      const { records, issues } = readTasks(table, { units: indexOf(list), calendar, today });
      return { records: records.map(flatTask), issues };
    }));
  test('04 评估指标自评表', () =>
    holds('04-评估指标自评表.xlsx', (workbook) => {
      const { records, issues } = readAssessment(recognised(workbook).table, {
        checklists: builtInChecklists(),
        today,
      });
      return { records: records.map(flatAssessment), issues };
    }));
  test('05 单位通讯录', () =>
    holds('05-单位通讯录.xlsx', (workbook) => {
      const { records, issues } = readDirectory(recognised(workbook).table, { today });
      return { records: records.map(flatUnit), issues };
    }));
});

test('a header that is repeated for each printed page is no row of data', async () => {
  const { table } = recognised(await opened('05-单位通讯录.xlsx'));
  const header = table.sheet.rows[2] ?? [];
  expect(header.some((cell) => !isEmpty(cell))).toBe(true);
  const rows = table.sheet.rows.toSpliced(60, 0, header);
  const reading = readDirectory({ ...table, sheet: { ...table.sheet, rows } }, { today });
  expect(reading.records).toHaveLength(91);
  expect(reading.layout.noteRows).toEqual([61]);
});
