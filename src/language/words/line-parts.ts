import type { FilterName } from './filters.ts';
import type { Slots } from './slots.ts';

/** What a command's lines may hold besides its name. Whatever is not named here stays in `rest`, as typed. */
export interface LineParts {
  /** Which year an open date means: near for what is looked at, due for what falls due, future for what is filled in. */
  readonly dates?: 'near' | 'due' | 'future';
  /** 市级核查前: what falls due before something that is no date stays whole in `rest`. */
  readonly before?: true;
  /** Units, programs and checklists. */
  readonly names?: true;
  readonly people?: true;
  /** An indicator's code. */
  readonly code?: true;
  readonly filters?: readonly FilterName[];
  /** 下次, 什么时候: all that comes is asked for. */
  readonly coming?: true;
  /** Facts that the tables may not hold: 值班, 食宿 … */
  readonly asks?: true;
  readonly me?: true;
  /** Accounts that the line mentions. */
  readonly mentions?: true;
  /** Words of its questions that carry no argument, parted by spaces: cut at both ends of what is left, never inside it. */
  readonly filler?: string;
  /**
   * What is left is a keyword of a subject, where words may look like a question's (有效期, 学校管理, 标准化): of the filler only these are
   * cut, and they differ by end.
   */
  readonly keywords?: { readonly head: string; readonly tail: string };
}

type Has<Line extends LineParts, Part extends keyof LineParts, Found extends keyof Slots> =
  Line extends Readonly<Record<Part, unknown>> ? Pick<Slots, Found> : unknown;

/** The arguments of a command whose lines hold these parts. */
export type ArgsOf<Line extends LineParts> = Pick<Slots, 'rest' | 'me'> &
  Has<Line, 'dates', 'when' | 'until' | 'impossibleDate' | 'provisional'> &
  Has<Line, 'names', 'units' | 'programs' | 'checklists'> &
  Has<Line, 'people', 'people'> &
  Has<Line, 'code', 'code'> &
  Has<Line, 'filters', 'filter'> &
  Has<Line, 'coming', 'coming'> &
  Has<Line, 'asks', 'asks'> &
  Has<Line, 'mentions', 'mentions'>;
