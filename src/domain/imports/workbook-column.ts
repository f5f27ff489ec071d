import type { LocalDate } from '../calendar/local-date.ts';
import type { SheetCell } from './sheet.ts';

/** A column of a list that leaves: what stands over it, and what stands in it. `at` counts the lines from 1. */
export interface ListColumn<Line> {
  readonly heading: string;
  /** In characters of half width, as Excel counts. */
  readonly width: number;
  readonly cell: (line: Line, at: number) => SheetCell;
}

/** What an empty workbook takes its pick lists and its example from: names that the reader may see, the reader's own first. */
export interface TemplateFacts {
  readonly today: LocalDate;
  readonly units: readonly string[];
  readonly programs: readonly string[];
  readonly checklists: readonly string[];
}

/**
 * A column of a kind of workbook that is read as well. The list of a kind's columns is all that is known of them: by it tables are recognised
 * and read, exports and empty workbooks written, and changes named in the preview.
 */
export interface WorkbookColumn<Line> extends ListColumn<Line> {
  readonly field: string;
  /** Headings by which officials' tables have it, without spaces and brackets, the preferred ones first; one of them is `heading`. */
  readonly reads: readonly RegExp[];
  /** Several columns of a table may be it: 自评结果 of each stage. */
  readonly many?: true;
  /** Kept as it is written, under the field's own name. An area merged over several rows holds for each of them; `own`: for its first only. */
  readonly text?: 'merged' | 'own';
  /** A blank cell means the one above it, merged or not: a row that stands alone must say it. */
  readonly fillsDown?: true;
  /** What is typed into it is a date. */
  readonly date?: true;
  /** What may be picked, though others may be typed: a list in exports as well, a function in an empty workbook only. */
  readonly choices?: readonly string[] | ((facts: TemplateFacts) => readonly string[]);
  /** What the example row of an empty workbook says; nothing when absent. */
  readonly example?: SheetCell | ((facts: TemplateFacts) => SheetCell);
  /**
   * Where it stands beside being read. `template`: not in an export, whose title says it. `nowhere`: such tables have it and it is known by
   * it, but nothing keeps what it says, and the preview names it.
   */
  readonly only?: 'template' | 'nowhere';
}

/** A kind of workbook: what it is called, its columns in the order in which they are written, and those by which it is known. */
export interface WorkbookShape<Field extends string = string> {
  readonly name: string;
  readonly columns: readonly (WorkbookColumn<never> & { readonly field: Field })[];
  /** A table is of this kind when it has one field at least of each group. */
  readonly must: readonly (readonly Field[])[];
}

/** The fields that are kept as they are written. */
export type TextField<Column extends { readonly field: string }> = Extract<
  Column,
  { readonly text: 'merged' | 'own' }
>['field'];

/** A value of each of these fields. */
export function eachField<Field extends string, Value>(
  fields: readonly Field[],
  of: (field: Field) => Value,
): Readonly<Record<Field, Value>> {
  const found = Object.fromEntries(fields.map((field) => [field, of(field)]));
  if (!isWhole(found, fields)) throw new TypeError('unreachable');
  return found;
}

const isWhole = <Field extends string, Value>(
  found: { readonly [field: string]: Value },
  fields: readonly Field[],
): found is Record<Field, Value> => fields.every((field) => Object.hasOwn(found, field));

/** The names of the columns that are kept as they are written. */
export const textFields = <Column extends { readonly field: string; readonly text?: 'merged' | 'own' }>(
  columns: readonly Column[],
): readonly TextField<Column>[] => columns.filter(isText).map(({ field }) => field);

const isText = <Column extends { readonly field: string; readonly text?: 'merged' | 'own' }>(
  column: Column,
): column is Extract<Column, { readonly text: 'merged' | 'own' }> => column.text !== undefined;

/** A line under the headings of its columns, as the preview says what changed. */
export const wordsOf = <Line>(columns: readonly ListColumn<Line>[], line: Line): Readonly<Record<string, string>> =>
  Object.fromEntries(columns.map(({ heading, cell }) => [heading.replace('/', ''), textOfCell(cell(line, 0))]));

function textOfCell(cell: SheetCell): string {
  if (cell === undefined) return '';
  return typeof cell === 'object' ? cell.date : String(cell);
}

/** Several names or units in one cell. */
export const inOneCell = (parts: readonly string[]): string => parts.join('、');
