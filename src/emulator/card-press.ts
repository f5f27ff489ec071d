import { isDeepStrictEqual } from 'node:util';

/** Which control a person uses: by what its button says, by its callback value, or by its name. */
export interface CardPress {
  readonly buttonText?: string;
  readonly value?: unknown;
  readonly name?: string;
  /** Where it stands in the card, for a client that shows the card: keys and indexes from its root. */
  readonly path?: readonly (string | number)[];
  /** What a select, picker or lone input answers: `{ option }`, `{ options }`, `{ input_value }`, `{ checked }`. */
  readonly choice?: Readonly<Record<string, unknown>>;
  /** What the person filled in; fields left out keep what the card had put there. */
  readonly formValue?: Readonly<Record<string, unknown>>;
}

interface Found {
  /** Undefined when the button only opens a link. */
  readonly action: Record<string, unknown> | undefined;
  readonly url: string | undefined;
  /** Required fields left empty. */
  readonly missing: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

interface Control {
  readonly node: Json;
  readonly form: Json | undefined;
}

function controls(node: unknown, form: Json | undefined = undefined): Control[] {
  if (Array.isArray(node)) return node.flatMap((child) => controls(child, form));
  if (!isObject(node)) return [];
  const inside = node['tag'] === 'form' ? node : form;
  const own = typeof node['tag'] === 'string' ? [{ node, form: inside }] : [];
  return [...own, ...Object.entries(node).flatMap(([key, child]) => (key === 'value' ? [] : controls(child, inside)))];
}

const callbackOf = (node: Json) =>
  list(node['behaviors'])
    .filter(isObject)
    .find((behavior) => behavior['type'] === 'callback');
const textOf = (node: Json) => (isObject(node['text']) ? node['text']['content'] : undefined);

const standingAt = (card: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce((node, step) => (typeof node === 'object' && node !== null ? Reflect.get(node, step) : undefined), card);

/** Throws when the card shows no such control, or it is disabled: a person could not press it. */
export function findPress(card: unknown, what: CardPress): Found {
  const target = what.path && standingAt(card, what.path);
  const fits = ({ node }: Control) =>
    (what.path === undefined || node === target) &&
    (what.buttonText === undefined || (node['tag'] === 'button' && textOf(node) === what.buttonText)) &&
    (what.value === undefined || isDeepStrictEqual(callbackOf(node)?.['value'], what.value)) &&
    (what.name === undefined || node['name'] === what.name);
  const pressable = controls(card).filter(({ node }) => node['behaviors'] !== undefined || node['form_action_type']);
  const found = (what.name === undefined && what.path === undefined ? pressable : controls(card)).find(fits);
  if (!found) {
    const shown = pressable.map(({ node }) => textOf(node)).filter((text) => text !== undefined);
    throw new RangeError(`no such button; the card shows: ${shown.join(' ') || 'none'}`);
  }
  const { node, form } = found;
  if (node['disabled'] === true) throw new RangeError('the button is disabled');
  const filled = form && node['form_action_type'] === 'submit' ? fill(form, what.formValue ?? {}) : undefined;
  const callback = callbackOf(node);
  const opens = list(node['behaviors'])
    .filter(isObject)
    .find((behavior) => behavior['type'] === 'open_url');
  const url = typeof opens?.['default_url'] === 'string' ? opens['default_url'] : undefined;
  if (!callback && !filled && opens) return { action: undefined, url, missing: [] };
  return {
    action: {
      tag: node['tag'],
      ...(typeof node['name'] === 'string' && { name: node['name'] }),
      ...(callback && { value: callback['value'] }),
      ...what.choice,
      ...(filled && { form_value: filled.values }),
    },
    url,
    missing: filled?.missing ?? [],
  };
}

/** What the client sends of a form: each named field, as the person left it. */
function fill(form: Json, typed: Readonly<Record<string, unknown>>) {
  const fields = controls(form['elements'], form)
    .map(({ node }) => node)
    .filter((node) => typeof node['name'] === 'string' && node['tag'] !== 'button');
  const names = new Set(fields.map((node) => String(node['name'])));
  for (const name of Object.keys(typed)) if (!names.has(name)) throw new RangeError(`the form has no field ${name}`);
  const values: Record<string, unknown> = {};
  const missing: string[] = [];
  for (const node of fields) {
    const name = String(node['name']);
    // null: the person emptied it; left out: as the card had put it.
    const value = name in typed ? (typed[name] ?? undefined) : preset(node);
    if (value !== undefined) values[name] = value;
    const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    if (node['required'] === true && empty) missing.push(name);
  }
  return { values, missing };
}

/** Pickers answer with the viewer's offset. */
function preset(node: Json): unknown {
  const zoned = (value: unknown) => (typeof value === 'string' ? `${value} +0800` : undefined);
  switch (node['tag']) {
    case 'input':
      return node['default_value'];
    case 'select_static':
    case 'select_person':
      return node['initial_option'];
    case 'multi_select_static':
    case 'multi_select_person':
      return node['selected_values'];
    case 'date_picker':
      return zoned(node['initial_date']);
    case 'picker_time':
      return zoned(node['initial_time']);
    case 'picker_datetime':
      return zoned(node['initial_datetime']);
    case 'checker':
      return node['checked'] ?? false;
    default:
      return undefined;
  }
}
