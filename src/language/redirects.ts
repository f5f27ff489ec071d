import type { Redirect, RegisteredCommand } from './command.ts';
import { commandAtStart, commandByForm, type Spotted } from './command-words.ts';
import { deletedOne } from './refusals.ts';
import { sentenceOrder } from './sentence-order.ts';

/** After the name of a command that only shows: the line wants something changed. */
const CHANGES =
  /^[的表]?(导入|新增|新建|添加|增加|取消|删除|修改|改到|改成|改为|改期|变更|推迟|下达|分解|派发|T-?\d{3,})/i;

const redirectsOf = (commands: readonly RegisteredCommand[]): readonly Redirect[] =>
  sentenceOrder(commands).flatMap(({ redirects }) => redirects ?? []);

/** The redirect whose sentence this is; `compact` is the line without its spaces. */
export const redirectBySentence = (compact: string, commands: readonly RegisteredCommand[]): Redirect | undefined =>
  redirectsOf(commands).find(({ says }) => says?.some((sentence) => sentence.test(compact)));

/** Where an item that is never deleted shall be: why not, and what serves. */
export function keptInstead(
  spotted: Spotted | undefined,
  compact: string,
  commands: readonly RegisteredCommand[],
): Redirect | undefined {
  const code = deletedOne(spotted ? spotted.text.replaceAll(' ', '') : compact);
  if (code === undefined) return undefined;
  const keeper =
    (spotted?.command.keeps && spotted.command) ??
    commands.find(({ keeps }) => keeps?.letter === code[0]?.toUpperCase());
  if (!keeper?.keeps || keeper.keeps.letter !== code[0]?.toUpperCase()) return undefined;
  return {
    about: keeper.name,
    words: [],
    heading: '没有删除',
    answer: keeper.keeps.answer.replaceAll('…号', code.toUpperCase()),
  };
}

/** What a whole message is that was passed on to the bot and holds no command of the sender's: a notice of others, a 接龙. */
export function redirectOfDocument(
  text: string,
  first: string,
  commands: readonly RegisteredCommand[],
): Redirect | undefined {
  const isSaid = (line: string) => (commandAtStart(line, commands) ?? commandByForm(line, commands)) !== undefined;
  if (isSaid(first)) return undefined;
  const lines = text.split('\n').map((line) => line.trim());
  const written = lines.filter((line) => line !== '');
  return redirectsOf(commands).find(({ document }) => document?.(written, isSaid));
}

/** The redirect whose word a line begins with, the longest first; a word that begins a unit's name (督办局) does not count. */
export function redirectAtStart(
  line: string,
  commands: readonly RegisteredCommand[],
): { readonly redirect: Redirect; readonly word: string } | undefined {
  const lower = line.toLowerCase();
  return redirectsOf(commands)
    .flatMap((redirect) => redirect.words.map((word) => ({ redirect, word })))
    .filter(({ word }) => lower.startsWith(word) && !/^[局署处科厅室委办]/.test(line.slice(word.length)))
    .toSorted((a, b) => b.word.length - a.word.length)[0];
}

/** The redirect whose word stands anywhere in the line: the last resort before nothing was understood. */
export const redirectAnywhere = (line: string, commands: readonly RegisteredCommand[]): Redirect | undefined =>
  redirectsOf(commands).find(({ words }) => words.some((word) => line.toLowerCase().includes(word)));

/** What serves where a change is wanted of a command that only shows: 截止 新增 …; undefined for a line that wants none. */
export function redirectOfChange(
  { name, also }: RegisteredCommand,
  text: string,
  commands: readonly RegisteredCommand[],
): Redirect | undefined {
  const compact = text.replaceAll(' ', '');
  if (!CHANGES.test(compact) || also?.about?.test(compact)) return undefined;
  const onlyShows: Redirect = {
    about: '新增和修改',
    words: [],
    answer: `“${name}”只用来查看，不能${/^[的表]?(?:删除|取消)/.test(compact) ? '删除或取消' : '新增或修改'}。发送“帮助”看哪些命令可以。`,
  };
  return redirectBySentence(compact, commands) ?? redirectAtStart(compact, commands)?.redirect ?? onlyShows;
}
