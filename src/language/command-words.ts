import type { RegisteredCommand, Sentence } from './command.ts';
import { sentenceOrder } from './sentence-order.ts';

/** A command found in a line, and the text that its arguments are read from. */
export interface Spotted {
  readonly command: RegisteredCommand;
  readonly text: string;
  /** 我的任务: a command's name after 我的. */
  readonly mine?: true;
}

const LATIN = /[a-z]/;
/** 认领：K7QM-3XPA. What stands between a name and its arguments is no argument. */
const MARKS = /^[\s:;,，、]+/;

function words(commands: readonly RegisteredCommand[]) {
  return commands
    .flatMap((command) => [command.name, ...command.aliases].map((word) => ({ command, word: word.toLowerCase() })))
    .sort((a, b) => b.word.length - a.word.length);
}

/** The command whose name or alias the line begins with. */
export function commandAtStart(line: string, commands: readonly RegisteredCommand[]): Spotted | undefined {
  const lower = line.toLowerCase();
  for (const { command, word } of words(commands)) {
    if (!lower.startsWith(word) || !isNamed(command, word, line)) continue;
    const text = line.slice(word.length);
    const other = command.serves === 'mine' ? commandAtStart(text.trimStart(), commands) : undefined;
    // 我的日程 下周: whose, and then what.
    if (other?.command.also?.mine) return { ...other, mine: true };
    return { command, text: text.replace(MARKS, '').trim() };
  }
  return undefined;
}

function isNamed({ another, apart }: RegisteredCommand, word: string, line: string): boolean {
  const after = line.slice(word.length);
  if (word === '?') return after === '';
  if (LATIN.test(word.slice(-1)) && /^[a-z]/i.test(after)) return false;
  return !another?.test(line) && !(apart && /^[\p{L}\p{N}]/u.test(after));
}

/** The command whose name or alias the line ends with; its arguments are read from the whole line, so that no Chinese name is torn (经常性督导安排). */
function commandAtEnd(line: string, commands: readonly RegisteredCommand[]): Spotted | undefined {
  const lower = line.toLowerCase();
  const found = words(commands).find(
    ({ command, word }) =>
      mayEnd(command, line) &&
      lower.endsWith(word) &&
      !(LATIN.test(word) && /[a-z]/.test(lower.charAt(lower.length - word.length - 1))),
  );
  if (!found) return undefined;
  const { command, word } = found;
  return { command, text: LATIN.test(word) ? line.slice(0, -word.length).trim() : line };
}

function mayEnd({ also }: RegisteredCommand, line: string): boolean {
  const { atEnd } = also ?? {};
  return atEnd !== undefined && (atEnd === true || !atEnd.unless.test(line));
}

type Says = 'says' | 'saysFirst';

/** The command one of whose sentences this is; where two fit, `saysBefore` decides. */
const commandSaying = (
  line: string,
  commands: readonly RegisteredCommand[],
  says: Says,
  among: (command: RegisteredCommand) => boolean = () => true,
): Spotted | undefined => {
  const compact = line.replaceAll(' ', '');
  const means = (sentences: readonly Sentence[] = []) => sentences.some((sentence) => sentence.test(compact));
  const command = sentenceOrder(commands).find((each) => among(each) && means(each[says]));
  return command && { command, text: line };
};

/** W12 申请延期: a sentence that means its command whatever else it resembles. */
export const commandByForm = (line: string, commands: readonly RegisteredCommand[]): Spotted | undefined =>
  commandSaying(line, commands, 'saysFirst');

/** A sentence, before the name that the line ends with where a command asks for that. */
export const commandBySentence = (line: string, commands: readonly RegisteredCommand[]): Spotted | undefined =>
  commandSaying(line, commands, 'says', ({ saysBeforeNames }) => saysBeforeNames === true) ??
  commandAtEnd(line, commands) ??
  commandSaying(line, commands, 'says');

/** The other command that this word is the name of. */
export const namedBy = (word: string, commands: readonly RegisteredCommand[]): RegisteredCommand | undefined =>
  commands.find(({ name, aliases }) => [name, ...aliases].some((known) => known.toLowerCase() === word.toLowerCase()));
