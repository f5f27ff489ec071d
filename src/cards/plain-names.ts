import { toMarkdown } from './markdown.ts';
import { clean } from './plain-text.ts';

/** What the renderer writes for a mention; user text never holds a `<`. */
const MENTION = /<at id=([A-Za-z0-9_-]+)><\/at>/g;

/** The open ids that a card mentions. */
export const mentionedIn = (json: string): readonly string[] => [
  ...new Set([...json.matchAll(MENTION)].map(([, openId = '']) => openId)),
];

/** The card with names in the place of its mentions: Lark refuses a whole card for one person who cannot be mentioned. */
export const withPlainNames = (json: string, nameOf: (openId: string) => string | undefined): string =>
  json.replace(MENTION, (_tag, openId: string) => {
    const text = openId === 'all' ? '所有人' : clean(nameOf(openId) ?? '') || '有关同志';
    return toMarkdown([{ text, as: 'strong' }]);
  });
