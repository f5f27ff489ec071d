import type { Span } from '../../domain/calendar/span.ts';
import type { Context, FormCard, Outcome, Sentence, Situation, Verb } from '../command.ts';
import type { Directory } from '../words/names.ts';
import type { UnitMention } from '../words/slots.ts';
import type { FormContext } from './form-context.ts';

/** What a part of a form holds, by its kind. */
interface Held {
  /** Days, both ends included; of what changes something the next such day. */
  readonly date: Span;
  readonly unit: UnitMention;
  readonly units: readonly UnitMention[];
  /** A name as written; who of that name is meant is for the handler. */
  readonly person: string;
  readonly people: readonly string[];
  /** A code or number in the form that `pattern` says. */
  readonly word: string;
  /** Free words, as typed. */
  readonly text: string;
  /** The sender is meant: 我的任务, 任务 我的. */
  readonly me: true;
}
export type PartKind = keyof Held;

/** What an own part found of its text, and the text without it. */
interface Taken<Value> {
  readonly value: Value;
  readonly rest: string;
}

/** What a reader of the subject may know; the directory holds the names of the whole line. */
export type OwnContext = FormContext & { readonly directory: Directory };

/**
 * Reads a value that only its subject knows (每周一 8:30, 80% 主体封顶) from what no part before it took. Undefined: it is not there. Throws
 * UserError for what is there and wrong.
 */
export type OwnReader<Value> = (
  text: string,
  context: OwnContext,
) => Taken<Value> | undefined | Promise<Taken<Value> | undefined>;

interface Options {
  /** Words that stand before it: 参加, 主持. Without them it is told by its kind alone. */
  readonly after?: readonly string[];
  /** What the user is told when it is missing. */
  readonly asks?: string;
  /** Of a word: what it looks like; matched anywhere in the line. */
  readonly pattern?: RegExp;
  /**
   * The verb may stand behind what looks as `pattern` says, too: T12 办结. A list: then it is one of these, since 办结 T12 and T12 完成 8 所
   * are no pair.
   */
  readonly beforeVerb?: true | readonly Verb[];
  /** Of a text: so many characters at most; MOST_CHARACTERS unless said otherwise. */
  readonly max?: number;
  /**
   * Of a text with a word before it: urging words at the end of the other parts stand here too (… 截止 6月15日 请务必高度重视), and what was not
   * understood can be written into it by one press.
   */
  readonly urges?: true;
}

export interface Part<Kind extends PartKind = PartKind, Needed extends boolean = boolean> extends Options {
  readonly kind: Kind;
  readonly needed: Needed;
}

/** A part that its subject reads; own parts are read in their order, before names and dates are told by their kinds. */
export interface OwnPart<Value = unknown, Needed extends boolean = boolean> extends Options {
  readonly kind: 'own';
  readonly needed: Needed;
  /** What it finds are free words, with an end like those of a text. */
  readonly free?: true;
  readonly reads: OwnReader<Value>;
}

/** A part without which the form is refused, with `asks`. */
export const must = <Kind extends PartKind>(kind: Kind, options: Options & { readonly asks: string }) =>
  ({ ...options, kind, needed: true }) as const satisfies Part<Kind, true>;

export const may = <Kind extends PartKind>(kind: Kind, options: Options = {}) =>
  ({ ...options, kind, needed: false }) as const satisfies Part<Kind, false>;

type OwnOptions = Omit<OwnPart, 'kind' | 'needed' | 'reads'>;

/** `must` of a value that `reads` finds. */
export const mustRead = <Value>(reads: OwnReader<Value>, options: OwnOptions & { readonly asks: string }) =>
  ({ ...options, kind: 'own', needed: true, reads }) as const satisfies OwnPart<Value, true>;

export const mayRead = <Value>(reads: OwnReader<Value>, options: OwnOptions = {}) =>
  ({ ...options, kind: 'own', needed: false, reads }) as const satisfies OwnPart<Value, false>;

export type AnyPart = Part | OwnPart;
export type Parts = Readonly<Record<string, AnyPart>>;

type ValueOf<Of extends AnyPart> =
  Of extends OwnPart<infer Value> ? Value : Of extends Part<infer Kind> ? Held[Kind] : never;

/** The arguments of a form with these parts. */
export type FormArgs<Of extends Parts> = {
  readonly [Name in keyof Of]: Of[Name]['needed'] extends true ? ValueOf<Of[Name]> : ValueOf<Of[Name]> | undefined;
};

interface FormOf<Of extends Parts> {
  /**
   * What right behind the command's name chooses this form; none: the form of a line that has no verb. A pattern that only looks ahead,
   * /(?=W?\d+$)/, tells a form by its shape.
   */
  readonly verbs: readonly Verb[];
  /** Verbs that may end the line too, behind the number that it begins with: W12 照片看不清,退回. */
  readonly verbsAtEnd?: readonly string[];
  /** Of the lines that no verb chooses a form for, those that it reads: 把第2条提醒改到9点. The first form whose lines they are takes them. */
  readonly when?: Sentence;
  /** Whole lines, read as this form in a test. */
  readonly examples: readonly string[];
  readonly parts: Of;
  /**
   * A line that asks comes to `run` as well, which answers it in its own way or takes it as words of the sender's: 通知 明天能到吗？. Else nothing
   * of a deed is done by a question.
   */
  readonly takesQuestions?: true;
  /** Its words are passed on as they are, whatever command they may hold. */
  readonly passesOn?: true;
  run(context: Context<FormArgs<Of>>): Promise<Outcome>;
}

/** A form as its command holds it, its argument types closed over. */
export interface Form extends FormCard {
  readonly when?: Sentence | undefined;
  readonly verbsAtEnd: readonly string[];
  readonly parts: Parts;
  readonly takesQuestions?: true | undefined;
  readonly passesOn?: true | undefined;
  run(args: FormArgs<Parts>, context: Situation): Promise<Outcome>;
}

const closed = <Of extends Parts>(form: FormOf<Of>, changes: boolean): Form => ({
  verbs: form.verbs,
  verbsAtEnd: form.verbsAtEnd ?? [],
  when: form.when,
  examples: form.examples,
  parts: form.parts,
  takesQuestions: form.takesQuestions,
  passesOn: form.passesOn,
  changes,
  // read-form.ts gives each part the value of its kind, and never leaves out one that is needed.
  run: (args, context) => form.run({ ...context, args: args as FormArgs<Of> }),
});

/** A form that changes something. */
export const deed = <const Of extends Parts>(form: FormOf<Of>): Form => closed(form, true);

/** A form that only answers. */
export const question = <const Of extends Parts>(form: FormOf<Of>): Form => closed(form, false);
