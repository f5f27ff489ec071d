/** The platform's colour names. The shades of a hue (red-350) are shown as the hue: card.css has one ink, tint and fill for each. */
const HUES: ReadonlySet<string> = new Set([
  ...['blue', 'wathet', 'turquoise', 'lime', 'green', 'yellow', 'sunflower', 'orange', 'red', 'carmine'],
  ...['violet', 'purple', 'indigo', 'grey', 'neutral'],
]);

/** `hue-…`, which sets the three variables; nothing for default, white and names that a card defined itself. */
export function hueClass(colour: string): string {
  const [hue = ''] = colour.split('-');
  return HUES.has(hue) ? `hue-${hue}` : '';
}
export const inkClass = (colour: string): string => (hueClass(colour) ? `ink ${hueClass(colour)}` : '');
export const tagClass = (colour: string): string => `tag ${hueClass(colour) || 'hue-neutral'}`;
export const tintClass = (colour: string): string => (hueClass(colour) ? `tint ${hueClass(colour)}` : '');
