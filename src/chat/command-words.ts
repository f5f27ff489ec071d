import type { RegisteredCommand } from './command.ts';
import { wordings } from './phrases.ts';

/** A command found in a line, and the text that its arguments are read from. */
export interface Spotted {
  readonly command: RegisteredCommand;
  readonly text: string;
  /** 我的任务: a command's name after 我的. */
  readonly mine?: true;
}

/** Its lines have no arguments, so a word that goes on (状态良好, 命令行) is another word. */
const WITHOUT_ARGUMENTS: readonly string[] = ['帮助', '状态'];
/** The words of these stand at the end of a line as well: 岱山县 4月日程, 望海区 绑定. */
const AT_END: readonly string[] = ['日程', '截止', '清单', '绑定', '审计', '整改'];
/** A unit's short name as well: at the end of a line it is the unit. */
const UNIT_WORD = '审计';

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
    const text = line.slice(word.length);
    if (!lower.startsWith(word) || !endsHere(command, word, text)) continue;
    const other = command.name === '我的' ? commandAtStart(text.trimStart(), commands) : undefined;
    // 我的日程 下周: whose, and then what.
    if (other && (AT_END.includes(other.command.name) || other.command.name === '任务'))
      return { ...other, mine: true };
    return { command, text: text.replace(MARKS, '').trim() };
  }
  return undefined;
}

function endsHere(command: RegisteredCommand, word: string, after: string): boolean {
  if (word === '?') return after === '';
  if (LATIN.test(word.slice(-1)) && /^[a-z]/i.test(after)) return false;
  // 审计局日程, 审计 日程.
  if (word === UNIT_WORD) return !/^[局署处科厅室委办]|(?:日程|截止|清单|绑定)$/.test(after);
  // 设置陈甲为管理员 gives a role.
  if (command.name === '设置') return !/管理员|督导员|督学|联络员|领导/.test(after);
  // 专项督导, 专项检查: what is looked for, not where.
  if (word === '专项') return !/^(?:督导|督查|检查|视导|整治|治理|行动|资金|经费|评估(?!细则)|方案|计划)/.test(after);
  if (command.name === '我是') return !/^(?:不是|谁|哪|否)/.test(after);
  return !WITHOUT_ARGUMENTS.includes(command.name) || !/^[\p{L}\p{N}]/u.test(after);
}

/** The command whose name or alias the line ends with; its arguments are read from the whole line, so that no Chinese name is torn (经常性督导安排). */
export function commandAtEnd(line: string, commands: readonly RegisteredCommand[]): Spotted | undefined {
  const lower = line.toLowerCase();
  const found = words(commands).find(
    ({ command, word }) =>
      AT_END.includes(command.name) &&
      word !== UNIT_WORD &&
      // 哪些群没绑定 asks for the groups.
      !(command.name === '绑定' && /哪|没|未/.test(line)) &&
      lower.endsWith(word) &&
      !(LATIN.test(word) && /[a-z]/.test(lower.charAt(lower.length - word.length - 1))),
  );
  if (!found) return undefined;
  const { command, word } = found;
  return { command, text: LATIN.test(word) ? line.slice(0, -word.length).trim() : line };
}

const PRECEDENCE = Object.keys(wordings);
const rank = ({ name }: RegisteredCommand): number =>
  (PRECEDENCE.indexOf(name) + PRECEDENCE.length + 1) % (PRECEDENCE.length + 1);

/** The command one of whose sentences this is; where two fit, the order of the table of phrases decides. */
export function commandByPhrase(line: string, commands: readonly RegisteredCommand[]): Spotted | undefined {
  const compact = line.replaceAll(' ', '');
  const command = commands
    .toSorted((a, b) => rank(a) - rank(b))
    .find(({ phrases }) => phrases.some((phrase) => phrase.test(compact)));
  return command && { command, text: line };
}

/** 每天8点半推送当天督导安排 makes a rule, though it ends like a query. */
export const ruleSentence = (line: string, commands: readonly RegisteredCommand[]): Spotted | undefined =>
  commandByPhrase(
    line,
    commands.filter(({ name }) => name === '提醒'),
  );

/** W12 申请延期: the number of a problem says which command is meant, whatever else the sentence resembles. */
export const numberedSentence = (line: string, commands: readonly RegisteredCommand[]): Spotted | undefined =>
  /^(?!.*操作(?:记录|日志)).*(?:(?<![a-z\d])w ?\d{1,6}(?!\d)|\d ?号问题|zg-?\d)/i.test(line)
    ? commandByPhrase(
        line,
        commands.filter(({ name }) => name === '整改'),
      )
    : undefined;

/** 催办 T12: a task's number beside a word that by itself means something to come. */
export const taskSentence = (line: string, commands: readonly RegisteredCommand[]): Spotted | undefined =>
  /^(?:任务)?(?:催办|催一下|限期整改|通报|转交|移交)(?:任务)?t-?\d{1,6}(?!\d)|^t-?\d{1,6}(?:催办|限期整改|通报|转交|交给|转给)/i.test(
    line.replaceAll(' ', ''),
  )
    ? commandByPhrase(
        line,
        commands.filter(({ name }) => name === '任务'),
      )
    : undefined;

/** The other command that this word is the name of. */
export const namedBy = (word: string, commands: readonly RegisteredCommand[]): RegisteredCommand | undefined =>
  commands.find(({ name, aliases }) => [name, ...aliases].some((known) => known.toLowerCase() === word.toLowerCase()));
