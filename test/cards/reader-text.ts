import { clean, oneLine } from '../../src/cards/plain-text.ts';
import type { Doc } from '../../src/cards/views.ts';
import { cardText } from '../../src/emulator/transcript.ts';
import { bodyOf, pagesOf } from './reading.ts';
import { HOSTILE } from './samples/sample.ts';

// biome-ignore lint/suspicious/noExplicitAny: JSON that a test takes apart
type Json = any;

/** Stands for HOSTILE wherever it is shown or typed whole, as it was written. */
const SHOWN_AS_WRITTEN = '☠';
const WRITTEN = [HOSTILE, clean(HOSTILE), oneLine(HOSTILE)];
/** Marks that nobody sees and that turn the reading direction, as a reviewer of a snapshot must see them. */
const UNSEEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const reviewable = (text: string): string =>
  WRITTEN.reduce(
    (shown, written) => shown.replaceAll(written, SHOWN_AS_WRITTEN),
    text.replaceAll('\u200b', ''),
  ).replace(UNSEEN, (mark) => `<U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);

/**
 * What a person sees of a document, and what is said for them when they press: the line in the list of chats, the card as the emulator's
 * client shows it, all pages as one, then what the fields hold and which line each button types. Only texts and their order count, not by
 * which elements the card shows them.
 */
export function readerText(doc: Doc): string {
  const pages = pagesOf(doc);
  const [card] = pages.map(({ json }): Json => JSON.parse(json));
  const elements = pages.flatMap((page) => bodyOf(doc, page));
  const shown = [{ header: card.header }, ...elements.map((element) => ({ body: { elements: [element] } }))];
  const lines = [
    `消息列表：${card.config.summary.content}`,
    ...shown.map((part) => cardText(part, String)),
    ...(doc.footer ? [`页脚：${cardText({ body: { elements: [card.body.elements.at(-1)] } }, String)}`] : []),
    ...elements.flatMap(filledIn),
    ...elements.flatMap(presses),
  ];
  return reviewable(lines.join('\n'))
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}

const within = <T>(node: Json, of: (node: Json) => readonly T[]): readonly T[] =>
  typeof node === 'object' && node !== null
    ? [...of(node), ...Object.values(node).flatMap((each) => within(each, of))]
    : [];

const GIVEN = ['default_value', 'initial_option', 'initial_date', 'initial_time', 'selected_values'];

const filledIn = (element: Json): readonly string[] =>
  within(element, (node) =>
    GIVEN.filter((key) => key in node && String(node[key]) !== '').map((key) => `已填 ${node.name}：${node[key]}`),
  );

/** A form's line, and how each field stands in it; a button's line. */
const presses = (element: Json): readonly string[] =>
  within(element, (node) => {
    if (node.tag !== 'button') return [];
    const label = node.text.content;
    const value = node.behaviors?.[0]?.value;
    if (!value) return [`按【${label}】：不可用`];
    if (value.op !== 'submit') return [`按【${label}】：${value.op} ${value.query}`];
    const parts = value.fields.map((field: Json) => `${field.name}${field.as ? `=${field.as}` : ''}`);
    return [`按【${label}】：${value.line} …${parts.join(' ')}`];
  });
