import type { WorkbookShape } from '../../../domain/imports/workbook-column.ts';

/** The columns that a table has. */
export interface Columns<Field extends string> {
  readonly shape: WorkbookShape<Field>;
  readonly has: ReadonlySet<Field>;
}

/** What a column fills of a row when that is not the value of its own name. */
export type Filled<Field extends string, Row> = Partial<Record<Field, (row: Row, before: Row) => Partial<Row>>>;

/**
 * A row that stands keeps what the table has no column for: it does not say that there is none. An empty cell of a column that is there
 * does say so, and the preview shows what it empties.
 */
export function keptWhereAbsent<Field extends string, Row extends object>(
  row: Row,
  before: Row | undefined,
  { shape, has }: Columns<Field>,
  filled: Filled<Field, Row>,
): Row {
  if (before === undefined) return row;
  const old = new Map(Object.entries(before));
  const kept = { ...row };
  for (const { field } of shape.columns) {
    if (has.has(field)) continue;
    const own = filled[field];
    if (own) Object.assign(kept, own(kept, before));
    else if (old.has(field)) Object.assign(kept, { [field]: old.get(field) });
  }
  return kept;
}
