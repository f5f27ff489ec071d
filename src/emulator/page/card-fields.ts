import { pressing } from './card-act.ts';
import type { CardContext, Path } from './card-context.ts';
import { controlOf } from './card-controls.ts';
import { plain } from './card-text.ts';
import { h } from './dom.ts';
import { type Json, string } from './json.ts';

let count = 0;

/** Inputs, selects, pickers and checkers, each with its label, its message and its place in the form. */
export function field(node: Json, path: Path, context: CardContext): HTMLElement {
  const control = controlOf(node, context);
  const tag = string(node['tag']);
  count += 1;
  const note = h('span', { class: 'problem', id: `problem-${count}`, role: 'alert' });
  control.box.setAttribute('aria-describedby', note.id);
  const label = plain(node['label']);
  const name = label || plain(node['placeholder']) || plain(node['text']) || KINDS[tag] || '填写';
  if (tag !== 'checker') control.box.setAttribute('aria-label', name);
  if (node['required'] === true) control.box.setAttribute('aria-required', 'true');
  if (node['disabled'] === true) {
    for (const box of [control.box, ...control.box.querySelectorAll('input')]) box.setAttribute('disabled', '');
    control.element.title = plain(node['disabled_tips']);
  }
  const problem = () => {
    const missing = node['required'] === true && node['disabled'] !== true && control.empty();
    note.textContent = missing ? `请填写“${name}”` : '';
    control.box.toggleAttribute('data-wrong', missing);
    return missing ? note.textContent : undefined;
  };
  if (context.form)
    context.form.push({
      name: string(node['name']),
      read: () => control.read(),
      problem,
      focus: () => control.box.focus(),
      reset: () => control.reset(),
    });
  else
    control.changed(() => {
      const choice = { [control.answers]: control.read() };
      if (problem() === undefined) void pressing(control.box, context, { path, choice });
    });
  // A native picker shows no placeholder of ours.
  const shownName = label || (/^(?:date_picker|picker_)/.test(tag) ? plain(node['placeholder']) : '');
  const star = node['required'] === true && h('span', { class: 'star', 'aria-hidden': 'true' }, '*');
  const caption = shownName !== '' && h('span', { class: 'caption', 'aria-hidden': 'true' }, star, shownName);
  const beside = node['label_position'] === 'left' ? ' beside' : '';
  return h('div', { class: `field${beside}` }, caption, control.element, note);
}

const KINDS: Readonly<Record<string, string>> = {
  select_static: '选择',
  multi_select_static: '选择',
  select_person: '选人',
  multi_select_person: '选人',
  date_picker: '选择日期',
  picker_time: '选择时间',
  picker_datetime: '选择日期和时间',
  select_img: '选择图片',
};
