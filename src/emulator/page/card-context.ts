import type { Readers } from './markdown-inline.ts';

export type Path = readonly (string | number)[];

/** What a control of a card does; `path` is where it stands, the rest as POST /control/press takes it. */
export interface PressOrder {
  readonly path: Path;
  readonly choice?: Readonly<Record<string, unknown>>;
  readonly formValue?: Readonly<Record<string, unknown>>;
}

/** A field of a form, as its submit button needs it. */
export interface Field {
  readonly name: string;
  /** As the client sends it; null when it was emptied. */
  read(): unknown;
  /** What is wrong with it, in words. */
  problem(): string | undefined;
  focus(): void;
  reset(): void;
}

/** Everything that the elements of one card need from the page. */
export interface CardContext extends Readers {
  /** Who can be chosen where a select names nobody. */
  readonly members: readonly string[];
  /** Resolves when the answer is there; the control that asked shows that it waits. */
  press(order: PressOrder): Promise<void>;
  readonly form: Field[] | undefined;
}
