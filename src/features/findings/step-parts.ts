import type { Move } from '../../domain/findings/moves.ts';
import { UserError } from '../../language/errors.ts';
import { namedEvidence } from '../../language/evidence.ts';
import { type FormArgs, mayRead, type OwnReader } from '../../language/forms/form.ts';
import { unitsIn } from '../../language/who/unit-named.ts';
import { readDocument } from '../../language/words/document-number.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import { BEFORE_NUMBER, FINDING_NUMBER, foreignNumber, NUMBER, numberIn, type Verb } from './finding-line.ts';
import { secrecyIn } from './finding-viewers.ts';
import { limitIn } from './limit-phrase.ts';
import { beside, noteOf } from './step-note.ts';

/** What a line about one problem may hold, in the order in which it is read. */

export const refuseForeign: OwnReader<never> = (text) => {
  const foreign = FINDING_NUMBER.test(text) ? undefined : foreignNumber(text);
  if (foreign)
    throw new UserError(`没有编号为“${foreign}”的问题。这里的编号是 W 加数字，例如 W12；发送“整改”看清单和编号。`);
  return undefined;
};

const readPlace: OwnReader<UnitMention> = async (text, { lookup }) => {
  const [whole = '', written = ''] = BEFORE_NUMBER.exec(text) ?? [];
  if (whole === '') return undefined;
  const [mention, second] = await unitsIn(written, { names: lookup });
  if (!mention || second || mention.start > 0 || mention.end < written.length)
    throw new UserError(`没有办理。没看懂“${written}”。请从编号写起，例如：整改 W12 完成 做了什么`);
  return { value: mention, rest: text.slice(whole.length) };
};

export const readPaper: OwnReader<string> = (line) => {
  const { document, text } = readDocument(line);
  return document === undefined ? undefined : { value: document, rest: text };
};

/** `label`: the verb has taken it, 可见 张三. */
const readViewers =
  (label: string): OwnReader<readonly string[]> =>
  async (line, context) => {
    const { names, text } = await secrecyIn(`${label}${line}`, context);
    return names.length > 0 ? { value: names, rest: text } : undefined;
  };

/** Nothing more may be said of a problem that is only shown. */
const refuseMore: OwnReader<never> = (text) => {
  const [number = ''] = FINDING_NUMBER.exec(text) ?? [];
  const more = text.slice(number.length).replace(/^[\s,:;、]+/, '');
  if (number !== '' && more !== '')
    throw new UserError(`没有看懂“${more.slice(0, 60)}”。发送“整改 W${numberIn(number)}”看能办什么。`);
  return undefined;
};

/** 延期到 6月30日: the verb is cut off, and what joins the day to it stays. */
const readLimit: typeof limitIn = (text, on) => limitIn(text.replace(/^[到至为]\s*/, ''), on);

const PLACED = { foreign: mayRead(refuseForeign), place: mayRead(readPlace) } as const;
const OF_ONE = { ...PLACED, number: NUMBER } as const;
const PAPERS = { evidence: mayRead(namedEvidence), document: mayRead(readPaper) } as const;

export const SHOW_PARTS = { ...PLACED, more: mayRead(refuseMore), number: NUMBER } as const;
const DATED_PARTS = { limit: mayRead(readLimit) } as const;
const RESTRICT_PARTS = { viewers: mayRead(readViewers('')) } as const;
const NAMING_PARTS = { viewers: mayRead(readViewers('可见 ')) } as const;
const begun = { ...OF_ONE, ...PAPERS } as const;
const ended = (verb: Verb) => ({ beside: beside(verb), note: noteOf(verb) });

/** Moves that take a deadline. */
const DATED: readonly Move[] = ['issue', 'askExtension', 'return', 'keep', 'reopen'];

export const partsOf = (verb: Verb) => {
  if (verb.kind === 'restrict') return { ...begun, ...(verb.naming ? NAMING_PARTS : RESTRICT_PARTS), ...ended(verb) };
  const isDated = verb.kind === 'amend' || (verb.kind === 'move' && DATED.includes(verb.move));
  return isDated ? { ...begun, ...DATED_PARTS, ...ended(verb) } : { ...begun, ...ended(verb) };
};

/** What a step was said with. */
export type StepArgs = FormArgs<typeof begun & ReturnType<typeof ended>> &
  Partial<FormArgs<typeof DATED_PARTS> & FormArgs<typeof RESTRICT_PARTS>>;

export const meantNumber = ({ number }: Pick<StepArgs, 'number'>): number => numberIn(number);
