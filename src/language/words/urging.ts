import { type Directory, namesIn } from './names.ts';

/** Words that ask for care, haste or time kept and name nothing: they go with what is asked for. */
const URGES =
  /务必|尽快|尽早|从速|抓紧|抓好|按时|准时|按期|如期|及时|认真|切实|重视|加强|确保|严格|精心|密切配合|予以配合|积极配合|落实到位|落实好|不得延误|不得有误|逾期(?:将|的|者|一律)?(?:予以)?(?:通报|问责|追责)/;
/** What limits, excepts or leaves open is never taken for emphasis. */
const NEVER =
  /不(?!得延误|得有误)|未|没|别|勿|除|外|仅|只|等|或|另|分别|每|左右|约|暂定|原则上|争取|立即|即日|\d|%|[a-z]/i;
const COLLECTIVE = /^(?:请|望|希望)?各(?:单位|部门|科室|县区|区县|学校|校|位|成员单位)/;

const isUrging = (word: string, directory: Directory): boolean =>
  URGES.test(word) && !NEVER.test(word) && namesIn(word.replace(COLLECTIVE, ''), directory).length === 0;

const MARKS = /[\s,，。;；、!！~～]+/g;

/** The urging words at the end of a text, as typed, and the text before them. */
export function takeUrging(
  text: string,
  directory: Directory,
): { readonly value: string; readonly rest: string } | undefined {
  let start = text.length;
  for (const { index } of [...text.matchAll(MARKS)].toReversed()) {
    const word = text.slice(index, start).replace(MARKS, '');
    if (word === '') continue;
    if (!isUrging(word, directory)) break;
    start = index;
  }
  const value = text
    .slice(start)
    .replace(/^[\s,，。;；、!！~～]+/, '')
    .trim();
  return value === '' ? undefined : { value, rest: text.slice(0, start) };
}
