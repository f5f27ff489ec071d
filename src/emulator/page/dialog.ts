import { h } from './dom.ts';

/** Asks before something is done. Esc and 取消 answer no. */
export function sure(title: string, text: string): Promise<boolean> {
  const cancel = h('button', { type: 'button', class: 'button', onclick: () => box.close('no') }, '取消');
  const go = h('button', { type: 'button', class: 'button primary', onclick: () => box.close('yes') }, '确定');
  const heading = h('h2', { id: 'sure-title' }, title || '请确认');
  const box = h(
    'dialog',
    { class: 'sure', 'aria-labelledby': 'sure-title' },
    heading,
    h('p', {}, text),
    h('div', { class: 'row' }, cancel, go),
  );
  document.body.append(box);
  box.showModal();
  go.focus();
  return new Promise((resolve) =>
    box.addEventListener('close', () => {
      box.remove();
      resolve(box.returnValue === 'yes');
    }),
  );
}
