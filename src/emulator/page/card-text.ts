import { ink } from './colours.ts';
import { type Child, h } from './dom.ts';
import { isObject, type Json, object, string } from './json.ts';
import { markdown } from './markdown.ts';
import type { Readers } from './markdown-inline.ts';

/** In Chinese where the card has it in several languages. */
const contentOf = (node: Json): string => string(object(node['i18n_content'])['zh_cn']) || string(node['content']);
export const plain = (text: unknown): string => contentOf(object(text));

const sizeClass = (size: unknown): string => {
  const name = string(size);
  return /^[a-z0-9-]+$/.test(name) ? `size-${name}` : '';
};
const classes = (...names: readonly string[]): string => names.filter((name) => name !== '').join(' ');

/** A text object: plain_text literally, lark_md and markdown read. */
export function textOf(text: unknown, readers: Readers): HTMLElement {
  const node = object(text);
  const look = classes(sizeClass(node['text_size']), alignClass(node['text_align']));
  const content = contentOf(node);
  const element = node['tag'] === 'plain_text' ? h('p', { class: 'plain' }, content) : markdown(content, readers);
  element.className = classes(element.className, look);
  if (typeof node['lines'] === 'number') {
    element.classList.add('clamp');
    element.style.setProperty('--lines', String(node['lines']));
  }
  return ink(element, string(node['text_color']));
}
export const alignClass = (align: unknown): string => (align === 'center' || align === 'right' ? `align-${align}` : '');

/** We carry no picture of Lark's icons: a mark stands where one is, its name can be read by pointing at it. */
export function iconOf(icon: unknown): Child {
  if (!isObject(icon)) return undefined;
  const name = string(icon['token']) || string(icon['img_key']);
  const mark = h('span', { class: 'icon', title: `图标 ${name}`, 'aria-hidden': 'true' }, '◈');
  return ink(mark, string(icon['color']));
}

/** Avatars are the last two characters of the name, as Lark makes them for who has no picture. */
export function avatar(name: string, id: string): HTMLElement {
  const hue = [...id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7) % 6;
  return h('span', { class: `avatar avatar-${hue}`, 'aria-hidden': 'true' }, [...name].slice(-2).join(''));
}

export function personOf(openId: string, node: Json, readers: Readers): HTMLElement {
  const name = readers.nameOf(openId);
  const shown = node['show_name'] !== false;
  return h(
    'span',
    { class: 'person', title: name },
    node['show_avatar'] !== false && avatar(name, openId),
    shown ? h('span', {}, name) : h('span', { class: 'visually-hidden' }, name),
  );
}
