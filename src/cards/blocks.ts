import { buttonColumn, TAGS_OF_BUTTON } from './button.ts';
import { chartUnits } from './chart.ts';
import { formUnit } from './form.ts';
import { type Line, toLines } from './markdown.ts';
import {
  fieldLines,
  markdown,
  PARAGRAPH,
  type Piece,
  type Prose,
  piece,
  shapeOf,
  smallPrint,
  type Unit,
  unitOfLines,
} from './pieces.ts';
import { oneLine } from './plain-text.ts';
import { tableUnits } from './table.ts';
import type { Block, Button, Entry } from './views.ts';

const single = (prose: Prose, lines: readonly Line[]): Unit[] => lines.map((line) => unitOfLines(prose, [line]));

function entryUnit(prose: Prose, entry: Entry, number: number): Unit {
  const lines = [entry.head, ...(entry.lines ?? [])].flatMap(toLines);
  // The dot is an entity: '1. ' would begin a markdown list, which clients number anew and indent.
  const [first, ...rest] = unitOfLines(prose, lines, PARAGRAPH, `${number}&#46; `);
  return first ? [{ ...first, isEntry: true }, ...rest] : [];
}

function buttonUnits(buttons: readonly Button[]): Unit[] {
  const shape = shapeOf(
    { tag: 'column_set', flex_mode: 'flow', horizontal_spacing: 'small', columns: [] },
    { tags: 1, tagsOfPiece: TAGS_OF_BUTTON, maxPieces: 5 },
  );
  return buttons.map((button) => [piece(shape, JSON.stringify(buttonColumn(button)), ',')]);
}

/** Counts from 1 through a document: its entries, its forms. */
interface Numbers {
  readonly entry: () => number;
  readonly form: () => number;
}

function blockUnits(block: Block, number: Numbers): Unit[] {
  switch (block.kind) {
    case 'text':
      return single(markdown(), toLines(block.text));
    case 'section':
      return single(markdown('heading'), toLines([{ strong: oneLine(block.text) }]));
    case 'heading':
      return single(markdown(), toLines([{ strong: oneLine(block.text) }]));
    case 'fields': {
      const prose = markdown();
      return block.fields.map(({ label, value }) => unitOfLines(prose, fieldLines(label, toLines(value))));
    }
    case 'entries': {
      const prose = markdown();
      return block.entries.map((entry) => entryUnit(prose, entry, number.entry()));
    }
    case 'table':
      return tableUnits(block);
    case 'chart':
      return chartUnits(block);
    case 'note':
      return single(smallPrint(), toLines([block.text]));
    case 'buttons':
      return buttonUnits(block.buttons);
    case 'form':
      return [formUnit(block, number.form())];
    default:
      return block satisfies never;
  }
}

/** The whole document in reading order. Entries are numbered through it, anew in each section; a heading is bound to what follows it. */
export function unitsOf(blocks: readonly Block[]): Unit[] {
  let count = 0;
  let forms = 0;
  const number: Numbers = {
    entry: () => {
      count += 1;
      return count;
    },
    form: () => {
      forms += 1;
      return forms;
    },
  };
  const units: Unit[] = [];
  let headings: Piece[] = [];
  for (const block of blocks) {
    if (block.kind === 'section') count = 0;
    const [first = [], ...rest] = blockUnits(block, number);
    if (block.kind === 'heading' || block.kind === 'section' || first.length === 0) {
      headings.push(...first);
    } else {
      units.push([...headings, ...first]);
      headings = [];
      for (const unit of rest) units.push(unit);
    }
  }
  units.push(headings);
  return units;
}
