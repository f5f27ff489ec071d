import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import type { Mentioned } from '../ports/inbound.ts';
import type { NameMatches } from '../ports/units.ts';
import type { Redirect, RegisteredCommand } from './command.ts';
import { commandAtStart, commandByForm, commandBySentence, namedBy, type Spotted } from './command-words.ts';
import {
  keptInstead,
  redirectAnywhere,
  redirectAtStart,
  redirectBySentence,
  redirectOfChange,
  redirectOfDocument,
} from './redirects.ts';
import { refusal, wantsDeletion } from './refusals.ts';
import { isAsking } from './words/asking.ts';
import { withoutMark } from './words/line-marks.ts';
import { type Directory, directoryFrom, regionCandidatesOf, withRegions } from './words/names.ts';
import { nearestCommands } from './words/nearest.ts';
import { asksWhatIsNot, excludesSome } from './words/negation.ts';
import { asTyped, isCut, normalise } from './words/normalise.ts';
import type { Slots } from './words/slots.ts';

/** Commands answered in one message; that there are more lines is said. */
export const MAX_LINES = 5;

/** What a line was understood to be. */
export type Understood =
  | { readonly kind: 'command'; readonly command: RegisteredCommand; readonly slots: Slots; readonly asks?: true }
  /** Asked for under a word that no command has; the answer says what serves. */
  | { readonly kind: 'redirected'; readonly redirect: Redirect }
  | { readonly kind: 'refused'; readonly reason: 'privilege' | 'destructive' | 'mixedLines' | 'tooLong' | 'negated' }
  /** Further lines that were not looked at. */
  | { readonly kind: 'unread'; readonly lines: number }
  | { readonly kind: 'refused'; readonly reason: 'twoCommands'; readonly commands: readonly string[] }
  /** Names of commands, the nearest first; empty when nothing resembles. */
  | { readonly kind: 'unknown'; readonly nearest: readonly string[] };

export interface GrammarContext {
  readonly commands: readonly RegisteredCommand[];
  readonly today: LocalDate;
  readonly calendar: Calendar;
  /** Exact names of the directory among these candidates; asked at most once a line. */
  readonly lookup: (candidates: readonly string[]) => Promise<NameMatches>;
  /** Accounts that the message mentions; a line has those whose '@名字' it holds. */
  readonly mentions?: readonly Mentioned[] | undefined;
}

const NO_SLOTS: Slots = { units: [], people: [], programs: [], checklists: [], rest: '' };

/** One result a line, at most MAX_LINES. A message without words asks for help. */
export async function understandMessage(text: string, context: GrammarContext): Promise<readonly Understood[]> {
  for (const { pasted, name, aliases } of context.commands) {
    const line = pasted?.(text, [name, ...aliases]);
    if (line !== undefined) return [await understandLine(line, context)];
  }
  const typed = asTyped(text);
  const heard = context.commands.find(({ hears }) => hears?.(typed));
  if (heard) return [{ kind: 'command', command: heard, slots: { ...NO_SLOTS, rest: typed } }];
  const lines = linesOf(normalise(text), context);
  if (lines === 'unclear') return [{ kind: 'refused', reason: 'mixedLines' }];
  const instead = redirectOfDocument(text, lines[0] ?? '', context.commands);
  if (instead) return [{ kind: 'redirected', redirect: instead }];
  // What is cut off a list or a notice would be missing in what is written down.
  if (isCut(text) && (lines.length > 1 || lines[0]?.includes('\n'))) return [{ kind: 'refused', reason: 'tooLong' }];
  const understood: Understood[] = [];
  const asks = linesThatAsk(text, context);
  for (const line of lines.slice(0, MAX_LINES)) {
    const each = await understandQuestions(line, context);
    const isAsked = asks.has(lastOf(line));
    understood.push(...each.map((one) => (one.kind === 'command' && isAsked ? { ...one, asks: true as const } : one)));
  }
  return lines.length > MAX_LINES ? [...understood, { kind: 'unread', lines: lines.length - MAX_LINES }] : understood;
}

const lastOf = (line: string): string => line.slice(line.lastIndexOf('\n') + 1);

/** The lines that end as a question, as they are without the particle and the mark that tell of it. */
function linesThatAsk(text: string, context: GrammarContext): ReadonlySet<string> {
  const asking = text
    .split(/[\r\n]+/)
    .filter(isAsking)
    .map(normalise);
  return new Set(asking.flatMap((line) => [line, ...[linesOf(line, context)].flat()]));
}

const BESIDES = /(?<=[吗呢?,，。\s])\s*(?:另外|顺便(?:再)?(?:问一下|问)?|还有就是)[,，:]?\s*/;

