import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import type { Mentioned } from '../ports/inbound.ts';
import type { NameMatches } from '../ports/store.ts';
import { pastedNotice } from './calendars/pasted-notice.ts';
import type { RegisteredCommand, Slots } from './command.ts';
import {
  commandAtEnd,
  commandAtStart,
  commandByPhrase,
  namedBy,
  numberedSentence,
  ruleSentence,
  type Spotted,
  taskSentence,
} from './command-words.ts';
import { areItems } from './findings/finding-items.ts';
import { laterAfterName, laterAnywhere, laterAtStart, laterBySentence, refusal } from './later.ts';
import { candidatesOf, type Directory, directoryFrom } from './names.ts';
import { nearestCommands } from './nearest.ts';
import { normalise } from './normalise.ts';
import { readSlots } from './read-slots.ts';
import { changesVisit, visitSentence } from './visits/visit-words.ts';

/** Commands answered in one message; what a sixth line says is not looked at. */
export const MAX_LINES = 5;

/** What a line was understood to be. */
export type Understood =
  | { readonly kind: 'command'; readonly command: RegisteredCommand; readonly slots: Slots }
  /** A feature that comes later, by its Chinese name. */
  | { readonly kind: 'notYet'; readonly feature: string }
  | { readonly kind: 'refused'; readonly reason: 'privilege' | 'destructive' }
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

/** Commands whose arguments may say 新增, 取消, 修改. */
const CHANGING: readonly string[] = [
  '帮助',
  '节假日',
  '校历',
  '认领',
  '角色',
  '工作群',
  '提醒',
  '任务',
  '进展',
  '通知',
  '收到',
  '设置',
  '紧急',
  '日程管理',
  '人员',
  '离任',
  '整改',
  '问题',
  '专项',
];

/** Told in free words, and without a way to delete: 通道已清空 is a report. */
const REPORTING: readonly string[] = ['整改', '问题'];

const NO_SLOTS: Slots = { units: [], people: [], programs: [], checklists: [], rest: '' };

/** One result a line, at most MAX_LINES. A message without words asks for help. */
export async function understandMessage(text: string, context: GrammarContext): Promise<readonly Understood[]> {
  const notice = pastedNotice(text);
  if (notice) return [await understandLine(notice, context)];
  const understood: Understood[] = [];
  for (const line of linesOf(normalise(text), context).slice(0, MAX_LINES))
    understood.push(await understandLine(line, context));
  return understood;
}

/** A notice may have several lines, and 问题 a numbered list of them: they are its words and no further commands. */
const linesOf = (text: string, { commands }: GrammarContext): readonly string[] => {
  const [first = '', ...more] = text.split('\n');
  const name = commandAtStart(first, commands)?.command.name;
  return name === '通知' || (name === '问题' && areItems(more)) ? [text] : [first, ...more];
};

/** Understands one line as typed; further lines are ignored. */
export const understand = (text: string, context: GrammarContext): Promise<Understood> =>
  understandLine(normalise(text).split('\n')[0] ?? '', context);

/**
 * Refusals come first, so that no wording gets around them; then a command's name, which is never guessed; then the sentences of later
 * features before those of the commands, because 每天8点半推送当天督导安排 ends like a query and is none.
 */
async function understandLine(line: string, context: GrammarContext): Promise<Understood> {
  const { commands } = context;
  const compact = line.replaceAll(' ', '');
  const reason = refusal(compact);
  const reported = reason === 'destructive' && REPORTING.includes(commandAtStart(line, commands)?.command.name ?? '');
  if (reason && !reported) return { kind: 'refused', reason };
  if (line === '') return helpOf(commands);

  const named = visitOf(line, commandAtStart(line, commands), commands);
  const wanted = named && (listWanted(named, line, commands) ?? summaryWanted(named, line, commands));
  if (wanted) return answer(wanted, false, context, await directoryOf(line, context));
  if (named) {
    // A claim code may look like a task's number (T533-9SRX) and means nothing but itself; what changes something says so in its words.
    const feature = CHANGING.includes(named.command.name) ? undefined : laterAfterName(named.text.replaceAll(' ', ''));
    return feature ? { kind: 'notYet', feature } : answer(named, true, context, await directoryOf(line, context));
  }
  const numbered = numberedSentence(line, commands) ?? taskSentence(line, commands);
  if (numbered) return answer(numbered, false, context, new Map());
  const sentence = laterBySentence(compact);
  if (sentence) return { kind: 'notYet', feature: sentence };

  const directory = await directoryOf(line, context);
  const meant = ruleSentence(line, commands) ?? commandAtEnd(line, commands) ?? commandByPhrase(line, commands);
  const later = laterAtStart(line);
  // 审计 is a short name of 审计局 too: then the command that follows is meant.
  if (later && !(meant && directory.get(later.word)?.units.length)) return { kind: 'notYet', feature: later.feature };
  if (meant) return answer(meant, false, context, directory);
  return guess(line, context, directory) ?? fallback(line, context, directory);
}

