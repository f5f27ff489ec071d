import { expect } from 'vitest';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { applyImport, planImport } from '../../src/features/imports/planning/import-workbook.ts';
import type { Importer, ImportPlan } from '../../src/features/imports/planning/plan.ts';
import type { Ids } from '../../src/ports/ids.ts';
import { bytesOf } from '../excel/fixture-files.ts';
import type { Home } from '../support/homes.ts';

export const FILES = {
  '01': '01-督导日程表.xlsx',
  '02': '02-任务分解表.xlsx',
  '04': '04-评估指标自评表.xlsx',
  '05': '05-单位通讯录.xlsx',
} as const;
export type FileNumber = keyof typeof FILES;

/** Wednesday, 1 April 2026, 09:00 in Shanghai: reference_now of every expected file. */
const NOW = Date.UTC(2026, 3, 1, 1);

let counter = 0;
const ids: Ids = {
  next: (prefix) => {
    counter += 1;
    return `${prefix}_${counter}`;
  },
  code: () => {
    counter += 1;
    return String(counter).padStart(8, 'A');
  },
};

/** What an import has of a home. */
export const importerOf = ({ store }: Home): Importer => ({
  store,
  ids,
  // Each import a moment later than the one before it.
  time: { now: () => NOW + counter, until: () => Promise.resolve() },
  calendar: statutoryCalendar(),
  zone: 'Asia/Shanghai',
});

export interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const fixture = (number: FileNumber): File => ({ name: FILES[number], bytes: bytesOf(FILES[number]) });

/** The plan of a file; the test stops here when the file is refused. */
export async function planned(home: Home, { name, bytes }: File, under?: string): Promise<ImportPlan> {
  const plan = await planImport(importerOf(home), bytes, name, under);
  if (plan.kind === 'refused') throw new Error(plan.message);
  return plan;
}

/** The one line with which a file is refused. */
export async function refusalOf(home: Home, { name, bytes }: File, under?: string): Promise<string> {
  const plan = await planImport(importerOf(home), bytes, name, under);
  return plan.kind === 'refused' ? plan.message : expect.fail(`${name} is not refused`);
}

export const applied = (home: Home, plan: ImportPlan): Promise<'done' | 'stale'> =>
  applyImport(importerOf(home), plan, 'file.xlsx', 'operator');

/** Imports these files in this order and gives the plans that were applied. */
export async function imported(home: Home, ...files: readonly File[]): Promise<readonly ImportPlan[]> {
  const plans: ImportPlan[] = [];
  for (const file of files) {
    const plan = await planned(home, file);
    expect(await applied(home, plan)).toBe('done');
    plans.push(plan);
  }
  return plans;
}

/** What a plan would do, in numbers. */
export const counts = ({ added, changed, unchanged }: ImportPlan): readonly number[] => [
  added.length,
  changed.length,
  unchanged,
];
