import { foldLine, type Line, toMarkdown, toPlain } from './markdown.ts';
import { bytesOf, oneLine } from './plain-text.ts';

/**
 * A card element with a hole for its pieces. It is written as text, head + pieces + tail, so that its size is known exactly before
 * it is written and nothing is written twice.
 */
interface Shape {
  readonly head: string;
  readonly tail: string;
  readonly bytes: number;
  /** Objects with a tag: in the empty element, and in each piece. */
  readonly tags: number;
  readonly tagsOfPiece: number;
  readonly isTable: boolean;
  readonly maxPieces: number;
  /** Bound on the pieces' length in UTF-16 units. */
  readonly maxUnits: number;
}

/** What is never cut: a table row, a button, some lines. `glue` stands before it unless it is the first of its element. */
export interface Piece {
  readonly shape: Shape;
  readonly json: string;
  readonly glue: string;
  readonly bytes: number;
  /** Begins an entry of a list. */
  readonly isEntry?: boolean;
}

/** Pieces that share a card page where they can: an entry of a list, a heading with what it heads. */
export type Unit = readonly Piece[];

/** UTF-8 bytes of one piece: so small that each card has room for some, whatever its frame; 2,600 Chinese characters. */
const MAX_PIECE_BYTES = 8000;
/** A folded line needs room for one mention more than it was given. */
const MAX_LINE_BYTES = 7000;
/** Clients are said to cut a markdown element silently at about 10,000 characters. */
const MAX_TEXT_UNITS = 8000;

/** The element, whose JSON ends with an empty string or list, opened there. */
export function shapeOf(element: object, limits: Partial<Shape> & { tags: number }): Shape {
  const json = JSON.stringify(element);
  const hole = json.search(/["\]][}\]]*$/);
  const [head, tail] = [json.slice(0, hole), json.slice(hole)];
  const unlimited = { tagsOfPiece: 0, isTable: false, maxPieces: Infinity, maxUnits: Infinity };
  return { head, tail, bytes: bytesOf(json) + 1, ...unlimited, ...limits };
}

export const piece = (shape: Shape, json: string, glue: string): Piece => ({
  shape,
  json,
  glue,
  bytes: bytesOf(json) + glue.length,
});

export interface Prose {
  readonly shape: Shape;
  readonly write: (line: Line) => string;
  readonly newLine: string;
}
/** Each call is one element, so blocks stay apart. */
export const markdown = (size: 'normal' | 'heading' = 'normal'): Prose => ({
  shape: shapeOf(
    { tag: 'markdown', ...(size === 'heading' && { text_size: size }), content: '' },
    { tags: 1, maxUnits: MAX_TEXT_UNITS },
  ),
  write: toMarkdown,
  newLine: '<br>',
});
export const SMALL_GREY = { tag: 'plain_text', text_size: 'notation', text_color: 'grey' };
export const smallPrint = (): Prose => ({
  shape: shapeOf({ tag: 'div', text: { ...SMALL_GREY, content: '' } }, { tags: 2, maxUnits: MAX_TEXT_UNITS }),
  write: toPlain,
  newLine: '\\n',
});
/** Glue in JSON: an empty line makes a paragraph. */
export const PARAGRAPH = '\\n\\n';

/** Lines that belong together, in as few pieces as may be. */
export function unitOfLines(prose: Prose, lines: readonly Line[], glue = prose.newLine, start = ''): Unit {
  const unit: Piece[] = [];
  let open = start;
  let openBytes = bytesOf(start);
  let first = true;
  const close = () => {
    unit.push(piece(prose.shape, open, unit.length === 0 ? glue : prose.newLine));
    [open, openBytes, first] = ['', 0, true];
  };
  for (const line of lines.flatMap((whole) => foldLine(whole, MAX_LINE_BYTES))) {
    const json = JSON.stringify(prose.write(line)).slice(1, -1);
    const bytes = bytesOf(json) + prose.newLine.length;
    if (!first && openBytes + bytes > MAX_PIECE_BYTES) close();
    open += first ? json : prose.newLine + json;
    openBytes += bytes;
    first = false;
  }
  if (open !== '') close();
  return unit;
}

/** A line `**标签**：值`, and the value's further lines under it. */
export function fieldLines(label: string, value: readonly Line[]): Line[] {
  const [first = [], ...rest] = value;
  return [[{ text: oneLine(label), as: 'strong' }, { text: '：', as: 'plain' }, ...first], ...rest];
}
