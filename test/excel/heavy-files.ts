import { repeated, workbookParts, zip } from './make-files.ts';

const MB = 1_000_000;
const oneRow = (cells: string) => `<row r="1">${cells}</row>`;
const textCell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;

/** Files made to cost memory, and what is answered. The last ones are within every limit: they cost the most that is let through. */
export const heavyFiles = {
  'zip bomb': {
    answer: 'tooMuchInside',
    make: () => zip(workbookParts(repeated(' ', 100 * MB))),
  },
  'zip bomb whose directory lies': {
    answer: 'damaged',
    make: () =>
      zip(
        workbookParts(oneRow(repeated('<c><v>1</v></c>', 40 * MB))).map((part) =>
          part.name.endsWith('sheet1.xml') ? { ...part, declared: 1_000 } : part,
        ),
      ),
  },
  'millions of cells': {
    answer: 'tooMuchInside',
    make: () => zip(workbookParts(oneRow(repeated('<c><v>1</v></c>', 10 * MB)))),
  },
  'millions of strings': {
    answer: 'tooMuchInside',
    make: () => zip(workbookParts('', repeated('<si><t>a</t></si>', 10 * MB))),
  },
  '50 MB': { answer: 'tooLarge', make: () => new Uint8Array(50 * 1024 * 1024).fill(0x50) },
  '30,000 rows': {
    answer: 'tooManyRows',
    make: () => zip(workbookParts(repeated('<row><c><v>1</v></c></row>', 0.8 * MB))),
  },
  'a cell in the last column of each row': {
    answer: 'opened',
    make: () =>
      zip(
        workbookParts(
          Array.from(
            { length: 5_000 },
            (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c><c r="XFD${at + 1}"><v>1</v></c></row>`,
          ).join(''),
        ),
      ),
  },
  'a cell in the last row of all': {
    answer: 'tooManyRows',
    make: () => zip(workbookParts('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
  },
  'as many cells as allowed': {
    answer: 'opened',
    make: () => zip(workbookParts(oneRow(repeated('<c><v>1</v></c>', 2.2 * MB)))),
  },
  'as many texts as allowed': {
    answer: 'opened',
    make: () => zip(workbookParts(oneRow(repeated(textCell('文'.repeat(30)), 6 * MB)))),
  },
  'as many strings as allowed': {
    answer: 'opened',
    make: () => zip(workbookParts('', repeated(`<si><t>${'文'.repeat(15)}</t></si>`, 5.7 * MB))),
  },
  'as long a text as allowed': {
    answer: 'opened',
    make: () => zip(workbookParts(oneRow(textCell('文'.repeat(3.3 * MB))))),
  },
} satisfies Record<string, { answer: string; make: () => Uint8Array }>;
