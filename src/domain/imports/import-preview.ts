/** What a workbook would do, as its sender reads it before confirming. Rows are named by what they are called in the officials' tables. */
export interface ImportPreview {
  readonly fileName: string;
  /** 督导日程表, 任务分解表 … */
  readonly kind: string;
  readonly title: string;
  /** Rows read from the table. */
  readonly rows: number;
  readonly addedRows: number;
  readonly changedRows: number;
  readonly unchanged: number;
  /** The first of them, as are all lists here: of more only the number is kept. */
  readonly added: readonly string[];
  readonly changed: readonly {
    readonly label: string;
    readonly fields: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  }[];
  /** How many rows are left out until somebody mends them; `faults` says why, a line each. */
  readonly faultyRows: number;
  readonly faults: readonly string[];
  /** Rows that are imported and that somebody should look at. */
  readonly warnings: readonly string[];
  readonly remarks: readonly string[];
  /** Visits that stand and that the table has no more, by number. */
  readonly missing?: readonly { readonly number: number; readonly label: string }[] | undefined;
  /** Only after a confirm that came too late: what reads differently from the preview that was confirmed. */
  readonly since?: readonly string[] | undefined;
}
