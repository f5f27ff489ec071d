import { UserError } from '../errors.ts';
import type { OwnReader } from '../forms/form.ts';
import { quoted, setsIn } from '../forms/unread.ts';
import { fillerWords, MARKS_ONLY } from '../words/filler.ts';
import { readSlots } from '../words/read-slots.ts';

/** Keeps two names of a list from being read as one: 望海区, 一中. */
const APART = '、';

interface Beside {
  /** What says what is done, and is no name: taken out, never out of a name. */
  readonly words: RegExp;
  /** The same, parted by spaces; at the ends only. */
  readonly around?: string;
  /** Said after a name that is nobody's. */
  readonly how: string;
}

/**
 * Where a person is meant and the directory knows none of the line, what stands there is a name that was not found: refused. Else what is
 * left over stays in the text.
 */
export const nobodyUnknown =
  ({ words, around, how }: Beside): OwnReader<true> =>
  (text, context) => {
    const filler = around === undefined ? MARKS_ONLY : fillerWords(around);
    const { units, people, rest, ...sets } = readSlots({ parts: { names: true, people: true }, filler }, text, context);
    const known = people.filter((name) => context.directory.get(name)?.people.length);
    const strangers = people.filter((name) => !known.includes(name));
    const left = [...strangers, rest.replaceAll(words, ' ').trim()].filter((word) => word !== '');
    const said = units.map(({ written }) => written);
    if (known.length === 0 && left.length > 0)
      throw new UserError(`通讯录里没有${quoted([[...said, ...left].join(' ')])}。${how}`);
    return { value: true, rest: [...said, ...known, ...setsIn(sets), ...left].join(APART) };
  };

/** Where a unit is meant: what stands there and looks like none; empty where one is named, the directory knowing it or not. */
export const unknownUnitName =
  (words: string): OwnReader<string> =>
  (text, context) => {
    const { units, rest, ...sets } = readSlots({ parts: { names: true }, filler: fillerWords(words) }, text, context);
    const names = [...units.map(({ written }) => written), ...setsIn(sets)];
    return units.length > 0
      ? { value: '', rest: [...names, rest].join(APART) }
      : { value: rest, rest: names.join(APART) };
  };
