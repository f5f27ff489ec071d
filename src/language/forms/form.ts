import type { Span } from '../../domain/calendar/span.ts';
import type { Context, FormCard, Outcome } from '../command.ts';
import type { UnitMention } from '../words/slots.ts';

/** What a part of a form holds, by its kind. */
interface Held {
  /** Days, both ends included; of what changes something the next such day. */
  readonly date: Span;
  readonly unit: UnitMention;
  readonly units: readonly UnitMention[];
  /** Names as written; who of them is meant is for the handler. */
  readonly people: readonly string[];
  /** A code or number in the form that `pattern` says. */
  readonly word: string;
  /** Free words, as typed. */
  readonly text: string;
}
export type PartKind = keyof Held;

interface Options {
  /** Words that stand before it: 参加, 主持. Without them it is told by its kind alone. */
  readonly after?: readonly string[];
  /** What the user is told when it is missing. */
  readonly asks?: string;
  /** Of a word: what it looks like; matched anywhere in the line. */
  readonly pattern?: RegExp;
}

export interface Part<Kind extends PartKind = PartKind, Needed extends boolean = boolean> extends Options {
  readonly kind: Kind;
  readonly needed: Needed;
}

/** A part without which the form is refused, with `asks`. */
export const must = <Kind extends PartKind>(kind: Kind, options: Options & { readonly asks: string }) =>
  ({ ...options, kind, needed: true }) as const satisfies Part<Kind, true>;

export const may = <Kind extends PartKind>(kind: Kind, options: Options = {}) =>
  ({ ...options, kind, needed: false }) as const satisfies Part<Kind, false>;

export type Parts = Readonly<Record<string, Part>>;

/** The arguments of a form with these parts. */
export type FormArgs<Of extends Parts> = {
  readonly [Name in keyof Of]: Of[Name]['needed'] extends true
    ? Held[Of[Name]['kind']]
    : Held[Of[Name]['kind']] | undefined;
};

interface FormOf<Of extends Parts> {
  /** The words right behind the command's name that choose this form; none: the form of a line that has no verb. */
  readonly verbs: readonly string[];
  /** Whole lines, read as this form in a test. */
  readonly examples: readonly string[];
  readonly parts: Of;
  run(context: Context<FormArgs<Of>>): Promise<Outcome>;
}

/** A form as its command holds it, its argument types closed over. */
export interface Form extends FormCard {
  readonly parts: Parts;
  run(args: FormArgs<Parts>, context: Omit<Context<never>, 'args'>): Promise<Outcome>;
}

const closed = <Of extends Parts>(form: FormOf<Of>, changes: boolean): Form => ({
  verbs: form.verbs,
  examples: form.examples,
  parts: form.parts,
  changes,
  // read-form.ts gives each part the value of its kind, and never leaves out one that is needed.
  run: (args, context) => form.run({ ...context, args: args as FormArgs<Of> }),
});

/** A form that changes something. */
export const deed = <const Of extends Parts>(form: FormOf<Of>): Form => closed(form, true);

/** A form that only answers. */
export const question = <const Of extends Parts>(form: FormOf<Of>): Form => closed(form, false);
