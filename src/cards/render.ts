import { unitsOf } from './blocks.ts';
import { buttonColumn, plainText } from './button.ts';
import { paginate, writeElements } from './paging.ts';
import { SMALL_GREY } from './pieces.ts';
import { bytesOf, oneLine, shorten } from './plain-text.ts';
import { parsePress } from './press.ts';
import type { Doc, Press, Tone } from './views.ts';

/** Lark refuses a card of more than 30 KB of UTF-8 (230025) or 200 tagged objects; these leave slack for what it counts otherwise. */
const MAX_BYTES = 28_000;
const MAX_TAGS = 180;
/** The platform allows 5, older clients and table-like markdown fewer. */
const MAX_TABLES = 3;
/** Not Lark's limit but the reader's: longer lists are turned page by page, not scrolled on a phone. */
const MAX_ENTRIES = 15;

const HEADER_COLOUR = { normal: 'blue', soon: 'orange', late: 'red', done: 'green', muted: 'grey' } as const;
const TAG_COLOUR: Record<Tone, string> = { ...HEADER_COLOUR, muted: 'neutral' };

function header(doc: Doc): object {
  const subtitle = shorten(doc.subtitle ?? '', 100);
  const tags = (doc.tags ?? [])
    .map(({ text, tone }) => ({ tag: 'text_tag', text: plainText(shorten(text, 20)), color: TAG_COLOUR[tone] }))
    .filter(({ text }) => text.content !== '')
    .slice(0, 3);
  return {
    title: plainText(shorten(doc.title, 120) || '（无标题）'),
    ...(subtitle && { subtitle: plainText(subtitle) }),
    template: HEADER_COLOUR[doc.tone],
    ...(tags.length > 0 && { text_tag_list: tags }),
  };
}

const smallPrint = (content: string): object => ({ tag: 'div', text: { ...SMALL_GREY, content } });

/** 第 2/5 页, with buttons to the neighbours where the document can be asked for again. */
function pager(query: string | undefined, page: number, pages: number): object {
  const place = smallPrint(`第 ${page}/${pages} 页`);
  const turn = (label: string, to: number) => {
    const press: Press | undefined = to > pages ? undefined : parsePress({ v: 1, op: 'show', query, page: to });
    return press ? [buttonColumn({ label, press })] : [];
  };
  const buttons = [...turn('上一页', page - 1), ...turn('下一页', page + 1)];
  if (buttons.length === 0) return place;
  const column = { tag: 'column', width: 'auto', vertical_align: 'center', elements: [place] };
  return { tag: 'column_set', flex_mode: 'flow', horizontal_spacing: 'small', columns: [column, ...buttons] };
}

/** The card without its body's elements, but for what closes each page; open at the end of `head`. */
function frame(doc: Doc, page: number, pages: number): { head: string; closing: string } {
  const footer = oneLine(doc.footer ?? '') && shorten(doc.footer ?? '', 300);
  const closing = [...(pages > 1 ? [pager(doc.query, page, pages)] : []), ...(footer ? [smallPrint(footer)] : [])];
  const card = {
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward: false,
      width_mode: 'fill',
      summary: { content: shorten(doc.summary, 150) || shorten(doc.title, 120) || '（无标题）' },
    },
    header: header(doc),
    body: { direction: 'vertical', padding: '12px', vertical_spacing: 'medium', elements: [] },
  };
  return { head: JSON.stringify(card).slice(0, -3), closing: closing.map((e) => JSON.stringify(e)).join(',') };
}

const countTags = (json: string): number => json.split('"tag":').length - 1;

/**
 * The document's page as card JSON 2.0, within the platform's limits whatever the document holds. `page` counts from 1; one that does
 * not exist becomes the nearest that does. `pages` is the same for every page of one document, and all pages together show every
 * line, row and button once and in order; only title, subtitle, marks, summary, labels and footer are shortened.
 */
export function renderCard(doc: Doc, page = 1): { json: string; page: number; pages: number } {
  // Measured with both buttons and more digits than any document needs.
  const largest = frame(doc, 5000, 9999);
  const framed = largest.head + largest.closing;
  const room = {
    bytes: MAX_BYTES - bytesOf(framed) - 10,
    tags: MAX_TAGS - countTags(framed),
    tables: MAX_TABLES,
    entries: MAX_ENTRIES,
  };
  const all = paginate(unitsOf(doc.blocks), room);
  const pages = all.length;
  const shown = Math.min(Math.max(Math.trunc(page) || 1, 1), pages);
  const { head, closing } = frame(doc, shown, pages);
  const elements = [writeElements(all[shown - 1] ?? []), closing].filter((part) => part !== '').join(',');
  return { json: `${head}${elements}]}}`, page: shown, pages };
}
