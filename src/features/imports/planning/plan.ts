import type { Core } from '../../../app/core.ts';
import type { Calendar } from '../../../domain/calendar/working-days.ts';
import type { Inspection } from '../../../domain/visits/inspection.ts';
import type { Issue } from '../../../excel/issue.ts';
import type { WorkbookKind } from '../../../excel/recognise.ts';
import type { TableTitle } from '../../../excel/table-title.ts';
import type { Change } from '../../../ports/changes.ts';
import type { Reads, Store } from '../../../ports/store.ts';
import type { ChangedRow, Diff } from './diff.ts';

/** What a plan is made with: it reads. */
export interface Planner extends Pick<Core, 'ids' | 'time' | 'zone'> {
  readonly store: Reads;
  readonly calendar: Calendar;
}

/** What applies it: a whole Core and the calendar of the moment are one. */
export interface Importer extends Planner {
  readonly store: Store;
}

/** What a workbook would do, before it is done: the preview, and the changes that make one unit. */
export interface ImportPlan {
  readonly kind: WorkbookKind;
  readonly title: string;
  /** Rows read from the table. */
  readonly rows: number;
  readonly added: readonly string[];
  readonly changed: readonly ChangedRow[];
  readonly unchanged: number;
  readonly issues: readonly Issue[];
  /** Said once for the whole file, in Chinese: where a unit's place in the tree had to be guessed, which sheets were left out. */
  readonly remarks: readonly string[];
  readonly changes: readonly Change[];
  /** Visits that go on, but elsewhere, at another time or with others: whom it concerns is told. */
  readonly rescheduled?: readonly { readonly before: Inspection; readonly after: Inspection }[];
  /** Visits that stand and that the table has no more; they are left alone. */
  readonly missing?: readonly { readonly number: number; readonly label: string }[];
}

/** A workbook that is not imported at all: one clear Chinese line. */
export interface NotImported {
  readonly kind: 'refused';
  readonly message: string;
}

export const notImported = (message: string): NotImported => ({ kind: 'refused', message });

/** Every other table names units; without a directory each of its rows would be a complaint. */
export const NO_DIRECTORY = notImported('还没有单位通讯录，请先导入单位通讯录。');

/** The plan of a table: what was read of it, and what becomes of its rows and of those that come along (units, people, dates). */
export function planOf(
  reading: {
    readonly kind: WorkbookKind;
    readonly title: TableTitle;
    readonly records: readonly unknown[];
    readonly issues: readonly Issue[];
  },
  diffs: readonly Pick<Diff<unknown>, 'added' | 'changed' | 'unchanged'>[],
  changes: readonly (Change | undefined)[],
  remarks: readonly string[] = [],
): ImportPlan {
  return {
    kind: reading.kind,
    title: reading.title.text,
    rows: reading.records.length,
    added: diffs.flatMap(({ added }) => added),
    changed: diffs.flatMap(({ changed }) => changed),
    unchanged: diffs.reduce((sum, { unchanged }) => sum + unchanged, 0),
    issues: reading.issues,
    remarks,
    changes: changes.filter((change) => change !== undefined),
  };
}
