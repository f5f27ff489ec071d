import * as z from 'zod';
import { parseJson } from './json.ts';

/** What stands in place of a mention, by its key in the text; in a post's own elements by the account too. */
export interface Placeholders {
  readonly keys: ReadonlyMap<string, string>;
  readonly accounts: ReadonlyMap<string, string>;
}

const EVERYBODY = '@所有人';
const textShape = z.object({ text: z.string() });
const element = z.object({
  tag: z.string(),
  text: z.string().optional(),
  user_id: z.string().optional(),
  user_name: z.string().optional(),
});
const lines = z.array(z.union([z.array(element), element.transform((item) => [item])]));
/** Newer clients put `md` elements into `content_v2`, and may leave `content` empty. */
const postShape = z
  .object({ title: z.string().default(''), content: lines.optional(), content_v2: lines.optional() })
  .refine(({ content, content_v2 }) => content !== undefined || content_v2 !== undefined);

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
  return message.success ? replaceKeys(message.data.text, placeholders.keys).trim() : undefined;
}

/** One pass, longer keys first: '@_user_1' is the beginning of '@_user_10', and a name may look like a key. */
function replaceKeys(text: string, placeholders: Placeholders['keys']): string {
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
  const { title, content = [], content_v2 = [] } = found.data;
  const read = [content, content_v2].map((part) =>
    part.map((line) => line.map((item) => elementText(item, placeholders)).join('')).join('\n'),
  );
  const body = read.find((text) => text.trim() !== '') ?? '';
  return [title, body].join('\n').trim();
}

/** What a client of another year calls an element is not known; what it says is. */
function elementText(item: z.infer<typeof element>, placeholders: Placeholders): string {
  switch (item.tag) {
    case 'at':
      return atText(item.user_id ?? '', item.user_name, placeholders);
    case 'md':
      return (item.text ?? '')
        .replace(AT, (_, id: string, name: string) => atText(id, name, placeholders))
        .replace(EMPHASIS, '$2')
        .replace(LINK, '$1');
    default:
      return item.text ?? '';
  }
}

/** A mention within the text of an `md` element. */
const AT = /<at (?:user_id|id)="([^"<>]*)"\s*(?:\/>|>([^<]*)<\/at>)/g;
const EMPHASIS = /(\*\*|~~)(?=\S)(.{1,200}?)(?<=\S)\1/g;
const LINK = /\[([^[\]]+)\]\(https?:[^()\s]*\)/g;

function atText(id: string, name: string | undefined, { keys, accounts }: Placeholders): string {
  if (id === '@_all' || id === 'all') return EVERYBODY;
  return keys.get(id) ?? accounts.get(id) ?? (name ? `@${name}` : '');
}
