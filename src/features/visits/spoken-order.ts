import type { Form, FormArgs, OwnContext, Parts } from '../../language/forms/form.ts';
import { readForm } from '../../language/forms/read-form.ts';
import { CUT } from '../../language/words/cut.ts';
import { namesIn } from '../../language/words/names.ts';
import { masked, VERB_MARK } from './visit-days.ts';
import { refuseWhisper, withoutTexts } from './visit-phrase.ts';
import { type VisitVerb, verbIn } from './visit-words.ts';

interface SpokenOrder {
  readonly form: Form;
  readonly args: FormArgs<Parts>;
}

/**
 * A sentence whose verb stands anywhere, read in the form of its verb. A mark is left where it stood, since what is before it is said of the
 * visit as it is. Undefined: there is none, but in a name or in free text.
 */
export const spokenOrder =
  (forms: Readonly<Record<VisitVerb, Form>>) =>
  async (
    text: string,
    context: OwnContext,
  ): Promise<{ readonly value: SpokenOrder; readonly rest: '' } | undefined> => {
    refuseWhisper(text);
    const found = verbIn(masked(withoutTexts(text), namesIn(text, context.directory)));
    if (!found) return undefined;
    const form = forms[found.verb];
    const marked = `${text.slice(0, found.start)}${CUT}${VERB_MARK}${CUT}${text.slice(found.end)}`;
    const { args } = await readForm(form, marked, context);
    return { value: { form, args }, rest: '' };
  };
