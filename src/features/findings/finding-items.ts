import { UserError } from '../../language/errors.ts';

/** How the problems of a letter are told apart, each on a line of its own. Two of them in one letter are headings and what stands below. */
const MARKS = {
  bullet: /^[-·*•]\s*/,
  digit: /^(?:\(?\d{1,2}(?:[).、:．]| (?=\S))|第\d{1,2}[条项个,，、:]?)\s*/,
  han: /^(?:第?[一二三四五六七八九十]{1,3}[、.:,，]|第[一二三四五六七八九十]{1,3}[条项个]?[,，、:]?|[一二三四五六七八九十]是)\s*/,
  bracketed: /^\([一二三四五六七八九十]{1,3}\)\s*/,
} as const;

interface Item {
  readonly mark: string | undefined;
  readonly text: string;
}

/** ① is 1 once it is normalised, without a mark behind it: told by its order. */
function isGlued(lines: readonly string[]): boolean {
  const glued = lines.flatMap((line) => /^(\d{1,2})(?=\p{Script=Han})/u.exec(line)?.[1] ?? []);
  return glued.length > 1 && glued.length === lines.length && glued.every((number, at) => Number(number) === at + 1);
}

function itemOf(line: string): Item {
  for (const [mark, pattern] of Object.entries(MARKS))
    if (pattern.test(line)) return { mark, text: line.replace(pattern, '') };
  return { mark: undefined, text: line };
}

/**
 * Whether these lines below 问题 … are its problems and not further commands; unclear when some are and some are not: a letter is entered
 * whole or not at all.
 */
export function areItems(lines: readonly string[], isCommand: (line: string) => boolean): boolean | 'unclear' {
  const commands = lines.filter((line) => itemOf(line).mark === undefined && isCommand(line));
  if (lines.length === commands.length) return false;
  return commands.length === 0 ? true : 'unclear';
}

/** The problems of the lines of a letter. A line without a mark goes on with the one above it, if that has one. Throws UserError. */
export function itemsOf(lines: readonly string[]): readonly string[] {
  if (isGlued(lines)) return lines.map((line) => line.replace(/^\d{1,2}/, ''));
  const items = lines.map(itemOf);
  const marks = new Set(items.flatMap(({ mark }) => mark ?? []));
  if (marks.size > 1)
    throw new UserError(
      '没有登记：下面几行用了两种编号，看不出哪些是标题、哪些是问题。请只写问题，每行一个，统一编号 1. 2. 3.',
    );
  if (marks.size === 0) return lines;
  const [first] = items;
  if (first && first.mark === undefined)
    throw new UserError(
      `没有登记：“${first.text.slice(0, 20)}”前面没有编号，看不出是标题还是问题。标题请不要写，问题请加上编号。`,
    );
  const problems: string[] = [];
  for (const { mark, text } of items)
    problems.push(mark === undefined ? `${problems.pop() ?? ''} ${text}`.trim() : text);
  return problems;
}