/** 今天有督导吗 另外这周要交什么: two questions in one line. Whatever is no question stays whole. */
async function understandQuestions(line: string, context: GrammarContext): Promise<readonly Understood[]> {
  const parts = line.split(BESIDES).filter((part) => part !== '');
  if (parts.length === 2) {
    const each = await Promise.all(parts.map((part) => understandLine(normalise(part), context)));
    if (each.every((one) => one.kind === 'command' && one.command.line !== undefined && !one.command.edits))
      return each;
  }
  return [await understandLine(line, context)];
}

/** Further lines are commands of their own, or words of the first one: a notice, a numbered list of problems. */
function linesOf(text: string, { commands }: GrammarContext): readonly string[] | 'unclear' {
  const lines = text.split('\n');
  const begins = (line: string) => commandAtStart(line, commands) !== undefined;
  const heads = (name: string) => {
    const command = namedBy(name, commands);
    return command !== undefined && !command.headsDocuments;
  };
  const bare = lines.map((line) => withoutMark(line, { begins, heads }));
  const [first = '', ...more] = lines.map((line, at) => bare[at] ?? line);
  const isList = bare.every((line) => line !== undefined && begins(line));
  const { takesLines } = commandAtStart(first, commands)?.command ?? {};
  const written = lines.slice(1);
  const takes = written.length > 0 && takesLines?.(written, (line) => isNamedApart(line, commands));
  if (takes === 'unclear' && !isList) return 'unclear';
  return takes && !(isList && more.length > 0) ? [[first, ...written].join('\n')] : [first, ...more];
}

/** 日程 明天, but not 台账不全. */
function isNamedApart(line: string, commands: readonly RegisteredCommand[]): boolean {
  const spotted = commandAtStart(line, commands);
  return (
    spotted !== undefined &&
    (spotted.text === '' || /[\s:;,，、]/.test(line.charAt(line.length - spotted.text.length - 1)))
  );
}

/** Understands one line as typed; further lines are ignored. */
export const understand = (text: string, context: GrammarContext): Promise<Understood> =>
  understandLine(linesOf(normalise(text).split('\n')[0] ?? '', context)[0] ?? '', context);

/**
 * Refusals come first, so that no wording gets around them; then a command's name, which is never guessed; then the sentences of what
 * serves under another name before those of the commands, because they say 提醒 and 报 as well.
 */
async function understandLine(line: string, context: GrammarContext): Promise<Understood> {
  const { commands } = context;
  const compact = line.replaceAll(' ', '');
  const reason = refusal(compact);
  const named = takenOver(commandAtStart(line, commands), commands);
  if (reason && !(reason === 'destructive' && isWords(named ?? toldOfNumber(line, commands))))
    return { kind: 'refused', reason };
  if (line === '') return helpOf(commands);
  const kept = keptInstead(named, compact, commands);
  if (kept) return { kind: 'redirected', redirect: kept };

  if (named) return unlessNegated(line, await answerNamed(named, line, context));
  const formed = commandByForm(line, commands);
  if (formed) return answer(formed, context, new Map());
  const meantInstead = redirectBySentence(compact, commands);
  if (meantInstead) return { kind: 'redirected', redirect: meantInstead };

  const directory = await directoryOf(line, context);
  const meant = commandBySentence(line, commands);
  const instead = redirectAtStart(line, commands);
  // A word that is a unit's short name too: then the command that follows is meant.
  if (instead && !(meant && directory.get(instead.word)?.units.length))
    return { kind: 'redirected', redirect: instead.redirect };
  if (meant) return unlessNegated(line, answer(meant, context, directory));
  return unlessNegated(line, guess(line, context, directory) ?? fallback(line, context, directory));
}

/** A question for what is not so, or for all but something, is never answered by the affirmative list. */
function unlessNegated(line: string, understood: Understood): Understood {
  const isQuestion =
    understood.kind === 'command' && understood.command.line !== undefined && !understood.command.edits;
  return isQuestion && (excludesSome(line) || asksWhatIsNot(line))
    ? { kind: 'refused', reason: 'negated' }
    : understood;
}

/** 任务 新增 清除全部隐患: words of what is given or told, and no order to the bot; 任务 全部删除 is one. */
const isWords = (said: Spotted | undefined): boolean => {
  if (!said) return false;
  const { command, text } = said;
  const isOrder = wantsDeletion(text.replaceAll(' ', ''));
  return command.reports === true ? !(isOrder && BEGINS_WITH_NUMBER.test(text)) : command.edits === true && !isOrder;
};

const BEGINS_WITH_NUMBER = /^[TDW]\s?-?\d/i;

/** T1 40% 已清除全部积压材料: a sentence of what it names by its number. */
const toldOfNumber = (line: string, commands: readonly RegisteredCommand[]): Spotted | undefined =>
  BEGINS_WITH_NUMBER.test(line) ? (commandByForm(line, commands) ?? commandBySentence(line, commands)) : undefined;

