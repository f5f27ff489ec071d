import { type Json, object, string } from './json.ts';

/** The platform's colour names. The shades of a hue (red-350) are shown as the hue: card.css has one ink, tint and fill for each. */
const HUES: ReadonlySet<string> = new Set([
  'blue',
  'wathet',
  'turquoise',
  'lime',
  'green',
  'yellow',
  'sunflower',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
  'neutral',
]);

/** `hue-…`, which sets the three variables; nothing for default, white and names that a card defined itself. */
export function hueClass(colour: string): string {
  const [hue = ''] = colour.split('-');
  return HUES.has(hue) ? `hue-${hue}` : '';
}
export const tagClass = (colour: string): string => `tag ${hueClass(colour) || 'hue-neutral'}`;

/** A colour that the card defined itself in config.style.color; card.ts has made it a variable of the card. */
const own = (colour: string): string => (/^cus[a-z0-9_-]*$/i.test(colour) ? `var(--${colour})` : '');

export function ink<E extends HTMLElement>(element: E, colour: string): E {
  if (hueClass(colour)) element.classList.add('ink', hueClass(colour));
  element.style.color = own(colour);
  return element;
}

export function tint(element: HTMLElement, colour: string): void {
  if (hueClass(colour)) element.classList.add('tint', hueClass(colour));
  element.style.background = own(colour);
}

/** Makes a card's own colours known below `element`. */
export function defineColours(element: HTMLElement, style: Json): void {
  for (const [name, modes] of Object.entries(object(style['color'])))
    if (own(name))
      element.style.setProperty(
        `--${name}`,
        `light-dark(${string(object(modes)['light_mode'])}, ${string(object(modes)['dark_mode'])})`,
      );
}
