import type { CardContext } from './card-context.ts';
import { elements } from './card-elements.ts';
import { look } from './card-look.ts';
import { iconOf, plain, textOf } from './card-text.ts';
import { defineColours, hueClass, tagClass } from './colours.ts';
import { h } from './dom.ts';
import { type Json, object, objects, string } from './json.ts';
import { link } from './markdown-inline.ts';

/** A card JSON 2.0 as Lark's desktop client shows it. */
export function card(json: Json, context: Omit<CardContext, 'form'>): HTMLElement {
  const inside = { ...context, form: undefined };
  const config = object(json['config']);
  const body = object(json['body']);
  const stack = look(h('div', { class: 'stack' }, ...elements(body['elements'], ['body', 'elements'], inside)), body);
  const url = string(object(json['card_link'])['url']) || string(object(json['card_link'])['pc_url']);
  const section = h(
    'section',
    {
      class: `card width-${string(config['width_mode']) || 'default'}`,
      'aria-label': `卡片 ${plain(object(json['header'])['title'])}`,
    },
    json['header'] !== undefined && header(object(json['header']), inside),
    stack,
    url !== '' && h('p', { class: 'card-link' }, link(url, '打开卡片的链接')),
  );
  defineColours(section, object(config['style']));
  return section;
}

function header(node: Json, context: CardContext): HTMLElement {
  const tags = objects(node['text_tag_list']).map(({ text, color }) =>
    h('span', { class: tagClass(string(color)) }, plain(text)),
  );
  const title = textOf(node['title'], context);
  title.classList.add('title');
  const subtitle = node['subtitle'] !== undefined && textOf(node['subtitle'], context);
  if (subtitle) subtitle.classList.add('subtitle');
  const hue = hueClass(string(node['template'])) || 'plain-header';
  return h('header', { class: hue }, h('div', { class: 'title-row' }, iconOf(node['icon']), title, ...tags), subtitle);
}
