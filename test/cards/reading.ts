import { renderCard } from '../../src/cards/render.ts';
import type { Block, Doc, Inline } from '../../src/cards/views.ts';

/** A card read back by one who knows only the platform's rules. */
// biome-ignore lint/suspicious/noExplicitAny: JSON that a test takes apart
type Json = any;

export const pagesOf = (doc: Doc): { json: string; page: number; pages: number }[] => {
  const first = renderCard(doc);
  return Array.from({ length: first.pages }, (_, index) => (index === 0 ? first : renderCard(doc, index + 1)));
};

/** Elements of the body without footer and pager. */
export function bodyOf(doc: Doc, { json, pages }: { json: string; pages: number }): Json[] {
  const elements: Json[] = JSON.parse(json).body.elements;
  if (hasFooter(doc)) elements.pop();
  if (pages > 1) elements.pop();
  return elements;
}
const hasFooter = (doc: Doc): boolean => squeeze(doc.footer ?? '', true) !== '';

/** Every markdown content of a card. */
export function markdownsOf(node: Json): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = ['markdown', 'lark_md'].includes(node.tag) ? [node.content] : [];
  return [...own, ...Object.values(node).flatMap(markdownsOf)];
}

/** What our markdown may consist of. Anything else is user text that has become markup. */
const TOKEN =
  /(?<at><at id=(?<id>ou_[A-Za-z0-9_-]+)><\/at>)|<font color='(?:blue|orange|red|green|grey)'>|<\/font>|<br>|\*\*|\n\n|&#(?<code>\d+);|(?<space>&nbsp;)|(?<literal>[^&<>*_~[\]()#!+:`$\\/"'|=^{}@\n])/gu;

/** The text that a reader sees; a mention shows as @ and its open id. Throws at markup that is not ours. */
export function read(markdown: string): string {
  let seen = '';
  let end = 0;
  for (const match of markdown.matchAll(TOKEN)) {
    if (match.index !== end) break;
    end += match[0].length;
    const { id, code, space, literal } = match.groups ?? {};
    if (id) seen += `@${id}`;
    else if (code) seen += String.fromCodePoint(Number(code));
    else if (space) seen += ' ';
    else seen += literal ?? '';
  }
  if (end !== markdown.length) throw new Error(`markup that is not ours: ${markdown.slice(end, end + 60)}`);
  return seen;
}

const shownBy = (element: Json): string => {
  switch (element.tag) {
    case 'markdown':
      return read(element.content);
    case 'div':
      return element.text.content;
    case 'table':
      return element.rows.map((row: Json) => element.columns.map((column: Json) => row[column.name]).join('')).join('');
    // A picture of what the document says in words.
    case 'chart':
      return '';
    case 'form':
      return element.elements.map(shownInForm).join('');
    default:
      return element.columns.map((column: Json) => column.elements[0].text.content).join('');
  }
};

const shownInForm = ({ tag, label, text }: Json): string =>
  tag === 'input' ? label.content : (text?.content ?? '').replace(/（必填）$/, '');

/** All that the pages show, in order. */
export const shownByPages = (doc: Doc): string =>
  squeeze(
    pagesOf(doc)
      .flatMap((page) => bodyOf(doc, page))
      .map(shownBy)
      .join(''),
  );

/** Without what may differ: white space, what cannot be shown, and the marks of a cut. */
const squeeze = (text: string, keepMarks = false): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\s\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(keepMarks ? /(?!)/g : /[…\u200b]/g, '');

const shownInline = (inline: Inline): string => {
  if (typeof inline === 'string') return inline;
  if ('strong' in inline) return inline.strong;
  if ('text' in inline) return inline.text;
  const { openId = '', name } = inline.mention;
  return /^ou_[A-Za-z0-9_-]+$/.test(openId) && openId.length < 100 ? `@${openId}` : name;
};
const all = (inlines: readonly Inline[]): string => inlines.map(shownInline).map(half).join('');
/** Halves of a character in two texts do not make one. */
const half = (text: string): string => text.toWellFormed();

function shownByBlock(block: Block, number: () => number, wide: (table: Block) => boolean): string {
  switch (block.kind) {
    case 'text':
      return all(block.text);
    case 'section':
    case 'heading':
    case 'note':
      return half(block.text);
    case 'fields':
      return block.fields.map(({ label, value }) => `${half(label)}：${all(value)}`).join('');
    case 'entries':
      return block.entries
        .map(({ head, lines = [] }) => `${number()}. ${all(head)}${lines.map(all).join('')}`)
        .join('');
    case 'table': {
      const title = (text: string) => (wide(block) ? `${half(text)}：` : '');
      return block.rows
        .map((row) =>
          block.columns
            .map((column) => title(column.title) + half(Object.hasOwn(row, column.key) ? (row[column.key] ?? '') : ''))
            .join(''),
        )
        .join('');
    }
    case 'buttons':
      return block.buttons.map(({ label }) => half(label)).join('');
    case 'chart':
      return '';
    case 'form':
      return [...block.fields.map(({ label }) => label), block.submit].map(half).join('');
  }
}

/** All that the document says, in order. */
export function saidBy(doc: Doc, wide: (table: Block) => boolean): string {
  let count = 0;
  const number = () => {
    count += 1;
    return count;
  };
  const shown = doc.blocks.map((block) => {
    if (block.kind === 'section') count = 0;
    return shownByBlock(block, number, wide);
  });
  return squeeze(shown.join(''));
}
