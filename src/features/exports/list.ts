import type { Core } from '../../app/core.ts';
import { dayOf, type LocalDate, monthOf, yearOf } from '../../domain/calendar/local-date.ts';
import type { Sheet, SheetColumn } from '../../domain/imports/sheet.ts';
import type { Unit } from '../../domain/people/unit.ts';
import type { ListReader } from '../../language/workbooks.ts';
import type { Reads, Scope } from '../../ports/store.ts';

/** What an export reads from, and when. */
export interface ListSource extends Pick<Core, 'zone'> {
  readonly store: Reads;
  readonly now: number;
}

/** A list before it is written. */
export interface List {
  /** Without the ending. */
  readonly name: string;
  readonly sheet: Sheet;
  /** Rows at most, where 导入 does not set the bound; above 5,000 they are cut into several files. */
  readonly most?: number;
}

/** Lines of a ledger at most: four files of some 2 MB (Lark takes 30), and a second's work. */
export const LONGEST_LEDGER = 20_000;

export const column = (heading: string, width: number, choices?: readonly string[]): SheetColumn => ({
  heading,
  width,
  choices,
});

export const NUMBER = column('序号', 6);

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

/** A number where the text is one, so that it can be reckoned with; the text where a number would read differently. */
export const numberOr = (text: string): string | number =>
  text !== '' && String(Number(text)) === text ? Number(text) : text;
