import { readWhen } from '../../domain/calendar/phrase.ts';
import { UserError } from '../errors.ts';
import { MARKS_ONLY } from '../words/filler.ts';
import type { LineParts } from '../words/line-parts.ts';
import { candidatesOf, directoryFrom } from '../words/names.ts';
import { readSlots } from '../words/read-slots.ts';
import type { Slots } from '../words/slots.ts';
import { takeUrging } from '../words/urging.ts';
import type { AnyPart, Form, FormArgs, OwnContext, PartKind, Parts } from './form.ts';
import type { FormContext } from './form-context.ts';
import { quoted, refuseUnread, unreadOf } from './unread.ts';

/** What a line says in a form, and the words that no part took; of a form that changes something there are none. */
export interface FormSaid {
  readonly args: FormArgs<Parts>;
  readonly unused: readonly string[];
}

type Read = Pick<Form, 'parts' | 'changes' | 'examples'>;
type Values = Record<string, FormArgs<Parts>[string]>;

interface Section {
  /** Undefined: what stands before the first label. */
  readonly name: string | undefined;
  readonly text: string;
}

/**
 * Reads a line, without the command's name and the verb, into the parts of a form. A part with `after` has what stands behind its word up
 * to the next such word; the others are told by their kinds from what stands before. Throws UserError for what is missing or twice there,
 * for a date that does not exist and, where the form changes something, for words that no part takes.
 */
export async function readForm(form: Read, text: string, context: FormContext): Promise<FormSaid> {
  const directory = directoryFrom(await context.lookup(candidatesOf(text)));
  const args: Values = {};
  const unused: string[] = [];
  const urges = urgedPart(form);
  const urging: string[] = [];
  for (const section of sectionsOf(text, form)) {
    const entries = Object.entries(form.parts).filter(([name, { after }]) =>
      section.name === undefined ? after === undefined : name === section.name,
    );
    const isOwnText =
      section.name === undefined ? entries.some(([, { kind }]) => kind === 'text') : section.name === urges?.name;
    const urged = urges && !isOwnText ? takeUrging(section.text, directory) : undefined;
    if (urged) urging.push(urged.value);
    const read = await readSection(urged?.rest ?? section.text, entries, form, { ...context, directory });
    Object.assign(args, read.args);
    unused.push(...read.unused);
  }
  if (urges && urging.length > 0) args[urges.name] = [args[urges.name], ...urging].filter(Boolean).join('；');
  const me = Object.entries(form.parts).find(([, { kind }]) => kind === 'me');
  if (me && context.me) args[me[0]] = true;
  for (const [name, part] of Object.entries(form.parts)) {
    if (part.needed && args[name] === undefined)
      throw new UserError(`${part.asks}${unreadSentence(unused, form)}${exampleOf(form)}`);
    if (isFree(part)) refuseLong(args[name], part.max);
  }
  if (form.changes) refuseUnread(unused, form.examples[0] ?? '');
  return { args, unused: unreadIn(unused) };
}

/** The part that takes urging words, and the word before it. */
export function urgedPart({
  parts,
}: Pick<Form, 'parts'>): { readonly name: string; readonly label: string } | undefined {
  for (const [name, { urges, after: [label] = [] }] of Object.entries(parts))
    if (urges && label) return { name, label };
  return undefined;
}

/** Whether what a part holds are the sender's own words. */
export const isFree = (part: AnyPart): boolean => part.kind === 'text' || (part.kind === 'own' && part.free === true);

/** More nobody reads on a phone. */
const MOST_CHARACTERS = 1_000;

function refuseLong(text: Values[string], max = MOST_CHARACTERS): void {
  if (typeof text === 'string' && text.length > max)
    throw new UserError(`写得太长了：${text.length} 字，最多 ${max} 字，请写短一些。`);
}

const unreadIn = (words: readonly string[]): readonly string[] => words.map(unreadOf).filter((word) => word !== '');

/** What is missing may be what was not understood. */
function unreadSentence(unused: readonly string[], { changes }: Read): string {
  const unread = changes ? unreadIn(unused) : [];
  return unread.length === 0 ? '' : `没看懂${quoted(unread)}。`;
}

const exampleOf = ({ examples: [example] }: Read): string => (example ? `写法：${example}` : '');

