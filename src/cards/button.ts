import { shorten } from './plain-text.ts';
import { parsePress } from './press.ts';
import type { Button } from './views.ts';

export const plainText = (content: string) => ({ tag: 'plain_text', content });

/** A button in a column of its own, for a column_set: three tags. One whose press we would refuse is shown, but disabled. */
export function buttonColumn({ label, style = 'default', press }: Button): object {
  const value = parsePress({ v: press.v, op: press.op, query: press.query, page: press.page });
  const action = value ? { behaviors: [{ type: 'callback', value }] } : { disabled: true };
  const button = { tag: 'button', type: style, text: plainText(shorten(label, 30) || '…'), ...action };
  return { tag: 'column', width: 'auto', vertical_align: 'center', elements: [button] };
}
export const TAGS_OF_BUTTON = 3;
