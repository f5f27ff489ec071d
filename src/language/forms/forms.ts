import type { Doc } from '../../cards/views.ts';
import { wallClock } from '../../domain/calendar/local-date.ts';
import type { Context, FormCard, Outcome, Verb } from '../command.ts';
import { Asked, type Mend, UserError } from '../errors.ts';
import { excludesSome } from '../words/negation.ts';
import type { Form } from './form.ts';
import { readForm, urgedPart } from './read-form.ts';
import { quoted, Unread } from './unread.ts';

type Given = Context<{ readonly rest: string; readonly me?: boolean | undefined }>;

/** What a command takes from its forms: examples, whether its lines may say 新增 and 取消, and what is run. */
export function inForms(...forms: readonly Form[]): {
  readonly forms: readonly FormCard[];
  readonly examples: readonly string[];
  readonly edits?: true;
  readonly run: (context: Given) => Promise<Outcome>;
} {
  return {
    forms,
    examples: forms.flatMap(({ examples }) => examples),
    ...(forms.some(({ changes }) => changes) && { edits: true }),
    run: (context) => runForm(forms, context),
  };
}

async function runForm(forms: readonly Form[], { args, ...context }: Given): Promise<Outcome> {
  const { form, text } = formOf(forms, args.rest);
  const { saidOn, calendar, mentions, read } = context;
  const today = saidOn ?? context.today;
  const lookup = (candidates: readonly string[]) => read.names(candidates);
  const line = args.rest.trim();
  if (!form.changes && excludesSome(line))
    throw new UserError(`没有看懂“${line.slice(0, 40)}”：除外的还不会查。请直接写要看的单位、人或日期。`);
  // What a form on a card was filled in with is meant, however it is put.
  if (form.changes && context.isQuestion && !form.takesQuestions && !context.pressed) throw new Asked(line);
  if (form.changes && !form.passesOn) refuseSecondCommand(line, context);
  try {
    const at = wallClock(context.now, context.zone);
    const said = await readForm(form, text, { today, calendar, at, mentions, lookup, ...(args.me && { me: true }) });
    const outcome = await form.run(said.args, { ...context, line });
    return said.unused.length === 0 ? outcome : { ...outcome, reply: withUnused(outcome.reply, said.unused) };
  } catch (error) {
    if (error instanceof Unread && context.command !== undefined)
      error.mends = mendsOf(error, form, `${context.command} ${line}`);
    throw error;
  }
}

const CLAUSE = /[;；。,，]\s*(?=\S)/g;

/** 任务 完成 T1；任务 完成 T3: the second would be a reason of the first. */
function refuseSecondCommand(line: string, { command, commands }: Pick<Given, 'command' | 'commands'>): void {
  for (const { index, 0: mark } of line.matchAll(CLAUSE)) {
    const clause = line.slice(index + mark.length);
    for (const { name, aliases } of commands) {
      const said = [name, ...aliases].find(
        (word) =>
          /^\p{Script=Han}{2}/u.test(word) && clause.startsWith(word) && /^[\s:：]+\S/.test(clause.slice(word.length)),
      );
      const more = clause.slice(said?.length ?? 0).trim();
      if (said === undefined || !(name === command || /^\S{0,6}\s*[TWD]\d/i.test(more))) continue;
      throw new UserError(`没有执行。一行里像有两件事（还有“${clause.slice(0, 40)}”），请分成两行再发。`);
    }
  }
}

/** The line without what was not understood, and with it where the form has a text for it. None where the words stand otherwise in it. */
function mendsOf({ words }: Unread, form: Form, line: string): readonly Mend[] {
  let without = line;
  for (const word of words) {
    if (!without.includes(` ${word}`)) return [];
    without = without.replace(` ${word}`, () => '');
  }
  const text = urgedPart(form);
  const said = text && new RegExp(`(?<=[\\s,;:、。])${text.label}[\\s:]*`).exec(without);
  const label = said ? '；' : ` ${text?.label} `;
  const into = said ? without.trim() : without;
  return [
    ...(text ? [{ label: `写进${text.label}`, line: `${into}${label}${words.join('，')}` }] : []),
    { label: '不要这几个字', line: without },
  ];
}

