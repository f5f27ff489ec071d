import type { Action } from '../../domain/people/rights.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { Context } from '../../language/command.ts';
import type { Slots } from '../../language/words/slots.ts';
import type { ListKind, ListReader, ListRequest } from '../../language/workbooks.ts';

export type ExportAsk = Context<
  Pick<Slots, 'when' | 'impossibleDate' | 'units' | 'people' | 'programs' | 'checklists' | 'rest'>
>;

/** What a list is narrowed to, whatever its kind. */
export interface Narrowed {
  /** Named in the line; the whole scope without one. */
  readonly unit: UnitRef | undefined;
  readonly programId: string | undefined;
  readonly reader: ListReader;
}

export type Narrowing = 'days' | 'unit' | 'people' | 'program' | 'checklist';

/** How a subject's list is asked for. What is made of the request stands in the app's registry. */
export interface ExportKind<Kind extends ListKind> {
  readonly kind: Kind;
  readonly name: string;
  readonly words: RegExp;
  /** What it can be narrowed to; anything else that a line names refuses it. */
  readonly narrows: readonly Narrowing[];
  /** Further words that narrow it: 逾期, 已销号. */
  readonly reads?: RegExp;
  /** What it needs beside the right to export. */
  readonly right?: Action;
  /** Holds more than a group may know. */
  readonly direct?: true;
  /** What 导入 takes back. */
  readonly imported?: true;
  /** What the name of a program, or of a checklist, means when nothing else is said. */
  readonly meantBy?: 'program' | 'checklist';
  /** Reads all words of the line itself; of any other kind a word that is not known refuses it. */
  readonly readsWords?: true;
  request(context: ExportAsk, narrowed: Narrowed): ListRequest<Kind> | Promise<ListRequest<Kind>>;
}
