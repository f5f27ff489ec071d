import { act, opensUrl } from './card-act.ts';
import { chart } from './card-chart.ts';
import type { CardContext, Field, Path } from './card-context.ts';
import { field } from './card-fields.ts';
import { look } from './card-look.ts';
import { table } from './card-table.ts';
import { iconOf, personOf, plain, textOf } from './card-text.ts';
import { hueClass } from './colours.ts';
import { h } from './dom.ts';
import { isObject, type Json, list, object, objects, string } from './json.ts';
import { picture } from './markdown-inline.ts';

type Draw = (node: Json, path: Path, context: CardContext) => HTMLElement;

/** One for each tag of card JSON 2.0. What has none is shown as a warning, never left out. */
const DRAW: Readonly<Record<string, Draw>> = {
  markdown: (node, _, context) => withIcon(node, textOf({ ...node, tag: 'markdown' }, context)),
  div,
  hr: () => h('hr'),
  img: (node) =>
    h('figure', { class: 'image' }, picture(plain(node['alt']), string(node['img_key'])), plain(node['title'])),
  img_combination: (node) =>
    h('div', { class: 'pictures' }, ...objects(node['img_list']).map((one) => picture('', string(one['img_key'])))),
  person: (node, _, context) => personOf(string(node['user_id']), node, context),
  person_list: (node, _, context) =>
    h(
      'div',
      { class: 'persons' },
      iconOf(node['icon']),
      ...objects(node['persons']).map(({ id }) => personOf(string(id), node, context)),
    ),
  chart: (node) => chart(node),
  table: (node, _, context) => table(node, context),
  column_set: columnSet,
  form,
  collapsible_panel: panel,
  interactive_container: container,
  button,
  overflow,
  ...Object.fromEntries(
    [
      'input',
      'select_static',
      'multi_select_static',
      'select_person',
      'multi_select_person',
      'date_picker',
      'picker_time',
      'picker_datetime',
      'checker',
      'select_img',
    ].map((tag) => [tag, field]),
  ),
};

export function elements(all: unknown, path: Path, context: CardContext): HTMLElement[] {
  return list(all).map((node, index) => element(node, [...path, index], context));
}

function element(node: unknown, path: Path, context: CardContext): HTMLElement {
  if (!isObject(node)) return unknown(node, '不是组件');
  const tag = string(node['tag']);
  const draw = Object.hasOwn(DRAW, tag) ? DRAW[tag] : undefined;
  if (!draw) return unknown(node, tag || '没有 tag');
  return look(draw(node, path, context), node);
}

const unknown = (node: unknown, tag: string): HTMLElement =>
  h(
    'div',
    { class: 'warning unknown' },
    h('p', {}, `⚠ 本页不认识这个组件：${tag}`),
    h('details', {}, h('summary', {}, '看它的内容'), h('pre', {}, JSON.stringify(node, undefined, 1))),
  );

const withIcon = (node: Json, text: HTMLElement): HTMLElement =>
  node['icon'] === undefined ? text : h('div', { class: 'with-icon' }, iconOf(node['icon']), text);

function div(node: Json, _: Path, context: CardContext): HTMLElement {
  const fields = objects(node['fields']).map(({ is_short, text }) =>
    h('div', { class: is_short === true ? 'short' : 'long' }, textOf(text, context)),
  );
  const text = node['text'] !== undefined && textOf(node['text'], context);
  return withIcon(
    node,
    h('div', { class: 'text-block' }, text, fields.length > 0 && h('div', { class: 'two' }, ...fields)),
  );
}

function columnSet(node: Json, path: Path, context: CardContext): HTMLElement {
  const columns = objects(node['columns']).map((column, index) => {
    const inner = elements(column['elements'], [...path, 'columns', index, 'elements'], context);
    const drawn = look(h('div', { class: 'column' }, ...inner), column);
    const weight = typeof column['weight'] === 'number' ? column['weight'] : 1;
    const sized = /^\d+px$/.test(string(column['width']));
    if (column['width'] === 'weighted') drawn.style.flex = `${weight} 1 0`;
    else if (sized) drawn.style.flex = '0 0 auto';
    return drawn;
  });
  return h('div', { class: `columns flex-${string(node['flex_mode']) || 'none'}` }, ...columns);
}

function form(node: Json, path: Path, context: CardContext): HTMLElement {
  const fields: Field[] = [];
  const inner = elements(node['elements'], [...path, 'elements'], { ...context, form: fields });
  return h('div', { class: 'form', role: 'group', 'aria-label': '表单' }, ...inner);
}

function panel(node: Json, path: Path, context: CardContext): HTMLElement {
  const head = object(node['header']);
  const arrow = h('span', { class: 'arrow', 'aria-hidden': 'true' }, '▾');
  const title = textOf(head['title'], context);
  const inFront = head['icon_position'] === 'left';
  const summary = h('summary', {}, inFront && arrow, title, !inFront && arrow);
  look(summary, { background_color: head['background_color'], padding: head['padding'] });
  const border = object(node['border']);
  const bordered = node['border'] === undefined ? '' : ` bordered ${hueClass(string(border['color']))}`;
  const inner = h('div', { class: 'stack' }, ...elements(node['elements'], [...path, 'elements'], context));
  return h('details', { class: `panel${bordered}`, open: node['expanded'] === true }, summary, inner);
}

/** A whole area that is pressed; controls inside it act for themselves. */
function container(node: Json, path: Path, context: CardContext): HTMLElement {
  const disabled = node['disabled'] === true;
  const border = node['has_border'] === true ? ` bordered ${hueClass(string(node['border_color']))}` : '';
  const tips = plain(node[disabled ? 'disabled_tips' : 'hover_tips']);
  const inner = elements(node['elements'], [...path, 'elements'], context);
  const area = h(
    'div',
    {
      class: `container stack${border}`,
      role: 'group',
      title: tips || undefined,
      'aria-disabled': disabled || undefined,
    },
    ...inner,
  );
  if (disabled) return area;
  area.tabIndex = 0;
  area.setAttribute('role', 'button');
  const use = (event: Event) => {
    if (event.target instanceof Element && event.target.closest('button, a, input, select, textarea, summary, label'))
      return;
    event.preventDefault();
    void act(node, path, area, context);
  };
  area.addEventListener('click', use);
  area.addEventListener('keydown', (event) => {
    if (event.target === area && (event.key === 'Enter' || event.key === ' ')) use(event);
  });
  return area;
}

function button(node: Json, path: Path, context: CardContext): HTMLElement {
  const disabled = node['disabled'] === true;
  const tips = plain(node[disabled ? 'disabled_tips' : 'hover_tips']);
  const type = string(node['type']) || 'default';
  const drawn = h(
    'button',
    {
      type: 'button',
      class: `button ${type.replace('_', ' ')} ${string(node['size']) || 'medium'}`,
      disabled,
      title: tips || undefined,
    },
    iconOf(node['icon']),
    plain(node['text']),
    opensUrl(node) !== undefined && h('span', { 'aria-hidden': 'true' }, ' ↗'),
  );
  drawn.addEventListener('click', () => void act(node, path, drawn, context));
  return drawn;
}

function overflow(node: Json, path: Path, context: CardContext): HTMLElement {
  const menu = h('details', { class: 'overflow' }, h('summary', { role: 'button', 'aria-label': '更多' }, '…'));
  const options = objects(node['options']).map((option) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button text',
        onclick: () => {
          menu.open = false;
          void context.press({ path, choice: { option: string(option['value']) } });
        },
      },
      plain(option['text']),
    ),
  );
  menu.append(h('div', { class: 'choices' }, ...options));
  return menu;
}