function sectionsOf(text: string, form: Read): readonly Section[] {
  const labels = Object.entries(form.parts).flatMap(([name, { after = [] }]) => after.map((word) => ({ name, word })));
  if (labels.length === 0) return [{ name: undefined, text }];
  const words = labels.map(({ word }) => word).toSorted((a, b) => b.length - a.length);
  const label = new RegExp(`(?<=^|[\\s,;:、。])(${words.join('|')})[\\s:]*`, 'g');
  const found = [...text.matchAll(label)].map(({ 0: whole, 1: word, index }) => ({
    name: labels.find((one) => one.word === word)?.name,
    word,
    start: index,
    end: index + whole.length,
  }));
  const again = found.find(({ name }, at) => found.findIndex((other) => other.name === name) < at);
  if (again) throw new UserError(`“${again.word}”写了两次，请只写一次。${exampleOf(form)}`);
  return [
    { name: undefined, text: text.slice(0, found[0]?.start) },
    ...found.map(({ name, end }, at) => ({ name, text: text.slice(end, found[at + 1]?.start) })),
  ];
}

async function readSection(
  said: string,
  entries: readonly (readonly [string, AnyPart])[],
  form: Read,
  context: OwnContext,
): Promise<FormSaid> {
  const args: Values = {};
  const kinds = entries.map(([, { kind }]) => kind);
  let text = said.trim();
  for (const [name, part] of entries) {
    const taken = part.kind === 'own' ? await part.reads(text, context) : takeWord(part, text);
    if (!taken) continue;
    args[name] = taken.value;
    text = taken.rest.trim();
  }
  const [first] = entries;
  // Free text with a word before it is the sender's own, dates and names in it included.
  if (entries.length === 1 && first?.[1].kind === 'text') return { args: text ? { [first[0]]: text } : {}, unused: [] };
  const slots = readSlots({ parts: linePartsOf(kinds, form), filler: MARKS_ONLY }, text, context);
  if (slots.impossibleDate) throw new UserError(`没有“${slots.impossibleDate}”这一天，请核对日期后再发。`);
  if (slots.when && readWhen(slots.rest, { ...context, bias: biasOf(form) }))
    throw new UserError(`一行里有两个日期（还有“${slots.rest}”），请只写一个。`);

  if (form.changes) {
    refuseMore('单位', written(slots.units), kinds, ['unit', 'units']);
    refuseMore('人', slots.people, kinds, ['person', 'people']);
  }
  const left = fill(args, entries, slots);
  return { args, unused: [...left, ...(kinds.includes('text') || slots.rest === '' ? [] : [slots.rest])] };
}

/** The word that looks as its part says. */
function takeWord({ kind, pattern }: Exclude<AnyPart, { readonly kind: 'own' }>, text: string) {
  const found = kind === 'word' ? pattern?.exec(text) : undefined;
  if (!found) return undefined;
  const { 0: word, index } = found;
  return { value: word.trim(), rest: `${text.slice(0, index)} ${text.slice(index + word.length)}` };
}

const biasOf = ({ changes }: Read) => (changes ? 'future' : 'near');

const linePartsOf = (kinds: readonly AnyPart['kind'][], form: Read): LineParts => ({
  ...(kinds.includes('date') && { dates: biasOf(form) }),
  ...(['unit', 'units', 'person', 'people'].some((kind) => kinds.includes(kind as PartKind)) && { names: true }),
  ...(kinds.includes('me') && { me: true }),
  ...((kinds.includes('person') || kinds.includes('people')) && { people: true }),
});

const written = (units: Slots['units']): readonly string[] => units.map((unit) => unit.written);

/** Nobody knows which of them is meant where one is: `kinds` are the section's, `of` how one and how several are called. */
function refuseMore(
  what: string,
  names: readonly string[],
  kinds: readonly AnyPart['kind'][],
  [one, several]: readonly [one: PartKind, several: PartKind],
): void {
  const places = kinds.filter((kind) => kind === one).length;
  if (places > 0 && names.length > places && !kinds.includes(several))
    throw new UserError(`写了 ${names.length} 个${what}（${names.join('、')}），这里只能写 ${places} 个。没有执行。`);
}

/** Gives each part what was found of its kind; answers the names that none took. */
function fill(args: Values, entries: readonly (readonly [string, AnyPart])[], slots: Slots): readonly string[] {
  let { units } = slots;
  let { people } = slots;
  for (const [name, { kind }] of entries) {
    if (kind === 'date') args[name] = slots.when;
    if (kind === 'unit') {
      args[name] = units[0];
      units = units.slice(1);
    }
    if (kind === 'units' && units.length > 0) {
      args[name] = units;
      units = [];
    }
    if (kind === 'person') {
      args[name] = people[0];
      people = people.slice(1);
    }
    if (kind === 'people' && people.length > 0) {
      args[name] = people;
      people = [];
    }
    if (kind === 'text' && slots.rest !== '') args[name] = slots.rest;
    if (kind === 'me' && slots.me) args[name] = true;
  }
  return [
    ...written(units),
    ...people,
    ...slots.programs.map(({ name }) => name),
    ...slots.checklists.map(({ name }) => name),
  ];
}
