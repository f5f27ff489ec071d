import type { Severity } from '../../domain/findings/finding.ts';
import { UserError } from '../../language/errors.ts';
import { namedEvidence } from '../../language/evidence.ts';
import { type FormArgs, mayRead, type OwnContext, type OwnReader } from '../../language/forms/form.ts';
import { unitsIn } from '../../language/who/unit-named.ts';
import { asWritten } from '../../language/words/as-written.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import type { Mentioned } from '../../ports/inbound.ts';
import { readAnother } from './another-problem.ts';
import { itemsOf } from './finding-items.ts';
import { secrecyIn } from './finding-viewers.ts';
import { readVisit, visitSaid } from './found-on.ts';
import { limitIn } from './limit-phrase.ts';
import { readProgram } from './of-program.ts';
import { joinedTo, refuseBeside } from './second-unit.ts';
import { readPaper } from './step-parts.ts';
import { isSomebody, lastName, strayLabel, strayShare } from './stray-words.ts';

/** What a line that writes down a problem may hold: 问题 一中 A2.3 消防通道堆放杂物 10个工作日 责任人朱戊. */

/** As a word of its own: 严重超载 is a description. */
const SEVERITIES: readonly (readonly [pattern: RegExp, severity: Severity])[] = [
  [/(?<=^|[\s,，、])(?:一票否决项?|否决项)(?=$|[\s,，、。])/, 'veto'],
  [/(?<=^|[\s,，、])(?:程度)?严重(?:问题)?(?=$|[\s,，、。])/, 'grave'],
  [/(?<=^|[\s,，、])(?:程度)?较重(?:问题)?(?=$|[\s,，、。])/, 'major'],
  [/(?<=^|[\s,，、])(?:程度)?一般(?:问题)?(?=$|[\s,，、。])/, 'minor'],
];

const readSeverity: OwnReader<Severity> = (text) => {
  const said = SEVERITIES.flatMap(([pattern, value]) => {
    const found = [...text.matchAll(new RegExp(pattern, 'g'))];
    return found.map(({ 0: word, index }) => ({ value, word, index }));
  }).toSorted((a, b) => a.index - b.index);
  const [first, second] = said;
  if (!first) return undefined;
  if (second) throw new UserError(`没有登记。写了“${first.word}”和“${second.word}”两个程度，请只写一个。`);
  return {
    value: first.value,
    rest: `${text.slice(0, first.index)} ${text.slice(first.index + first.word.length)}`.trim(),
  };
};

/** As a word of its own: 安全责任人未到岗 is a description. */
const RESPONSIBLE = /(?<=^|[\s,，;；、。])责任人(?:是|为)?\s*[:：]?\s*([\p{Script=Han}·]{2,})\s*([^\s,，;；。]*)/u;
const LABEL_ONLY = /(?<=^|[\s,，;；、。])责任人(?:是|为)?(?:\s*[:：]\s*|\s+)([^\s\p{Script=Han}]\S*)/u;
/** 买买提·吐尔逊; what is longer without a dot is no name. */
const NAME = /^(?:\p{Script=Han}{2,4}|(?=.*·)[\p{Script=Han}·]{3,15})$/u;

const readResponsible: OwnReader<string> = async (text, { lookup }) => {
  const [whole = '', name, next = ''] = RESPONSIBLE.exec(text) ?? [];
  const refuse = (written: string) =>
    new UserError(`没有看懂责任人“${written.slice(0, 20)}”，请在“责任人”后面只写姓名，前后空格隔开。`);
  if (name === undefined) {
    const other = LABEL_ONLY.exec(text)?.[1];
    if (other !== undefined) throw refuse(other);
    return undefined;
  }
  if (!NAME.test(name)) throw refuse(name);
  const behind = text.slice(text.indexOf(whole) + whole.length - next.length);
  const [, second = ''] = /^[\s,，、和与及]*(\p{Script=Han}{2,12})(?=$|[\s,，;；、。])/u.exec(behind) ?? [];
  if (await isSomebody(second, { lookup })) throw refuse(`${name} ${second}`);
  return { value: name, rest: text.replace(whole, () => ` ${next}`) };
};

/** The unit that has the problem. */
export interface SaidPlace extends UnitMention {
  /** What may be a second unit. */
  readonly joined?: string | undefined;
}

