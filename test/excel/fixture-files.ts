import { readFileSync } from 'node:fs';
import { date } from '../../src/domain/calendar/local-date.ts';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import type { ChecklistToMatch } from '../../src/excel/read-assessment.ts';
import { type DirectoryRecord, readDirectory } from '../../src/excel/read-directory.ts';
import { type Recognised, recognise } from '../../src/excel/recognise.ts';
import { isRefusal } from '../../src/excel/refusal.ts';
import { type UnitIndex, unitIndex } from '../../src/excel/unit-index.ts';
import type { Workbook } from '../../src/excel/workbook.ts';

/** reference_now of every expected file. */
export const today = date('2026-04-01');

const folder = new URL('../fixtures/workbooks/', import.meta.url);

export const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));

/** An .expected.json, which is the promise: nothing here may edit it. */
export const expectedOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8')) as {
    title_rows: number[];
    header_rows: number[];
    blank_rows: number[];
    note_rows: number[];
    group_rows: number[];
    records: Record<string, unknown>[];
    issues: ({ row: number; type: string } & Record<string, unknown>)[];
  };

export async function opened(name: string): Promise<Workbook> {
  const workbook = await openWorkbook(bytesOf(name), name);
  if (isRefusal(workbook)) throw new Error(workbook.message);
  return workbook;
}

export function recognised(workbook: Workbook): Recognised {
  const found = recognise(workbook);
  if (isRefusal(found)) throw new Error(found.message);
  if (found.kind === 'notYet') throw new Error(`${found.name} not yet`);
  return found;
}

export const indexOf = (records: readonly DirectoryRecord[]): UnitIndex =>
  unitIndex(records.map(({ row, unit, aliases }) => ({ id: `u${row}`, name: unit, aliases })));

/** The unit table of the city: workbook 05. */
export async function cityUnits(): Promise<UnitIndex> {
  const { table } = recognised(await opened('05-单位通讯录.xlsx'));
  const { records } = readDirectory(table, { today });
  return indexOf(records.filter((record, at) => records.findIndex(({ unit }) => unit === record.unit) === at));
}

interface ChecklistFile {
  code: string;
  title: string;
  threshold?: ChecklistToMatch['indicators'][number]['thresholds'];
}

/** The words under which the store keeps what the files call primary, junior and all. */
const STAGES: Readonly<Record<string, string>> = { primary: '小学', junior: '初中', all: '全部' };

export function builtInChecklists(): readonly ChecklistToMatch[] {
  const at = new URL('../../migrations/checklists/', import.meta.url);
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, at), 'utf8'));
  return (read('index.json') as { file: string; id: string }[]).map(({ file, id }) => ({
    id,
    indicators: (read(file) as ChecklistFile[]).map(({ code, title, threshold }) => ({
      code,
      title,
      thresholds: Object.fromEntries(
        Object.entries(threshold ?? {}).map(([key, limit]) => [STAGES[key] ?? key, limit]),
      ),
    })),
  }));
}
