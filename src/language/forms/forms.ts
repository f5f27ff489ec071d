import type { Doc } from '../../cards/views.ts';
import type { Context, FormCard, Outcome, Verb } from '../command.ts';
import { UserError } from '../errors.ts';
import type { Form } from './form.ts';
import { readForm } from './read-form.ts';
import { quoted } from './unread.ts';

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
  const { today, calendar, mentions, read } = context;
  const lookup = (candidates: readonly string[]) => read.names(candidates);
  const said = await readForm(form, text, { today, calendar, mentions, lookup, ...(args.me && { me: true }) });
  const outcome = await form.run(said.args, context);
  return said.unused.length === 0 ? outcome : { ...outcome, reply: withUnused(outcome.reply, said.unused) };
}

/**
 * The form whose verb stands right behind the command's name, or behind the number that the form begins with (T12 办结), the longest verb
 * first; else the first one that says it reads such a line, or that has no verb.
 */
export function formOf(forms: readonly Form[], line: string): { readonly form: Form; readonly text: string } {
  const text = line.trim();
  const [found] = forms
    .flatMap((form) => [
      verbAt(form, form.verbs, '', text),
      ...wordsBefore(form, text).map(({ word, verbs }) => verbAt(form, verbs, word, text)),
    ])
    .filter((one) => one !== undefined)
    .toSorted((a, b) => b.verb.length - a.verb.length);
  if (found)
    return { form: found.form, text: `${found.word} ${text.slice(found.end).replace(/^[\s:,、]+/, '')}`.trim() };
  const bare = forms.find(({ verbs, when }) => (when ? when.test(text) : verbs.length === 0));
  if (bare) return { form: bare, text };
  const ways = forms.flatMap(({ examples: [example] }) => (example ? [example] : []));
  throw new UserError(`没看懂“${text}”。可以发送：${ways.join('；')}。`);
}

/** The words of a form that stand at the start of the text, and the verbs that may stand behind them. */
const wordsBefore = ({ parts, verbs }: Form, text: string) =>
  Object.values(parts).flatMap(({ beforeVerb, pattern }) => {
    const found = beforeVerb && pattern?.exec(text);
    return found?.index === 0 ? [{ word: found[0], verbs: beforeVerb === true ? verbs : (beforeVerb ?? []) }] : [];
  });

/** The longest of a form's verbs behind `word`, and where it ends. */
function verbAt(form: Form, verbs: readonly Verb[], word: string, text: string) {
  const space = /^[\s:,、]*/.exec(text.slice(word.length))?.[0].length ?? 0;
  const rest = text.slice(word.length + space);
  const verb = verbs.map((one) => verbIn(one, rest)).reduce((a, b) => (b.length > a.length ? b : a), '');
  return verb === '' ? undefined : { form, word, verb, end: word.length + space + verb.length };
}

function verbIn(verb: Verb, text: string): string {
  if (typeof verb === 'string') return text.toLowerCase().startsWith(verb.toLowerCase()) ? verb : '';
  const found = verb.exec(text);
  return found?.index === 0 ? found[0] : '';
}

/** An answer says what of the question it did not use. */
const withUnused = (reply: Doc, unused: readonly string[]): Doc => ({
  ...reply,
  blocks: [{ kind: 'text', text: [`没用上${quoted(unused)}。`] }, ...reply.blocks],
});
