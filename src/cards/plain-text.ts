/**
 * Text without what cannot be shown: half characters become U+FFFD, control characters go, and so do the marks that turn the reading
 * direction of what follows (they would reorder our own words beside the user's). Line breaks of any kind become '\n'.
 */
export function clean(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, '');
}

/** Whatever clean() might change; most texts have none of it, and a list of 5,000 entries is cleaned for each of its pages. */
const UNCLEAN = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;

/** The cleaned text on one line. */
export const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ').trim();

/** One line of at most `maxUnits` UTF-16 units, the last of them … when something was cut. For titles and marks only. */
export function shorten(text: string, maxUnits: number): string {
  // A cut before cleaning keeps a title of megabytes cheap; cleaning only ever shortens, twice the room leaves enough to cut again.
  const line = oneLine(text.slice(0, maxUnits * 8));
  return line.length <= maxUnits ? line : `${line.slice(0, boundary(line, 0, maxUnits - 1))}…`;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * The last place in (from, at] where a text may be cut: between graphemes, or, inside one that reaches back to `from` (a letter
 * under thousands of accents), between code points. `from` is such a place itself, and `at` at least two units behind it.
 */
export function boundary(text: string, from: number, at: number): number {
  const found = graphemes.segment(text.slice(from, at + 2)).containing(at - from);
  return found && found.index > 0 ? from + found.index : codePointStart(text, at);
}

const codePointStart = (text: string, at: number): number =>
  at > 0 && at < text.length && text.charCodeAt(at) >> 10 === 0x37 && text.charCodeAt(at - 1) >> 10 === 0x36
    ? at - 1
    : at;

/** Size in UTF-8 bytes of a text without half characters. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes += unit < 0x80 ? 1 : unit < 0x800 || unit >> 11 === 0x1b ? 2 : 3;
  }
  return bytes;
}
