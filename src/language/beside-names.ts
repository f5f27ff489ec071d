import type { OwnReader } from './forms/form.ts';
import { setsIn } from './forms/unread.ts';
import { fillerWords, MARKS_ONLY } from './words/filler.ts';
import { readSlots } from './words/read-slots.ts';

/** Keeps two names of a list from being read as one: 望海区, 一中. */
const APART = '、';

/**
 * Where a person is meant and the directory knows none of the line: what stands there is the name that was not found. `words` say what is
 * done and no name; they are taken out, never out of a name. Empty where somebody is known, and what is left over stays in the text.
 */
export const unknownName =
  (words: RegExp): OwnReader<string> =>
  (text, context) => {
    const { units, people, rest, ...sets } = readSlots(
      { parts: { names: true, people: true }, filler: MARKS_ONLY },
      text,
      context,
    );
    const known = people.filter((name) => context.directory.get(name)?.people.length);
    const left = [...people.filter((name) => !known.includes(name)), rest.replaceAll(words, ' ').trim()]
      .filter((word) => word !== '')
      .join(' ');
    const names = [...units.map(({ written }) => written), ...known, ...setsIn(sets)];
    return known.length > 0
      ? { value: '', rest: [...names, left].join(APART) }
      : { value: left, rest: names.join(APART) };
  };

/** The same where a unit is meant: empty where one is named, the directory knowing it or not. */
export const unknownUnitName =
  (words: string): OwnReader<string> =>
  (text, context) => {
    const { units, rest, ...sets } = readSlots({ parts: { names: true }, filler: fillerWords(words) }, text, context);
    const names = [...units.map(({ written }) => written), ...setsIn(sets)];
    return units.length > 0
      ? { value: '', rest: [...names, rest].join(APART) }
      : { value: rest, rest: names.join(APART) };
  };
