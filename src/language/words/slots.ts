import type { Span } from '../../domain/calendar/span.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { Mentioned } from '../../ports/inbound.ts';
import type { FilterName } from './filters.ts';

/** A name of the directory found in the message; several candidates are asked back, never guessed. */
export interface UnitMention {
  readonly written: string;
  readonly candidates: readonly UnitRef[];
}

/** What the grammar understood of a line. A command is given those that its line may hold (`LineParts`). */
export interface Slots {
  /** The days meant, both ends included. */
  readonly when?: Span | undefined;
  /** "…前": everything due until the end of `when`. */
  readonly until?: boolean | undefined;
  /** A date that does not exist, as typed: 2月30日. */
  readonly impossibleDate?: string | undefined;
  /** The dates depend on a year whose statutory calendar is not known yet. */
  readonly provisional?: boolean | undefined;
  readonly units: readonly UnitMention[];
  /** Names of people, titles cut off. */
  readonly people: readonly string[];
  /** 我: the sender is meant. */
  readonly me?: boolean | undefined;
  readonly programs: readonly {
    readonly name: string;
    readonly programId: string;
    readonly checklistId?: string | undefined;
  }[];
  readonly checklists: readonly { readonly name: string; readonly checklistId: string }[];
  /** An indicator's code in upper case: YZ-2.11, 2.11. */
  readonly code?: string | undefined;
  /** A fixed filter of the language: veto 一票否决, unmet 未达标, missing 未完成/未报, overdue 逾期. */
  readonly filter?: FilterName | undefined;
  /** It asks when, or for the next one. */
  readonly coming?: true | undefined;
  /** A fact that is asked for and that the tables may not hold: 值班, 集合, 食宿 …, as typed. */
  readonly asks?: string | undefined;
  /** Accounts mentioned in the line, the bot aside; read by the commands that act on accounts. */
  readonly mentions?: readonly Mentioned[] | undefined;
  /** What is left when everything above is cut out; a keyword, a code to claim, a name. Original characters, spaces collapsed. */
  readonly rest: string;
}
