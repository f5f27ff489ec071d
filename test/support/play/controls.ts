import type { MessageView } from '../../../src/emulator/message-view.ts';
import { type Member, StepError } from './cast.ts';

// A card's buttons and fields by the words that a person reads on it.

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const wordsOf = (text: unknown): string =>
  isObject(text) && typeof text['content'] === 'string' ? text['content'] : '';

export interface ShownButton {
  readonly label: string;
  readonly disabled: boolean;
  readonly path: readonly (string | number)[];
  /** The elements of the form that it submits. */
  readonly form: readonly Json[] | undefined;
}

export function buttonsOf({ card }: MessageView): readonly ShownButton[] {
  const found: ShownButton[] = [];
  const walk = (node: unknown, path: ShownButton['path'], form: ShownButton['form']): void => {
    if (Array.isArray(node)) for (const [at, child] of node.entries()) walk(child, [...path, at], form);
    if (!isObject(node)) return;
    const inside = node['tag'] === 'form' ? objects(node['elements']) : form;
    if (node['tag'] === 'button') {
      const submits = node['form_action_type'] === 'submit' ? inside : undefined;
      found.push({ label: wordsOf(node['text']), disabled: node['disabled'] === true, path, form: submits });
    } else for (const [key, child] of Object.entries(node)) walk(child, [...path, key], inside);
  };
  walk(card, [], undefined);
  return found;
}

interface Field {
  readonly label: string;
  readonly node: Json;
}

/** An input has its label; what stands over another field is its label. */
function fieldsOf(elements: readonly Json[]): readonly Field[] {
  let above = '';
  return elements.flatMap((node) => {
    if (node['tag'] === 'div') above = wordsOf(node['text']);
    if (typeof node['name'] !== 'string' || node['tag'] === 'button') return [];
    const label = (wordsOf(node['label']) || above).replace(/（必填）$/, '');
    return [{ label, node }];
  });
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const CLOCK = /^\d\d:\d\d$/;

/** What the client sends when a person has left this in the field; nothing written empties it. */
function answered({ label, node }: Field, value: string, people: readonly Member[]): unknown {
  if (value === '') return null;
  const options = objects(node['options']);
  const chosen = (text: string): unknown => {
    const found = options.find((option) => wordsOf(option['text']) === text);
    if (found) return found['value'];
    const shown = options.map((option) => wordsOf(option['text'])).join('、');
    throw new StepError(`“${label}”里没有“${text}”；有：${shown}`);
  };
  const person = (name: string): unknown => {
    const namesakes = people.filter((one) => one.label === name || one.name === name);
    const found = namesakes.filter(({ openId }) => options.some((option) => option['value'] === openId));
    if (found.length === 1) return found[0]?.openId;
    throw new StepError(`“${label}”里${found.length === 0 ? '没有' : '不止一个'}“${name}”`);
  };
  const each = value.split(/[、，,]/);
  const dated = (shape: RegExp, example: string) => {
    if (!shape.test(value)) throw new StepError(`“${label}”这样填：${example}`);
    return `${value} +0800`;
  };
  switch (node['tag']) {
    case 'select_static':
      return chosen(value);
    case 'multi_select_static':
      return each.map(chosen);
    case 'select_person':
      return person(value);
    case 'multi_select_person':
      return each.map(person);
    case 'date_picker':
      return dated(DATE, '2026-05-20');
    case 'picker_time':
      return dated(CLOCK, '09:00');
    default:
      return value;
  }
}

/** The values of a form as the client sends them, by the names that its card gave to the fields. */
export function filledIn(
  elements: readonly Json[],
  typed: readonly { readonly label: string; readonly value: string }[],
  people: readonly Member[],
): Readonly<Record<string, unknown>> {
  const fields = fieldsOf(elements);
  return Object.fromEntries(
    typed.map(({ label, value }) => {
      const field = fields.find((one) => one.label === label);
      if (field) return [String(field.node['name']), answered(field, value, people)];
      throw new StepError(`表单里没有“${label}”；有：${fields.map((one) => one.label).join('、')}`);
    }),
  );
}