/**
 * The first unit named; what comes after it is the problem, in which other units may be named. Where the place is known already, by a visit
 * (D12) or a letter, the unit may be left out, and only the first word is one.
 */
const readPlace =
  (known: boolean): OwnReader<SaidPlace> =>
  async (line, { lookup }) => {
    const { number, text } = known ? { text: line } : visitSaid(line);
    const mentions = await unitsIn(text, { names: lookup });
    const isKnown = known || number !== undefined;
    const [first] = mentions;
    const mention = isKnown && first?.start !== 0 ? undefined : first;
    if (!mention) return undefined;
    refuseBeside(text, mentions);
    const visit = number === undefined ? '' : `D${number} `;
    const { written, candidates } = mention;
    return {
      value: { written, candidates, joined: joinedTo(text, mention) },
      rest: `${visit}${text.slice(0, mention.start)} ${text.slice(mention.end)}`.trim(),
    };
  };

const CODE = /^(?=.*\d)(?=.*[A-Za-z.])[A-Za-z]{0,3}-?[VXvx]?\d+(?:\.\d+)*$/;

const readCode: OwnReader<string> = (text) => {
  const words = text.split(/ +/);
  const at = words.slice(0, 2).findIndex((word) => CODE.test(word));
  const value = words[at];
  return value === undefined ? undefined : { value, rest: words.toSpliced(at, 1).join(' ') };
};

const readSecret: OwnReader<readonly string[]> = async (line, context) => {
  const { restricted, names, text } = await secrecyIn(line, context);
  return restricted && text !== line ? { value: names, rest: text } : undefined;
};

const mentioned: OwnReader<readonly Mentioned[]> = (text, { mentions = [] }) =>
  mentions.length > 0 ? { value: mentions, rest: text } : undefined;

/** 灭火器过期 朱戊: somebody who was meant to do something about it. */
async function refuseLastName(text: string, context: OwnContext): Promise<void> {
  const name = await lastName(text, context);
  if (name === undefined) return;
  throw new UserError(
    `没有登记。没看懂“${name}”：是责任人请写“责任人 ${name}”（只写一个）；是问题的内容，请写成一句话。`,
    [{ label: `责任人是${name}`, words: name, instead: `责任人 ${name}` }],
  );
}

/** What is left is the problem, as the school reads it: a label or a share that problems do not have was meant for something else. */
const readDescription: OwnReader<string> = async (text, context) => {
  if (text.trim() === '') return undefined;
  const stray = (await strayLabel(text, context)) ?? strayShare(text);
  if (stray !== undefined)
    throw new UserError(
      `没有登记。没看懂“${asWritten(stray)}”：问题没有这一项。是问题的内容，请并到描述里，写成一句话。`,
    );
  await refuseLastName(text, context);
  return { value: text.trim(), rest: '' };
};

const MAX_DESCRIPTION = 500;

export const ENTRY_PARTS = {
  another: mayRead(readAnother),
  evidence: mayRead(namedEvidence),
  program: mayRead(readProgram),
  /** Who may see it besides; also of those who only say 保密. */
  viewers: mayRead(readSecret),
  limit: mayRead(limitIn),
  severity: mayRead(readSeverity),
  responsible: mayRead(readResponsible),
  mentioned: mayRead(mentioned),
  place: mayRead(readPlace(false)),
  visit: mayRead(readVisit),
  code: mayRead(readCode),
  description: mayRead(readDescription, { free: true, max: MAX_DESCRIPTION }),
} as const;
export type EntryArgs = FormArgs<typeof ENTRY_PARTS>;

/** One of the problems of a letter. */
const { visit: _visit, ...OF_ITEM } = ENTRY_PARTS;
export const ITEM_PARTS = { ...OF_ITEM, place: mayRead(readPlace(true)) } as const;

const readItems: OwnReader<readonly string[]> = (text) => {
  const [head = '', ...lines] = text.split('\n').map((line) => line.trim());
  return { value: itemsOf(lines), rest: head };
};

/** The first line of a letter, with its problems below. */
export const LETTER_PARTS = {
  items: mayRead(readItems),
  program: mayRead(readProgram),
  document: mayRead(readPaper),
  limit: mayRead(limitIn),
  place: mayRead(readPlace(false)),
  visit: mayRead(readVisit),
} as const;
export type LetterArgs = FormArgs<typeof LETTER_PARTS>;