async function answerNamed(named: Spotted, line: string, context: GrammarContext): Promise<Understood> {
  const { commands } = context;
  const directory = await directoryOf(line, context);
  const wanted = listWanted(named, line, commands) ?? figuresWanted(named, line, commands);
  if (wanted) return answer(wanted, context, directory);
  const redirect = named.command.edits ? undefined : redirectOfChange(named.command, named.text, commands);
  if (redirect) return { kind: 'redirected', redirect };
  const understood = answer(named, context, directory);
  const second = secondOf(named, understood.slots, commands);
  return second ? { kind: 'refused', reason: 'twoCommands', commands: [named.command.name, second] } : understood;
}

/** 日程 取消 D12 changes a visit, 日程 4月9日 looks it up: two commands of one name. */
function takenOver(named: Spotted | undefined, commands: readonly RegisteredCommand[]): Spotted | undefined {
  if (!named || named.mine) return named;
  const { command, text } = named;
  const other = commands.find(({ takes }) => takes?.from === command.name && takes.when.test(text));
  return other ? { command: other, text } : named;
}

/** 日程 4月 导出: the list that the first word names, as a file. */
function listWanted(
  { command, text: named }: Spotted,
  line: string,
  commands: readonly RegisteredCommand[],
): Spotted | undefined {
  const text = line.replace(/的?(?:导出|下载)(?:来|一下|成?表格|文件)?$/, '');
  const { exports } = command.also ?? {};
  // 进展 T12 60% 台账已导出 is a report.
  const isList = exports === 'always' || (exports === 'short' && /^\D{0,14}$/.test(named));
  const exporting = commands.find(({ serves }) => serves === 'exports');
  return exporting && isList && text !== line ? { command: exporting, text } : undefined;
}

/** 任务 汇总, 整改 统计 按月: the figures of what the first word names. */
function figuresWanted(
  { command, text }: Spotted,
  line: string,
  commands: readonly RegisteredCommand[],
): Spotted | undefined {
  const wanted = command.also?.counts && /^的?(?:汇总|统计)(?=$|[\s按分各])/.test(text.trim());
  const counting = commands.find(({ serves }) => serves === 'counts');
  return wanted && counting ? { command: counting, text: line } : undefined;
}

async function directoryOf(line: string, { lookup }: GrammarContext): Promise<Directory> {
  const candidates = regionCandidatesOf(line);
  return candidates.length > 0 ? directoryFrom(await lookup(candidates)) : new Map();
}

function helpOf(commands: readonly RegisteredCommand[]): Understood {
  const help = commands.find(({ serves }) => serves === 'help');
  return help ? { kind: 'command', command: help, slots: NO_SLOTS } : { kind: 'unknown', nearest: [] };
}

function answer({ command, text, mine }: Spotted, context: GrammarContext, directory: Directory) {
  const slots = command.readLine(text, {
    ...context,
    directory: command.edits ? directory : withRegions(directory),
  });
  return { kind: 'command' as const, command, slots: mine ? { ...slots, me: true } : slots };
}

/** 日程今天整改一中: a second command's word among the arguments. Right after the name it is a keyword, unless it names a command here. */
function secondOf(
  { command: first, text }: Spotted,
  { rest }: Slots,
  commands: readonly RegisteredCommand[],
): string | undefined {
  if (!first.single) return undefined;
  for (const word of rest.split(' ')) {
    const other = namedBy(word, commands);
    if (other && other !== first) return other.name;
    const instead = first.line?.keywords || text.startsWith(word) ? undefined : redirectAtStart(word, commands);
    if (instead?.word === word) return instead.redirect.about;
  }
  return undefined;
}

/** A line that holds arguments only: a date asks for the visits, a checklist's name for the checklist. */
function guess(line: string, context: GrammarContext, directory: Directory): Understood | undefined {
  for (const command of context.commands) {
    const { bare = [] } = command.also ?? {};
    if (!bare.includes('date') && !bare.includes('set')) continue;
    const slots = command.readLine(line, { ...context, directory });
    const isDate = bare.includes('date') && (slots.when !== undefined || slots.impossibleDate !== undefined);
    const isSet = bare.includes('set') && slots.checklists.length + slots.programs.length > 0;
    if (slots.rest === '' && (isDate || isSet)) return { kind: 'command', command, slots };
  }
  return undefined;
}

function fallback(line: string, context: GrammarContext, directory: Directory): Understood {
  const { commands } = context;
  const redirect = redirectAnywhere(line, commands);
  if (redirect) return { kind: 'redirected', redirect };
  const nearest = nearestCommands(line, commands);
  if (nearest.length > 0) return { kind: 'unknown', nearest };
  const offered = commands.filter(({ also }) => also?.bare?.includes('name'));
  const found = offered[0]?.readLine(line, { ...context, directory });
  const isKnown = found !== undefined && found.units.length + found.people.length > 0;
  return { kind: 'unknown', nearest: isKnown ? offered.map(({ name }) => name) : [] };
}
