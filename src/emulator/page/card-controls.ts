import type { CardContext } from './card-context.ts';
import { plain, textOf } from './card-text.ts';
import { h } from './dom.ts';
import { type Json, objects, string, strings } from './json.ts';

type Box = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A control that takes a value: what the person left in it, and how a lone one (outside a form) calls back. */
export interface Control {
  readonly element: HTMLElement;
  readonly box: HTMLElement;
  read(): unknown;
  empty(): boolean;
  reset(): void;
  /** Tells when a lone control is to call back. */
  changed(listener: () => void): void;
  /** Under which key a lone control answers (5.1 of the platform's page on callbacks). */
  readonly answers: 'option' | 'options' | 'input_value' | 'checked';
}

/** The control of the kind that the element names, as the card has preset it. */
export function controlOf(node: Json, context: CardContext): Control {
  switch (node['tag']) {
    case 'select_static':
    case 'select_person':
      return select(node, optionsOf(node, context));
    case 'multi_select_static':
    case 'multi_select_person':
      return multiSelect(node, optionsOf(node, context), strings(node['selected_values']));
    case 'select_img':
      return node['multi_select'] === true
        ? multiSelect(node, optionsOf(node, context), [])
        : select(node, optionsOf(node, context));
    case 'date_picker':
      return picker('date', string(node['initial_date']));
    case 'picker_time':
      return picker('time', string(node['initial_time']));
    case 'picker_datetime':
      return picker('datetime-local', string(node['initial_datetime']).replace(' ', 'T'));
    case 'checker':
      return checker(node, context);
    default:
      return input(node);
  }
}

interface Option {
  readonly text: string;
  readonly value: string;
}

/** Of persons: the candidates, or everybody in the chat when the card names none. */
function optionsOf(node: Json, context: CardContext): Option[] {
  const options = objects(node['options']);
  if (string(node['tag']).endsWith('_person')) {
    const ids = node['options'] === undefined ? context.members : options.map(({ value }) => string(value));
    return ids.map((value) => ({ text: context.nameOf(value), value }));
  }
  return options.map((option) => ({
    text: plain(option['text']) || string(option['img_key']),
    value: string(option['value']),
  }));
}

const nothing = null;

function ofBox(
  box: Box,
  answers: Control['answers'],
  value: () => unknown,
  changeOn: (listener: () => void) => void,
): Control {
  const initial = box.value;
  return {
    element: box,
    box,
    answers,
    read: value,
    empty: () => box.value === '',
    reset: () => {
      box.value = initial;
    },
    changed: changeOn,
  };
}
const onChange = (box: HTMLElement) => (listener: () => void) => box.addEventListener('change', listener);

function input(node: Json): Control {
  const multiline = node['input_type'] === 'multiline_text';
  const limits = {
    placeholder: plain(node['placeholder']),
    maxlength: typeof node['max_length'] === 'number' ? node['max_length'] : 1000,
  };
  const rows = typeof node['rows'] === 'number' ? node['rows'] : 3;
  const box = multiline
    ? h('textarea', { ...limits, rows })
    : h('input', { ...limits, type: node['input_type'] === 'password' ? 'password' : 'text', autocomplete: 'off' });
  box.value = string(node['default_value']);
  // Alone it calls back on Enter and on leaving it: `change` is both.
  return ofBox(box, 'input_value', () => box.value, onChange(box));
}

function select(node: Json, options: readonly Option[]): Control {
  const first = h('option', { value: '' }, plain(node['placeholder']) || '请选择');
  const box = h('select', {}, first, ...options.map(({ text, value }) => h('option', { value }, text)));
  const index = node['initial_index'];
  box.value = string(node['initial_option']) || (typeof index === 'number' ? (options[index]?.value ?? '') : '');
  return ofBox(box, 'option', () => box.value || nothing, onChange(box));
}

function picker(type: 'date' | 'time' | 'datetime-local', initial: string): Control {
  const box = h('input', { type });
  box.value = initial;
  // With the viewer's offset, which here is always Beijing's.
  return ofBox(box, 'option', () => (box.value ? `${box.value.replace('T', ' ')} +0800` : nothing), onChange(box));
}

function multiSelect(node: Json, options: readonly Option[], initial: readonly string[]): Control {
  const hint = plain(node['placeholder']) || '请选择';
  const summary = h('summary', { role: 'button' }, hint);
  const boxes = options.map(({ value }) => h('input', { type: 'checkbox', value }));
  const rows = options.map(({ text }, index) => h('label', {}, boxes[index], text));
  const box = h('details', { class: 'multi' }, summary, h('div', { class: 'choices' }, ...rows));
  const chosen = () => options.filter((_, index) => boxes[index]?.checked);
  const show = () => {
    summary.textContent =
      chosen()
        .map(({ text }) => text)
        .join('、') || hint;
  };
  const reset = () => {
    for (const one of boxes) one.checked = initial.includes(one.value);
    show();
  };
  reset();
  box.addEventListener('change', show);
  // Focus goes to what can take it.
  box.focus = () => summary.focus();
  const read = () => chosen().map(({ value }) => value);
  let told = JSON.stringify(read());
  const changed = (listener: () => void) =>
    box.addEventListener('toggle', () => {
      if (box.open || JSON.stringify(read()) === told) return;
      told = JSON.stringify(read());
      listener();
    });
  return { element: box, box, read, reset, changed, empty: () => read().length === 0, answers: 'options' };
}

function checker(node: Json, context: CardContext): Control {
  const box = h('input', { type: 'checkbox' });
  const initial = node['checked'] === true;
  box.checked = initial;
  const reset = () => {
    box.checked = initial;
  };
  const element = h('label', { class: 'checker' }, box, textOf(node['text'], context));
  return {
    element,
    box,
    reset,
    read: () => box.checked,
    empty: () => !box.checked,
    changed: onChange(box),
    answers: 'checked',
  };
}
