import { plainText } from './button.ts';

import { type Piece, piece, shapeOf, type Unit } from './pieces.ts';
import { shorten } from './plain-text.ts';
import type { Form, FormField } from './views.ts';

/** A form is not cut, so it must fit any page: what the largest frame leaves of 28 KB and of 180 tags. */
const MAX_BYTES = 20_000;
const MAX_TAGS = 140;
const MAX_FIELDS = 20;
/** Lark's own limit of an input. */
const MAX_INPUT = 1_000;
/** More choices are no choice on a phone; the rest can be typed. */
const MAX_OPTIONS = 60;

type Json = Readonly<Record<string, unknown>>;

/** The whole form as one piece. The names of its fields are unique in the card, which may hold several forms. */
export function formUnit(form: Form, number: number): Unit {
  const suffix = number === 1 ? '' : `_${number}`;
  for (let options = MAX_OPTIONS; ; options = Math.floor(options / 2)) {
    const made = formPiece(form, suffix, options);
    if ((made.bytes <= MAX_BYTES && made.shape.tags <= MAX_TAGS) || options === 0) return [made];
  }
}

function formPiece(form: Form, suffix: string, maxOptions: number): Piece {
  const fields = form.fields.slice(0, MAX_FIELDS);
  const elements = [
    ...fields.flatMap((field) => elementsOf(field, `${field.name}${suffix}`, maxOptions)),
    submitButton(form, fields, suffix),
  ];
  const json = elements.map((element) => JSON.stringify(element)).join(',');
  const tags = json.split('"tag":').length;
  const shape = shapeOf(
    { tag: 'form', name: `form${suffix}`, direction: 'vertical', vertical_spacing: 'small', elements: [] },
    { tags, maxPieces: 1 },
  );
  return piece(shape, json, '');
}

/** What the button carries comes back with the values: from the two the line is made (`src/app/form-line.ts`). */
function submitButton({ line, once, submit, confirm }: Form, fields: readonly FormField[], suffix: string): Json {
  const value = {
    v: 1,
    op: 'submit',
    line: shorten(line, 200),
    once: shorten(once, 60),
    fields: fields.map((field) => ({
      name: `${field.name}${suffix}`,
      kind: field.kind,
      label: shorten(field.label, 30),
      ...(field.as !== undefined && { as: shorten(field.as, 30) }),
      ...(field.required && { required: true }),
      ...(field.kind === 'number' && field.min !== undefined && { min: field.min }),
      ...(field.kind === 'number' && field.max !== undefined && { max: field.max }),
    })),
  };
  return {
    tag: 'button',
    name: `submit${suffix}`,
    type: 'primary',
    form_action_type: 'submit',
    text: plainText(shorten(submit, 30) || '提交'),
    ...(confirm && { confirm: { title: plainText('请确认'), text: plainText(shorten(confirm, 200)) } }),
    behaviors: [{ type: 'callback', value }],
  };
}

/** Inputs have a label of their own; above the others stands a line, since Lark gives them only a placeholder, which the choice covers. */
function elementsOf(field: FormField, name: string, maxOptions: number): Json[] {
  const label = shorten(field.label, 30) || name;
  const common = (usual: string) => ({
    name,
    width: 'fill',
    ...(field.required && { required: true }),
    placeholder: plainText(shorten(field.placeholder ?? '', 60) || usual),
  });
  const caption = { tag: 'div', text: plainText(field.required ? `${label}（必填）` : label) };
  const chosen = common(`选择${label}`);
  switch (field.kind) {
    case 'text':
    case 'number':
      return [{ tag: 'input', ...common(rangeOf(field)), label: plainText(label), ...inputOf(field) }];
    case 'date':
      return [caption, { tag: 'date_picker', ...chosen, ...given('initial_date', field.initial, ISO_DATE) }];
    case 'time':
      return [caption, { tag: 'picker_time', ...chosen, ...given('initial_time', field.initial, CLOCK) }];
    case 'person':
    case 'people': {
      const options = candidatesOf(field.candidates).slice(0, maxOptions);
      return [caption, { tag: field.kind === 'person' ? 'select_person' : 'multi_select_person', ...chosen, options }];
    }
    case 'select':
    case 'multiSelect': {
      const { options, left } = optionsOf(field, maxOptions);
      const hint = left > 0 ? common(`选择${label}（只列出前 ${options.length} 个，其余请打字）`) : chosen;
      return [caption, { ...hint, options, ...selected(field, options) }];
    }
  }
}

/** Lark refuses the card with a candidate of another shape. */
const OPEN_ID = /^ou_[A-Za-z0-9]{1,64}$/;
const candidatesOf = (openIds: readonly string[]) =>
  [...new Set(openIds)].filter((value) => OPEN_ID.test(value)).map((value) => ({ value }));

type Select = Extract<FormField, { readonly kind: 'select' | 'multiSelect' }>;
interface Option {
  readonly text: Json;
  readonly value: string;
}

/** Lark wants their values unique. */
function optionsOf({ options }: Select, max: number): { readonly options: readonly Option[]; readonly left: number } {
  const texts = new Map(options.map(({ value, text }) => [value, shorten(text ?? value, 60) || '…']));
  texts.delete('');
  const all = [...texts].map(([value, text]) => ({ text: plainText(text), value }));
  return { options: all.slice(0, max), left: Math.max(all.length - max, 0) };
}

function selected(field: Select, options: readonly Option[]): Json {
  const isThere = (wanted: string) => options.some(({ value }) => value === wanted);
  if (field.kind === 'multiSelect')
    return { tag: 'multi_select_static', selected_values: (field.initial ?? []).filter(isThere) };
  const { initial } = field;
  return { tag: 'select_static', ...(initial !== undefined && isThere(initial) && { initial_option: initial }) };
}

const ISO_DATE = /^\d{4}-\d\d-\d\d$/;
const CLOCK = /^\d\d:\d\d$/;
const given = (key: string, value: string | undefined, shape: RegExp): Json =>
  value !== undefined && shape.test(value) ? { [key]: value } : {};

function rangeOf(field: FormField): string {
  if (field.kind !== 'number' || (field.min === undefined && field.max === undefined)) return '请填写';
  if (field.max === undefined) return `不小于 ${field.min}`;
  return field.min === undefined ? `不大于 ${field.max}` : `${field.min} 到 ${field.max}`;
}

function inputOf(field: Extract<FormField, { readonly kind: 'text' | 'number' }>): Json {
  const maxLength = field.kind === 'number' ? 12 : Math.min(field.maxLength ?? 300, MAX_INPUT);
  const initial = field.initial === undefined ? '' : shorten(String(field.initial), maxLength);
  return {
    max_length: maxLength,
    ...(initial !== '' && { default_value: initial }),
    ...(field.kind === 'text' && field.multiline && { input_type: 'multiline_text', rows: 3 }),
  };
}
