import { UserError } from '../../language/errors.ts';
import { type FormArgs, may, mayRead, type OwnReader } from '../../language/forms/form.ts';
import { candidatesOf, directoryFrom, namesIn } from '../../language/words/names.ts';
import { FINDING_NUMBER } from './finding-line.ts';
import { readVisit } from './found-on.ts';
import { readPaper, refuseForeign } from './step-parts.ts';

/** What a line may hold that asks for a list of problems. */

/** A number that no word of the loop stands beside: 三楼 W12 完成 is about one problem and not understood. */
const refuseNumber: OwnReader<never> = (text) => {
  const { index } = FINDING_NUMBER.exec(text) ?? {};
  if (index === undefined) return undefined;
  const before = text.slice(0, index).trim() || text;
  throw new UserError(`没有办理。没看懂“${before.slice(0, 60)}”。请从编号写起，例如：整改 W12 完成 做了什么`);
};

const readProgram: OwnReader<{ readonly name: string; readonly programId: string }> = async (text, { lookup }) => {
  const spans = namesIn(text, directoryFrom(await lookup(candidatesOf(text))));
  const span = spans.find(({ programs }) => programs.length > 0);
  const programId = span?.programs[0]?.programId;
  if (!span || programId === undefined) return undefined;
  return { value: { name: span.written, programId }, rest: `${text.slice(0, span.start)} ${text.slice(span.end)}` };
};

const said =
  (words: RegExp): OwnReader<true> =>
  (text) =>
    words.test(text) ? { value: true, rest: text.replace(words, ' ') } : undefined;

export const LIST_PARTS = {
  foreign: mayRead(refuseForeign),
  one: mayRead(refuseNumber),
  document: mayRead(readPaper),
  number: mayRead(readVisit),
  program: mayRead(readProgram),
  overdue: mayRead(said(/(?<!(?<!有)(?:没有?|未|不))(?:逾期|超期|过期)/)),
  all: mayRead(said(/全部|所有|台账|已销号/)),
  unit: may('unit'),
  words: may('text'),
} as const;
export type ListArgs = FormArgs<typeof LIST_PARTS>;

/** Words of the question that carry nothing. */
const NO_WORDS = /完成情况|到位|列表|清单|情况|有哪些|哪些|还有|没有?|未|吗|销号|整改|问题|的|了|[\s,，、?？]/g;

/** What nothing of it was understood of. */
export const wordsLeft = ({ words = '' }: ListArgs): string => words.replace(NO_WORDS, '');