/** 日程 取消 D12 and 把4月9日实验小学改到4月10日 change a visit; 日程 4月9日 looks it up. The command reads its line itself. */
function visitOf(
  line: string,
  named: Spotted | undefined,
  commands: readonly RegisteredCommand[],
): Spotted | undefined {
  const command = commands.find(({ name }) => name === '日程管理');
  if (!command) return named;
  if (named?.command.name === '日程')
    return !named.mine && changesVisit(named.text) ? { command, text: named.text } : named;
  return !named && visitSentence(line.replaceAll(' ', '')) ? { command, text: line } : named;
}

/** 日程 4月 导出: the list that the first word names, as a file. */
function listWanted(
  { command, text: named }: Spotted,
  line: string,
  commands: readonly RegisteredCommand[],
): Spotted | undefined {
  const text = line.replace(/的?(?:导出|下载)(?:来|一下|成?表格|文件)?$/, '');
  const exporting = commands.find(({ name }) => name === '导出');
  // 进展 T12 60% 台账已导出 is a report.
  const isShort = ['整改', '任务', '进展'].includes(command.name) && /^\D{0,14}$/.test(named);
  const isList = isShort || ['日程', '截止', '清单', '提醒', '审计', '汇总'].includes(command.name);
  return exporting && isList && text !== line ? { command: exporting, text } : undefined;
}

/** 任务 汇总, 整改 统计 按月: the figures of what the first word names. */
function summaryWanted(
  { command, text }: Spotted,
  line: string,
  commands: readonly RegisteredCommand[],
): Spotted | undefined {
  const isCounted = ['任务', '进展', '整改', '问题'].includes(command.name);
  const summary = isCounted && /^的?(?:汇总|统计)(?=$|[\s按分各])/.test(text.trim());
  const counting = commands.find(({ name }) => name === '汇总');
  return summary && counting ? { command: counting, text: line } : undefined;
}

async function directoryOf(line: string, { lookup }: GrammarContext): Promise<Directory> {
  const candidates = candidatesOf(line);
  return candidates.length > 0 ? directoryFrom(await lookup(candidates)) : new Map();
}

function helpOf(commands: readonly RegisteredCommand[]): Understood {
  const help = commands.find(({ name }) => name === '帮助');
  return help ? { kind: 'command', command: help, slots: NO_SLOTS } : { kind: 'unknown', nearest: [] };
}

function answer(spotted: Spotted, byName: boolean, context: GrammarContext, directory: Directory): Understood {
  const { command, text, mine } = spotted;
  const slots = readSlots(command.name, text, { ...context, directory });
  const second = byName ? secondOf(command, slots, text, context.commands) : undefined;
  if (second) return { kind: 'refused', reason: 'twoCommands', commands: [command.name, second] };
  return { kind: 'command', command, slots: mine ? { ...slots, me: true } : slots };
}

/** 日程今天整改一中: a second command's word among the arguments. Right after the name it is a keyword, unless it names a command here. */
function secondOf(
  first: RegisteredCommand,
  { rest }: Slots,
  text: string,
  commands: readonly RegisteredCommand[],
): string | undefined {
  if (!['日程', '截止', '清单', '绑定'].includes(first.name)) return undefined;
  for (const word of rest.split(' ')) {
    const other = namedBy(word, commands);
    if (other && other !== first) return other.name;
    const later = first.name === '清单' || text.startsWith(word) ? undefined : laterAtStart(word);
    if (later?.word === word) return later.feature;
  }
  return undefined;
}

/** A line that holds arguments only: a date asks for the visits, a checklist's name for the checklist. */
function guess(line: string, context: GrammarContext, directory: Directory): Understood | undefined {
  const read = (name: string) => {
    const command = context.commands.find((known) => known.name === name);
    const slots = command && readSlots(name, line, { ...context, directory });
    return command && slots && slots.rest === '' ? { kind: 'command' as const, command, slots } : undefined;
  };
  const schedule = read('日程');
  if (schedule && (schedule.slots.when || schedule.slots.impossibleDate)) return schedule;
  const checklist = read('清单');
  const { checklists = [], programs = [] } = checklist?.slots ?? {};
  return checklists.length > 0 || programs.length > 0 ? checklist : undefined;
}

function fallback(line: string, context: GrammarContext, directory: Directory): Understood {
  const feature = laterAnywhere(line);
  if (feature) return { kind: 'notYet', feature };
  const { units, people } = readSlots('日程', line, { ...context, directory });
  const known = units.length > 0 || people.length > 0;
  const nearest = nearestCommands(line, context.commands);
  const named = context.commands.map(({ name }) => name).filter((name) => ['日程', '截止', '清单'].includes(name));
  return { kind: 'unknown', nearest: nearest.length === 0 && known ? named : nearest };
}
