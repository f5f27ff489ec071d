import type { Doc } from '../../cards/views.ts';
import type { Context, FormCard, Outcome } from '../command.ts';
import { UserError } from '../errors.ts';
import type { Form } from './form.ts';
import { readForm } from './read-form.ts';
import { quoted } from './unread.ts';

type Given = Context<{ readonly rest: string }>;

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
  const { today, calendar, read } = context;
  const said = await readForm(form, text, { today, calendar, lookup: (candidates) => read.names(candidates) });
  const outcome = await form.run(said.args, context);
  return said.unused.length === 0 ? outcome : { ...outcome, reply: withUnused(outcome.reply, said.unused) };
}

/** The form whose verb stands right behind the command's name, the longest verb first; else the one that has none. */
export function formOf(forms: readonly Form[], line: string): { readonly form: Form; readonly text: string } {
  const text = line.trim();
  const [found] = forms
    .flatMap((form) => form.verbs.map((verb) => ({ form, verb })))
    .filter(({ verb }) => text.toLowerCase().startsWith(verb.toLowerCase()))
    .toSorted((a, b) => b.verb.length - a.verb.length);
  if (found) return { form: found.form, text: text.slice(found.verb.length).replace(/^[\s:,、]+/, '') };
  const bare = forms.find(({ verbs }) => verbs.length === 0);
  if (bare) return { form: bare, text };
  const ways = forms.flatMap(({ examples: [example] }) => (example ? [example] : []));
  throw new UserError(`没看懂“${text}”。可以发送：${ways.join('；')}。`);
}

/** An answer says what of the question it did not use. */
const withUnused = (reply: Doc, unused: readonly string[]): Doc => ({
  ...reply,
  blocks: [{ kind: 'text', text: [`没用上${quoted(unused)}。`] }, ...reply.blocks],
});
