import type { Issue } from '../../excel/issue.ts';
import type { WorkbookKind } from '../../excel/recognise.ts';
import type { Change } from '../../ports/store.ts';
import type { ChangedRow, Diff } from './diff.ts';

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
}

/** The counts of the rows that the table is about; units and people that come along are counted with them. */
export function counted(
  ...parts: readonly Pick<Diff<unknown>, 'added' | 'changed' | 'unchanged'>[]
): Pick<ImportPlan, 'added' | 'changed' | 'unchanged'> {
  return {
    added: parts.flatMap(({ added }) => added),
    changed: parts.flatMap(({ changed }) => changed),
    unchanged: parts.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}
