import * as z from 'zod';
import { parseJson } from './json.ts';

/** What stands in place of a mention. */
export type Placeholders = ReadonlyMap<string, string>;

const EVERYBODY = '@所有人';
const textShape = z.object({ text: z.string() });
const element = z.object({
  tag: z.string(),
  text: z.string().optional(),
  user_id: z.string().optional(),
  user_name: z.string().optional(),
});
const postShape = z.object({ title: z.string().default(''), content: z.array(z.array(element)) });

/**
 * The plain text of a message's `content` (a string of JSON), or undefined when the type has none or the content is damaged.
 * `placeholders` maps keys such as '@_user_1' to what is shown instead.
 */
export function messageText(type: string, content: string, placeholders: Placeholders): string | undefined {
  if (type !== 'text' && type !== 'post') return undefined;
  const parsed = parseJson(content);
  if (!parsed.ok) return undefined;
  if (type === 'post') return postText(parsed.value, placeholders);
  const message = textShape.safeParse(parsed.value);
  return message.success ? replaceKeys(message.data.text, placeholders).trim() : undefined;
}

/** One pass, longer keys first: '@_user_1' is the beginning of '@_user_10', and a name may look like a key. */
function replaceKeys(text: string, placeholders: Placeholders): string {
  const shown = new Map([...placeholders, ['@_all', EVERYBODY]]);
  const keys = [...shown.keys()]
    .sort((a, b) => b.length - a.length)
    .map((key) => key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text.replace(new RegExp(keys.join('|'), 'g'), (key) => shown.get(key) ?? key);
}

/** Some senders wrap a post per language: Chinese first, else whichever is there. */
function postText(value: unknown, placeholders: Placeholders): string | undefined {
  const wrapped = z.record(z.string(), z.unknown()).safeParse(value);
  if (!wrapped.success) return undefined;
  const found = [value, wrapped.data['zh_cn'], ...Object.values(wrapped.data)]
    .map((candidate) => postShape.safeParse(candidate))
    .find((candidate) => candidate.success);
  if (!found?.success) return undefined;
  const lines = found.data.content.map((line) => line.map((item) => elementText(item, placeholders)).join(''));
  return [found.data.title, ...lines].join('\n').trim();
}

function elementText(item: z.infer<typeof element>, placeholders: Placeholders): string {
  switch (item.tag) {
    case 'text':
    case 'a':
    case 'md':
    case 'code_block':
      return item.text ?? '';
    case 'at':
      if (item.user_id === '@_all' || item.user_id === 'all') return EVERYBODY;
      return placeholders.get(item.user_id ?? '') ?? (item.user_name ? `@${item.user_name}` : '');
    default:
      return '';
  }
}
