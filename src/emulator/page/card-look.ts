import { tint } from './colours.ts';
import { type Json, string } from './json.ts';

const TOKENS: Readonly<Record<string, string>> = { small: '4px', medium: '8px', large: '12px', extra_large: '16px' };

/** A spacing of the card (`8px`, `medium`, up to four of them) as CSS; undefined when it is none. */
function spacing(value: unknown): string | undefined {
  const sides = string(value)
    .split(' ')
    .map((side) => TOKENS[side] ?? side);
  return sides.every((side) => /^-?\d{1,3}px$/.test(side)) ? sides.join(' ') : undefined;
}

const FLEX: Readonly<Record<string, string>> = {
  left: 'flex-start',
  top: 'flex-start',
  right: 'flex-end',
  bottom: 'flex-end',
  center: 'center',
};

/** Margin, padding, direction, gaps, alignment and width of a container or element, and its background. */
export function look(element: HTMLElement, node: Json): HTMLElement {
  const { style } = element;
  style.margin = spacing(node['margin']) ?? '';
  style.padding = spacing(node['padding']) ?? '';
  if (node['direction'] === 'horizontal') element.classList.add('horizontal');
  style.columnGap = spacing(node['horizontal_spacing']) ?? '';
  style.rowGap = spacing(node['vertical_spacing']) ?? '';
  const across = FLEX[string(node['horizontal_align'])] ?? '';
  const down = FLEX[string(node['vertical_align'])] ?? '';
  const sideways = node['direction'] === 'horizontal' || node['tag'] === 'column_set';
  style.justifyContent = sideways ? across : down;
  style.alignItems = sideways ? down : across;
  tint(element, string(node['background_style'] ?? node['background_color']));
  const width = string(node['width']);
  if (/^\d+px$/.test(width)) style.width = width;
  if (width === 'fill') element.classList.add('wide');
  return element;
}