/** What tells which form a line is meant in. */
type Told = Pick<Form, 'verbs' | 'verbsAtEnd' | 'when' | 'parts' | 'examples'>;

/**
 * The form whose verb stands right behind the command's name, or behind the number that the form begins with (T12 办结), the longest verb
 * first; then the one whose verb ends a line that begins with its number (W12 照片看不清,退回); then the one of this shape; else the first one
 * that says it reads such a line, or that has no verb.
 */
export function formOf<Of extends Told>(
  forms: readonly Of[],
  line: string,
): { readonly form: Of; readonly text: string } {
  const text = line.trim();
  const begun = forms.flatMap((form) =>
    [{ word: '', verbs: form.verbs }, ...wordsBefore(form, text)].flatMap(
      ({ word, verbs }) => verbAt(form, verbs, word, text) ?? [],
    ),
  );
  const ended = forms.flatMap((form) =>
    wordsBefore(form, text).flatMap(({ word }) => verbAtEnd(form, word, text) ?? []),
  );
  const isShape = ({ verb }: { readonly verb: string }) => verb === '';
  const [found] = [...longest(begun.filter((one) => !isShape(one))), ...longest(ended), ...begun.filter(isShape)];
  if (found) return { form: found.form, text: `${found.word} ${found.rest}`.trim() };
  const bare = forms.find(({ verbs, when }) => (when ? when.test(text) : verbs.length === 0));
  if (bare) return { form: bare, text };
  const ways = forms.flatMap(({ examples: [example] }) => (example ? [example] : []));
  throw new UserError(`没看懂${quoted([text])}。可以发送：${ways.join('；')}。`);
}

const longest = <Found extends { readonly verb: string }>(found: readonly Found[]): readonly Found[] =>
  found.toSorted((a, b) => b.verb.length - a.verb.length);

/** The words of a form that stand at the start of the text, and the verbs that may stand behind them. */
const wordsBefore = ({ parts, verbs }: Told, text: string) =>
  Object.values(parts).flatMap(({ beforeVerb, pattern }) => {
    const found = beforeVerb && pattern?.exec(text);
    return found?.index === 0 ? [{ word: found[0], verbs: beforeVerb === true ? verbs : (beforeVerb ?? []) }] : [];
  });

interface Found<Of> {
  readonly form: Of;
  readonly word: string;
  /** Empty for a form that is told by its shape. */
  readonly verb: string;
  /** What stands behind both, or between them. */
  readonly rest: string;
}

/** The longest of a form's verbs behind `word`, and what stands behind both. */
function verbAt<Of extends Told>(form: Of, verbs: readonly Verb[], word: string, text: string): Found<Of> | undefined {
  const rest = text.slice(word.length).replace(/^[\s:,、]+/, '');
  const verb = verbs.flatMap((one) => verbIn(one, rest) ?? []).toSorted((a, b) => b.length - a.length)[0];
  return verb === undefined ? undefined : { form, word, verb, rest: rest.slice(verb.length).replace(/^[\s:,、]+/, '') };
}

function verbIn(verb: Verb, text: string): string | undefined {
  if (typeof verb === 'string') return text.toLowerCase().startsWith(verb.toLowerCase()) ? verb : undefined;
  const found = verb.exec(text);
  return found?.index === 0 ? found[0] : undefined;
}

const NEGATED = /(?:不|未|没有?|别|勿|无法)$/;

/** The same of a verb that ends the line as a word of its own. 还没 完成 says that nothing is to be done. */
function verbAtEnd<Of extends Told>(form: Of, word: string, text: string): Found<Of> | undefined {
  for (const verb of form.verbsAtEnd) {
    const head = text.endsWith(verb) ? text.slice(word.length, -verb.length) : '';
    const said = head.replace(/[\s,;:、。]+$/, '');
    if (said !== head && !NEGATED.test(said)) return { form, word, verb, rest: said.replace(/^[\s:,、]+/, '') };
  }
  return undefined;
}

/** An answer says what of the question it did not use. */
const withUnused = (reply: Doc, unused: readonly string[]): Doc => ({
  ...reply,
  blocks: [{ kind: 'text', text: [`没用上${quoted(unused)}。`] }, ...reply.blocks],
});
