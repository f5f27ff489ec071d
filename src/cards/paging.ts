import type { Piece, Unit } from './pieces.ts';

/** What a card body may hold. */
interface Room {
  readonly bytes: number;
  readonly tags: number;
  readonly tables: number;
  /** Entries of lists. */
  readonly entries: number;
}

/** What a page holds so far, and its last element, which the next piece may join. */
interface Filled extends Room {
  readonly last: Piece['shape'] | undefined;
  readonly pieces: number;
  readonly units: number;
}
const EMPTY: Filled = { bytes: 0, tags: 0, tables: 0, entries: 0, last: undefined, pieces: 0, units: 0 };

const joins = (page: Filled, { shape, json, glue }: Piece): boolean =>
  page.last === shape && page.pieces < shape.maxPieces && page.units + glue.length + json.length <= shape.maxUnits;

function add(page: Filled, piece: Piece): Filled {
  const { shape, bytes, json, glue } = piece;
  const joined = joins(page, piece);
  return {
    bytes: page.bytes + bytes + (joined ? 0 : shape.bytes),
    tags: page.tags + shape.tagsOfPiece + (joined ? 0 : shape.tags),
    tables: page.tables + (shape.isTable && !joined ? 1 : 0),
    entries: page.entries + (piece.isEntry ? 1 : 0),
    last: shape,
    pieces: joined ? page.pieces + 1 : 1,
    units: (joined ? page.units : 0) + glue.length + json.length,
  };
}

const fits = (page: Filled, room: Room): boolean =>
  page.bytes <= room.bytes && page.tags <= room.tags && page.tables <= room.tables && page.entries <= room.entries;

/**
 * The pieces of each page, in order; at least one page. A unit is not split if it fits on a page of its own. Any one piece must fit
 * an empty page: it is never left out, so a piece that does not would make a page too large.
 */
export function paginate(units: readonly Unit[], room: Room): Piece[][] {
  const pages: Piece[][] = [];
  let pieces: Piece[] = [];
  let page = EMPTY;
  const turn = () => {
    if (pieces.length > 0) pages.push(pieces);
    pieces = [];
    page = EMPTY;
  };
  for (const unit of units) {
    if (!fits(unit.reduce(add, page), room)) turn();
    for (const piece of unit) {
      if (!fits(add(page, piece), room)) turn();
      page = add(page, piece);
      pieces.push(piece);
    }
  }
  if (pieces.length > 0 || pages.length === 0) pages.push(pieces);
  return pages;
}

/** The elements of one page as JSON, without the brackets of the list. */
export function writeElements(pieces: readonly Piece[]): string {
  const parts: string[] = [];
  let page = EMPTY;
  for (const piece of pieces) {
    if (joins(page, piece)) parts.push(piece.glue);
    else {
      if (page.last) parts.push(page.last.tail, ',');
      parts.push(piece.shape.head);
    }
    parts.push(piece.json);
    page = add(page, piece);
  }
  if (page.last) parts.push(page.last.tail);
  return parts.join('');
}
