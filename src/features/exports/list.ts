import type { Core } from '../../app/core.ts';
import { dayOf, type LocalDate, monthOf, yearOf } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import type { Sheet } from '../../domain/imports/sheet.ts';
import type { ListColumn, WorkbookColumn } from '../../domain/imports/workbook-column.ts';
import type { Unit } from '../../domain/people/unit.ts';
import type { ListKind, ListReader, ListRequest } from '../../language/workbooks.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Reads } from '../../ports/store.ts';

/** What an export reads from, and when. */
export interface ListSource extends Pick<Core, 'zone'> {
  readonly store: Reads;
  readonly now: number;
  readonly calendar: Calendar;
}

/** A list before it is written. */
export interface List {
  /** Without the ending. */
  readonly name: string;
  readonly sheet: Sheet;
  /** Rows at most, where 导入 does not set the bound; above 5,000 they are cut into several files. */
  readonly most?: number;
}

/** Makes the lists of a kind, as many as are files of their own; none when there is nothing of it. */
export type ListMaker<Kind extends ListKind> = (
  source: ListSource,
  request: ListRequest<Kind>,
  reader: ListReader,
) => Promise<readonly List[]>;

/** Lines of a ledger at most: four files of some 2 MB (Lark takes 30), and a second's work. */
export const LONGEST_LEDGER = 20_000;

export const column = <Line>(heading: string, width: number, cell: ListColumn<Line>['cell']): ListColumn<Line> => ({
  heading,
  width,
  cell,
});

export const NUMBER: ListColumn<unknown> = column('序号', 6, (_line, at) => at);

/** A list under the headings of its columns; of those that are read as well, with what is known of typing into them. */
export const tableOf = <Line>(
  columns: readonly (ListColumn<Line> & Partial<WorkbookColumn<Line>>)[],
  lines: readonly Line[],
): Pick<Sheet, 'columns' | 'rows'> => {
  const written = columns.filter(({ only }) => only === undefined);
  return {
    columns: written.map(({ heading, width, date, choices }) => ({
      heading,
      width,
      ...(date && { date }),
      ...(typeof choices === 'object' && { choices }),
    })),
    rows: lines.map((line, at) => written.map(({ cell }) => cell(line, at + 1))),
  };
};

/** The units of a scope and those below them. */
export function unitsWithin({ unitIds }: Scope, units: readonly Unit[]): readonly Unit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const isWithin = (unit: Unit | undefined): boolean =>
    unit !== undefined && (unitIds.includes(unit.id) || isWithin(byId.get(unit.parentId ?? '')));
  return units.filter(isWithin);
}

/** 2026年4月1日. */
export const writtenDay = (day: LocalDate): string => `${yearOf(day)}年${monthOf(day)}月${dayOf(day)}日`;

/** Under the title: who fills the list in, and when. `word` is 填报单位 unless the kind has its own. */
export const statements = (
  { about, today }: Pick<ListReader, 'about' | 'today'>,
  word = '填报单位',
): readonly string[] => [`${word}：${about.name}`, `填表日期：${writtenDay(today)}`];
