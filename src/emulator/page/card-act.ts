import type { CardContext, Field, Path, PressOrder } from './card-context.ts';
import { sure } from './dialog.ts';
import { type Json, object, objects, string } from './json.ts';
import { link } from './markdown-inline.ts';

const words = (text: unknown): string => string(object(text)['content']);

export const opensUrl = (node: Json): string | undefined => {
  const behavior = objects(node['behaviors']).find(({ type }) => type === 'open_url');
  return behavior && (string(behavior['pc_url']) || string(behavior['default_url']));
};
const callsBack = (node: Json): boolean => objects(node['behaviors']).some(({ type }) => type === 'callback');
const formAction = (node: Json): unknown =>
  node['form_action_type'] ?? objects(node['behaviors']).find(({ type }) => type === 'form_action')?.['behavior'];

/** What happens when a button or a clickable container is used: confirm, check the form, open a page, call back; in this order. */
export async function act(node: Json, path: Path, element: HTMLElement, context: CardContext): Promise<void> {
  if (element.getAttribute('aria-busy') === 'true') return;
  const action = formAction(node);
  if (action === 'reset') {
    for (const field of context.form ?? []) field.reset();
    return;
  }
  if (action === 'submit' && !complete(context.form ?? [])) return;
  const asked = node['confirm'];
  if (asked !== undefined && !(await sure(words(object(asked)['title']), words(object(asked)['text'])))) return;
  const url = opensUrl(node);
  if (url) openPage(url);
  if (action !== 'submit' && !callsBack(node)) return;
  const formValue = action === 'submit' ? valuesOf(context.form ?? []) : undefined;
  await pressing(element, context, { path, ...(formValue && { formValue }) });
}

/** The control is marked busy while the answer is awaited, so that it is not used twice. */
export async function pressing(element: HTMLElement, context: CardContext, order: PressOrder): Promise<void> {
  element.setAttribute('aria-busy', 'true');
  try {
    await context.press(order);
  } finally {
    element.removeAttribute('aria-busy');
  }
}

function openPage(url: string): void {
  const anchor = link(url);
  if (anchor instanceof HTMLAnchorElement) anchor.click();
}

const valuesOf = (fields: readonly Field[]): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field.name, field.read()]));

/** Says at each field what is missing and goes to the first. The client alone checks what is required. */
function complete(fields: readonly Field[]): boolean {
  const wrong = fields.filter((field) => field.problem() !== undefined);
  wrong[0]?.focus();
  return wrong.length === 0;
}
