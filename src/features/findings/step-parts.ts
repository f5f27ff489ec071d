import type { Move } from '../../domain/findings/moves.ts';
import { UserError } from '../../language/errors.ts';
import { namedEvidence } from '../../language/evidence.ts';
import { type FormArgs, may, mayRead, type OwnReader } from '../../language/forms/form.ts';
import { unitsIn } from '../../language/who/unit-named.ts';
import { readDocument } from '../../language/words/document-number.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import { BEFORE_NUMBER, FINDING_NUMBER, foreignNumber, NUMBER, numberIn, type Verb } from './finding-line.ts';
import { secrecyIn } from './finding-viewers.ts';
import { limitIn } from './limit-phrase.ts';

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

const MOST = 600;
const note = may('text', { max: MOST });
const PLACED = { foreign: mayRead(refuseForeign), place: mayRead(readPlace) } as const;
const OF_ONE = { ...PLACED, number: NUMBER } as const;
const PAPERS = { evidence: mayRead(namedEvidence), document: mayRead(readPaper) } as const;

export const SHOW_PARTS = { ...PLACED, more: mayRead(refuseMore), number: NUMBER } as const;
const STEP_PARTS = { ...OF_ONE, ...PAPERS, note } as const;
const DATED_PARTS = { ...OF_ONE, ...PAPERS, limit: mayRead(readLimit), note } as const;
const RESTRICT_PARTS = { ...OF_ONE, ...PAPERS, viewers: mayRead(readViewers('')), note } as const;
const NAMING_PARTS = { ...OF_ONE, ...PAPERS, viewers: mayRead(readViewers('可见 ')), note } as const;

/** Moves that take a deadline; elsewhere a day in the text is only part of the text. */
const DATED: readonly Move[] = ['issue', 'askExtension', 'return', 'keep', 'reopen'];

export const partsOf = (verb: Verb) => {
  if (verb.kind === 'restrict') return verb.naming ? NAMING_PARTS : RESTRICT_PARTS;
  return verb.kind === 'amend' || (verb.kind === 'move' && DATED.includes(verb.move)) ? DATED_PARTS : STEP_PARTS;
};

/** What a step was said with. */
export type StepArgs = FormArgs<typeof STEP_PARTS> &
  Partial<Pick<FormArgs<typeof DATED_PARTS>, 'limit'> & Pick<FormArgs<typeof RESTRICT_PARTS>, 'viewers'>>;

export const meantNumber = ({ number }: Pick<StepArgs, 'number'>): number => numberIn(number);
