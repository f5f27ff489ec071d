import { h, part } from './dom.ts';

export type Tone = 'info' | 'success' | 'warning' | 'error';
const MARKS: Readonly<Record<Tone, string>> = { info: 'ℹ', success: '✓', warning: '⚠', error: '✕' };
const SHOWN_MS = 6000;
const MOST = 4;

/** Says something at the top of the page; it goes away by itself, errors only when they are closed. */
export function toast(tone: Tone, text: string): void {
  const place = part('toasts', HTMLElement);
  const close = h(
    'button',
    { type: 'button', class: 'quiet', 'aria-label': '关闭提示', onclick: () => note.remove() },
    '×',
  );
  const mark = h('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[tone]);
  const note = h(
    'div',
    { class: `toast ${tone}`, role: tone === 'error' ? 'alert' : 'status' },
    mark,
    h('span', {}, text),
    close,
  );
  place.append(note);
  while (place.children.length > MOST) place.firstElementChild?.remove();
  if (tone !== 'error') setTimeout(() => note.remove(), SHOWN_MS);
}

export const toneOf = (type: string): Tone =>
  type === 'success' || type === 'warning' || type === 'error' ? type : 'info';
